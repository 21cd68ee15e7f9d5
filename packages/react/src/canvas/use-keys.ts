import { useCallback, type KeyboardEvent, type RefObject } from 'react';
import { removeRecords } from '../edit/ops.ts';
import type { CanvasProps } from './props.ts';

/** What the keyboard does while the focus is on the canvas and in no field of it. */
export function useKeys(
  latest: RefObject<CanvasProps>,
  surface: RefObject<HTMLDivElement | null>,
  select: (nodeIds: readonly string[], edgeIds?: readonly string[]) => void,
): (event: KeyboardEvent) => void {
  return useCallback(
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
    [latest, surface, select],
  );
}
