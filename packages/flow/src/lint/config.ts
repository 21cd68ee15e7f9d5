import { FlowError, type FlowIssue } from '../document/errors.ts';
import { LINT_SEVERITIES, type LintSeverity } from './rule.ts';
import { isLintRuleId, type LintRuleId } from './rules/index.ts';

/** A rule switched off, or the severity that replaces its own. */
export type LintLevel = 'off' | LintSeverity;

/** Which rules are asked, and how grave their issues are. Rules that are not named keep their own severity. */
export interface LintConfig {
  rules?: Partial<Record<LintRuleId, LintLevel>>;
}

/** Every level that a rule can be set to. */
export const LINT_LEVELS: readonly LintLevel[] = ['off', ...LINT_SEVERITIES];

/**
 * A configuration from outside, checked: `{rules: {'rule-id': 'off' | 'error' | 'warning' | 'info'}}`.
 * @throws FlowError `invalid_request` with an issue for each unknown field, rule and level.
 */
export function parseLintConfig(value: unknown): LintConfig {
  if (!isRecord(value)) throw refused([{ path: '', message: 'Give an object such as {"rules": {}}' }]);
  const issues: FlowIssue[] = Object.keys(value)
    .filter((field) => field !== 'rules')
    .map((field) => ({ path: field, message: 'Unknown field: a lint configuration holds only rules' }));
  const rules: Partial<Record<LintRuleId, LintLevel>> = {};
  const given = value['rules'];
  if (given !== undefined && !isRecord(given)) {
    issues.push({ path: 'rules', message: 'Give an object of rule ids and levels' });
  } else {
    for (const [id, level] of Object.entries(given ?? {})) {
      if (!isLintRuleId(id))
        issues.push({ path: `rules.${id}`, message: 'There is no lint rule of this id' });
      else if (!isLevel(level)) {
        issues.push({ path: `rules.${id}`, message: `Give one of ${LINT_LEVELS.join(', ')}` });
      } else rules[id] = level;
    }
  }
  if (issues.length > 0) throw refused(issues);
  return { rules };
}

function isLevel(value: unknown): value is LintLevel {
  return LINT_LEVELS.some((level) => level === value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refused(issues: FlowIssue[]): FlowError {
  return new FlowError('invalid_request', issues);
}
