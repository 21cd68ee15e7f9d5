export { lint, type LintIssue } from './lint.ts';
export { LINT_LEVELS, parseLintConfig, type LintConfig, type LintLevel } from './config.ts';
export type { LintRule, LintSeverity } from './rule.ts';
export type { LintSource } from './sources.ts';
export { isLintRuleId, LINT_RULE_IDS, LINT_RULES, type LintRuleId } from './rules/index.ts';
export { GraphIndex } from './graph-index.ts';
