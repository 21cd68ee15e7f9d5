import type { FlowDocument } from '@uxflow/flow';
import { useReactFlow, type FitViewOptions } from '@xyflow/react';
import { useCallback, useEffect, useRef } from 'react';

/** Room for the tool bars that float over the canvas. */
export const FIT: FitViewOptions = {
  padding: { top: '76px', right: '28px', bottom: '64px', left: '76px' }, maxZoom: 1, minZoom: 0.2,
};
/** Below this zoom titles cannot be read: rather show only what is new. */
const LEGIBLE_ZOOM = 0.5;
const SETTLE_MS = 120;

/**
 * Keeps what an agent draws in view while `following`, until the user moves the view themselves; a new run follows
 * anew. An empty flow that gets its first node is always shown.
 */
export function useFollow(document: FlowDocument, following: boolean): { onMoveStart: (event: unknown) => void } {
  const flow = useReactFlow();
  const taken = useRef(false);
  const seen = useRef(new Set(Object.keys(document.nodes)));

  useEffect(() => {
    if (following) taken.current = false;
  }, [following]);

  useEffect(() => {
    const ids = Object.keys(document.nodes);
    const fresh = ids.filter((id) => !seen.current.has(id));
    const first = seen.current.size === 0 && fresh.length > 0;
    if (!following || taken.current) {
      for (const id of fresh) seen.current.add(id);
      if (!(first && !taken.current && fresh.length > 1)) return undefined;
    }
    const duration = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 420;
    const timer = setTimeout(() => {
      for (const id of fresh) seen.current.add(id);
      void flow.fitView({ ...FIT, minZoom: LEGIBLE_ZOOM, duration }).then(() => {
        const tooLarge = flow.getZoom() <= LEGIBLE_ZOOM + 0.01 && fresh.length > 0 && fresh.length < ids.length;
        return tooLarge && !taken.current
          ? flow.fitView({ ...FIT, maxZoom: 0.75, minZoom: LEGIBLE_ZOOM, nodes: fresh.map((id) => ({ id })), duration })
          : undefined;
      });
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [document, following, flow]);

  const onMoveStart = useCallback((event: unknown) => {
    // Moves that the editor itself makes come without an event.
    if (event) taken.current = true;
  }, []);
  return { onMoveStart };
}
