import type { FlowDocument, Op, Point } from '@uxflow/flow';
import type { NodeChange } from '@xyflow/react';
import { useCallback, useEffect, useRef, type RefObject } from 'react';
import { moveNodes } from '../edit/ops.ts';
import type { CanvasNode } from './model.ts';

const QUIET_MS = 350;

/**
 * Moves by arrow keys. React Flow reports them as positions without a drag; a burst of key presses becomes one
 * commit, and so one undo step.
 */
export function useNudges(
  latest: RefObject<{ document: FlowDocument; onOps: (ops: Op[]) => void }>,
): (changes: readonly NodeChange<CanvasNode>[]) => void {
  const pending = useRef(new Map<string, Point>());
  const dragged = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    if (pending.current.size === 0) return;
    const moved = pending.current;
    pending.current = new Map();
    latest.current.onOps(moveNodes(latest.current.document, moved));
  }, [latest]);
  useEffect(() => flush, [flush]);

  return useCallback(
    (changes) => {
      let nudged = false;
      for (const change of changes) {
        if (change.type !== 'position') continue;
        if (change.dragging) {
          dragged.current.add(change.id);
          continue;
        }
        // The end of a drag also comes without `dragging`; the drag itself commits that.
        if (dragged.current.delete(change.id) || !change.position) continue;
        pending.current.set(change.id, change.position);
        nudged = true;
      }
      if (!nudged) return;
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, QUIET_MS);
    },
    [flush],
  );
}
