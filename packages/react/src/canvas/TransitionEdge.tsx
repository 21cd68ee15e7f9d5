import { LIMITS, type FlowEdge } from '@uxflow/flow';
import { labelSize } from '@uxflow/flow/layout';
import {
  EdgeLabelRenderer,
  useStore,
  type EdgeProps,
  type InternalNode,
  type ReactFlowState,
} from '@xyflow/react';
import { memo, useCallback, useMemo, type ReactElement } from 'react';
import { useCanvasActions } from './actions.ts';
import { labelPlace } from './labels.ts';
import type { CanvasEdge } from './model.ts';
import { InlineTitle } from './nodes/InlineTitle.tsx';
import { pathData, routeEdge, type Rect, type Side } from './route.ts';

/**
 * Triggers worth a word on the canvas when the transition has no label of its own. The way back is none of them: it is
 * dashed and runs against the rest, which says it already.
 */
const TELLING: Partial<Record<FlowEdge['trigger'], string>> = {
  success: 'success',
  error: 'error',
  timeout: 'timeout',
};
/** What the label's box has around its text, in pixels. */
const LABEL_FRAME = { width: 16, height: 6 };

/** Arrow heads that look into the side they enter; the tip is at 0,0. */
const HEAD: Record<Side, string> = {
  top: 'M-4.5 -8 L0 -0.5 L4.5 -8 Z',
  bottom: 'M-4.5 8 L0 0.5 L4.5 8 Z',
  left: 'M-8 -4.5 L-0.5 0 L-8 4.5 Z',
  right: 'M8 -4.5 L0.5 0 L8 4.5 Z',
};

/** A transition: an arrow round the nodes in between, with its label on the way. */
export const TransitionEdge = memo(function TransitionEdge({
  id,
  source,
  target,
  data,
  selected,
}: EdgeProps<CanvasEdge>): ReactElement | null {
  const from = useRect(source);
  const to = useRect(target);
  const actions = useCanvasActions();
  const direction = data?.direction ?? 'down';
  const leaves = data?.leaves ?? 'end';
  const intoDecision = data?.intoDecision ?? false;
  const obstacles = data?.obstacles;
  const shared = data?.shared ?? false;
  const own = data?.edge.label ?? data?.edge.condition;
  const words = own ?? (data && TELLING[data.edge.trigger]);
  const drawn = useMemo(() => {
    if (!from || !to) return null;
    const route = routeEdge(from, to, direction, leaves, obstacles, intoDecision);
    const text = labelSize(words ?? 'Label');
    const size = { width: text.width + LABEL_FRAME.width, height: text.height + LABEL_FRAME.height };
    const label = labelPlace(route.points, size, [from, to, ...(obstacles ?? [])], shared);
    return { ...route, path: pathData(route.points), label, tip: route.points.at(-1) };
  }, [from, to, direction, leaves, obstacles, intoDecision, shared, words]);
  if (!drawn?.tip || !data) return null;
  const { edge, editing, arrived } = data;
  return (
    <>
      <path
        id={id}
        className="react-flow__edge-path uxf-edge"
        d={drawn.path}
        data-selected={selected || undefined}
        data-arrived={arrived || undefined}
        data-trigger={edge.trigger}
      />
      <path
        className="uxf-edge__head"
        d={HEAD[drawn.enters]}
        transform={`translate(${drawn.tip.x} ${drawn.tip.y})`}
        data-selected={selected || undefined}
        data-arrived={arrived || undefined}
        data-trigger={edge.trigger}
      />
      <path
        className="react-flow__edge-interaction"
        d={drawn.path}
        fill="none"
        strokeOpacity={0}
        strokeWidth={18}
      />
      {(words !== undefined || editing) && (
        <EdgeLabelRenderer>
          <div
            className="uxf-edge-label nodrag nopan"
            data-selected={selected || undefined}
            data-trigger={edge.trigger}
            data-arrived={arrived || undefined}
            data-quiet={own === undefined || undefined}
            data-edge-id={id}
            style={{ transform: `translate(-50%, -50%) translate(${drawn.label.x}px, ${drawn.label.y}px)` }}
            onDoubleClick={(event) => {
              event.stopPropagation();
              actions.startEditing(id);
            }}
          >
            <InlineTitle
              value={editing ? (edge.label ?? '') : (words ?? '')}
              editing={editing}
              label="Label of this transition"
              maxLength={LIMITS.title}
              placeholder="Label"
              onCommit={(value) => actions.relabel(edge, value)}
              onCancel={actions.stopEditing}
            />
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});

/** Where the node stands. The same object until a number changes: React Flow makes new nodes on every pointer move. */
function useRect(id: string): Rect | null {
  return useStore(
    useCallback((state: ReactFlowState) => rectOf(state.nodeLookup.get(id)), [id]),
    sameRect,
  );
}

function rectOf(node: InternalNode | undefined): Rect | null {
  if (!node) return null;
  const { x, y } = node.internals.positionAbsolute;
  const width = node.width ?? node.measured.width;
  const height = node.height ?? node.measured.height;
  return width === undefined || height === undefined ? null : { x, y, width, height };
}

function sameRect(a: Rect | null, b: Rect | null): boolean {
  return (
    a === b || (!!a && !!b && a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height)
  );
}
