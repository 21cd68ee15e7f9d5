import type { FlowEdge, Op } from '../../document/types.ts';
import type { GraphIndex } from '../graph-index.ts';
import { finding, quote, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';

export const edgeIntoStart: LintRule = {
  severity: 'warning',
  title: 'Transition into a start',
  rationale:
    'A start is where people come in from outside; whoever is inside already comes to a step, not to it.',
  source: SOURCES.flowcharts,
  check(graph) {
    return graph.starts.flatMap((start) => {
      const incoming = graph.incoming(start.id);
      if (incoming.length === 0) return [];
      return [
        finding(
          `A transition leads into the start ${quote(start)}: let it lead to the step that is meant.`,
          [start.id],
          incoming.map(({ id }) => id),
          pastTheStart(graph, start.id, incoming),
        ),
      ];
    });
  },
};

/** What leads to a start with one way on is meant for the step behind it, unless that makes a twin or a loop. */
function pastTheStart(graph: GraphIndex, startId: string, incoming: readonly FlowEdge[]): Op[] {
  const [exit, ...others] = graph.exits(startId);
  const sources = new Set(incoming.map(({ source }) => source));
  if (!exit || others.length > 0 || sources.size < incoming.length) return [];
  for (const id of sources) {
    if (id === exit.target || graph.outgoing(id).some(({ target }) => target === exit.target)) return [];
  }
  return incoming.map(({ id }) => ({ op: 'patch', kind: 'edge', id, set: { target: exit.target } }));
}
