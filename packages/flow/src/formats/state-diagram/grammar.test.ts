import { describe, expect, test } from 'vitest';
import { FlowError } from '../../document/errors.ts';
import { parseDocument } from '../../schema/index.ts';
import { fromStateDiagram } from './index.ts';

/** Everything in a diagram's body, as short lines; warnings stand behind an exclamation mark. */
function told(body: string): string[] {
  const { document, warnings } = fromStateDiagram(`stateDiagram-v2\n${body}`, { layout: false });
  const { nodes, edges, frames } = document;
  return [
    ...Object.values(frames).map(({ title, parentId }) => `[${title}] in ${parentId ?? 'flow'}`),
    ...Object.values(nodes).map(
      ({ id, type, title, description, frameId }) =>
        `${id} ${type} "${[title, ...(description === undefined ? [] : [description])].join('" "')}"${frameId ? ` in ${frameId}` : ''}`,
    ),
    ...Object.values(edges).map(
      ({ source, target, trigger, label }) => `${source} > ${target} ${trigger}${label ? ` ${label}` : ''}`,
    ),
    ...warnings.map(({ line, message }) => `! ${line} ${message}`),
  ];
}
function refusal(source: string): { code: string; path: string; message: string } {
  try {
    fromStateDiagram(source, { layout: false });
  } catch (error) {
    if (!(error instanceof FlowError)) throw error;
    return { code: error.code, path: error.issues[0]?.path ?? '', message: error.issues[0]?.message ?? '' };
  }
  throw new Error('nothing was refused');
}

describe('states and transitions', () => {
  test.each([
    ['A --> B : send', ['A screen "A"', 'B screen "B"', 'A > B submit send']],
    ['A-->B', ['A screen "A"', 'B screen "B"', 'A > B click']],
    [
      '[*] --> A\nA --> [*]',
      [
        'root_start start "Start"',
        'A screen "A"',
        'root_end end "End"',
        'root_start > A auto',
        'A > root_end click',
      ],
    ],
    ['A : One\nA : Two\nA: Three', ['A screen "One" "Two\nThree"']],
    ['state "Long **name**" as A', ['A screen "Long name"']],
    ['state A <<choice>>', ['A decision "A"']],
    ['state A [[choice]]\nA : Right?', ['A decision "Right?"']],
    ['A:::big --> B:::ux_note', ['A screen "A"', 'B note "B"', 'A > B click']],
    ['class A,B ux_action\nA --> B', ['A screen "A"', 'B screen "B"', 'A > B click']],
    ['A --> B\nclass A,B ux_action', ['A action "A"', 'B action "B"', 'A > B auto']],
    [
      'A --> B : #quot;x#quot; &amp; y#59; z; C',
      ['A screen "A"', 'B screen "B"', 'C screen "C"', 'A > B click "x" & y; z'],
    ],
    ['A\n%% comment\nB # comment\nC %% comment', ['A screen "A"', 'B screen "B"', 'C screen "C"']],
    [
      'direction LR\nhide empty description\nscale 350 width\nclassDef x fill:#f9f\nstyle A fill:#f9f\nA\nclick A "https://x" "tip"\naccTitle: T\naccDescr {\n A --> B\n}',
      ['A screen "A"'],
    ],
  ])('%j', (body, expected) => {
    expect(told(body)).toEqual(expected);
  });
});

test('composite states become frames, each with a start and end of its own', () => {
  expect(
    told(
      '[*] --> Sign\nstate "Sign up" as Sign {\n[*] --> Form\nForm --> [*]\nstate Deep {\nX\n}\n}\nSign --> Done',
    ),
  ).toEqual([
    '[Sign up] in flow',
    '[Deep] in Sign',
    'root_start start "Start"',
    'Sign_start start "Start" in Sign',
    'Form screen "Form" in Sign',
    'Sign_end end "End" in Sign',
    'X screen "X" in Deep',
    'Done screen "Done"',
    'root_start > Sign_start auto',
    'Sign_start > Form auto',
    'Form > Sign_end click',
    'Sign_end > Done auto',
    '! 2 a transition with a whole composite state now holds on to a state in it: transitions connect nodes (2 times)',
  ]);
});

test('regions become frames in their composite state, and that they run at the same time is told', () => {
  expect(told('state A {\n[*] --> B\n--\n[*] --> C\n--\n}')).toEqual([
    '[A] in flow',
    '[Region 1] in A',
    '[Region 2] in A',
    'A_start start "Start" in frame.A_region_1',
    'B screen "B" in frame.A_region_1',
    'A_region_2_start start "Start" in frame.A_region_2',
    'C screen "C" in frame.A_region_2',
    'A_start > B auto',
    'A_region_2_start > C auto',
    '! 4 regions that run at the same time became frames beside each other (2 times)',
  ]);
});

test('forks and joins become system steps, and what is lost is told', () => {
  const { document, warnings } = fromStateDiagram(
    'stateDiagram-v2\nstate f <<fork>>\nstate j <<join>>\nf --> A\nf --> B\nA --> j\nB --> j',
  );
  expect(document.nodes['f']).toMatchObject({ type: 'system', title: 'f', data: { stateKind: 'fork' } });
  expect(document.nodes['j']).toMatchObject({ type: 'system', data: { stateKind: 'join' } });
  expect(warnings).toHaveLength(1);
});

test('notes become notes that lead to their state; a long one keeps its text as a description', () => {
  const long = 'word '.repeat(60).trim();
  const { document } = fromStateDiagram(
    `stateDiagram-v2\nstate F {\nA\n}\nnote left of A : Short\nnote right of A\n  ${long}\nend note\nnote "Floating" as N`,
    { layout: false },
  );
  expect(document.nodes['note-1']).toMatchObject({ type: 'note', title: 'Short', frameId: 'F' });
  expect(document.nodes['note-2']).toMatchObject({ type: 'note', description: long });
  expect(document.nodes['N']).toMatchObject({ type: 'note', title: 'Floating' });
  expect(Object.values(document.edges).map(({ source, target }) => `${source} > ${target}`)).toEqual([
    'note-1 > A',
    'note-2 > A',
  ]);
});

test('a state stands where it is mentioned last, and never inside itself', () => {
  expect(told('state A {\nX\n}\nstate B {\nX\nY\n}\nX').slice(0, 4)).toEqual([
    '[A] in flow',
    '[B] in flow',
    'X screen "X" in B',
    'Y screen "Y" in B',
  ]);
  expect(told('state A {\nstate B {\nA\nX\n}\n}')).toEqual([
    '[A] in flow',
    '[B] in A',
    'X screen "X" in B',
    '! 2 a state that would stand inside itself was taken out of the other one',
  ]);
});

test('states are placed along the direction that the diagram names', () => {
  const { nodes } = fromStateDiagram('stateDiagram-v2\ndirection LR\nA --> B').document;
  expect(nodes['B']?.position.x).toBeGreaterThan(nodes['A']?.position.x ?? NaN);
});

describe('refusals name the line and the remedy', () => {
  test.each([
    ['', 'line 1', /stateDiagram-v2/],
    ['flowchart TD\nA', 'line 1', /stateDiagram-v2/],
    ['stateDiagram-v2\nA -> B', 'line 2', /expected "-->"/],
    ['stateDiagram-v2\nA -->', 'line 2', /expected a state/],
    ['stateDiagram-v2\n\nstate A {\nB', 'line 3', /add "}"/],
    ['stateDiagram-v2\nA\n}', 'line 3', /without a state/],
    ['stateDiagram-v2\nstate "A', 'line 2', /double quote/],
    ['stateDiagram-v2\nstate "A" B', 'line 2', /state "Text" as id/],
    ['stateDiagram-v2\nnote right of A\nx', 'line 2', /end note/],
    ['stateDiagram-v2\nnote over A', 'line 2', /left of A/],
    ['stateDiagram-v2\ndirection UP', 'line 2', /TB, BT, LR or RL/],
  ])('%j', (source, path, message) => {
    expect(refusal(source)).toMatchObject({
      code: 'invalid_request',
      path,
      message: expect.stringMatching(message),
    });
  });
});

describe('hostile input', () => {
  const lines = (count: number, line: (number: number) => string): string =>
    `stateDiagram-v2\n${Array.from({ length: count }, (_, number) => line(number)).join('\n')}`;

  test('1,000 nested states become 1,000 frames less the innermost; one more is refused', () => {
    const nested = (depth: number): string =>
      `${lines(depth, (number) => `state s${number} {`)}\nx\n${'}'.repeat(depth)}`;
    expect(Object.keys(fromStateDiagram(nested(1_000), { layout: false }).document.frames)).toHaveLength(
      1_000,
    );
    expect(refusal(nested(1_001))).toMatchObject({ code: 'limit_exceeded', path: 'line 1002' });
  });

  test('too many states, transitions, notes or characters are a limit, not a crash', () => {
    expect(refusal(lines(10_001, (number) => `s${number}`))).toMatchObject({
      code: 'limit_exceeded',
      path: 'line 10002',
    });
    expect(refusal(lines(20_001, () => 'A --> B'))).toMatchObject({
      code: 'limit_exceeded',
      path: 'line 20002',
    });
    expect(refusal(lines(10_000, () => 'note left of A : x'))).toMatchObject({ code: 'limit_exceeded' });
    expect(refusal('stateDiagram-v2\nA --> B\n'.repeat(2_500_000))).toMatchObject({
      code: 'limit_exceeded',
      path: 'source',
    });
  });

  test.each([
    ['dashes', 'A -'.padEnd(1_000_000, '-')],
    ['open quotes', `state ${'"'.repeat(1_000_001)}`],
    ['open notes', 'note left of A\n'.repeat(60_000)],
    ['line ends without an end', `note left of A\n${'\n '.repeat(500_000)}`],
    ['closing braces', '}'.repeat(1_000_000)],
  ])('a million %s are refused in linear time', (_, body) => {
    expect(refusal(`stateDiagram-v2\n${body}`).code).toBe('invalid_request');
  });

  test.each([
    ['spaces', `A :${' '.repeat(1_000_000)}x`],
    ['number signs', `A : ${'#'.repeat(1_000_000)}`],
    ['regions', `state A {\nA1\n${'--\n'.repeat(300_000)}}`],
    ['stars', `A : ${'**x '.repeat(250_000)}`],
    ['descriptions', 'A : x\n'.repeat(100_000)],
  ])('a million %s are read in linear time', (_, body) => {
    const { nodes } = fromStateDiagram(`stateDiagram-v2\n${body}`, { layout: false }).document;
    expect(Object.keys(nodes)).toHaveLength(1);
  });

  test('inherited names, lone surrogates, right-to-left texts and emoji are kept or replaced, never confused', () => {
    const { document } = fromStateDiagram(
      'stateDiagram-v2\n__proto__ --> constructor : toString\nA : x\uD83D y\nB : مرحبا 🧑‍🚀\nhasOwnProperty : valueOf\n%% record: ["__proto__", "__proto__", "__proto__"]\n[*] --> A',
    );
    expect(({} as Record<string, unknown>)['title']).toBeUndefined();
    expect(Object.values(document.nodes).map(({ title }) => title)).toEqual([
      '__proto__',
      'constructor',
      'x\uFFFD y',
      'مرحبا 🧑‍🚀',
      'valueOf',
      'Start',
    ]);
    expect(parseDocument(JSON.parse(JSON.stringify(document)))).toEqual(document);
  });
});
