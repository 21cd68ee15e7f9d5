import type { FlowDocument } from '../document/types.ts';
import { GraphIndex } from './graph-index.ts';
import type { Finding, LintRule, LintSeverity } from './rule.ts';
import { LINT_RULES, type LintRuleId } from './rules/index.ts';

export interface LintIssue extends Finding {
  rule: LintRuleId;
  severity: LintSeverity;
}

export interface LintOptions {
  /** Rules that are not asked. */
  disabled?: readonly LintRuleId[];
  /** Severities that replace the rules' own. */
  severity?: Partial<Record<LintRuleId, LintSeverity>>;
}

const WEIGHT: Record<LintSeverity, number> = { error: 0, warning: 1, info: 2 };

/**
 * What a careful UX reviewer would object to, errors first. Never throws on a document that lacks references; the
 * same document always gives the same list. Applying an issue's `fix` removes that issue and adds no new error.
 * Time grows linearly with the document.
 */
export function lint(document: FlowDocument, options: LintOptions = {}): LintIssue[] {
  const graph = new GraphIndex(document);
  const disabled = new Set<string>(options.disabled);
  const issues = ruleEntries()
    .filter(([id]) => !disabled.has(id))
    .flatMap(([rule, { severity, check }]) =>
      check(graph).map((finding) => ({ rule, severity: options.severity?.[rule] ?? severity, ...finding })),
    );
  return issues.sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity]);
}

function ruleEntries(): [LintRuleId, LintRule][] {
  return Object.entries(LINT_RULES) as [LintRuleId, LintRule][];
}
