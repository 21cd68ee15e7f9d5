import type { FlowDocument } from '@uxflow/flow';
import type { LintIssue } from '@uxflow/flow/lint';
import { useEffect, useMemo, useState } from 'react';

const QUIET_MS = 250;
const WEIGHT = { info: 1, warning: 2, error: 3 } as const;

export interface Lint {
  /** Null until the rules have been loaded and applied once. */
  issues: readonly LintIssue[] | null;
  /** The worst finding on each node. */
  byNode: ReadonlyMap<string, 'error' | 'warning' | 'info'>;
}

/** The findings on a document, in the browser, a moment after each change. The rules are loaded on first use. */
export function useLint(document: FlowDocument | null): Lint {
  const [issues, setIssues] = useState<readonly LintIssue[] | null>(null);
  useEffect(() => {
    if (!document) return undefined;
    let current = true;
    const timer = setTimeout(() => {
      void import('@uxflow/flow/lint').then(({ lint }) => {
        if (current) setIssues(lint(document));
      });
    }, QUIET_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [document]);
  const byNode = useMemo(() => {
    const worst = new Map<string, 'error' | 'warning' | 'info'>();
    for (const { severity, nodeIds } of issues ?? []) {
      for (const id of nodeIds) {
        const known = worst.get(id);
        if (!known || WEIGHT[severity] > WEIGHT[known]) worst.set(id, severity);
      }
    }
    return worst;
  }, [issues]);
  return { issues, byNode };
}
