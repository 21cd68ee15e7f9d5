import { applyOps, FlowError, type FlowDocument, type Op } from '@uxflow/flow';
import type { CanvasEdge, CanvasNode } from './model.ts';
import { reconcileEdges, reconcileNodes, type Marks } from './reconcile.ts';

/** What is proposed and not there yet, and what would become of the things that are. */
export interface Ghosts {
  nodes: CanvasNode[];
  edges: CanvasEdge[];
  /** By the id of a node, edge or frame. */
  marks: ReadonlyMap<string, 'changed' | 'removed'>;
}

type WriteOp = Extract<Op, { op: 'put' | 'patch' }>;

const NO_MARKS: Marks = { issues: new Map(), peers: new Map(), arrived: new Set(), editingId: null };
/** Nobody can take hold of what is not there. */
const UNTOUCHABLE = {
  className: 'uxf-ghost',
  draggable: false,
  selectable: false,
  focusable: false,
  connectable: false,
} as const;

/** How `ops` would change the flow. Ops that do not apply to it as it stands show nothing. */
export function ghostsOf(document: FlowDocument, ops: readonly Op[]): Ghosts {
  const marks = new Map<string, 'changed' | 'removed'>();
  const isThere = (id: string): boolean =>
    [document.nodes, document.edges, document.frames].some((records) => Object.hasOwn(records, id));
  const written = ops.filter((op): op is WriteOp => op.op === 'put' || op.op === 'patch');
  const { document: after, landed } = applied(document, written);
  for (const op of landed) {
    const id = op.op === 'put' ? op.value.id : op.id;
    if (isThere(id)) marks.set(id, 'changed');
  }
  for (const op of ops) {
    if (op.op !== 'remove' || !isThere(op.id)) continue;
    marks.set(op.id, 'removed');
    if (op.kind !== 'node') continue;
    for (const { id, source, target } of Object.values(document.edges))
      if (source === op.id || target === op.id) marks.set(id, 'removed');
  }
  const nodes = reconcileNodes([], after, NO_MARKS, true).filter(({ id }) => !isThere(id));
  const edges = reconcileEdges([], after, NO_MARKS, false).filter(({ id }) => !isThere(id));
  return {
    nodes: nodes.map((node) => ({
      ...node,
      ...UNTOUCHABLE,
      ariaLabel: `Proposed: ${node.ariaLabel ?? node.id}`,
    })),
    edges: edges.map((edge) => ({
      ...edge,
      className: UNTOUCHABLE.className,
      selectable: false,
      focusable: false,
      ariaLabel: `Proposed: ${edge.ariaLabel ?? edge.id}`,
    })),
    marks,
  };
}

/** The flow with those of the ops that apply to it; all at once where all do. */
function applied(
  document: FlowDocument,
  ops: readonly WriteOp[],
): { document: FlowDocument; landed: readonly WriteOp[] } {
  try {
    return { document: applyOps(document, ops).document, landed: ops };
  } catch (error) {
    if (!(error instanceof FlowError)) throw error;
  }
  let after = document;
  const landed = ops.filter((op) => {
    try {
      after = applyOps(after, [op]).document;
      return true;
    } catch (error) {
      if (error instanceof FlowError) return false;
      throw error;
    }
  });
  return { document: after, landed };
}

/** Items of the canvas with what is proposed for them shown; those that nothing is proposed for keep their object. */
export function withGhosts<T extends { id: string; className?: string }>(
  items: T[],
  added: readonly T[],
  marks: Ghosts['marks'],
): T[] {
  if (added.length === 0 && marks.size === 0) return items;
  const shown = items.map((item) => {
    const mark = marks.get(item.id);
    return mark === undefined ? item : { ...item, className: `uxf-${mark}` };
  });
  return [...shown, ...added];
}
