import { test } from 'vitest';
import { type Exception, expectAgreement } from '../../../test/mermaid/agreement.ts';
import { drawn, recorded, type StateAnswer } from '../../../test/mermaid/recording.ts';
import type { FlowDocument } from '../../document/types.ts';
import { fromStateDiagram } from './index.ts';

const charts = recorded<StateAnswer>('state').filter(
  (chart): chart is typeof chart & { answer: StateAnswer } => chart.answer !== null,
);

/** Every diagram whose structure is not the one that mermaid itself sees, with the reason why that is right. */
const EXCEPTIONS: Exception[] = [
  {
    count: 4,
    reason: 'mermaid reads floating notes, and "state foo" alone, and then forgets them: here they are kept',
    is: (source) => source.includes('note "This is a floating note" as N1'),
  },
  {
    count: 1,
    reason: 'mermaid forgets the text of "state A: text": here it is the title',
    is: (source) => source.includes('state State1: Description 1'),
  },
  {
    count: 1,
    reason: 'mermaid draws the id "__proto__" as bold text: a title that is an id is kept as it is written',
    is: (source) => source.includes('--> __proto__'),
  },
  {
    count: 1,
    reason: 'the rest of a broken HTML page, which mermaid reads as states called "<pre"',
    is: (source) => source.includes('</pre'),
  },
];

/** What the import promises to make of mermaid's answer, as sorted lines. */
function promised({ states, edges }: StateAnswer): string[] {
  const notes = new Map(
    states.flatMap(([id, label, shape]) => (shape === 'note' ? [[id, label] as const] : [])),
  );
  const real = states.filter(([, , shape]) => shape !== 'note' && shape !== 'noteGroup');
  const parents = new Map(real.map(([id, , , parent]) => [id, parent]));
  const linked = new Set(
    edges.flatMap(([source, target, , how]) => (how === 'note' ? [] : [source, target])),
  );
  const groups = new Set(real.map(([, , , parent]) => parent));
  for (const [id, , shape] of real)
    if (/Title$|^divider$/u.test(shape) && shape !== 'rectWithTitle' && !linked.has(id)) groups.add(id);
  const regions = new Map<string, number>();
  const labels = new Map(
    real.map(([id, label, shape, parent]) => {
      if (shape === 'divider') {
        regions.set(parent, (regions.get(parent) ?? 0) + 1);
        return [id, `Region ${regions.get(parent)}`];
      }
      return [id, shape === 'stateStart' ? 'Start' : shape === 'stateEnd' ? 'End' : drawn(label)];
    }),
  );
  const label = (id: string): string => labels.get(id) ?? '';
  const inside = (group: string): string[] =>
    real.flatMap(([id]) => {
      if (groups.has(id)) return [];
      for (let at = parents.get(id); at; at = parents.get(at)) if (at === group) return [id];
      return [];
    });
  const of = (group: string, shape: string): string | undefined =>
    real.find(([, , its, parent]) => parent === group && its === shape)?.[0];
  const from = (id: string): string | undefined =>
    groups.has(id) ? (of(id, 'stateEnd') ?? inside(id).at(-1)) : id;
  const to = (id: string): string | undefined =>
    groups.has(id) ? (of(id, 'stateStart') ?? inside(id).at(0)) : id;
  return [
    ...real.map(
      ([id]) => `${groups.has(id) ? 'frame' : 'node'} "${label(id)}" in "${label(parents.get(id) ?? '')}"`,
    ),
    ...edges.flatMap(([source, target, text, how]) => {
      if (how === 'note') {
        const [note, about] = notes.has(source) ? [source, target] : [target, source];
        const end = to(about);
        return [`node "${drawn(notes.get(note) ?? '')}" about "${end === undefined ? '' : label(end)}"`];
      }
      const ends = [from(source), to(target)];
      return ends.includes(undefined)
        ? []
        : [`"${label(ends[0] ?? '')}" > "${label(ends[1] ?? '')}" : ${drawn(text)}`];
    }),
  ].toSorted();
}

function structure({ nodes, edges, frames }: FlowDocument): string[] {
  const frame = (id: string | undefined): string => drawn(frames[id ?? '']?.title ?? '');
  const label = (id: string): string => drawn([nodes[id]?.title, nodes[id]?.description].join('\n'));
  const about = new Map(
    Object.values(edges).flatMap(({ source, target }) =>
      nodes[source]?.type === 'note' ? [[source, label(target)]] : [],
    ),
  );
  return [
    ...Object.values(frames).map(({ title, parentId }) => `frame "${drawn(title)}" in "${frame(parentId)}"`),
    ...Object.values(nodes).map(({ id, type, title, description, frameId }) =>
      type === 'note'
        ? `node "${drawn(description ?? title)}" about "${about.get(id) ?? ''}"`
        : `node "${label(id)}" in "${frame(frameId)}"`,
    ),
    ...Object.values(edges).flatMap(({ source, target, label: text }) =>
      nodes[source]?.type === 'note'
        ? []
        : [`"${label(source)}" > "${label(target)}" : ${drawn(text ?? '')}`],
    ),
  ].toSorted();
}

function difference({ source, answer }: (typeof charts)[number]): unknown {
  try {
    const ours = structure(fromStateDiagram(source, { layout: false }).document);
    const theirs = promised(answer);
    const only = (a: string[], b: string[]): string[] => a.filter((line) => !b.includes(line));
    if (JSON.stringify(ours) === JSON.stringify(theirs)) return undefined;
    return { ours: only(ours, theirs), theirs: only(theirs, ours), lines: [ours.length, theirs.length] };
  } catch (error) {
    return String(error);
  }
}

test('states, transitions, labels, notes and nesting are those that mermaid sees, in every diagram of public test suites', () => {
  expectAgreement(charts, difference, EXCEPTIONS, { charts: 250, share: 0.025 });
});
