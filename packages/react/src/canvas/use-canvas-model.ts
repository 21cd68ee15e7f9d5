import type { FlowDocument, Point } from '@uxflow/flow';
import { applyEdgeChanges, applyNodeChanges, type EdgeChange, type NodeChange } from '@xyflow/react';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { CanvasEdge, CanvasNode } from './model.ts';
import { displacements, reconcileEdges, reconcileNodes, type Marks } from './reconcile.ts';

const GLIDE_MS = 260;
/** Beyond this many nodes on the move at once they jump: a long animation of everything helps nobody. */
const GLIDE_NODES = 250;

export interface CanvasModel {
  nodes: CanvasNode[];
  edges: CanvasEdge[];
  onNodesChange: (changes: NodeChange<CanvasNode>[]) => void;
  onEdgesChange: (changes: EdgeChange<CanvasEdge>[]) => void;
  select: (nodeIds: readonly string[], edgeIds?: readonly string[]) => void;
}

/** The document as React Flow shows it. Nodes that others (or an agent, or layout) move glide to their new place. */
export function useCanvasModel(
  document: FlowDocument,
  marks: Omit<Marks, 'arrived'>,
  readOnly: boolean,
): CanvasModel {
  const arrived = useArrivals(document);
  const { issues, peers, editingId } = marks;
  const source = useMemo(
    () => ({ document, marks: { issues, peers, editingId, arrived }, readOnly }),
    [document, issues, peers, editingId, arrived, readOnly],
  );
  const [shown, setShown] = useState<Shown>(() =>
    show({ source, dragging: false, nodes: [], edges: [] }, source),
  );
  // While rendering, not in an effect: React starts over at once, and no frame shows the old flow. What was shown and
  // what it was made of are one state: an update that React puts off is replayed on an older one, which is then told
  // from the present one, and reconciled again.
  if (shown.source !== source || shown.dragging !== isDragged(shown.nodes))
    setShown((current) => show(current, source));

  const setNodes = useCallback<SetNodes>(
    (update) =>
      setShown((current) => {
        const nodes = update(current.nodes);
        return nodes === current.nodes ? current : { ...current, nodes };
      }),
    [],
  );
  useGlide(document, setNodes);

  const select = useCallback(
    (nodeIds: readonly string[], edgeIds: readonly string[] = []) =>
      setShown((current) => ({
        ...current,
        nodes: current.nodes.map((node) => withSelection(node, nodeIds.includes(node.id))),
        edges: current.edges.map((edge) => withSelection(edge, edgeIds.includes(edge.id))),
      })),
    [],
  );
  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      setNodes((current) =>
        applyNodeChanges(
          changes.filter(({ type }) => type !== 'remove'),
          current,
        ),
      );
    },
    [setNodes],
  );
  const onEdgesChange = useCallback(
    (changes: EdgeChange<CanvasEdge>[]) =>
      setShown((current) => ({
        ...current,
        edges: applyEdgeChanges(
          changes.filter(({ type }) => type !== 'remove'),
          current.edges,
        ),
      })),
    [],
  );
  return { nodes: shown.nodes, edges: shown.edges, onNodesChange, onEdgesChange, select };
}

interface Source {
  document: FlowDocument;
  marks: Marks;
  readOnly: boolean;
}
interface Shown {
  source: Source;
  dragging: boolean;
  nodes: CanvasNode[];
  edges: CanvasEdge[];
}

const isDragged = (nodes: readonly CanvasNode[]): boolean => nodes.some((node) => node.dragging);

function show(current: Shown, source: Source): Shown {
  const { document, marks, readOnly } = source;
  const dragging = isDragged(current.nodes);
  return {
    source,
    dragging,
    nodes: reconcileNodes(current.nodes, document, marks, readOnly),
    edges: reconcileEdges(current.edges, document, marks, dragging),
  };
}

function withSelection<T extends { selected?: boolean }>(item: T, selected: boolean): T {
  return (item.selected ?? false) === selected ? item : { ...item, selected };
}

/** Records that were not there when the document was first shown. */
function useArrivals(document: FlowDocument): ReadonlySet<string> {
  const first = useRef<ReadonlySet<string> | null>(null);
  const [arrived, setArrived] = useState<ReadonlySet<string>>(() => new Set());
  useLayoutEffect(() => {
    const present = [...Object.keys(document.nodes), ...Object.keys(document.edges)];
    if (!first.current) {
      first.current = new Set(present);
      return;
    }
    const initial = first.current;
    setArrived((current) => {
      const fresh = present.filter((id) => !initial.has(id) && !current.has(id));
      return fresh.length === 0 ? current : new Set([...current, ...fresh]);
    });
  }, [document]);
  return arrived;
}

type SetNodes = (update: (current: CanvasNode[]) => CanvasNode[]) => void;

function useGlide(document: FlowDocument, setNodes: SetNodes): void {
  useEffect(() => {
    let frame = 0;
    let start = 0;
    let from: Map<string, Point> | undefined;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;

    const step = (now: number): void => {
      start ||= now;
      const progress = Math.min(1, (now - start) / GLIDE_MS);
      const eased = 1 - (1 - progress) ** 3;
      setNodes((current) => {
        const targets = displacements(current, document);
        if (targets.size === 0) return current;
        from ??= new Map(current.map((node) => [node.id, node.position]));
        const jump = still || targets.size > GLIDE_NODES || progress === 1;
        const origin = from;
        return current.map((node) => {
          const target = targets.get(node.id);
          const begun = origin.get(node.id);
          if (!target || node.type !== 'step') return node;
          const position =
            jump || !begun
              ? target
              : { x: begun.x + (target.x - begun.x) * eased, y: begun.y + (target.y - begun.y) * eased };
          return { ...node, position };
        });
      });
      if (progress < 1) frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [document, setNodes]);
}
