import type { FlowNode } from '../../document/types.ts';
import { connectedGroups } from '../groups.ts';
import { quote, type Finding, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';

export const unreachableNode: LintRule = {
  severity: 'error',
  title: 'Unreachable',
  rationale:
    'Nobody can get there from a start, so it is designed, built and tested for no one, or a way in was forgotten.',
  source: SOURCES.visibility,
  check(graph) {
    // Without a start everything would be unreachable; that is one problem, and another rule's.
    if (graph.starts.length === 0) return [];
    const lost = graph.steps.filter(({ id }) => !graph.reachable.has(id));
    return connectedGroups(graph, lost).map(tell);
  },
};

function tell(nodes: FlowNode[]): Finding {
  const [first] = nodes;
  const rest = nodes.length - 1;
  const more = rest === 0 ? '' : ` and ${rest} more step${rest === 1 ? '' : 's'} behind or before it`;
  return {
    message: `${first ? quote(first) : ''}${more} cannot be reached from a start: link it with the step that leads there.`,
    nodeIds: nodes.map(({ id }) => id),
    edgeIds: [],
  };
}
