import type { FlowDocument } from '@uxflow/flow';
import type { LintConfig, LintIssue } from '@uxflow/flow/lint';
import { useEffect, useMemo, useState } from 'react';
import { useUXFlow } from '../provider.tsx';

const QUIET_MS = 250;
/** The rules with their own severities. */
const AS_THEY_COME: LintConfig = {};
const WEIGHT = { info: 1, warning: 2, error: 3 } as const;

export interface Lint {
  /** Null until the rules have been loaded and applied once. */
  issues: readonly LintIssue[] | null;
  /** The worst finding on each node. */
  byNode: ReadonlyMap<string, 'error' | 'warning' | 'info'>;
}

/**
 * The findings on a document, in the browser, a moment after each change, by the rules as the workspace has set them. The
 * rules are loaded on first use.
 */
export function useLint(document: FlowDocument | null): Lint {
  const config = useLintConfig();
  const [issues, setIssues] = useState<readonly LintIssue[] | null>(null);
  useEffect(() => {
    if (!document) return undefined;
    let current = true;
    const timer = setTimeout(() => {
      void import('@uxflow/flow/lint').then(({ lint }) => {
        if (current) setIssues(lint(document, config));
      });
    }, QUIET_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [document, config]);
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

function useLintConfig(): LintConfig {
  const client = useUXFlow();
  const [config, setConfig] = useState(AS_THEY_COME);
  useEffect(() => {
    const stop = new AbortController();
    client.lintConfig.get({ signal: stop.signal }).then(
      ({ rules }) => setConfig(Object.keys(rules).length > 0 ? { rules } : AS_THEY_COME),
      // Offline or refused: hints by the rules as they come are better than none, and not worth a message.
      () => setConfig(AS_THEY_COME),
    );
    return () => stop.abort();
  }, [client]);
  return config;
}
