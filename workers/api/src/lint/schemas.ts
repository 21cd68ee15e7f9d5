import { z } from '@hono/zod-openapi';
import { LINT_LEVELS, LINT_RULE_IDS, type LintLevel } from '@uxflow/flow/lint';

const level = z.enum(LINT_LEVELS as [LintLevel, ...LintLevel[]]);
const rules = z
  .strictObject(Object.fromEntries(LINT_RULE_IDS.map((id) => [id, level.optional()])))
  .openapi('LintRules', {
    description: 'Rules that are switched off or have another severity; the others keep their own.',
  });

export const putLintConfigBody = z.strictObject({ rules }).openapi('PutLintConfig');

export const lintConfigSchema = z
  .object({
    rules,
    available: z
      .array(
        z
          .object({
            id: z.string(),
            severity: z
              .enum(['error', 'warning', 'info'])
              .openapi({ description: 'Unless changed by `rules`.' }),
            title: z.string(),
            rationale: z.string(),
            source: z.object({ name: z.string(), url: z.string() }),
          })
          .openapi('LintRule'),
      )
      .openapi({ description: 'Every rule there is.' }),
    updatedAt: z.iso.datetime().nullable().openapi({ description: 'Null while nothing was ever changed.' }),
  })
  .openapi('LintConfig');
