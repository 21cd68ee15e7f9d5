import {
  type EdgeTrigger,
  type FlowDocument,
  type FlowEdge,
  type FlowNode,
  type Frame,
  isId,
  LIMITS,
  type NodeType,
  type Op,
} from '@uxflow/flow';
import { layout, nodeSize, placeNear } from '@uxflow/flow/layout';
import { lint, type LintConfig } from '@uxflow/flow/lint';
import { listFlow } from '../context.ts';
import type { ToolCall, ToolFailure, ToolInput, ToolResult } from '../tools.ts';

/** What one call of the model amounts to on this document: the edit, and the answer when the edit has landed. */
export interface Plan {
  ops: Op[];
  result: ToolResult;
  alias?: { asked: string; id: string };
  internal?: boolean;
}

export interface PlanContext {
  document: FlowDocument;
  /** Model's id → real id, for the nodes that this run has added. */
  aliases: ReadonlyMap<string, string>;
  /** Ids under which this run has added nodes that are still there. */
  own: ReadonlySet<string>;
  /** How the workspace has set the lint rules; as they come when absent. */
  lintConfig?: LintConfig | undefined;
}

const LINT_ISSUES = 50;
const DIRECTIONS = { right: 'LR', down: 'TB' } as const;
const FRAME_PADDING = { x: 32, top: 56, bottom: 32 };

/** Plans a call without carrying it out. A failure names what is wrong and what to do instead. */
export function planCall(call: ToolCall, context: PlanContext): Plan | ToolFailure {
  switch (call.name) {
    case 'set_flow_name':
      return { ops: [{ op: 'rename', name: call.input.name }], result: { ok: true } };
    case 'add_node':
      return addNode(call.input, context);
    case 'update_node':
      return updateNode(call.input, context);
    case 'remove_node':
      return removeNode(call.input, context);
    case 'connect':
      return connect(call.input, context);
    case 'update_edge':
      return updateEdge(call.input, context);
    case 'disconnect':
      return disconnect(call.input, context);
    case 'insert_between':
      return insertBetween(call.input, context);
    case 'move_to_frame':
      return moveToFrame(call.input, context);
    case 'read_flow':
      return { ops: [], result: { ok: true, ...listFlow(context.document) } };
    case 'lint_flow':
      return { ops: [], result: lintResult(context) };
    case 'layout_flow':
      return layoutFlow(call.input, context);
    case 'finish':
      return { ops: [], result: { ok: true } };
  }
}

function addNode(input: ToolInput<'add_node'>, context: PlanContext): Plan | ToolFailure {
  if (context.own.has(input.id)) {
    return failure(
      `You have added "${input.id}" already.`,
      'Use update_node to change it, or choose another id for another node.',
    );
  }
  const after = input.after === undefined ? null : findNode(input.after, context);
  if (after && !('type' in after)) return after;
  const node = newNode(input, context.document, after?.id);
  const ops: Op[] = [{ op: 'put', kind: 'node', value: node }];
  const alias = { asked: input.id, id: node.id };
  if (!after) return { ops, result: { ok: true, id: node.id }, alias };
  const edge = newEdge(context.document, after, node.id, input);
  ops.push({ op: 'put', kind: 'edge', value: edge });
  return { ops, result: { ok: true, id: node.id, edge: edge.id }, alias };
}

function updateNode(input: ToolInput<'update_node'>, context: PlanContext): Plan | ToolFailure {
  const node = findNode(input.id, context);
  if (!('type' in node)) return node;
  const { title, type, description } = input;
  if (title === undefined && type === undefined && description === undefined) {
    return failure('There is nothing to change.', 'Give a title, a type or a description.');
  }
  const set = {
    ...(title !== undefined && { title }),
    ...(type !== undefined && { type }),
    ...(description !== undefined && { description: description === '' ? null : description }),
  };
  return { ops: [{ op: 'patch', kind: 'node', id: node.id, set }], result: { ok: true, id: node.id } };
}

function removeNode(input: ToolInput<'remove_node'>, context: PlanContext): Plan | ToolFailure {
  const node = findNode(input.id, context);
  if (!('type' in node)) return node;
  return { ops: [{ op: 'remove', kind: 'node', id: node.id }], result: { ok: true, id: node.id } };
}

function connect(input: ToolInput<'connect'>, context: PlanContext): Plan | ToolFailure {
  const ends = findEnds(input, context);
  if ('ok' in ends) return ends;
  const twin = edgesBetween(context.document, ends.source.id, ends.target.id).find(
    (edge) => (edge.label ?? '') === (input.label ?? ''),
  );
  if (twin)
    return failure(
      `The same edge is there already: "${twin.id}".`,
      'Use update_edge to change it, or give another label.',
    );
  const edge = newEdge(context.document, ends.source, ends.target.id, input);
  return { ops: [{ op: 'put', kind: 'edge', value: edge }], result: { ok: true, edge: edge.id } };
}

function updateEdge(input: ToolInput<'update_edge'>, context: PlanContext): Plan | ToolFailure {
  const edge = findEdge(input, context);
  if (!('target' in edge)) return edge;
  const { label, trigger } = input;
  if (label === undefined && trigger === undefined)
    return failure('There is nothing to change.', 'Give a label or a trigger.');
  const set = {
    ...(label !== undefined && { label: label === '' ? null : label }),
    ...(trigger !== undefined && { trigger }),
  };
  return { ops: [{ op: 'patch', kind: 'edge', id: edge.id, set }], result: { ok: true, edge: edge.id } };
}

function disconnect(input: ToolInput<'disconnect'>, context: PlanContext): Plan | ToolFailure {
  const edge = findEdge(input, context);
  if (!('target' in edge)) return edge;
  return { ops: [{ op: 'remove', kind: 'edge', id: edge.id }], result: { ok: true, edge: edge.id } };
}

function insertBetween(input: ToolInput<'insert_between'>, context: PlanContext): Plan | ToolFailure {
  const edge = findEdge(input, context);
  if (!('target' in edge)) return edge;
  const node = newNode(input, context.document, edge.source);
  const second = newEdge(context.document, node, edge.target, input);
  return {
    ops: [
      { op: 'put', kind: 'node', value: node },
      { op: 'patch', kind: 'edge', id: edge.id, set: { target: node.id } },
      { op: 'put', kind: 'edge', value: second },
    ],
    result: { ok: true, id: node.id, edges: [edge.id, second.id] },
    alias: { asked: input.id, id: node.id },
  };
}

function moveToFrame(input: ToolInput<'move_to_frame'>, context: PlanContext): Plan | ToolFailure {
  const node = findNode(input.id, context);
  if (!('type' in node)) return node;
  const patch = (frameId: string | null): Op => ({
    op: 'patch',
    kind: 'node',
    id: node.id,
    set: { frameId },
  });
  const done = (frame: string | null): ToolResult => ({ ok: true, id: node.id, frame });
  if (input.frame === '') return { ops: [patch(null)], result: done(null) };
  const wanted = input.frame.toLowerCase();
  const frames = Object.values(context.document.frames);
  const known =
    frames.find((frame) => frame.id === input.frame) ??
    frames.find((frame) => frame.title.toLowerCase() === wanted);
  if (known) return { ops: [patch(known.id)], result: done(known.id) };
  const frame = newFrame(input.frame, node, context.document);
  return { ops: [{ op: 'put', kind: 'frame', value: frame }, patch(frame.id)], result: done(frame.id) };
}

function layoutFlow(input: ToolInput<'layout_flow'>, { document }: PlanContext): Plan {
  const { ops } = layout(
    document,
    input.direction === undefined ? {} : { direction: DIRECTIONS[input.direction] },
  );
  const moved = ops.filter((op) => op.op === 'patch' && op.kind === 'node').length;
  return { ops, result: { ok: true, moved }, internal: true };
}

function lintResult({ document, lintConfig }: PlanContext): ToolResult {
  const issues = lint(document, lintConfig).slice(0, LINT_ISSUES);
  return {
    ok: true,
    issues: issues.map(({ rule, severity, message, nodeIds, edgeIds }) => ({
      rule,
      severity,
      message,
      nodes: nodeIds,
      edges: edgeIds,
    })),
  };
}

function newNode(
  {
    id,
    type,
    title,
    description,
  }: { id: string; type: NodeType; title: string; description?: string | undefined },
  document: FlowDocument,
  neighbourId: string | undefined,
): FlowNode {
  const node = { type, title, ...(description && { description }) };
  return { id: freeId(id, document.nodes), ...node, position: placeNear(document, node, neighbourId) };
}

function newEdge(
  document: FlowDocument,
  source: { id: string; type: NodeType },
  target: string,
  { label, trigger }: { label?: string | undefined; trigger?: EdgeTrigger | undefined },
): FlowEdge {
  return {
    id: freeId(`${source.id}-${target}`, document.edges),
    source: source.id,
    target,
    trigger: trigger ?? (source.type === 'screen' || source.type === 'action' ? 'click' : 'auto'),
    ...(label !== undefined && { label }),
  };
}

function newFrame(title: string, node: FlowNode, document: FlowDocument): Frame {
  const { width, height } = nodeSize(node);
  const { x, top, bottom } = FRAME_PADDING;
  return {
    id: freeId(title, document.frames),
    title,
    position: { x: node.position.x - x, y: node.position.y - top },
    size: { width: width + 2 * x, height: height + top + bottom },
  };
}

/** An id that is not taken, as near to the wished one as the format allows. */
function freeId(wish: string, taken: Record<string, unknown>): string {
  const words = wish
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const base = isId(words) ? words : `n-${words}`.slice(0, LIMITS.id);
  const room = LIMITS.id - 6;
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? base.slice(0, LIMITS.id) : `${base.slice(0, room)}-${n}`;
    if (isId(id) && !Object.hasOwn(taken, id)) return id;
  }
}

function failure(error: string, remedy: string): ToolFailure {
  return { ok: false, error, remedy };
}

function findNode(id: string, { document, aliases }: PlanContext): FlowNode | ToolFailure {
  const real = aliases.get(id) ?? id;
  const node = Object.hasOwn(document.nodes, real) ? document.nodes[real] : undefined;
  if (node) return node;
  const ids = Object.keys(document.nodes);
  const some =
    ids.length === 0
      ? 'The flow has no nodes yet: use add_node first.'
      : `Nodes: ${ids.slice(-40).join(', ')}.`;
  return failure(`There is no node "${id}".`, `Use the id of a node that is there, or add it first. ${some}`);
}

function findEnds(
  input: { source: string; target: string },
  context: PlanContext,
): { source: FlowNode; target: FlowNode } | ToolFailure {
  const source = findNode(input.source, context);
  if (!('type' in source)) return source;
  const target = findNode(input.target, context);
  if (!('type' in target)) return target;
  return { source, target };
}

function edgesBetween(document: FlowDocument, source: string, target: string): FlowEdge[] {
  return Object.values(document.edges).filter((edge) => edge.source === source && edge.target === target);
}

function findEdge(
  input: { source: string; target: string; edge?: string | undefined },
  context: PlanContext,
): FlowEdge | ToolFailure {
  const ends = findEnds(input, context);
  if ('ok' in ends) return ends;
  const edges = edgesBetween(context.document, ends.source.id, ends.target.id);
  const wanted = input.edge === undefined ? edges : edges.filter((edge) => edge.id === input.edge);
  const [only] = wanted;
  if (only && wanted.length === 1) return only;
  const list = edges
    .map((edge) => (edge.label === undefined ? edge.id : `${edge.id} ("${edge.label}")`))
    .join(', ');
  if (edges.length === 0) {
    return failure(
      `No edge leads from "${ends.source.id}" to "${ends.target.id}".`,
      'Use connect to draw one.',
    );
  }
  return failure('That does not name one edge.', `Give one of these ids as "edge": ${list}.`);
}
