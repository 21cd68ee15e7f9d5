import { expect, test } from 'vitest';
import { type Exception, expectAgreement } from '../../../test/mermaid/agreement.ts';
import { drawn, recorded, type FlowchartAnswer } from '../../../test/mermaid/recording.ts';
import { isId } from '../../document/ids.ts';
import type { FlowDocument } from '../../document/types.ts';
import { fromMermaid } from './index.ts';

interface Structure {
  nodes: string[];
  edges: string[];
  frames: string[];
}

const charts = recorded<FlowchartAnswer>('flowchart').filter(
  (chart): chart is typeof chart & { answer: FlowchartAnswer } => chart.answer !== null,
);

/** Every chart whose structure is not the one that mermaid itself sees, with the reason why that is right. */
const EXCEPTIONS: Exception[] = [
  {
    count: 3,
    reason: 'a title holds 200 characters: longer ones are cut, with a warning',
    is: (source) => source.includes('Another line with many, many words. '.repeat(5)),
  },
  {
    count: 1,
    reason: 'an id that holds "\\n" is drawn as a line break, but is kept as it is written',
    is: (source) => source.includes('; \\node '),
  },
];

/** The ids that records get: what was written where that is legal, else numbered. */
function naming(stem: string, keys: string[]): Map<string, string> {
  let number = 0;
  const next = (): string => {
    const id = `${stem}-${++number}`;
    return keys.includes(id) ? next() : id;
  };
  return new Map(keys.map((key) => [key, isId(key) ? key : next()]));
}

/** What the import promises to make of mermaid's answer. */
function promised({ vertices, edges, subgraphs }: FlowchartAnswer): Structure {
  const groups = new Set(subgraphs.map(([id]) => id));
  const parents = new Map(
    subgraphs.flatMap(([id, , members]) => members.map((member) => [member, id] as const)),
  );
  const titles = new Map(subgraphs.map(([id, title]) => [id, drawn(title)] as const));
  const nodes = vertices.filter(([id]) => !groups.has(id));
  const ids = naming(
    'node',
    nodes.map(([id]) => id),
  );
  const inside = (group: string): string[] =>
    nodes.flatMap(([id]) => {
      for (let at = parents.get(id); at !== undefined; at = parents.get(at)) if (at === group) return [id];
      return [];
    });
  // Transitions connect nodes: a link with a subgraph leaves its last node, and leads to its first.
  const from = (id: string): string | undefined => (groups.has(id) ? inside(id).at(-1) : id);
  const to = (id: string): string | undefined => (groups.has(id) ? inside(id).at(0) : id);
  const transition = (source: string, target: string, label: string): string[] => {
    const ends = [from(source), to(target)].map((id) => ids.get(id ?? ''));
    return ends.includes(undefined) ? [] : [`${ends[0]} > ${ends[1]} : ${drawn(label)}`];
  };
  return {
    nodes: nodes.map(
      ([id, label]) => `${ids.get(id)} "${drawn(label)}" in "${titles.get(parents.get(id) ?? '') ?? ''}"`,
    ),
    edges: edges.flatMap(([source, target, label, how]) => [
      ...(how === 'invisible' ? [] : transition(source, target, label)),
      ...(how === 'both' ? transition(target, source, label) : []),
    ]),
    frames: subgraphs.map(
      ([id, title]) => `"${drawn(title)}" in "${titles.get(parents.get(id) ?? '') ?? ''}"`,
    ),
  };
}

function structure({ nodes, edges, frames }: FlowDocument): Structure {
  const title = (id: string | undefined): string => drawn(frames[id ?? '']?.title ?? '');
  return {
    nodes: Object.values(nodes).map(
      (node) => `${node.id} "${drawn(node.title)}" in "${title(node.frameId)}"`,
    ),
    edges: Object.values(edges).map(
      ({ source, target, label }) => `${source} > ${target} : ${drawn(label ?? '')}`,
    ),
    frames: Object.values(frames).map((frame) => `"${drawn(frame.title)}" in "${title(frame.parentId)}"`),
  };
}

function sorted({ nodes, edges, frames }: Structure): Structure {
  return { nodes: nodes.toSorted(), edges: edges.toSorted(), frames: frames.toSorted() };
}

function difference({ source, answer }: (typeof charts)[number]): unknown {
  try {
    const ours = sorted(structure(fromMermaid(source, { layout: false }).document));
    const theirs = sorted(promised(answer));
    return JSON.stringify(ours) === JSON.stringify(theirs) ? undefined : { ours, theirs };
  } catch (error) {
    return String(error);
  }
}

test('vertices, edges, labels and subgraphs are those that mermaid sees, in every chart of public test suites', () => {
  expectAgreement(charts, difference, EXCEPTIONS, { charts: 1_500, share: 0.01 });
});

test('the comparison notices a lost node, edge, label and frame', () => {
  const [chart] = charts.filter(
    ({ answer }) => answer.subgraphs.length > 0 && answer.edges.some(([, , label]) => label),
  );
  if (!chart) throw new Error('no chart with a label and a subgraph');
  const whole = JSON.stringify(sorted(promised(chart.answer)));
  const { vertices, edges, subgraphs } = chart.answer;
  const broken: FlowchartAnswer[] = [
    { vertices: vertices.slice(1), edges, subgraphs },
    { vertices, edges: edges.slice(1), subgraphs },
    { vertices, edges: edges.map(([source, target, , how]) => [source, target, '', how]), subgraphs },
    { vertices, edges, subgraphs: subgraphs.slice(1) },
  ];
  for (const answer of broken) expect(JSON.stringify(sorted(promised(answer)))).not.toBe(whole);
});
