import { lint } from '@uxflow/flow/lint';
import { emptyDocument } from '@uxflow/flow';
import { describe, expect, it } from 'vitest';
import { edit, signIn, sketch, titles, ways } from './edit.fixture.ts';

/** What changed among the connections: gone ones with "-", new ones with "+". */
async function changed(request: string, document = signIn()): Promise<string[]> {
  const before = ways(document);
  const { document: after, outcome } = await edit(request, document);
  expect(outcome.status).toBe('succeeded');
  const now = ways(after);
  return [
    ...before.filter((way) => !now.includes(way)).map((way) => `- ${way}`),
    ...now.filter((way) => !before.includes(way)).map((way) => `+ ${way}`),
  ];
}

const PUT_BEHIND_MAIL = [
  '- Enter e-mail > Enter code',
  '+ Accept terms > Enter code',
  '+ Enter e-mail > Accept terms',
];

describe('adding', () => {
  it.each([
    'Add "Accept terms" after "Enter e-mail".',
    'please insert Accept terms after the enter e-mail step',
    'Can you add “Accept terms” before Enter code?',
    "Add 'Accept terms' between Enter e-mail and Enter code",
    'After Enter e-mail, add "Accept terms"',
    'add a screen called Accept terms right after step 1',
    'Füge „Accept terms“ nach „Enter e-mail“ ein.',
    'Füge „Accept terms“ vor Enter code hinzu',
    'Füge zwischen Enter e-mail und Enter code eine Seite „Accept terms“ ein',
    'Bitte „Accept terms“ nach Enter e-mail einfügen',
    'Nach Enter e-mail soll „Accept terms“ kommen',
    'Kannst du „Accept terms“ hinter dem ersten Schritt einfügen?',
    'There should be a screen "Accept terms" between "Enter e-mail" and "Enter code"',
  ])('puts the step into the way: %s', async (request) => {
    // A step before another one stands in front of it for those who come anew, not for those who come back.
    expect(await changed(request)).toEqual(PUT_BEHIND_MAIL);
  });

  it('draws the type that the words name', async () => {
    const types = async (request: string) =>
      Object.values((await edit(request)).document.nodes).find(({ title }) => /terms/i.test(title))?.type;
    expect(await types('add a screen "Terms" after Enter e-mail')).toBe('screen');
    expect(await types('add "Terms accepted?" after Enter e-mail')).toBe('decision');
    expect(await types('add "Terms" after Enter e-mail as a system step')).toBe('system');
    expect(await types('füge die Entscheidung „Terms“ nach Enter e-mail ein')).toBe('decision');
    expect(await types('add a note "Check the terms"')).toBe('note');
  });

  it('without a place goes to the open end, or else before the end', async () => {
    expect(await changed('Add "Send receipt"')).toEqual([
      '- Dashboard > End',
      '+ Dashboard > Send receipt',
      '+ Send receipt > End',
    ]);
    const open = sketch(['s: start Start', 'a: screen Form'], ['s>a']);
    expect(await changed('add "Send receipt"', open)).toEqual(['+ Form > Send receipt']);
  });

  it('with a label draws a branch of a decision, or goes into the branch of that name', async () => {
    expect(await changed('Add "Call support" after the decision with label "third time wrong"')).toEqual([
      '+ Is the code right? > Call support (third time wrong)',
    ]);
    expect(await changed('Add "Log it" after "Is the code right?" with label no')).toEqual([
      '- Is the code right? > Show error (no)',
      '+ Is the code right? > Log it (no)',
      '+ Log it > Show error',
    ]);
  });

  it('behind a decision without a label changes nothing and names the branches', async () => {
    const { document, reply, unused } = await edit('Add "Log it" after "Is the code right?"');
    expect(document).toEqual(signIn());
    expect(reply).toMatch(/several ways on.*Dashboard.*Show error/);
    expect(unused).toEqual(['Add "Log it" after "Is the code right?"']);
  });

  it('keeps an existing label on the way to the new step', async () => {
    expect(await changed('Insert "Welcome tour" between "Is the code right?" and Dashboard')).toEqual([
      '- Is the code right? > Dashboard (yes)',
      '+ Is the code right? > Welcome tour (yes)',
      '+ Welcome tour > Dashboard',
    ]);
  });

  it('between two steps with several connections takes all of them', async () => {
    const twins = sketch(
      ['s: start Start', 'a: decision Paid?', 'b: screen Plan', 'e: end End'],
      ['s>a', 'a>b yes', 'a>b no', 'b>e'],
    );
    expect(await changed('insert "Load plan" between Paid? and Plan', twins)).toEqual([
      '- Paid? > Plan (no)',
      '- Paid? > Plan (yes)',
      '+ Load plan > Plan',
      '+ Paid? > Load plan (no)',
      '+ Paid? > Load plan (yes)',
    ]);
  });

  it('puts several steps one behind the other', async () => {
    expect(await changed('Add "A1", "B1" and "C1" after Enter e-mail')).toEqual([
      '- Enter e-mail > Enter code',
      '+ A1 > B1',
      '+ B1 > C1',
      '+ C1 > Enter code',
      '+ Enter e-mail > A1',
    ]);
  });
});

describe('changing', () => {
  it.each([
    'Rename "Enter code" to "Enter PIN"',
    'rename enter code to Enter PIN',
    'Rename the second step to "Enter PIN".',
    'Change the title of step 2 to Enter PIN',
    'replace Enter code with "Enter PIN"',
    'Entr code should be called Enter PIN',
    'Benenne „Enter code“ in „Enter PIN“ um',
    'Benennen Sie bitte Enter code in Enter PIN um.',
    'Ändere den Titel von Enter code auf „Enter PIN“',
    '„Enter code“ soll „Enter PIN“ heißen',
    'Enter code in Enter PIN umbenennen',
    '- Rename ‘Enter code’ to ‘Enter PIN’',
  ])('renames: %s', async (request) => {
    const { document, unused } = await edit(request);
    expect(document.nodes['code']?.title).toBe('Enter PIN');
    expect({ ...document.nodes, code: signIn().nodes['code'] }).toEqual(signIn().nodes);
    expect(unused).toEqual([]);
  });

  it('describes, and takes a description away', async () => {
    const { document } = await edit(
      'Set the description of Enter code to "Six digits, from the mail; expires."',
    );
    expect(document.nodes['code']?.description).toBe('Six digits, from the mail; expires.');
    expect(
      (await edit('Beschreibung von Enter code auf „Aus der Mail“')).document.nodes['code']?.description,
    ).toBe('Aus der Mail');
    expect(
      (await edit('remove the description of Enter code', document)).document.nodes['code']?.description,
    ).toBeUndefined();
  });

  it.each([
    'Change Dashboard to a decision',
    'turn the Dashboard screen into a decision',
    'Mache Dashboard zu einer Entscheidung',
    'make the last step a decision',
  ])('changes the type: %s', async (request) => {
    expect((await edit(request)).document.nodes['home']).toMatchObject({
      type: 'decision',
      title: 'Dashboard',
    });
  });

  it.each([
    'Rename the flow to "Log in"',
    'call the flow Log in',
    'Benenne den Flow in „Log in“ um',
    'Nenne den Ablauf Log in',
  ])('renames the flow: %s', async (request) => {
    const { document } = await edit(request);
    expect(document).toEqual({ ...signIn(), name: 'Log in' });
  });

  it.each([
    'Set the label of the edge between "Is the code right?" and Dashboard to "correct"',
    'label of the edge between the decision and Dashboard → correct',
    'Label the connection from "Is the code right?" to Dashboard "correct"',
    'Ändere die Beschriftung der Kante zwischen „Is the code right?“ und Dashboard auf „correct“',
  ])('labels a connection: %s', async (request) => {
    expect(await changed(request)).toEqual([
      '- Is the code right? > Dashboard (yes)',
      '+ Is the code right? > Dashboard (correct)',
    ]);
  });

  it('moves steps into a frame that is made once, and out of it', async () => {
    const { document } = await edit(
      'Move Enter e-mail and "Enter code" into the frame "Identify". Verschiebe Show error in den Rahmen identify.',
    );
    expect(Object.values(document.frames).map(({ title }) => title)).toEqual(['Identify']);
    const [frame] = Object.keys(document.frames);
    expect(['mail', 'code', 'error'].map((id) => document.nodes[id]?.frameId)).toEqual([frame, frame, frame]);
    expect(
      (await edit('take Enter code out of its frame', document)).document.nodes['code']?.frameId,
    ).toBeUndefined();
  });

  it('moves a step to another place in the line', async () => {
    expect(await changed('move Enter e-mail after Enter code')).toEqual([
      '- Enter code > Is the code right?',
      '- Enter e-mail > Enter code',
      '- Start > Enter e-mail',
      '+ Enter code > Enter e-mail',
      '+ Enter e-mail > Is the code right?',
      '+ Start > Enter code',
    ]);
  });
});

describe('removing and connecting', () => {
  it.each([
    'Delete "Enter e-mail"',
    'remove step 1',
    'Lösche Enter e-mail',
    'Enter e-mail bitte löschen',
    'get rid of the enter e-mail step',
  ])('closes the gap and says so: %s', async (request) => {
    expect(await changed(request)).toEqual([
      '- Enter e-mail > Enter code',
      '- Start > Enter e-mail',
      '+ Start > Enter code',
    ]);
    expect((await edit(request)).reply).toMatch(/Start.*Enter code/);
  });

  it('keeps the answer on the branch that it closes', async () => {
    expect(await changed('delete Show error')).toEqual([
      '- Is the code right? > Show error (no)',
      '- Show error > Enter code',
      '+ Is the code right? > Enter code (no)',
    ]);
  });

  it('says what is left without a way to it when a decision goes', async () => {
    expect((await edit('delete the decision')).reply).toMatch(/nothing leads to .*Dashboard.*Show error/);
  });

  it('removes several at once', async () => {
    expect(titles((await edit('Remove Enter e-mail, Enter code and "Show error"')).document)).toEqual([
      'Start',
      'Is the code right?',
      'Dashboard',
      'End',
    ]);
  });

  it.each([
    ['Connect "Show error" to End with label "gives up"', 'gives up'],
    ['connect Show error to the end if too many tries', 'too many tries'],
    ['draw an arrow from Show error to End labelled "bye"', 'bye'],
    ['Verbinde Show error mit End mit Beschriftung „Schluss“', 'Schluss'],
  ])('connects: %s', async (request, label) => {
    expect(await changed(request)).toEqual([`+ Show error > End (${label})`]);
  });

  it('gives the label to a connection that has none, instead of doubling it', async () => {
    expect(await changed('connect Enter e-mail to Enter code with label "Next"')).toEqual([
      '- Enter e-mail > Enter code',
      '+ Enter e-mail > Enter code (Next)',
    ]);
  });

  it.each([
    'Disconnect Show error from Enter code',
    'remove the connection between Show error and Enter code',
    'Trenne Show error von Enter code',
    'Lösche die Kante zwischen „Show error“ und „Enter code“',
  ])('disconnects: %s', async (request) => {
    expect(await changed(request)).toEqual(['- Show error > Enter code']);
  });
});

describe('several commands', () => {
  it.each([
    'Rename "Enter code" to "Enter PIN" and add "Resend PIN" after "Enter PIN".',
    '1. Rename Enter code to Enter PIN\n2. Add "Resend PIN" after Enter PIN',
    'Rename Enter code to Enter PIN; then add "Resend PIN" after it',
    'Benenne Enter code in Enter PIN um, dann füge „Resend PIN“ nach Enter PIN ein',
    'rename Enter code to Enter PIN. add "Resend PIN" after Enter code.',
  ])('see what earlier ones did: %s', async (request) => {
    expect(await changed(request)).toContain('+ Enter PIN > Resend PIN');
  });

  it('are carried out where one of them is not clear, which is said', async () => {
    const { document, reply, unused } = await edit('Delete "Pay by card". Rename Dashboard to Home.');
    expect(document.nodes['home']?.title).toBe('Home');
    expect(reply).toMatch(/no step called “Pay by card”/);
    expect(unused).toEqual(['Delete "Pay by card".']);
  });

  it('never guess between names: the candidates are named', async () => {
    const { document, reply, unused } = await edit('Lösche Enter');
    expect(document).toEqual(signIn());
    expect(reply).toMatch(/„Enter“ kann „Enter e-mail“, „Enter code“ sein/);
    expect(unused).toEqual(['Lösche Enter']);
  });

  it('are not read out of a name, quoted or known', async () => {
    const document = sketch(
      ['s: start Start', 'a: screen Review and delete account', 'b: screen Go to cart', 'e: end End'],
      ['s>a', 'a>b', 'b>e'],
    );
    expect(
      titles((await edit('Rename Review and delete account to "Add and remove"', document)).document),
    ).toEqual(['Start', 'Add and remove', 'Go to cart', 'End']);
    expect(titles((await edit('rename go to cart to Open the cart', document)).document)).toEqual([
      'Start',
      'Review and delete account',
      'Open the cart',
      'End',
    ]);
  });
});

describe('repairs and layout', () => {
  it.each(['Fix the lint issues', 'fix all problems please', 'Behebe alle Probleme'])(
    'mends what the lint check reports and what needs no guess: %s',
    async (request) => {
      const broken = sketch(
        ['a: screen Form', 'b: decision Valid?', 'c: screen Done', 'd: system Show error'],
        ['a>b', 'b>c', 'b>d', 'd>a'],
      );
      const { document } = await edit(request, broken);
      expect(lint(document).filter(({ severity }) => severity === 'error')).toEqual([]);
      const yes = /Behebe/.test(request) ? 'ja' : 'yes';
      expect(ways(document)).toEqual(
        expect.arrayContaining(['Start > Form', `Valid? > Done (${yes})`, expect.stringMatching(/^Done > /)]),
      );
    },
  );

  it('says what it leaves to people', async () => {
    const { document, reply } = await edit(
      'fix the lint issues',
      sketch(['s: start Start', 'a: decision Valid?', 'e: end End'], ['s>a', 'a>e yes']),
    );
    expect(ways(document)).toEqual(['Start > Valid?', 'Valid? > End (yes)']);
    expect(reply).toMatch(/Left for you: .*only one branch/);
  });

  it.each(['Tidy up', 'layout', 'please arrange the flow', 'Räume auf', 'ordne alles neu an'])(
    'arranges the flow: %s',
    async (request) => {
      const document = signIn();
      for (const node of Object.values(document.nodes)) node.position = { x: 0, y: 0 };
      const { document: after } = await edit(request, document);
      expect(
        new Set(Object.values(after.nodes).map(({ position }) => `${position.x} ${position.y}`)).size,
      ).toBe(7);
      expect(titles(after)).toEqual(titles(document));
    },
  );
});

describe('a description of more steps', () => {
  it('goes on after the last step, without a second start and without a new name', async () => {
    const { document } = await edit('The user confirms the newsletter. Then we send a voucher.');
    expect(document.name).toBe('Sign-in');
    expect(
      Object.values(document.nodes).filter(({ type }) => type === 'start' || type === 'end'),
    ).toHaveLength(2);
    expect(ways(document)).toEqual(
      expect.arrayContaining(['Dashboard > Confirm newsletter', 'Send voucher > End']),
    );
    expect(ways(document)).not.toContain('Dashboard > End');
  });

  it('goes into the way behind the step that it names', async () => {
    expect(await changed('Show a confirmation after Enter e-mail')).toEqual(
      expect.arrayContaining([
        '- Enter e-mail > Enter code',
        expect.stringMatching(/^\+ .*confirmation.* > Enter code$/i),
      ]),
    );
    const { document } = await edit(
      'After Enter e-mail, the user solves a captcha. If it fails, the user is blocked.',
    );
    const now = ways(document);
    expect(now).toEqual(expect.arrayContaining(['Enter e-mail > Solve captcha', 'Block user > End']));
    expect(now).not.toContain('Enter e-mail > Enter code');
    expect(lint(document).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('what rules cannot do', () => {
  it.each([
    'What do you think about this flow?',
    'explain the flow',
    'Erkläre mir den Flow',
    'Write me a marketing strategy',
    'asdf qwer zxcv',
    '???',
    'Was hältst du davon?',
    'Turn the attached screenshot into a flow',
    'Is this good? What would you change?',
  ])('changes nothing, on a flow and on an empty one, and says what it can do: %s', async (request) => {
    for (const document of [signIn(), emptyDocument('Untitled')]) {
      const edited = await edit(request, document);
      expect(edited.outcome.commitIds).toEqual([]);
      expect(edited.reply).toMatch(/rule-based|regelbasiert/);
    }
  });

  it.each([
    'undo',
    'hello',
    'Thanks!',
    'make it nicer',
    'Swap Enter code and Enter e-mail',
    'verbessere den Ablauf',
  ])('draws no step out of words that want something else: %s', async (request) => {
    const { document, reply, unused } = await edit(request);
    expect(document).toEqual(signIn());
    expect(reply).toMatch(/rule-based|regelbasiert/);
    expect(unused).toEqual([request]);
  });

  it.each([
    'Rename "A" to "B"',
    'delete the login screen',
    'Verbinde A mit B',
    'connect A to B and delete C',
    'fix the lint issues',
  ])('on an empty flow has nothing to edit: %s', async (request) => {
    const { outcome, reply } = await edit(request, emptyDocument('Untitled'));
    expect(outcome.commitIds).toEqual([]);
    expect(reply).toMatch(/nothing to edit yet|noch nichts zu ändern/);
  });

  it('still draws a description on an empty flow whose steps sound like commands', async () => {
    const { document } = await edit(
      '1. Add item to cart\n2. Change address\n3. Delete old address\n4. Pay',
      emptyDocument('Untitled'),
    );
    expect(Object.keys(document.nodes).length).toBeGreaterThanOrEqual(6);
  });
});
