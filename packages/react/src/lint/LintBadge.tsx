import type { Op } from '@uxflow/flow';
import type { LintIssue } from '@uxflow/flow/lint';
import { useEffect, useId, useRef, useState, type ReactElement } from 'react';
import { Icon } from '../icons.tsx';

/** How many findings there are; opens the list of them. */
export function LintBadge({
  issues,
  readOnly,
  onShow,
  onFix,
}: {
  issues: readonly LintIssue[] | null;
  readOnly: boolean;
  onShow: (nodeIds: readonly string[], edgeIds: readonly string[]) => void;
  onFix: (ops: Op[]) => void;
}): ReactElement | null {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const listId = useId();

  useEffect(() => {
    if (!open) return undefined;
    const owner = root.current?.ownerDocument;
    const onPointerDown = (event: Event): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    const onKeyDown = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      root.current?.querySelector('button')?.focus();
    };
    owner?.addEventListener('pointerdown', onPointerDown, true);
    owner?.addEventListener('keydown', onKeyDown);
    return () => {
      owner?.removeEventListener('pointerdown', onPointerDown, true);
      owner?.removeEventListener('keydown', onKeyDown);
    };
  }, [open]);

  if (!issues) {
    // Holds the place, so that the flow is not fitted into a room that the badge then takes.
    return (
      <div className="uxf-lint">
        <span className="uxf-lint__badge" aria-hidden="true">
          <Icon name="check" size={14} /> <span>No issues</span>
        </span>
      </div>
    );
  }
  const worst = issues.some(({ severity }) => severity === 'error')
    ? 'error'
    : issues.length > 0
      ? 'warning'
      : 'none';
  const words =
    issues.length === 0 ? 'No issues' : `${issues.length} ${issues.length === 1 ? 'issue' : 'issues'}`;
  return (
    <div ref={root} className="uxf-lint">
      <button
        type="button"
        className="uxf-lint__badge"
        data-testid="lint-summary"
        aria-label={words}
        data-count={issues.length}
        data-worst={worst}
        aria-expanded={open}
        aria-controls={listId}
        disabled={issues.length === 0}
        onClick={() => setOpen(!open)}
      >
        <Icon name={worst === 'none' ? 'check' : 'warning'} size={14} /> <span>{words}</span>
      </button>
      {open && issues.length > 0 && (
        <ul id={listId} className="uxf-lint__list" aria-label="Issues">
          {issues.map((issue, index) => (
            <li key={`${issue.rule}-${index}`} data-severity={issue.severity}>
              <button
                type="button"
                className="uxf-lint__issue"
                onClick={() => onShow(issue.nodeIds, issue.edgeIds)}
              >
                <Icon name={issue.severity === 'info' ? 'info' : 'warning'} size={14} />{' '}
                <span>{issue.message}</span>
              </button>
              {issue.fix && !readOnly && (
                <button
                  type="button"
                  className="uxf-textbutton"
                  onClick={() => issue.fix && onFix(issue.fix)}
                >
                  Fix
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
