import { describe, expect, test } from 'vitest';
import { fromMermaid } from './index.ts';
import { NAMED_SHAPES } from './named-shapes.ts';

/** Everything in a chart's body, as short lines; warnings stand behind an exclamation mark. */
function told(body: string): string[] {
  const { document, warnings } = fromMermaid(`flowchart TD\n${body}`, { layout: false });
  const { nodes, edges, frames } = document;
  return [
    ...Object.values(frames).map(({ id, title, parentId }) => `${id} [${title}] in ${parentId ?? 'flow'}`),
    ...Object.values(nodes).map(
      ({ id, title, frameId }) => `${id} "${title}"${frameId ? ` in ${frameId}` : ''}`,
    ),
    ...Object.values(edges).map(
      ({ id, source, target, label }) => `${id}: ${source} > ${target}${label ? ` ${label}` : ''}`,
    ),
    ...warnings.map(({ line, message }) => `! ${line} ${message}`),
  ];
}
const edges = (body: string): string[] => told(body).filter((line) => /^[^!"[]* > /u.test(line));
const warnings = (body: string): string[] => told(body).filter((line) => line.startsWith('!'));

describe('links', () => {
  test.each([
    ['A\n-->\nB', ['edge-1: A > B']],
    ['A\n%% between\n--> B', ['edge-1: A > B']],
    ['A -->\n%% between\n\nB', ['edge-1: A > B']],
    ['A e1@--> B e2@== yes ==> C', ['e1: A > B', 'e2: B > C yes']],
    ['A & B e1@--> C & D', ['edge-1: A > C', 'edge-2: A > D', 'e1: B > C', 'edge-3: B > D']],
    ['A e1@--> B\nC e1@--> D', ['e1: A > B', 'edge-1: C > D']],
    ['A --> B\nL_A_B_0@{ animate: true }\nB --> C', ['edge-1: A > B', 'edge-2: B > C']],
    ['A x--x B', ['edge-1: A > B']],
    ['A o-- text --o B', ['edge-1: A > B text']],
    ['A <-- text --> B', ['edge-1: A > B text', 'edge-2: B > A text']],
    ['A <-.-> B', ['edge-1: A > B', 'edge-2: B > A']],
    ['A -- "`**yes** or _no_`" --> B', ['edge-1: A > B yes or no']],
    ['A -->|"`*a*`"| B', ['edge-1: A > B a']],
    ['A -- two\nlines --> B', ['edge-1: A > B two\nlines']],
    ['A -- the fox--> B', ['edge-1: A > B the fox']],
    ['A-.-x B', ['edge-1: A > B']],
    ['A[x]x--xB', ['edge-1: A > B']],
    ['R&D --> a:b --> c,d', ['edge-1: node-1 > a:b', 'edge-2: a:b > node-2']],
  ])('%j', (body, expected) => {
    expect(edges(body)).toEqual(expected);
  });

  test('an arrow head that runs into a word is read as Mermaid does, and told', () => {
    expect(told('A --ok --> B')).toEqual([
      'A "A"',
      'k "k"',
      'B "B"',
      'edge-1: A > k',
      'edge-2: k > B',
      '! 2 "--x" and "--o" are arrow heads in Mermaid, also in front of a word: put a space there',
    ]);
  });
});

describe('subgraphs', () => {
  test('what several mention belongs to the one that closes first', () => {
    expect(told('subgraph outer\nA\nsubgraph inner\nA --> B\nend\nend')).toEqual([
      'outer [outer] in flow',
      'inner [inner] in outer',
      'A "A" in inner',
      'B "B" in inner',
      'edge-1: A > B',
    ]);
  });

  test('a subgraph stands where its id is mentioned first', () => {
    expect(told('subgraph one\ntwo\nend\nsubgraph two [Second]\nA\nend')).toEqual([
      'one [one] in flow',
      'two [Second] in one',
      'A "A" in two',
    ]);
  });

  test('subgraphs with one id are one', () => {
    expect(told('subgraph s [One]\nA\nend\nsubgraph s [Two]\nB\nend')).toEqual([
      's [One] in flow',
      'A "A" in s',
      'B "B" in s',
      '! 5 a subgraph with the id of an earlier one was put into that one: its title "Two" was left out',
    ]);
  });

  test('a subgraph never stands inside itself', () => {
    expect(told('subgraph a\nb\nx\nend\nsubgraph b\na\nend')).toEqual([
      'a [a] in flow',
      'b [b] in a',
      'x "x" in a',
      '! 2 this subgraph would stand inside itself: it was taken out of the other one',
    ]);
    expect(told('subgraph a\na --> x\nend').slice(0, 2)).toEqual(['a [a] in flow', 'x "x" in a']);
  });

  test('a name with a blank is a title; Mermaid makes the id up', () => {
    expect(told('subgraph Sign up\nA\nend\nB --> subGraph0').slice(0, 4)).toEqual([
      'frame-1 [Sign up] in flow',
      'A "A" in frame-1',
      'B "B"',
      'edge-1: B > A',
    ]);
  });

  test('a link with a subgraph reaches into those inside it', () => {
    expect(edges('S --> out\nsubgraph out\nsubgraph in\nA --> B\nend\nend\nout --> T')).toEqual([
      'edge-1: S > A',
      'edge-2: A > B',
      'edge-3: B > T',
    ]);
  });

  test('a node that shares its id with a subgraph is the subgraph, and its text is not lost in silence', () => {
    expect(told('s[Text] --> A\nsubgraph s\nB\nend')).toContain(
      '! 2 "Text" was left out: its id is a subgraph\'s',
    );
  });
});

describe('nodes', () => {
  test.each([...NAMED_SHAPES.keys()])('A@{ shape: %s }', (shape) => {
    expect(told(`A@{ shape: ${shape}, label: "Text" }`)).toEqual(['A "Text"']);
  });

  test.each([
    ['A@{ shape: rect }', ['A "A"']],
    ['A@{ label: "**Bold** } and *soft*", shape: rect }', ['A "Bold } and soft"']],
    ["A@{ label: 'It''s, here', shape: rect }", ['A "It\'s, here"']],
    ['A@{\n  shape: diam\n  label: one, two\n}', ['A "one, two"']],
    ['A@{\n  label: |\n    one\n    two\n  shape: diam\n}', ['A "one\ntwo"']],
    ['A@{ label: "one\n   two" }', ['A "one\ntwo"']],
    ['A@{ labelType: text, label: "**x**" }', ['A "**x**"']],
    [
      'A@{ shape: circle } & B@{ shape: rect } --> C',
      ['A "A"', 'B "B"', 'C "C"', 'edge-1: A > C', 'edge-2: B > C'],
    ],
    ['A[unquoted\n  lines]', ['A "unquoted\nlines"']],
    ['A(-ellipse-)', ['A "ellipse"']],
    ['A[|border:red|text]', ['A "text"']],
    ['A["a \\n b"]', ['A "a\nb"']],
    ['A["<a href="x">link</a>"]', ['A "link"']],
    ['A["`snake_case and 2 * 3 \\* **`"]', ['A "snake_case and 2 * 3 * **"']],
    ['A[one]\nA[two]', ['A "two"']],
    ['A -->|x| B:::cls --> C', ['A "A"', 'B "B"', 'C "C"', 'edge-1: A > B x', 'edge-2: B > C']],
  ])('%j', (body, expected) => {
    expect(told(body)).toEqual(expected);
  });

  test('a node that only a style names is drawn by Mermaid, so it is there', () => {
    expect(told('A --> B\nstyle C fill:#f9f')).toEqual(['A "A"', 'B "B"', 'C "C"', 'edge-1: A > B']);
  });

  test('what a node cannot keep is told', () => {
    expect(warnings('A@{ icon: "fa:user", shape: unheard }\nB["<img src=\'x\'> text"]')).toEqual([
      '! 2 the shape "unheard", "icon" of a node was left out',
      '! 3 a picture in a text was left out',
    ]);
  });
});

test('front matter may be indented, and directives may stand anywhere and span lines', () => {
  const { document } = fromMermaid(
    '\n  ---\n  title: Sign up\n  config:\n    theme: base\n  ---\n%%{init: {\n "theme": "dark"\n}}%%\nflowchart LR\n%%{wrap}%%\nA --> B',
  );
  expect(document.name).toBe('Sign up');
  expect(Object.keys(document.nodes)).toEqual(['A', 'B']);
});

test('without layout everything lies at 0, 0', () => {
  const { document } = fromMermaid('graph TD\nA --> B', { layout: false });
  expect(Object.values(document.nodes).map(({ position }) => position)).toEqual([
    { x: 0, y: 0 },
    { x: 0, y: 0 },
  ]);
});

test('state diagrams are told by their first word, whatever stands before it', () => {
  const { document } = fromMermaid('---\ntitle: T\n---\n%% flowchart TD\nstateDiagram-v2\n[*] --> A');
  expect(document.nodes).toHaveProperty('root_start.type', 'start');
  expect(fromMermaid('flowchart TD\nA[stateDiagram-v2]').document.nodes['A']?.title).toBe('stateDiagram-v2');
});
