import type { FlowNode, Op } from '../../document/types.ts';
import { addTerminal, connect } from '../fixes.ts';
import type { GraphIndex } from '../graph-index.ts';
import { quote, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';

/** Steps that lead nowhere although they are no end. A decision without branches is the decision rule's matter. */
export function deadEnds(graph: GraphIndex): FlowNode[] {
  return graph.steps.filter(
    ({ id, type }) =>
      type !== 'end' &&
      graph.exits(id).length === 0 &&
      !(type === 'decision' && graph.outgoing(id).length < 2),
  );
}

export const deadEnd: LintRule = {
  severity: 'error',
  title: 'Dead end',
  rationale: 'People who get here are stuck: no way on, no way back, and nothing says that they are done.',
  source: SOURCES.control,
  check(graph) {
    return deadEnds(graph).map((node) => {
      const fix = wayOut(graph, node);
      return {
        message: `${quote(node)} leads nowhere: link it with the next step, or with an end.`,
        nodeIds: [node.id],
        edgeIds: [],
        ...(fix ? { fix } : {}),
      };
    });
  },
};

function wayOut(graph: GraphIndex, node: FlowNode): Op[] | undefined {
  if (node.type === 'decision') return undefined;
  if (node.type === 'start') {
    const [entry, ...others] = graph.entries();
    return entry && others.length === 0 ? connect(graph, node.id, entry.id, 'auto') : undefined;
  }
  const [end, ...others] = graph.ends;
  if (end && others.length === 0) return connect(graph, node.id, end.id, 'auto');
  // A new end behind a step that nobody reaches would be one more thing that nobody reaches.
  if (graph.starts.length > 0 && !graph.reachable.has(node.id)) return undefined;
  return addTerminal(graph, 'end', node);
}
