import {
  Background,
  BackgroundVariant,
  ConnectionMode,
  ReactFlow,
  SelectionMode,
  useReactFlow,
  useStore,
  type Connection,
  type NodeChange,
  type OnSelectionChangeParams,
} from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef, type PointerEvent, type ReactElement } from 'react';
import { connect, moveNodes, relabelEdge, retitleNode } from '../edit/ops.ts';
import { CanvasActionsProvider, type CanvasActions } from './actions.ts';
import { AddMenu } from './AddMenu.tsx';
import { Cursors } from './Cursors.tsx';
import { ghostsOf, withGhosts } from './ghosts.ts';
import type { CanvasEdge, CanvasNode } from './model.ts';
import { FrameNode } from './nodes/FrameNode.tsx';
import { StepNode } from './nodes/StepNode.tsx';
import type { CanvasProps } from './props.ts';
import { TransitionEdge } from './TransitionEdge.tsx';
import { useAdding } from './use-adding.ts';
import { useCanvasModel } from './use-canvas-model.ts';
import { useFollow } from './use-follow.ts';
import { useKeys } from './use-keys.ts';
import { useLatest } from './use-latest.ts';
import { useNudges } from './use-nudges.ts';

const NODE_TYPES = { step: StepNode, frame: FrameNode };
const EDGE_TYPES = { transition: TransitionEdge };
/** From this many nodes on, only what is in view is in the DOM. */
const VIRTUAL_NODES = 200;
const CURSOR_MS = 40;
/** Below this zoom titles are drawn larger, in place of what could not be read any more. */
const FAR_ZOOM = 0.58;

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
  const surface = useRef<HTMLDivElement>(null);
  const adding = useAdding(latest, surface, select, props.addRequest);
  const onKeyDown = useKeys(latest, surface, select);
  const far = useStore(({ transform }) => transform[2] < FAR_ZOOM);
  const lastCursor = useRef(0);

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

  const { selectRequest } = props;
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
        onDoubleClick={adding.onDoubleClick}
        onDrop={adding.onDrop}
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
          onConnectEnd={adding.onConnectEnd}
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
        {adding.menu && <AddMenu request={adding.menu} onClose={adding.close} onChoose={adding.choose} />}
        {props.children}
      </div>
    </CanvasActionsProvider>
  );
}
