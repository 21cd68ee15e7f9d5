import type { FlowNode } from '../../document/types.ts';
import type { GraphIndex } from '../graph-index.ts';
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
    return groups(graph, lost).map(finding);
  },
};

function finding(nodes: FlowNode[]): Finding {
  const [first] = nodes;
  const rest = nodes.length - 1;
  const more = rest === 0 ? '' : ` and ${rest} more step${rest === 1 ? '' : 's'} behind or before it`;
  return {
    message: `${first ? quote(first) : ''}${more} cannot be reached from a start: link it with the step that leads there.`,
    nodeIds: nodes.map(({ id }) => id),
    edgeIds: [],
  };
}

/** Lost steps that hang together, each group once: one missing link is one problem, however much hangs on it. */
function groups(graph: GraphIndex, lost: FlowNode[]): FlowNode[][] {
  const left = new Map(lost.map((node) => [node.id, node]));
  const result: FlowNode[][] = [];
  for (const node of lost) {
    if (!left.delete(node.id)) continue;
    const group = [node];
    for (const member of group) {
      const neighbours = [
        ...graph.outgoing(member.id).map(({ target }) => target),
        ...graph.incoming(member.id).map(({ source }) => source),
      ];
      for (const id of neighbours) {
        const next = left.get(id);
        if (next && left.delete(id)) group.push(next);
      }
    }
    const entry = group.find(({ id }) => graph.incoming(id).length === 0);
    result.push(entry && entry !== node ? [entry, ...group.filter((member) => member !== entry)] : group);
  }
  return result;
}
