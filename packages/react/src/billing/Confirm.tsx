import { useId, useLayoutEffect, useRef, type ReactElement, type ReactNode } from 'react';
import type { Question } from './billing-words.ts';

/**
 * Asks before something that costs money or ends something. The browser's own dialog: it holds the focus, Escape is no,
 * and the focus goes back to where it was.
 */
export function Confirm({
  question,
  busy,
  onYes,
  onNo,
  children,
}: {
  question: Question;
  busy: boolean;
  onYes: () => void;
  onNo: () => void;
  children?: ReactNode;
}): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Before it leaves the page, or the browser would not give the focus back.
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="uxf-confirm"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onCancel={(event) => {
        // What is under way cannot be called back by closing the dialog.
        event.preventDefault();
        if (!busy) onNo();
      }}
    >
      <h2 id={`${id}-title`}>{question.title}</h2>
      <p id={`${id}-text`}>{question.text}</p>
      {children}
      <div className="uxf-confirm__actions">
        <button
          type="button"
          className="uxf-button"
          aria-disabled={busy || undefined}
          onClick={() => {
            if (!busy) onNo();
          }}
        >
          {question.no}
        </button>
        <button
          type="button"
          className="uxf-button"
          data-primary=""
          aria-disabled={busy || undefined}
          onClick={() => {
            if (!busy) onYes();
          }}
        >
          {busy ? 'One moment …' : question.yes}
        </button>
      </div>
    </dialog>
  );
}
