import type { FlowDocument, NodeType, Op, Point } from '@uxflow/flow';
import {
  Background,
  BackgroundVariant,
  ConnectionMode,
  ReactFlow,
  SelectionMode,
  useReactFlow,
  useStore,
  type Connection,
  type FinalConnectionState,
  type NodeChange,
  type OnSelectionChangeParams,
} from '@xyflow/react';
import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type DragEvent,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
} from 'react';
import {
  connect,
  createNode,
  moveNodes,
  putNode,
  relabelEdge,
  removeRecords,
  retitleNode,
} from '../edit/ops.ts';
import { CanvasActionsProvider, type CanvasActions } from './actions.ts';
import { ADD_MENU, AddMenu, type AddRequest } from './AddMenu.tsx';
import { Cursors, type Cursor } from './Cursors.tsx';
import type { CanvasEdge, CanvasNode, PeerMark } from './model.ts';
import { ghostsOf, withGhosts } from './ghosts.ts';
import { boxOf } from './node-size.ts';
import { FrameNode } from './nodes/FrameNode.tsx';
import { StepNode } from './nodes/StepNode.tsx';
import { DRAGGED_TYPE } from './Palette.tsx';
import { TransitionEdge } from './TransitionEdge.tsx';
import { useCanvasModel } from './use-canvas-model.ts';
import { useFollow } from './use-follow.ts';
import { useLatest } from './use-latest.ts';
import { useNudges } from './use-nudges.ts';
import type { CanvasView } from './use-view.ts';

const NODE_TYPES = { step: StepNode, frame: FrameNode };
const EDGE_TYPES = { transition: TransitionEdge };
/** From this many nodes on, only what is in view is in the DOM. */
const VIRTUAL_NODES = 200;
const CURSOR_MS = 40;
/** Below this zoom titles are drawn larger, in place of what could not be read any more. */
const FAR_ZOOM = 0.58;

export interface Selection {
  nodeIds: readonly string[];
  edgeIds: readonly string[];
}

export interface CanvasProps {
  document: FlowDocument;
  readOnly: boolean;
  selection: Selection;
  editingId: string | null;
  issues: ReadonlyMap<string, 'error' | 'warning' | 'info'>;
  peers: ReadonlyMap<string, readonly PeerMark[]>;
  cursors: readonly Cursor[];
  /** Asks to select something: each new object once. */
  selectRequest: Selection | null;
  /** Asks for a step in the middle of the view: each new object once. */
  addRequest: { type: NodeType } | null;
  /** What somebody is to decide on, shown as if it were there. */
  proposed: readonly Op[] | null;
  /** An agent is drawing: keep what it draws in view. */
  following: boolean;
  view: CanvasView;
  onSelect: (selection: Selection) => void;
  onEdit: (id: string | null) => void;
  onOps: (ops: Op[]) => void;
  onCursor: (cursor: Point | null) => void;
  /** Something could not be done; the reason in words. */
  onNotice: (text: string) => void;
  onUndo: () => void;
  onRedo: () => void;
  children?: ReactNode;
}

/** The drawing surface: everything a person does on it becomes ops. */
export function Canvas(props: CanvasProps): ReactElement {
  const { document, readOnly, issues, peers, editingId } = props;
  const latest = useLatest(props);
  const flow = useReactFlow<CanvasNode, CanvasEdge>();
  const model = useCanvasModel(document, { issues, peers, editingId }, readOnly);
  const { select, onNodesChange: applyChanges } = model;
  const { proposed } = props;
  const ghosts = useMemo(() => proposed && ghostsOf(document, proposed), [document, proposed]);
  const nodes = useMemo(
    () => (ghosts ? withGhosts(model.nodes, ghosts.nodes, ghosts.marks) : model.nodes),
    [model.nodes, ghosts],
  );
  const edges = useMemo(
    () => (ghosts ? withGhosts(model.edges, ghosts.edges, ghosts.marks) : model.edges),
    [model.edges, ghosts],
  );
  const follow = useFollow(document, props.following, props.view);
  const nudges = useNudges(latest);
  const [adding, setAdding] = useState<AddRequest | null>(null);
  const far = useStore(({ transform }) => transform[2] < FAR_ZOOM);
  const lastCursor = useRef(0);
  const surface = useRef<HTMLDivElement>(null);

  /** Where the keyboard goes on after something has been typed: the step or transition, else the canvas. */
  const focusOn = useCallback((id: string | null) => {
    const record =
      id === null
        ? null
        : surface.current?.querySelector<HTMLElement | SVGElement>(`[data-id="${CSS.escape(id)}"][tabindex]`);
    (record ?? surface.current)?.focus({ preventScroll: true });
  }, []);

  const actions = useMemo<CanvasActions>(
    () => ({
      retitle(node, title) {
        latest.current.onEdit(null);
        latest.current.onOps(retitleNode(node, title));
        focusOn(node.id);
      },
      relabel(edge, label) {
        latest.current.onEdit(null);
        latest.current.onOps(relabelEdge(edge, label));
        focusOn(edge.id);
      },
      startEditing(id) {
        if (!latest.current.readOnly) latest.current.onEdit(id);
      },
      stopEditing() {
        const { editingId: id } = latest.current;
        latest.current.onEdit(null);
        focusOn(id);
      },
    }),
    [latest, focusOn],
  );

  /** Adds a step with its middle at `at`, connected from `from` when the user dragged a transition there. */
  const add = useCallback(
    (type: NodeType, at: Point, from?: string) => {
      const node = createNode(type, at);
      const size = boxOf(node);
      node.position = { x: Math.round(at.x - size.width / 2), y: Math.round(at.y - size.height / 2) };
      const ops = putNode(node);
      if (from !== undefined) {
        const current = latest.current.document;
        const link = connect({ ...current, nodes: { ...current.nodes, [node.id]: node } }, from, node.id);
        if ('refusal' in link) latest.current.onNotice(link.refusal);
        else ops.push(...link.ops);
      }
      latest.current.onOps(ops);
      latest.current.onEdit(node.id);
      // The node is in React Flow's hands only after the next render.
      requestAnimationFrame(() => select([node.id]));
    },
    [latest, select],
  );

  const { addRequest, selectRequest } = props;
  const added = useRef(addRequest);
  useEffect(() => {
    const box = surface.current?.getBoundingClientRect();
    if (!box || !addRequest || added.current === addRequest) return;
    added.current = addRequest;
    const middle = flow.screenToFlowPosition({ x: box.left + box.width / 2, y: box.top + box.height / 2 });
    add(addRequest.type, freeSpot(latest.current.document, middle));
  }, [add, addRequest, flow, latest]);
  useEffect(() => {
    if (selectRequest) select(selectRequest.nodeIds, selectRequest.edgeIds);
  }, [selectRequest, select]);

  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      applyChanges(changes);
      nudges(changes);
    },
    [applyChanges, nudges],
  );

  const onDragStop = useCallback(
    (_event: unknown, _node: CanvasNode, dragged: CanvasNode[]) => {
      const positions = new Map(dragged.map(({ id, position }) => [id, position]));
      latest.current.onOps(moveNodes(latest.current.document, positions));
    },
    [latest],
  );

  const onConnect = useCallback(
    ({ source, target }: Connection) => {
      const link = connect(latest.current.document, source, target);
      if ('refusal' in link) latest.current.onNotice(link.refusal);
      else latest.current.onOps(link.ops);
    },
    [latest],
  );

  const onConnectEnd = useCallback(
    (event: globalThis.MouseEvent | TouchEvent, state: FinalConnectionState) => {
      if (state.isValid || !state.fromNode || state.toNode) return;
      const point = 'changedTouches' in event ? event.changedTouches[0] : event;
      if (!point || !surface.current) return;
      setAdding(
        requestAt(
          surface.current,
          point,
          flow.screenToFlowPosition({ x: point.clientX, y: point.clientY }),
          state.fromNode.id,
        ),
      );
    },
    [flow],
  );

  const onDoubleClick = useCallback(
    (event: MouseEvent) => {
      if (latest.current.readOnly || !surface.current || !(event.target instanceof Element)) return;
      if (!event.target.classList.contains('react-flow__pane')) return;
      setAdding(
        requestAt(surface.current, event, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY })),
      );
    },
    [flow, latest],
  );

  const onDrop = useCallback(
    (event: DragEvent) => {
      const type = event.dataTransfer.getData(DRAGGED_TYPE);
      if (type === '' || latest.current.readOnly) return;
      event.preventDefault();
      add(type as NodeType, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }));
    },
    [add, flow, latest],
  );

  const onPointerMove = useCallback(
    (event: PointerEvent) => {
      const now = performance.now();
      if (now - lastCursor.current < CURSOR_MS) return;
      lastCursor.current = now;
      latest.current.onCursor(
        flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false }),
      );
    },
    [flow, latest],
  );

  const onSelectionChange = useCallback(
    (chosen: OnSelectionChangeParams<CanvasNode, CanvasEdge>) => {
      latest.current.onSelect({
        nodeIds: chosen.nodes.map(({ id }) => id),
        edgeIds: chosen.edges.map(({ id }) => id),
      });
    },
    [latest],
  );

  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const { target } = event;
      if (
        target instanceof HTMLElement &&
        target.closest('input, textarea, select, [contenteditable="true"], .uxf-panel')
      )
        return;
      const current = latest.current;
      const command = event.metaKey || event.ctrlKey;
      const key = event.key.toLowerCase();
      if (command && key === 'a') {
        event.preventDefault();
        select(Object.keys(current.document.nodes), Object.keys(current.document.edges));
      } else if (current.readOnly) {
        return;
      } else if (command && (key === 'z' || key === 'y')) {
        event.preventDefault();
        if (key === 'y' || event.shiftKey) current.onRedo();
        else current.onUndo();
      } else if (event.key === 'Delete' || event.key === 'Backspace') {
        const ops = removeRecords(current.document, current.selection.nodeIds, current.selection.edgeIds);
        if (ops.length > 0) {
          event.preventDefault();
          current.onOps(ops);
          surface.current?.focus({ preventScroll: true });
        }
      } else if ((event.key === 'Enter' || event.key === 'F2') && !command) {
        // Enter on a focused node selects it first (React Flow); on a selected one it renames. F2 renames what has the focus.
        const focused =
          target instanceof Element ? target.closest('[data-id]')?.getAttribute('data-id') : null;
        const id =
          (event.key === 'F2' ? focused : null) ??
          [...current.selection.nodeIds, ...current.selection.edgeIds][0];
        if (id !== undefined && (focused === null || focused === undefined || focused === id)) {
          event.preventDefault();
          current.onEdit(id);
        }
      }
    },
    [latest, select],
  );

  return (
    <CanvasActionsProvider value={actions}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application is interactive */}
      <div
        ref={surface}
        className="uxf-canvas"
        data-far={far || undefined}
        tabIndex={-1}
        role="application"
        aria-label="Flow canvas"
        onKeyDown={onKeyDown}
        onDoubleClick={onDoubleClick}
        onDrop={onDrop}
        onPointerMove={onPointerMove}
        onDragOver={(event) => event.preventDefault()}
        onPointerLeave={() => props.onCursor(null)}
      >
        <ReactFlow<CanvasNode, CanvasEdge>
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          onNodesChange={onNodesChange}
          onEdgesChange={model.onEdgesChange}
          onNodeDragStop={onDragStop}
          onConnect={onConnect}
          onConnectEnd={onConnectEnd}
          onSelectionChange={onSelectionChange}
          onNodeDoubleClick={(_event, node) => actions.startEditing(node.id)}
          onEdgeDoubleClick={(_event, edge) => actions.startEditing(edge.id)}
          onMoveStart={follow.onMoveStart}
          connectionMode={ConnectionMode.Loose}
          connectionRadius={28}
          selectionMode={SelectionMode.Partial}
          nodesDraggable={!readOnly}
          nodesConnectable={!readOnly}
          deleteKeyCode={null}
          zoomOnDoubleClick={false}
          elevateNodesOnSelect={false}
          onlyRenderVisibleElements={model.nodes.length > VIRTUAL_NODES}
          minZoom={0.1}
          maxZoom={2}
          onInit={() => props.view.open(false)}
          attributionPosition="bottom-center"
          panOnScroll={false}
          nodeDragThreshold={2}
        >
          <Background variant={BackgroundVariant.Dots} gap={20} size={1.4} />
          <Cursors cursors={props.cursors} />
        </ReactFlow>
        {adding && (
          <AddMenu
            request={adding}
            onClose={() => {
              setAdding(null);
              surface.current?.focus({ preventScroll: true });
            }}
            onChoose={(type) => {
              setAdding(null);
              add(type, adding.at, adding.from);
            }}
          />
        )}
        {props.children}
      </div>
    </CanvasActionsProvider>
  );
}

function requestAt(
  surface: HTMLElement,
  point: { clientX: number; clientY: number },
  at: Point,
  from?: string,
): AddRequest {
  const box = surface.getBoundingClientRect();
  const left = Math.max(8, Math.min(point.clientX - box.left, box.width - ADD_MENU.width - 8));
  const top = Math.max(8, Math.min(point.clientY - box.top, box.height - ADD_MENU.height - 8));
  return { at, left, top, ...(from !== undefined && { from }) };
}

/** `wished`, or the next spot below and to the right of it where no step has its middle. */
function freeSpot(document: FlowDocument, wished: Point): Point {
  const middles = Object.values(document.nodes).map((node) => {
    const { width, height } = boxOf(node);
    return { x: node.position.x + width / 2, y: node.position.y + height / 2 };
  });
  const spot = { ...wished };
  while (middles.some(({ x, y }) => Math.abs(x - spot.x) < 24 && Math.abs(y - spot.y) < 24)) {
    spot.x += 32;
    spot.y += 32;
  }
  return spot;
}
