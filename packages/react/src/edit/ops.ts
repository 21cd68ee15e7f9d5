import {
  clip,
  LIMITS,
  type EdgeTrigger,
  type FlowDocument,
  type FlowEdge,
  type FlowNode,
  type NodeType,
  type Op,
  type Point,
} from '@uxflow/flow';
import { newRecordId } from './ids.ts';
import { NODE_TYPE_TEXT } from './node-types.ts';

/** Every edit a person can make, as ops. Pure: the room decides what becomes of them. */

const round = (value: number): number =>
  Math.max(-LIMITS.coordinate, Math.min(LIMITS.coordinate, Math.round(value)));

const roundPoint = ({ x, y }: Point): { x: number; y: number } => ({ x: round(x), y: round(y) });

/** A fresh node of this type with its top left corner at `position` (canvas pixels, rounded). */
export function createNode(type: NodeType, position: Point): FlowNode {
  const node: FlowNode = {
    id: newRecordId('n'),
    type,
    title: NODE_TYPE_TEXT[type].fresh,
    position: roundPoint(position),
  };
  if (type === 'screen') node.screen = { elements: [], states: [{ kind: 'default' }] };
  return node;
}

export function putNode(node: FlowNode): Op[] {
  return [{ op: 'put', kind: 'node', value: node }];
}

/**
 * A transition from one node to another, or a reason in words why there cannot be one.
 * Connecting the same two nodes twice is allowed only between different triggers, which the editor cannot
 * choose while dragging, so it is refused.
 */
export function connect(
  document: FlowDocument,
  source: string,
  target: string,
): { ops: Op[] } | { refusal: string } {
  const from = document.nodes[source];
  const to = document.nodes[target];
  if (!from || !to) return { refusal: 'One of these steps has been deleted meanwhile.' };
  if (source === target) return { refusal: 'A step cannot lead to itself. Connect it to another step.' };
  if (from.type === 'note' || to.type === 'note')
    return { refusal: 'Notes are remarks and cannot be connected.' };
  if (from.type === 'end') return { refusal: `“${from.title}” ends the flow, so nothing can follow it.` };
  if (to.type === 'start') return { refusal: `“${to.title}” starts the flow, so nothing can lead to it.` };
  for (const edge of Object.values(document.edges)) {
    if (edge.source === source && edge.target === target) {
      return { refusal: `“${from.title}” already leads to “${to.title}”.` };
    }
  }
  const trigger: EdgeTrigger = from.type === 'screen' || from.type === 'action' ? 'click' : 'auto';
  const value: FlowEdge = { id: newRecordId('e'), source, target, trigger };
  return { ops: [{ op: 'put', kind: 'edge', value }] };
}

/** Moves of nodes that really changed place; an empty list when nothing has moved. */
export function moveNodes(document: FlowDocument, positions: ReadonlyMap<string, Point>): Op[] {
  const ops: Op[] = [];
  for (const [id, point] of positions) {
    const node = document.nodes[id];
    const position = roundPoint(point);
    if (!node || (node.position.x === position.x && node.position.y === position.y)) continue;
    ops.push({ op: 'patch', kind: 'node', id, set: { position } });
  }
  return ops;
}

/** Removes nodes and edges; edges that go along with a removed node are not named twice. */
export function removeRecords(
  document: FlowDocument,
  nodeIds: Iterable<string>,
  edgeIds: Iterable<string>,
): Op[] {
  const gone = new Set<string>();
  const ops: Op[] = [];
  for (const id of nodeIds) {
    if (!document.nodes[id] || gone.has(id)) continue;
    gone.add(id);
    ops.push({ op: 'remove', kind: 'node', id });
  }
  for (const id of new Set(edgeIds)) {
    const edge = document.edges[id];
    if (!edge || gone.has(edge.source) || gone.has(edge.target)) continue;
    ops.push({ op: 'remove', kind: 'edge', id });
  }
  return ops;
}

/** The new title, or no ops when it is empty or unchanged. */
export function retitleNode(node: FlowNode, title: string): Op[] {
  const clean = clip(title.trim(), LIMITS.title);
  if (clean === '' || clean === node.title) return [];
  return [{ op: 'patch', kind: 'node', id: node.id, set: { title: clean } }];
}

/** An empty description is removed. */
export function describeNode(node: FlowNode, description: string): Op[] {
  const clean = clip(description.trim(), LIMITS.description);
  if (clean === (node.description ?? '')) return [];
  return [{ op: 'patch', kind: 'node', id: node.id, set: { description: clean === '' ? null : clean } }];
}

/** Another type keeps everything else; a screen's own fields are added or removed with it. */
export function retypeNode(node: FlowNode, type: NodeType): Op[] {
  if (type === node.type) return [];
  const set: Extract<Op, { op: 'patch' }>['set'] = { type };
  if (type === 'screen' && !node.screen) set['screen'] = { elements: [], states: [{ kind: 'default' }] };
  if (type !== 'screen' && node.screen) set['screen'] = null;
  return [{ op: 'patch', kind: 'node', id: node.id, set }];
}

/** An empty label is removed. */
export function relabelEdge(edge: FlowEdge, label: string): Op[] {
  const clean = clip(label.trim(), LIMITS.title);
  if (clean === (edge.label ?? '')) return [];
  return [{ op: 'patch', kind: 'edge', id: edge.id, set: { label: clean === '' ? null : clean } }];
}

export function retriggerEdge(edge: FlowEdge, trigger: EdgeTrigger): Op[] {
  if (trigger === edge.trigger) return [];
  return [{ op: 'patch', kind: 'edge', id: edge.id, set: { trigger } }];
}

export function renameFlow(document: FlowDocument, name: string): Op[] {
  const clean = clip(name.trim(), LIMITS.title);
  if (clean === '' || clean === document.name) return [];
  return [{ op: 'rename', name: clean }];
}
