import type { FlowDocument } from '@uxflow/flow';
import { useReactFlow } from '@xyflow/react';
import { useCallback, useEffect, useRef } from 'react';
import type { CanvasNode } from './model.ts';
import type { CanvasView } from './use-view.ts';

/** Below this zoom titles cannot be read: while an agent draws, rather show only what is new. */
const LEGIBLE_ZOOM = 0.5;
const FIRST_MS = 60;
/** Least time between two movements of the view, so that one ends before the next begins. */
const PACE_MS = 460;
/** Time that nodes need to glide to their places. */
const SETTLE_MS = 320;

/**
 * Keeps what an agent draws in view while `following`, and shows the whole when it has finished; not once the user
 * has moved the view themselves. A new run follows anew.
 */
export function useFollow(
  document: FlowDocument,
  following: boolean,
  view: CanvasView,
): { onMoveStart: (event: unknown) => void } {
  const flow = useReactFlow<CanvasNode>();
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
      if (!taken.current) view.open(true);
    }, SETTLE_MS);
    return () => clearTimeout(last);
  }, [following, view]);

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
      if (nodes.length === 0 || view.wholeZoom() >= LEGIBLE_ZOOM) view.fit();
      else view.showNodes(nodes, LEGIBLE_ZOOM, 0.75);
    }, wait);
  }, [document, following, flow, view]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const onMoveStart = useCallback((event: unknown) => {
    // Moves that the editor itself makes come without an event.
    if (event) taken.current = true;
  }, []);
  return { onMoveStart };
}
