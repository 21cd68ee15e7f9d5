import { getViewportForBounds, useReactFlow, useStore, useStoreApi } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { CanvasNode } from './model.ts';
import type { Rect } from './route.ts';
import { wholeView, type View } from './view.ts';

/** A flow that would have to be shown smaller than this is shown from its start, at START_ZOOM. */
const SMALLEST_WHOLE = 0.3;
const START_ZOOM = 0.62;
const MOVE_MS = 400;
const RESIZE_MS = 160;
/** What floats over the canvas and must not cover a step. */
const BARS = '.uxf-dock, .uxf-lint__badge, .uxf-people, .uxf-agentbutton, .uxf-panel';

export interface CanvasView {
  /** Shows the whole flow, however small. */
  fit: () => void;
  /** Shows the whole flow if it can be read like that, else where it begins. */
  open: (animated: boolean) => void;
  /** Shows these steps as large as they can be read, between these zooms. */
  showNodes: (nodes: readonly CanvasNode[], minZoom: number, maxZoom: number) => void;
  /** How large the whole flow would be. */
  wholeZoom: () => number;
}

/** Moves the view itself. What the user has chosen to look at stays when the canvas changes its size; else it is fitted anew. */
export function useCanvasView(): CanvasView {
  const flow = useReactFlow<CanvasNode>();
  const store = useStoreApi();
  const chosen = useRef<{ view: View; until: number } | null>(null);

  const move = useCallback(
    (view: View, animated: boolean) => {
      const duration = animated && !matchMedia('(prefers-reduced-motion: reduce)').matches ? MOVE_MS : 0;
      chosen.current = { view, until: performance.now() + duration + RESIZE_MS };
      void flow.setViewport(view, { duration });
    },
    [flow],
  );

  const whole = useCallback((): View | null => {
    const { width, height, domNode } = store.getState();
    const nodes = flow.getNodes();
    if (nodes.length === 0 || width === 0) return null;
    const rects = nodes.map((node) => ({
      ...node.position,
      width: node.width ?? 0,
      height: node.height ?? 0,
    }));
    return wholeView(rects, { width, height }, barsOver(domNode), 1);
  }, [flow, store]);

  const open = useCallback(
    (animated: boolean) => {
      const view = whole();
      if (!view) return;
      if (view.zoom >= SMALLEST_WHOLE) {
        move(view, animated);
        return;
      }
      const { width, height } = store.getState();
      const nodes = flow.getNodes();
      const bounds = flow.getNodesBounds(nodes);
      const downwards = bounds.height >= bounds.width;
      const entry =
        nodes.find(({ data }) => 'node' in data && data.node.type === 'start') ??
        nodes.toSorted((a, b) => (downwards ? a.position.y - b.position.y : a.position.x - b.position.x))[0];
      if (!entry) return;
      const middle = {
        x: entry.position.x + (entry.width ?? 0) / 2,
        y: entry.position.y + (entry.height ?? 0) / 2,
      };
      move(
        {
          zoom: START_ZOOM,
          x: downwards ? width / 2 - middle.x * START_ZOOM : 96 - entry.position.x * START_ZOOM,
          y: downwards ? 84 - entry.position.y * START_ZOOM : height / 2 - middle.y * START_ZOOM,
        },
        animated,
      );
    },
    [flow, store, whole, move],
  );

  const size = useStore((state) => `${state.width}×${state.height}`);
  const first = useRef(size);
  useEffect(() => {
    if (first.current === size) return undefined;
    first.current = '';
    const timer = setTimeout(() => {
      const mine = chosen.current;
      const { x, y, zoom } = flow.getViewport();
      const untouched =
        mine &&
        (performance.now() < mine.until ||
          (Math.abs(mine.view.x - x) < 1 &&
            Math.abs(mine.view.y - y) < 1 &&
            Math.abs(mine.view.zoom - zoom) < 0.001));
      if (untouched) open(true);
    }, RESIZE_MS);
    return () => clearTimeout(timer);
  }, [size, flow, open]);

  return useMemo(
    () => ({
      open,
      fit: () => {
        const view = whole();
        if (view) move(view, true);
      },
      showNodes: (nodes, minZoom, maxZoom) => {
        const { width, height, domNode } = store.getState();
        const sheet = barsOver(domNode).find((bar) => bar.width >= width && bar.y > 0);
        const padding =
          width < 720
            ? ({
                top: '72px',
                right: '20px',
                bottom: `${sheet ? height - sheet.y + 16 : 124}px`,
                left: '20px',
              } as const)
            : ({ top: '72px', right: '28px', bottom: '64px', left: '76px' } as const);
        move(
          getViewportForBounds(flow.getNodesBounds([...nodes]), width, height, minZoom, maxZoom, padding),
          true,
        );
      },
      wholeZoom: () => whole()?.zoom ?? 1,
    }),
    [open, whole, move, flow, store],
  );
}

/** The bars that lie over the canvas, from its corner. */
function barsOver(canvas: Element | null): Rect[] {
  const stage = canvas?.getBoundingClientRect();
  if (!stage) return [];
  return [...(canvas?.closest('.uxf-body')?.querySelectorAll(BARS) ?? [])].flatMap((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const bar = { x: left - stage.left, y: top - stage.top, width, height };
    return width > 0 && bar.x < stage.width && bar.y < stage.height ? [bar] : [];
  });
}
