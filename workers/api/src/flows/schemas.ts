import { z } from '@hono/zod-openapi';
import { LIMITS } from '@uxflow/flow';
import { tenantId } from '../identity/schemas.ts';
import { idPattern } from '../platform/ids.ts';
import { pageOf, pageQuery } from '../platform/pagination.ts';
import { documentSchema, opsSchema } from './document-schema.ts';

export const time = z.iso.datetime();
const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);
const HALF_A_PAIR = 'Holds half of a surrogate pair: send whole characters';
export const clock = z.int().min(0).openapi({ description: "The flow's commit counter." });
const queryClock = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/** A text that people read, at most `most` characters. */
export const text = (most: number) => z.string().trim().min(1).max(most).refine(isWellFormed, HALF_A_PAIR);
export const name = text(LIMITS.title);
const mermaid = z
  .string()
  .min(1)
  .max(LIMITS.documentBytes)
  .openapi({ description: 'A Mermaid flowchart or state diagram.' });

export const flowSummarySchema = z
  .object({
    id: z.string().openapi({ example: 'flw_01KA3…' }),
    name: z.string(),
    tenantId: z.string().nullable().openapi({ description: "The partner's own customer." }),
    clock,
    createdAt: time,
    updatedAt: time,
  })
  .openapi('FlowSummary');

export const flowSchema = flowSummarySchema.extend({ document: documentSchema }).openapi('Flow');

export const flowPage = pageOf(flowSummarySchema, 'FlowPage');

export const flowParams = z.object({
  flowId: z.string().regex(idPattern('flw')).openapi({ example: 'flw_01KA3…' }),
});

export const createFlowBody = z
  .strictObject({
    name,
    tenantId: tenantId.optional(),
    document: documentSchema.optional(),
    mermaid: mermaid.optional(),
  })
  .refine((body) => body.document === undefined || body.mermaid === undefined, {
    path: ['mermaid'],
    message: 'send either document or mermaid, not both',
  })
  .openapi('CreateFlow');

export const updateFlowBody = z.strictObject({ name }).openapi('UpdateFlow');

export const listFlowsQuery = z.strictObject({
  ...pageQuery,
  q: z.string().trim().min(1).max(LIMITS.title).optional().openapi({ description: 'Part of the name.' }),
  tenantId: tenantId.optional(),
});

export const getFlowQuery = z.strictObject({
  at: queryClock.optional().openapi({ description: 'Read the flow as it stood at this clock.' }),
});

export const commitBody = z
  .strictObject({
    ops: opsSchema.min(1).openapi({ description: `At most ${LIMITS.commitOps}.` }),
    baseClock: clock.optional().openapi({
      description: 'The clock you had seen; fields changed since by others are told in `conflicts`.',
    }),
    message: name.optional(),
  })
  .openapi('CreateCommit');

export const conflictSchema = z
  .object({
    kind: z.string(),
    id: z.string(),
    field: z.string(),
    clock,
    dropped: z
      .literal(true)
      .optional()
      .openapi({ description: 'The sent value was left out: what it belongs to is gone.' }),
  })
  .openapi('Conflict', {
    description: 'A field that somebody else had changed since `baseClock`; the later writer has won.',
  });

export const commitResultSchema = z
  .object({
    clock,
    commitId: z.string(),
    applied: opsSchema.openapi({ description: 'The ops as applied, referential clean-up included.' }),
    conflicts: z.array(conflictSchema),
  })
  .openapi('CommitResult');

export const undoResultSchema = commitResultSchema
  .extend({ skipped: z.array(z.string()).openapi({ description: 'What could not be reverted, and why.' }) })
  .openapi('UndoResult');

export const actorSchema = z.object({ id: z.string(), name: z.string(), avatarUrl: z.string().optional() });

export const commitProposalSchema = z
  .object({ id: z.string(), author: actorSchema, runId: z.string().optional() })
  .openapi('CommitProposal', {
    description: 'The proposal that the commit accepts, who proposed it, and the agent run it comes from.',
  });

export const commitSchema = z
  .object({
    commitId: z.string(),
    clock,
    ops: opsSchema,
    actor: actorSchema,
    at: time,
    runId: z.string().optional(),
    message: z.string().optional(),
    proposal: commitProposalSchema.optional(),
  })
  .openapi('Commit');

export const commitPage = pageOf(commitSchema, 'CommitPage');

export const listCommitsQuery = z.strictObject({
  ...pageQuery,
  after: queryClock.optional().openapi({
    description: 'Only commits after this clock; from the oldest retained one on when absent.',
  }),
});

export const lintSchema = z
  .object({
    clock,
    issues: z.array(
      z
        .object({
          rule: z.string(),
          severity: z.enum(['error', 'warning', 'info']),
          message: z.string(),
          nodeIds: z.array(z.string()),
          edgeIds: z.array(z.string()),
          fix: opsSchema.optional().openapi({ description: 'Ops that mend it.' }),
        })
        .openapi('LintIssue'),
    ),
  })
  .openapi('LintReport');

export const layoutBody = z
  .strictObject({
    direction: z
      .enum(['TB', 'LR'])
      .default('TB')
      .openapi({ description: 'Where the flow runs to: down or to the right.' }),
    nodeIds: z
      .array(z.string().min(1).max(LIMITS.id))
      .min(1)
      .max(LIMITS.nodes)
      .optional()
      .openapi({ description: 'Only these are moved; all when absent.' }),
  })
  .openapi('LayoutFlow');

export const EXPORT_FORMATS = [
  'json',
  'mermaid',
  'state-diagram',
  'bpmn',
  'svg',
  'png',
  'markdown',
  'xstate',
  'playwright',
  'gherkin',
] as const;
export const exportQuery = z.strictObject({ format: z.enum(EXPORT_FORMATS).default('json') });

export const IMPORT_FORMATS = ['json', 'mermaid', 'bpmn', 'drawio', 'excalidraw'] as const;
export const importBody = z
  .strictObject({
    format: z.enum(IMPORT_FORMATS),
    source: z.string().min(1).max(LIMITS.documentBytes).openapi({
      description: 'The text of the file: BPMN 2.0 XML, draw.io XML plain or compressed, Excalidraw JSON, …',
    }),
    name: name.optional(),
    tenantId: tenantId.optional(),
  })
  .openapi('ImportFlow');

export const importResultSchema = z
  .object({
    flow: flowSchema,
    warnings: z
      .array(z.string())
      .openapi({ description: 'What the source holds that a flow cannot, with its line.' }),
  })
  .openapi('ImportResult');
