import type { FlowDocument, NodeType, Point } from '@uxflow/flow';
import { useReactFlow, type FinalConnectionState } from '@xyflow/react';
import {
  useCallback,
  useEffect,
  useRef,
  useState,
  type DragEvent,
  type MouseEvent,
  type RefObject,
} from 'react';
import { connect, createNode, putNode } from '../edit/ops.ts';
import { ADD_MENU, type AddRequest } from './AddMenu.tsx';
import type { CanvasEdge, CanvasNode } from './model.ts';
import { boxOf } from './node-size.ts';
import { DRAGGED_TYPE } from './Palette.tsx';
import type { CanvasProps } from './props.ts';

export interface Adding {
  /** The open menu of step types; null while there is none. */
  menu: AddRequest | null;
  choose: (type: NodeType) => void;
  close: () => void;
  onConnectEnd: (event: globalThis.MouseEvent | TouchEvent, state: FinalConnectionState) => void;
  onDoubleClick: (event: MouseEvent) => void;
  onDrop: (event: DragEvent) => void;
}

/** The ways in which a step comes onto the canvas: the palette, a double click, a transition dragged into the open. */
export function useAdding(
  latest: RefObject<CanvasProps>,
  surface: RefObject<HTMLDivElement | null>,
  select: (nodeIds: readonly string[]) => void,
  addRequest: CanvasProps['addRequest'],
): Adding {
  const flow = useReactFlow<CanvasNode, CanvasEdge>();
  const [menu, setMenu] = useState<AddRequest | null>(null);

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

  const added = useRef(addRequest);
  useEffect(() => {
    const box = surface.current?.getBoundingClientRect();
    if (!box || !addRequest || added.current === addRequest) return;
    added.current = addRequest;
    const middle = flow.screenToFlowPosition({ x: box.left + box.width / 2, y: box.top + box.height / 2 });
    add(addRequest.type, freeSpot(latest.current.document, middle));
  }, [add, addRequest, flow, latest, surface]);

  const onConnectEnd = useCallback(
    (event: globalThis.MouseEvent | TouchEvent, state: FinalConnectionState) => {
      if (state.isValid || !state.fromNode || state.toNode) return;
      const point = 'changedTouches' in event ? event.changedTouches[0] : event;
      if (!point || !surface.current) return;
      setMenu(
        requestAt(
          surface.current,
          point,
          flow.screenToFlowPosition({ x: point.clientX, y: point.clientY }),
          state.fromNode.id,
        ),
      );
    },
    [flow, surface],
  );

  const onDoubleClick = useCallback(
    (event: MouseEvent) => {
      if (latest.current.readOnly || !surface.current || !(event.target instanceof Element)) return;
      if (!event.target.classList.contains('react-flow__pane')) return;
      setMenu(
        requestAt(surface.current, event, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY })),
      );
    },
    [flow, latest, surface],
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

  const close = useCallback(() => {
    setMenu(null);
    surface.current?.focus({ preventScroll: true });
  }, [surface]);

  const choose = useCallback(
    (type: NodeType) => {
      setMenu(null);
      if (menu) add(type, menu.at, menu.from);
    },
    [add, menu],
  );

  return { menu, choose, close, onConnectEnd, onDoubleClick, onDrop };
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
