import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FlowDocument } from '@uxflow/flow';
import { parseDocument } from '@uxflow/flow/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli } from '../../test/cli.ts';

/** A flow in which everything is that the commands must not lose or move. */
const FLOW: FlowDocument = {
  format: 'uxflow/1',
  name: 'Buy',
  nodes: {
    s: { id: 's', type: 'start', title: 'Start', position: { x: 0, y: 0 } },
    cart: {
      id: 'cart',
      type: 'screen',
      title: 'Cart',
      description: 'What will be bought',
      position: { x: 7, y: 900 },
      pinned: true,
      screen: { elements: [{ id: 'pay', kind: 'button', label: 'Pay' }], states: [] },
    },
    ok: { id: 'ok', type: 'decision', title: 'Paid?', position: { x: 0, y: 0 } },
    e: { id: 'e', type: 'end', title: 'Done', position: { x: 0, y: 0 } },
  },
  edges: {
    e1: { id: 'e1', source: 's', target: 'cart', trigger: 'click' },
    e2: { id: 'e2', source: 'cart', target: 'ok', trigger: 'submit', elementId: 'pay' },
    e3: { id: 'e3', source: 'ok', target: 'e', trigger: 'auto', label: 'yes' },
    e4: { id: 'e4', source: 'ok', target: 'cart', trigger: 'auto', label: 'no' },
  },
  frames: {},
  personas: {},
};
const { cart } = FLOW.nodes;
if (!cart) throw new Error('the flow has a cart');

let folder = '';
const file = (name: string): string => join(folder, name);
const save = (name: string, document: FlowDocument): Promise<void> =>
  writeFile(file(name), JSON.stringify(document));
const saved = async (name: string): Promise<FlowDocument> =>
  parseDocument(JSON.parse(await readFile(file(name), 'utf8')));
const run = (...args: string[]): ReturnType<typeof cli> => cli(args, { cwd: folder });
const withTitle = (title: string): FlowDocument => ({
  ...FLOW,
  nodes: { ...FLOW.nodes, cart: { ...cart, title } },
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uxflow-compare-'));
  await save('flow.json', FLOW);
  await save('basket.json', withTitle('Basket'));
  await save('bag.json', withTitle('Bag'));
  await run('export', 'flow.json', '-f', 'mermaid', '-o', 'flow.mmd');
});
afterAll(() => rm(folder, { recursive: true }));

describe.concurrent('diff', () => {
  test('equal flows are exit code 0, also when their fields stand in another order', async () => {
    await save('turned.json', {
      ...FLOW,
      nodes: Object.fromEntries(Object.entries(FLOW.nodes).toReversed()),
    });
    expect(await run('diff', 'flow.json', 'turned.json')).toEqual({
      code: 0,
      out: 'No differences\n',
      err: '',
    });
  });

  test('what was added, removed and changed, with the values before and after, is exit code 1', async () => {
    const { e3: _, ...edges } = FLOW.edges;
    const { e, ...nodes } = withTitle('Basket').nodes;
    const help = { id: 'help', type: 'note' as const, title: 'Ask\u001B[31m\nus', position: { x: 1, y: 2 } };
    await save('after.json', { ...FLOW, name: 'Order', nodes: { ...nodes, help }, edges });
    const { code, out, err } = await run('diff', 'flow.json', 'after.json');
    expect([code, err]).toEqual([1, '']);
    expect(out).toBe(
      [
        '~ name     "Buy" → "Order"',
        '- node     e  Done',
        '- edge     e3  Paid? → Done (yes)',
        '+ node     help  Ask [31m us',
        '~ node     cart  Basket',
        '    title: "Cart" → "Basket"',
        '1 added, 2 removed, 1 changed, renamed',
        '',
      ].join('\n'),
    );
    const report: unknown = JSON.parse((await run('diff', 'flow.json', 'after.json', '--json')).out);
    expect(report).toMatchObject({
      equal: false,
      name: { before: 'Buy', after: 'Order' },
      added: [{ kind: 'node', id: 'help', value: help }],
      removed: [{ id: 'e', value: e }, { id: 'e3' }],
      changed: [{ id: 'cart', fields: [{ field: 'title', before: 'Cart', after: 'Basket' }] }],
    });
  });

  test('ignored fields do not count', async () => {
    expect(await run('diff', 'flow.json', 'basket.json', '--ignore', 'title')).toMatchObject({ code: 0 });
  });

  test('a link that was put in between shifts no other: Mermaid links are told by what they join', async () => {
    await writeFile(file('one.mmd'), 'flowchart TD\n a[A] --> b[B]\n b --> c[C]\n c --> d[D]\n');
    await writeFile(file('two.mmd'), 'flowchart TD\n a[A] --> x[X]\n x --> b[B]\n b --> c[C]\n c --> d[D]\n');
    const { code, out } = await run('diff', 'one.mmd', 'two.mmd', '--json');
    const report: unknown = JSON.parse(out);
    expect(code).toBe(1);
    expect(report).toMatchObject({
      added: [
        { kind: 'node', label: 'X' },
        { kind: 'edge', label: 'A → X' },
        { kind: 'edge', label: 'X → B' },
      ],
      removed: [{ kind: 'edge', label: 'A → B' }],
      changed: [],
    });
  });

  test('a flow and its Mermaid file differ only in what Mermaid cannot hold', async () => {
    const { code, out } = await run('diff', 'flow.json', '-');
    expect([code, out]).toEqual([2, '']);
    const lost = 'description,screen,pinned,elementId';
    expect(await run('diff', 'flow.json', 'flow.mmd', '--ignore', `${lost},position,size`)).toMatchObject({
      code: 0,
    });
    const told = await run('diff', 'flow.json', 'flow.mmd');
    expect(told.out).toMatch(/description: "What will be bought" → none/);
    expect(told.out).not.toMatch(/position/);
  });

  test('ids mean nothing where records are matched by content', async () => {
    const other = JSON.stringify(FLOW).replaceAll('"cart"', '"basket"').replaceAll('"e2"', '"x"');
    await writeFile(file('other.json'), other);
    expect(await run('diff', 'flow.json', 'other.json', '--match', 'content')).toMatchObject({ code: 0 });
    expect(await run('diff', 'flow.json', 'other.json')).toMatchObject({ code: 1 });
  });

  test.each([
    [['missing.json'], /missing\.json cannot be read/],
    [['broken.json'], /broken\.json is not valid JSON/],
  ])('%j is trouble: exit code 2, which says nothing of the flows', async ([name = ''], why) => {
    await writeFile(file('broken.json'), '[1,');
    const { code, out, err } = await run('diff', 'flow.json', name);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(why);
  });
});

describe.concurrent('merge', () => {
  test('changes of both sides go together; one file may come from standard input', async () => {
    const theirs = JSON.stringify({ ...FLOW, name: 'Order' });
    const { code, out, err } = await cli(['merge', 'flow.json', 'basket.json', '-'], {
      cwd: folder,
      stdin: theirs,
    });
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toEqual({ ...withTitle('Basket'), name: 'Order' });
  });

  test('conflicts are listed and exit code 1; the preferred side stands, and the file is written', async () => {
    for (const [prefer, title] of [
      ['ours', 'Basket'],
      ['theirs', 'Bag'],
    ] as const) {
      const into = `${prefer}.json`;
      const args = ['flow.json', 'basket.json', 'bag.json', '--prefer', prefer, '-o', into];
      expect(await run('merge', ...args)).toEqual({
        code: 1,
        out: '',
        err:
          'conflict: node cart, title: both changed it; base "Cart", ours "Basket", theirs "Bag"\n' +
          `1 conflicts, decided for ${prefer}; see --prefer\n`,
      });
      expect((await saved(into)).nodes['cart']?.title).toBe(title);
    }
  });

  test('a Mermaid side changes what Mermaid holds, and takes nothing away that it cannot', async () => {
    const mermaid = await readFile(file('flow.mmd'), 'utf8');
    const edited = mermaid
      .replace(/^---[\s\S]*?^---$/mu, '')
      .replace('Cart', 'Basket')
      .replace('ok -->|"no"| cart', 'ok -->|"no"| again["Try again"]\n  again --> cart');
    await writeFile(file('edited.mmd'), edited);
    // The same without a single id of the flow.
    await writeFile(
      file('foreign.mmd'),
      edited.replace('Basket', 'Cart').replace(/\b(s|cart|ok|e)\b(?=[[({ ]|$)/gmu, 'x$1'),
    );
    for (const [name, title] of [
      ['edited', 'Basket'],
      ['foreign', 'Cart'],
    ] as const) {
      const args = ['flow.json', 'flow.json', `${name}.mmd`, '-o', `${name}-merged.json`];
      expect(await run('merge', ...args)).toEqual({ code: 0, out: '', err: '' });
      const merged = await saved(`${name}-merged.json`);
      expect(merged.name).toBe('Buy');
      expect(merged.nodes['cart']).toEqual({ ...cart, title });
      expect(merged.edges['e2']).toEqual(FLOW.edges['e2']);
      expect(Object.values(merged.nodes).map(({ title }) => title)).toContain('Try again');
      expect(Object.keys(merged.edges)).toHaveLength(5);
    }
  });

  test('a BPMN side takes away what BPMN holds, a description, and nothing else', async () => {
    await run('export', 'flow.json', '-f', 'bpmn', '-o', 'flow.bpmn');
    const bpmn = await readFile(file('flow.bpmn'), 'utf8');
    const edited = bpmn.replace(/<documentation>[^<]*<\/documentation>/u, '').replace('"Cart"', '"Basket"');
    expect(edited.length).toBeLessThan(bpmn.length - 20);
    await writeFile(file('edited.bpmn'), edited);
    expect(await run('merge', 'flow.json', 'flow.json', 'edited.bpmn', '-o', 'process.json')).toEqual({
      code: 0,
      out: '',
      err: '',
    });
    const { description: _, ...rest } = cart;
    const merged = await saved('process.json');
    expect(merged.nodes['cart']).toEqual({ ...rest, title: 'Basket' });
    expect(merged.edges).toEqual(FLOW.edges);
  });

  test('links that two Mermaid files number alike stay apart, and one that both made is made once', async () => {
    const base = 'flowchart TD\n a[A] --> b[B]\n';
    await writeFile(file('base.mmd'), base);
    await writeFile(file('ours.mmd'), `${base} b --> c[C]\n b --> d[D]\n`);
    await writeFile(file('theirs.mmd'), `${base} b --> d[D]\n a --> d\n`);
    const { code, out, err } = await run('merge', 'base.mmd', 'ours.mmd', 'theirs.mmd');
    expect([code, err]).toEqual([0, '']);
    const { edges } = parseDocument(JSON.parse(out));
    const links = Object.values(edges).map(({ source, target }) => `${source}${target}`);
    expect(links.toSorted()).toEqual(['ab', 'ad', 'bc', 'bd']);
  });

  test('a side that cannot be read is trouble: exit code 2, and nothing is written', async () => {
    const { code, err } = await run('merge', 'flow.json', 'nowhere.json', 'bag.json', '-o', 'never.json');
    expect(code).toBe(2);
    expect(err).toMatch(/nowhere\.json cannot be read/);
    await expect(saved('never.json')).rejects.toThrow('ENOENT');
  });
});

describe.concurrent('layout', () => {
  test('places all but pinned steps and changes nothing else; the file may be written over', async () => {
    await save('over.json', FLOW);
    expect(await run('layout', 'over.json', '-o', 'over.json')).toEqual({ code: 0, out: '', err: '' });
    const tidy = await saved('over.json');
    expect(tidy.nodes['cart']).toEqual(cart);
    const places = Object.values(tidy.nodes).map(({ position: { x, y } }) => `${x} ${y}`);
    expect(new Set(places).size).toBe(4);
    expect(await run('diff', 'flow.json', 'over.json', '--ignore', 'position')).toMatchObject({ code: 0 });
  });

  test('--direction says where the flow runs to', async () => {
    const chain = 'flowchart TD\n a[A] --> b[B]\n';
    const ends = async (direction: string): Promise<boolean[]> => {
      const { out } = await cli(['layout', '-', '--direction', direction], { stdin: chain });
      const { a, b } = parseDocument(JSON.parse(out)).nodes;
      return [(a?.position.x ?? 0) < (b?.position.x ?? 0), (a?.position.y ?? 0) < (b?.position.y ?? 0)];
    };
    expect(await ends('right')).toEqual([true, false]);
    expect(await ends('down')).toEqual([false, true]);
  });

  test('--nodes moves these alone, and names those that are not there', async () => {
    const { out } = await run('layout', 'flow.json', '--nodes', 'ok, e');
    const { nodes } = parseDocument(JSON.parse(out));
    expect([nodes['s'], nodes['cart']]).toEqual([FLOW.nodes['s'], cart]);
    expect(nodes['e']?.position).not.toEqual({ x: 0, y: 0 });
    const { code, err } = await run('layout', 'flow.json', '--nodes', 'ok,what');
    expect(code).toBe(1);
    expect(err).toMatch(/flow\.json .*--nodes[\s\S]*there is no node "what"/);
  });
});

describe.concurrent('paths', () => {
  test.each([
    [['--kind', 'shortest'], '1. Start → Cart → Paid? —(yes)→ Done\n'],
    [['--kind', 'all', '--loops', '0'], '1. Start → Cart → Paid? —(yes)→ Done\n'],
    [[], '1. Start → Cart → Paid? —(no)→ Cart → Paid? —(yes)→ Done\n'],
    [['--kind', 'shortest', '--from', 'ok'], '1. Paid? —(yes)→ Done\n'],
  ])('%j', async (options, out) => {
    expect(await run('paths', 'flow.json', ...options)).toEqual({ code: 0, out, err: '' });
  });

  test('transitions on no path, cut lists and flows without a way are told', async () => {
    const { out } = await run('paths', 'flow.json', '--to', 'cart');
    expect(out).toMatch(/^1\. Start → Cart$[\s\S]*^on no path: e3 {2}Paid\? → Done$/m);
    const cut = await run('paths', 'flow.json', '--kind', 'all', '--limit', '1');
    expect(cut.out).toMatch(/There are more: raise --limit/);
    expect(await run('paths', 'flow.json', '--kind', 'shortest', '--from', 'e', '--to', 's')).toMatchObject({
      code: 1,
      out: 'No way leads from a start to an end\n',
    });
  });

  test('--json has the paths as ids, and measures of the flow', async () => {
    const { out } = await run('paths', 'flow.json', '--json');
    const report: unknown = JSON.parse(out);
    expect(report).toMatchObject({
      kind: 'coverage',
      paths: [{ edgeIds: ['e1', 'e2', 'e4', 'e2', 'e3'] }],
      complete: true,
      uncovered: [],
      complexity: { steps: 4, loops: 1 },
    });
  });

  test('a step that is not there is named with its option', async () => {
    const { code, err } = await run('paths', 'flow.json', '--from', 'what');
    expect(code).toBe(1);
    expect(err).toMatch(/flow\.json .*--from[\s\S]*no step “what”/);
  });
});

describe.concurrent('lint', () => {
  const BAD = 'flowchart TD\n  a([Start]) --> b{Right?}\n  b -->|yes| c([End])\n';

  test('--config sets severities and switches rules off', async () => {
    const before = await cli(['lint', '-'], { stdin: BAD });
    const rules = Object.fromEntries(
      Array.from(before.out.matchAll(/^(?:error|warning|info) +([a-z-]{5,})/gmu), ([, id]) => [id, 'off']),
    );
    expect([before.code, Object.keys(rules)]).toEqual([1, expect.arrayContaining(['decision-branches'])]);
    await writeFile(file('off.json'), JSON.stringify({ rules }));
    expect(await cli(['lint', '-', '--config', file('off.json')], { stdin: BAD })).toMatchObject({
      code: 0,
      out: 'No issues\n',
    });
    await writeFile(file('soft.json'), JSON.stringify({ rules: { ...rules, 'decision-branches': 'info' } }));
    const soft = await cli(['lint', '-', '--config', file('soft.json')], { stdin: BAD });
    expect([soft.code, soft.out.slice(0, 4)]).toEqual([0, 'info']);
  });

  test('a configuration is refused with each rule, level and field that is wrong', async () => {
    await writeFile(
      file('bad.json'),
      JSON.stringify({ rules: { nothing: 'off', 'dead-end': 'loud' }, level: 1 }),
    );
    const { code, out, err } = await run('lint', 'flow.json', '--config', 'bad.json');
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/bad\.json is not a lint configuration/);
    expect(err).toMatch(/ {2}level: .*\n {2}rules\.nothing: .*\n {2}rules\.dead-end: Give one of off, error/);
  });

  test('--rules lists each rule with its severity, as configured, and where it comes from', async () => {
    const { code, out } = await run('lint', '--rules');
    const lines = out.trimEnd().split('\n');
    expect(code).toBe(0);
    expect(lines.length).toBeGreaterThanOrEqual(25);
    for (const line of lines)
      expect(line).toMatch(/^(?:error|warning|info) +[a-z-]+ .*\. .+, https:\/\/\S+$/);
    await writeFile(file('one.json'), '{"rules": {"dead-end": "off"}}');
    const { out: json } = await run('lint', '--rules', '--json', '--config', 'one.json');
    const report: unknown = JSON.parse(json);
    expect(report).toMatchObject({
      rules: expect.arrayContaining([
        expect.objectContaining({
          id: 'dead-end',
          severity: 'off',
          rationale: expect.any(String),
          source: { name: expect.any(String), url: expect.any(String) },
        }),
      ]),
    });
  });
});
