import { isId } from '../document/ids.ts';
import { LIMITS } from '../document/limits.ts';
import type { EdgeTrigger, FlowEdge, FlowNode, NodeType, Op } from '../document/types.ts';
import { nodeSize } from '../layout/node-size.ts';
import type { GraphIndex } from './graph-index.ts';

/** So much of each end's id goes into a new edge's id that the whole is still a legal id. */
const HALF = Math.floor((LIMITS.id - 1) / 2);

/**
 * An id that is not taken yet, the same for the same document: two fixes that both need a new end then add the
 * same one, so applying all fixes of a list at once does not litter the flow.
 */
function freshId(base: string, taken: (id: string) => boolean): string {
  const stem = isId(base) ? base : 'new';
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? stem : `${stem.slice(0, LIMITS.id - 8)}-${number}`;
    if (!taken(id)) return id;
  }
}

/** A new edge between two steps; undefined when the document is full. */
export function connect(
  graph: GraphIndex,
  source: string,
  target: string,
  trigger: EdgeTrigger,
  label?: string,
): Op[] | undefined {
  const { edges } = graph.document;
  if (graph.edgeCount >= LIMITS.edges) return undefined;
  const id = freshId(`${source.slice(0, HALF)}-${target.slice(0, HALF)}`, (candidate) =>
    Object.hasOwn(edges, candidate),
  );
  const value: FlowEdge = { id, source, target, trigger, ...(label === undefined ? {} : { label }) };
  return [{ op: 'put', kind: 'edge', value }];
}

/** A new terminal linked with `step`: a start above it or an end below; undefined when the document is full. */
export function addTerminal(
  graph: GraphIndex,
  type: Extract<NodeType, 'start' | 'end'>,
  step: FlowNode,
): Op[] | undefined {
  const { nodes } = graph.document;
  if (graph.nodeCount >= LIMITS.nodes) return undefined;
  const id = freshId(type, (candidate) => Object.hasOwn(nodes, candidate));
  const title = type === 'start' ? 'Start' : 'End';
  const size = nodeSize({ type, title });
  const position =
    type === 'end'
      ? graph.place({ type, title }, step.id)
      : {
          x: Math.round(step.position.x + nodeSize(step).width / 2 - size.width / 2),
          y: Math.round(step.position.y - size.height - 64),
        };
  const edge = connect(graph, type === 'start' ? id : step.id, type === 'start' ? step.id : id, 'auto');
  return edge && [{ op: 'put', kind: 'node', value: { id, type, title, position } }, ...edge];
}

/** A question put into a transition: yes goes on as before, no leads back. Undefined when the document is full. */
export function askFirst(
  graph: GraphIndex,
  edge: FlowEdge,
  { title, yes, no }: { title: string; yes: string; no: string },
): Op[] | undefined {
  const { nodes, edges } = graph.document;
  if (graph.nodeCount >= LIMITS.nodes || graph.edgeCount + 2 > LIMITS.edges) return undefined;
  const id = freshId(`${edge.id.slice(0, HALF)}-confirm`, (candidate) => Object.hasOwn(nodes, candidate));
  const way = (target: string, label: string, trigger: EdgeTrigger): Op => {
    const edgeId = freshId(`${id.slice(0, HALF)}-${target.slice(0, HALF)}`, (candidate) =>
      Object.hasOwn(edges, candidate),
    );
    return { op: 'put', kind: 'edge', value: { id: edgeId, source: id, target, trigger, label } };
  };
  const position = graph.place({ type: 'decision', title }, edge.source);
  return [
    { op: 'put', kind: 'node', value: { id, type: 'decision', title, position } },
    { op: 'patch', kind: 'edge', id: edge.id, set: { target: id } },
    way(edge.target, yes, 'auto'),
    way(edge.source, no, 'back'),
  ];
}
