export { lint, type LintIssue, type LintOptions } from './lint.ts';
export type { LintRule, LintSeverity } from './rule.ts';
export { LINT_RULES, type LintRuleId } from './rules/index.ts';
export { GraphIndex } from './graph-index.ts';
