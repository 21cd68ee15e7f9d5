import type { FlowDocument } from '@uxflow/flow';
import { useReactFlow, useStoreApi, type FitViewOptions } from '@xyflow/react';
import { useCallback, useEffect, useRef } from 'react';
import type { CanvasNode } from './model.ts';

/** Below this zoom titles cannot be read: while an agent draws, rather show only what is new. */
const LEGIBLE_ZOOM = 0.5;
/** A flow that would have to be shown smaller than this is shown from its start, at START_ZOOM. */
const SMALLEST_WHOLE = 0.3;
const START_ZOOM = 0.62;
const FIRST_MS = 60;
/** Least time between two movements of the view, so that one ends before the next begins. */
const PACE_MS = 460;
/** Time that nodes need to glide to their places. */
const SETTLE_MS = 320;
const NARROW = 720;

/** How to fit the flow into the room that the bars leave, which float over the canvas; `width` in pixels. */
function fitOptions(width: number): FitViewOptions {
  return width < NARROW
    ? { padding: { top: '72px', right: '20px', bottom: '124px', left: '20px' }, maxZoom: 1, minZoom: 0.2 }
    : { padding: { top: '72px', right: '28px', bottom: '64px', left: '76px' }, maxZoom: 1, minZoom: 0.2 };
}

function duration(): number {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 400;
}

/** Shows the whole flow, however small. */
export function useFit(): () => void {
  const flow = useReactFlow();
  const store = useStoreApi();
  return useCallback(() => {
    void flow.fitView({ ...fitOptions(store.getState().width), duration: duration() });
  }, [flow, store]);
}

/** Shows the whole flow if it can be read like that, else where it begins. */
export function useOpeningView(): (animated: boolean) => void {
  const flow = useReactFlow<CanvasNode>();
  const store = useStoreApi();
  return useCallback((animated) => {
    const { width, height } = store.getState();
    const nodes = flow.getNodes();
    if (nodes.length === 0 || width === 0) return;
    const timing = { duration: animated ? duration() : 0 };
    const bounds = flow.getNodesBounds(nodes);
    if (Math.min((width - 104) / bounds.width, (height - 136) / bounds.height) >= SMALLEST_WHOLE) {
      void flow.fitView({ ...fitOptions(width), ...timing });
      return;
    }
    const downwards = bounds.height >= bounds.width;
    const entry = nodes.find(({ data }) => 'node' in data && data.node.type === 'start')
      ?? nodes.toSorted((a, b) => (downwards ? a.position.y - b.position.y : a.position.x - b.position.x))[0];
    if (!entry) return;
    const middle = { x: entry.position.x + (entry.width ?? 0) / 2, y: entry.position.y + (entry.height ?? 0) / 2 };
    void flow.setViewport({
      zoom: START_ZOOM,
      x: downwards ? width / 2 - middle.x * START_ZOOM : 96 - entry.position.x * START_ZOOM,
      y: downwards ? 84 - entry.position.y * START_ZOOM : height / 2 - middle.y * START_ZOOM,
    }, timing);
  }, [flow, store]);
}

/**
 * Keeps what an agent draws in view while `following`, and shows the whole when it has finished; not once the user
 * has moved the view themselves. A new run follows anew.
 */
export function useFollow(document: FlowDocument, following: boolean): { onMoveStart: (event: unknown) => void } {
  const flow = useReactFlow();
  const store = useStoreApi();
  const openView = useOpeningView();
  const taken = useRef(false);
  const drew = useRef(false);
  const seen = useRef<ReadonlySet<string>>(new Set(Object.keys(document.nodes)));
  const fresh = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const moved = useRef(0);

  useEffect(() => {
    if (following) {
      taken.current = false;
      drew.current = false;
      return undefined;
    }
    if (!drew.current || taken.current) return undefined;
    clearTimeout(timer.current);
    const last = setTimeout(() => {
      if (!taken.current) openView(true);
    }, SETTLE_MS);
    return () => clearTimeout(last);
  }, [following, openView]);

  useEffect(() => {
    const ids = Object.keys(document.nodes);
    for (const id of ids) if (!seen.current.has(id)) fresh.current.add(id);
    seen.current = new Set(ids);
    if (fresh.current.size === 0) return;
    if (!following || taken.current) {
      fresh.current.clear();
      return;
    }
    drew.current = true;
    clearTimeout(timer.current);
    const wait = Math.max(FIRST_MS, moved.current + PACE_MS - performance.now());
    timer.current = setTimeout(() => {
      if (taken.current) return;
      moved.current = performance.now();
      const nodes = flow.getNodes().filter(({ id }) => fresh.current.has(id));
      fresh.current.clear();
      const all = flow.getNodesBounds(flow.getNodes());
      const { width, height } = store.getState();
      const readable = Math.min((width - 104) / all.width, (height - 136) / all.height) >= LEGIBLE_ZOOM;
      const options = fitOptions(width);
      void flow.fitView(readable || nodes.length === 0
        ? { ...options, duration: duration() }
        : { ...options, nodes, maxZoom: 0.75, minZoom: LEGIBLE_ZOOM, duration: duration() });
    }, wait);
  }, [document, following, flow, store]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const onMoveStart = useCallback((event: unknown) => {
    // Moves that the editor itself makes come without an event.
    if (event) taken.current = true;
  }, []);
  return { onMoveStart };
}
