import type { FlowDocument } from '../document/types.ts';
import type { LintConfig } from './config.ts';
import { GraphIndex } from './graph-index.ts';
import { LINT_SEVERITIES, type Finding, type LintSeverity } from './rule.ts';
import { LINT_RULE_IDS, LINT_RULES, type LintRuleId } from './rules/index.ts';

export interface LintIssue extends Finding {
  rule: LintRuleId;
  severity: LintSeverity;
}

/**
 * What a careful UX reviewer would object to, errors first. Never throws on a document that lacks references; the
 * same document always gives the same list. Applying an issue's `fix` removes that issue and adds no new error.
 * Time grows linearly with the document.
 */
export function lint(document: FlowDocument, config: LintConfig = {}): LintIssue[] {
  const graph = new GraphIndex(document);
  const issues = LINT_RULE_IDS.flatMap((rule) => {
    const level = config.rules?.[rule] ?? LINT_RULES[rule].severity;
    if (level === 'off') return [];
    return LINT_RULES[rule].check(graph).map((found) => ({ rule, severity: level, ...found }));
  });
  return issues.sort((a, b) => LINT_SEVERITIES.indexOf(a.severity) - LINT_SEVERITIES.indexOf(b.severity));
}
