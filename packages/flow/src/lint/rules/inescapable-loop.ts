import { connectedGroups } from '../groups.ts';
import { finding, quote, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';

export const inescapableLoop: LintRule = {
  severity: 'warning',
  title: 'Loop without a way out',
  rationale: 'People go round and round and never reach an end; they give up.',
  source: SOURCES.control,
  check(graph) {
    // A flow without any end is the matter of another rule, and so is a step that leads nowhere.
    if (graph.ends.length === 0) return [];
    const stops = graph.steps.filter(({ id, type }) => type === 'end' || graph.exits(id).length === 0);
    const free = graph.leadingTo(stops.map(({ id }) => id));
    const caught = graph.steps.filter(({ id }) => graph.reachable.has(id) && !free.has(id));
    return connectedGroups(graph, caught).map((nodes) => {
      const names = nodes.slice(0, 3).map(quote).join(', ');
      return finding(
        `From ${names}${nodes.length > 3 ? ' …' : ''} no end can be reached: add a way out.`,
        nodes.map(({ id }) => id),
      );
    });
  },
};
