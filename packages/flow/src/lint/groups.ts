import type { FlowNode } from '../document/types.ts';
import type { GraphIndex } from './graph-index.ts';

/**
 * Steps with the same problem that hang together, each group once, what leads into it first: one missing link is one
 * problem, however much hangs on it.
 */
export function connectedGroups(graph: GraphIndex, lost: readonly FlowNode[]): FlowNode[][] {
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
