import type { FlowEdge } from '../../document/types.ts';
import { quote, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';

/** Equal for edges that say the same: same ends, same cause, same words. */
export function branchKey(edge: FlowEdge): string {
  const words = [edge.label, edge.condition].map((text) => text?.trim().toLowerCase() ?? '');
  return JSON.stringify([edge.source, edge.target, edge.trigger, ...words, edge.elementId ?? '']);
}

export const duplicateEdge: LintRule = {
  severity: 'warning',
  title: 'Same transition twice',
  rationale: 'Two arrows that say the same make people look for a difference that is not there.',
  source: SOURCES.minimalism,
  check(graph) {
    // Most pairs of steps have one transition, which needs no second look.
    const parallel = groupBy(graph.edges, ({ source, target }) => `${source} ${target}`);
    const groups = parallel.filter(({ length }) => length > 1).flatMap((edges) => groupBy(edges, branchKey));
    return groups.flatMap(([first, ...copies]) => {
      const source = first && graph.step(first.source),
        target = first && graph.step(first.target);
      if (!first || !source || !target || copies.length === 0) return [];
      return [
        {
          message: `The way from ${quote(source)} to ${quote(target)} is drawn ${copies.length + 1} times: keep one.`,
          nodeIds: [],
          edgeIds: [first, ...copies].map(({ id }) => id),
          fix: copies.map(({ id }) => ({ op: 'remove' as const, kind: 'edge' as const, id })),
        },
      ];
    });
  },
};

function groupBy(edges: readonly FlowEdge[], keyOf: (edge: FlowEdge) => string): FlowEdge[][] {
  const groups = new Map<string, FlowEdge[]>();
  for (const edge of edges) {
    const key = keyOf(edge);
    const group = groups.get(key);
    if (group) group.push(edge);
    else groups.set(key, [edge]);
  }
  return [...groups.values()];
}
