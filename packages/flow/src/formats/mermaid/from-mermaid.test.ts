import { describe, expect, test } from 'vitest';
import { FlowError } from '../../document/errors.ts';
import type { FlowDocument } from '../../document/types.ts';
import { fromMermaid } from './index.ts';

const read = (source: string): FlowDocument => fromMermaid(source).document;
/** Nodes as `id type title`. */
const nodes = (source: string): string[] =>
  Object.values(read(source).nodes).map(({ id, type, title }) => `${id} ${type} ${title}`);
/** Edges as `a > b` or `a > b : label`. */
const edges = (source: string): string[] =>
  Object.values(read(source).edges).map(
    ({ source: from, target, label }) => `${from} > ${target}${label === undefined ? '' : ` : ${label}`}`,
  );
function refusal(source: string): { code: string; path: string; message: string } {
  try {
    fromMermaid(source);
  } catch (error) {
    if (!(error instanceof FlowError)) throw error;
    return { code: error.code, path: error.issues[0]?.path ?? '', message: error.issues[0]?.message ?? '' };
  }
  throw new Error('nothing was refused');
}

describe('shapes', () => {
  test.each([
    ['A[Enter code]', 'A action Enter code'],
    ['A[Login page]', 'A screen Login page'],
    ['A(Pay)', 'A action Pay'],
    ['A{Right?}', 'A decision Right?'],
    ['A{{Send mail}}', 'A system Send mail'],
    ['A[[Checkout]]', 'A subflow Checkout'],
    ['A[(Users)]', 'A system Users'],
    ['A[/Form/]', 'A screen Form'],
    ['A[\\Form\\]', 'A screen Form'],
    ['A[/Form\\]', 'A screen Form'],
    ['A>Remark]', 'A note Remark'],
    ['A(((Over)))', 'A end Over'],
    ['A', 'A action A'],
    ['A@{ shape: diam, label: "Right?" }', 'A decision Right?'],
    ['A@{shape: hex}', 'A system A'],
    ['A["list[0] (x)"]', 'A action list[0] (x)'],
    ['A[list[0]]', 'A action list[0]'],
    ['A(f(x))', 'A action f(x)'],
    ['A["`**bold**`"]', 'A action bold'],
    ['A["two<br/>lines"]', 'A action two\nlines'],
    ['A["say #quot;hi#quot; &amp; #35;1 #9829;"]', 'A action say "hi" & #1 ♥'],
    ['A[<b>Bold</b> move]', 'A action Bold move'],
    ['A["several\n  lines"]', 'A action several\nlines'],
    ['Käse-1[Größe 📦]', 'node-1 action Größe 📦'],
    ['A:::screen', 'A screen A'],
    ['A[x]:::ux_note', 'A note x'],
    ['A[x]\nclass A decision', 'A decision x'],
  ])('%s', (statement, expected) => {
    expect(nodes(`flowchart TD\n${statement}`)).toEqual([expected]);
  });

  test('rounded terminals are starts and ends by title, else by where they stand', () => {
    expect(nodes('graph LR\nA([Begin]) --> B((Wait)) --> C([Thanks])\nD([End])')).toEqual([
      'A start Begin',
      'B action Wait',
      'C end Thanks',
      'D end End',
    ]);
  });
});

describe('links', () => {
  test.each([
    ['A --> B', ['A > B']],
    ['A-->B', ['A > B']],
    ['A --- B', ['A > B']],
    ['A -.-> B', ['A > B']],
    ['A ==> B', ['A > B']],
    ['A ----> B', ['A > B']],
    ['A -..-> B', ['A > B']],
    ['A ====> B', ['A > B']],
    ['A --x B', ['A > B']],
    ['A --o B', ['A > B']],
    ['A -->|yes| B', ['A > B : yes']],
    ['A -->|"yes (1)"| B', ['A > B : yes (1)']],
    ['A -- yes --> B', ['A > B : yes']],
    ['A --yes--> B', ['A > B : yes']],
    ['A -- only if x-y --> B', ['A > B : only if x-y']],
    ['A -. maybe .-> B', ['A > B : maybe']],
    ['A -. v1.2 .-> B', ['A > B : v1.2']],
    ['A == go ==> B', ['A > B : go']],
    ['A -- text --- B', ['A > B : text']],
    ['A -- "a --> b" --> B', ['A > B : a --> b']],
    ['A --> B --> C', ['A > B', 'B > C']],
    ['A & B --> C & D', ['A > C', 'A > D', 'B > C', 'B > D']],
    ['A --> A', ['A > A']],
    ['A <--> B', ['A > B', 'B > A']],
    ['A e1@--> B\ne1@{ animate: true }', ['A > B']],
    ['A-->B;B-->C', ['A > B', 'B > C']],
    ['A ~~~ B', []],
    ['A -->\n  B', ['A > B']],
    ['a-b --> c-d', ['a-b > c-d']],
    ['o --o x', ['o > x']],
  ])('%s', (statement, expected) => {
    expect(edges(`flowchart TD\n${statement}`)).toEqual(expected);
  });

  test('triggers come from labels, and from the comment that the export writes', () => {
    const { edges: read1 } = read(`graph TD
      A[Login page] -->|send| B{ok?}
      B -->|wrong code| A
      B -->|timeout| C
      C -->|back| A
      %% trigger: success
      B --> D
      A --> D`);
    expect(Object.values(read1).map(({ trigger }) => trigger)).toEqual([
      'submit',
      'error',
      'timeout',
      'back',
      'success',
      'click',
    ]);
  });
});

test('subgraphs become frames, nested as written; a node belongs to the first that closes round a mention of it', () => {
  const { frames, nodes: found } = read(`flowchart TB
    A --> B
    subgraph one [First part]
      direction LR
      A
      subgraph "Second part"
        C["c"] --> D
      end
    end
    subgraph three
      A --> E
    end
    subgraph Part number four
    end`);
  expect(Object.values(frames).map(({ id, title, parentId }) => [id, title, parentId])).toEqual([
    ['one', 'First part', undefined],
    ['frame-1', 'Second part', 'one'],
    ['three', 'three', undefined],
    ['frame-2', 'Part number four', undefined],
  ]);
  expect(Object.values(found).map(({ id, frameId }) => `${id} ${frameId}`)).toEqual([
    'A one',
    'B undefined',
    'C frame-1',
    'D frame-1',
    'E three',
  ]);
});

test('a link with a whole subgraph holds on to a node in it and says so', () => {
  const { document, warnings } = fromMermaid(
    'graph TD\nS --> box --> T\nsubgraph box\nA --> B\nend\nsubgraph none\nend\nS --> none',
  );
  expect(Object.values(document.edges).map(({ source, target }) => `${source} > ${target}`)).toEqual([
    'S > A',
    'B > T',
    'A > B',
  ]);
  expect(warnings.map(({ line }) => line)).toEqual([2, 2, 8]);
});

test('front matter, comments, directives and styling are read over without loss of structure', () => {
  const source = `---
title: "Sign up: \\"new\\""
config: {theme: dark}
---
%%{init: {"flowchart": {"curve": "linear"}}}%%
%% a comment --> not a link
flowchart LR %% behind
  accTitle: A title
  accDescr {
    A --> nothing
  }
  A[One]:::big --> B %% behind a link
  classDef big fill:#f9f,stroke:#333;
  class A,B big
  style A fill:#bbf
  linkStyle 0 stroke:#ff3,stroke-width:4px;
  click A "https://example.com/a;b" "tip --> tip" _blank
`.replaceAll('\n', '\r\n');
  expect(read(source).name).toBe('Sign up: "new"');
  expect(nodes(source)).toEqual(['A action One', 'B action B']);
  expect(edges(source)).toEqual(['A > B']);
});

test('nodes are placed along the direction that the chart names', () => {
  const at = (source: string, id: string) => read(source).nodes[id]?.position ?? { x: NaN, y: NaN };
  expect(at('graph LR\nA --> B', 'B').x).toBeGreaterThan(at('graph LR\nA --> B', 'A').x);
  expect(at('graph BT\nA --> B', 'B').y).toBeGreaterThan(at('graph BT\nA --> B', 'A').y);
});

describe('refusals name the line and the remedy', () => {
  test.each([
    ['', 'line 1', /flowchart TD/],
    ['sequenceDiagram\nA->>B: hi', 'line 1', /flowchart TD/],
    ['flowchart UP\nA', 'line 1', /TB, TD, BT, LR or RL/],
    ['graph TD\nA[open', 'line 2', /"\[" is not closed/],
    ['graph TD\nA --> B\nA --> ', 'line 3', /expected a node/],
    ['graph TD\nA B', 'line 2', /expected a link/],
    ['graph TD\n\nsubgraph x\nA', 'line 3', /add a line "end"/],
    ['graph TD\nA\nend', 'line 3', /without a subgraph/],
    ['graph TD\nA["no end]\nB', 'line 2', /double quote/],
    ['graph TD\nA -- text B', 'line 2', /link is not closed/],
    ['graph TD\nA -->|x B', 'line 2', /is not closed/],
    ['---\ntitle: x', 'line 1', /front matter/],
    ['graph TD\n%%{init', 'line 2', /directive/],
    ['graph TD\nA@{ shape', 'line 2', /name: value/],
  ])('%j', (source, path, message) => {
    expect(refusal(source)).toMatchObject({
      code: 'invalid_request',
      path,
      message: expect.stringMatching(message),
    });
  });

  test('too many nodes, edges, frames or characters are a limit, not a crash', () => {
    const lines = (count: number, line: (number: number) => string): string =>
      `graph TD\n${Array.from({ length: count }, (_, number) => line(number)).join('\n')}`;
    const names = Array.from({ length: 200 }, (_, number) => `n${number}`).join(' & ');
    expect(refusal(lines(10_001, (number) => `n${number}`))).toMatchObject({
      code: 'limit_exceeded',
      path: 'line 10002',
    });
    expect(refusal(`graph TD\n${names} --> ${names}`)).toMatchObject({
      code: 'limit_exceeded',
      path: 'line 2',
    });
    expect(refusal(lines(1_001, () => 'subgraph x'))).toMatchObject({
      code: 'limit_exceeded',
      path: 'line 1002',
    });
    expect(refusal('x'.repeat(8 * 1024 * 1024 + 1))).toMatchObject({ code: 'limit_exceeded' });
  });
});
