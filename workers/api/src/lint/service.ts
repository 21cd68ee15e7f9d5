import {
  isLintRuleId,
  LINT_LEVELS,
  LINT_RULE_IDS,
  LINT_RULES,
  type LintConfig,
  parseLintConfig,
} from '@uxflow/flow/lint';
import type { Env } from '../platform/env.ts';
import { lintStore, type LintConfigRow } from './store.ts';

/** How a workspace wants its flows checked. */
export function lintConfigService(env: Env) {
  const store = lintStore(env);
  return {
    /** What `lint` takes; rules that are gone since are passed over. */
    async configOf(workspaceId: string): Promise<LintConfig> {
      return { rules: knownRules(await store.byWorkspace(workspaceId)) };
    },
    async get(workspaceId: string) {
      return shown(await store.byWorkspace(workspaceId));
    },
    /**
     * Replaces the whole configuration.
     * @throws FlowError `invalid_request` for an unknown rule or level
     */
    async put(workspaceId: string, input: unknown) {
      const { rules = {} } = parseLintConfig(input);
      const row: LintConfigRow = { workspaceId, rules, updatedAt: Date.now() };
      await store.put(row);
      return shown(row);
    },
  };
}

function shown(row: LintConfigRow | undefined) {
  return {
    rules: knownRules(row),
    available: LINT_RULE_IDS.map((id) => {
      const { severity, title, rationale, source } = LINT_RULES[id];
      return { id, severity, title, rationale, source: { name: source.name, url: source.url } };
    }),
    updatedAt: row ? new Date(row.updatedAt).toISOString() : null,
  };
}

function knownRules(row: LintConfigRow | undefined): NonNullable<LintConfig['rules']> {
  const rules: NonNullable<LintConfig['rules']> = {};
  for (const [id, level] of Object.entries(row?.rules ?? {})) {
    const known = LINT_LEVELS.find((each) => each === level);
    if (isLintRuleId(id) && known) rules[id] = known;
  }
  return rules;
}
