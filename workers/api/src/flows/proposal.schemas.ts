import { z } from '@hono/zod-openapi';
import { LIMITS } from '@uxflow/flow';
import { idPattern } from '../platform/ids.ts';
import { pageOf, pageQuery } from '../platform/pagination.ts';
import { opSchema } from './document-schema.ts';
import { actorSchema, clock, commitResultSchema, conflictSchema, flowParams, name, time } from './schemas.ts';

const status = z.enum(['open', 'accepted', 'rejected', 'expired']);
const count = z.int().min(0);
const opId = z.string().min(1).max(LIMITS.id);

export const proposalParams = flowParams.extend({
  proposalId: z.string().regex(idPattern('prp')).openapi({ example: 'prp_01KA3…' }),
});

export const listProposalsQuery = z.strictObject({ ...pageQuery, status: status.optional() });

export const proposalSummarySchema = z
  .object({
    id: z.string().openapi({ example: 'prp_01KA3…' }),
    status: status.openapi({
      description: '`accepted` as soon as nothing is open any more and something of it was accepted.',
    }),
    title: z.string(),
    author: actorSchema.openapi({ description: 'Who proposed it.' }),
    runId: z.string().optional().openapi({ description: 'The agent run that it comes from.' }),
    baseClock: clock.openapi({ description: 'The clock of the flow that its author had seen.' }),
    counts: z
      .object({ open: count, accepted: count, rejected: count, dropped: count })
      .openapi({ description: 'How many ops it has in each state.' }),
    commits: z
      .array(z.object({ clock, commitId: z.string(), actor: actorSchema, at: time }))
      .openapi({ description: 'What was accepted of it, by whom, oldest first.' }),
    createdAt: time,
    expiresAt: time,
    endedAt: time.optional().openapi({ description: 'When it was decided on or expired.' }),
    endedBy: actorSchema.optional(),
  })
  .openapi('ProposalSummary');

const proposalOpSchema = z
  .object({
    opId,
    op: opSchema,
    state: z.enum(['open', 'accepted', 'rejected', 'dropped']).openapi({
      description: '`dropped`: accepted when what it belongs to was gone already.',
    }),
    requires: z.array(opId).openapi({
      description: 'Open ops that have to be accepted before or together with this one.',
    }),
    conflicts: z.array(conflictSchema).openapi({
      description: 'What has changed since `baseClock` and this op would overwrite, or cannot do any more.',
    }),
    blocked: z
      .string()
      .optional()
      .openapi({ description: 'Why it cannot land on the flow as it stands; absent when it can.' }),
    editedBy: actorSchema.optional().openapi({ description: 'Who changed it after it was proposed.' }),
  })
  .openapi('ProposalOp');

export const proposalSchema = proposalSummarySchema
  .extend({
    clock: clock.openapi({ description: 'Where the flow stood when `requires` and `conflicts` were told.' }),
    ops: z.array(proposalOpSchema).openapi({ description: 'At most one for each record.' }),
  })
  .openapi('Proposal');

export const proposalPage = pageOf(proposalSummarySchema, 'ProposalPage');

export const editProposalBody = z
  .strictObject({
    title: name.optional(),
    ops: z
      .array(z.strictObject({ opId, op: opSchema }))
      .min(1)
      .max(LIMITS.commitOps)
      .optional()
      .openapi({ description: 'What stands in the place of open ops; each keeps to its record.' }),
  })
  .refine(({ title, ops }) => title !== undefined || ops !== undefined, {
    message: 'send title, ops or both',
  })
  .refine(({ ops = [] }) => new Set(ops.map((each) => each.opId)).size === ops.length, {
    path: ['ops'],
    message: 'name each op once',
  })
  .openapi('EditProposal');

export const decideBody = z
  .strictObject({
    opIds: z
      .array(opId)
      .min(1)
      .max(LIMITS.nodes + LIMITS.edges)
      .optional()
      .openapi({ description: 'All that are open when absent.' }),
  })
  .openapi('DecideProposal');

export const acceptResultSchema = commitResultSchema
  .extend({ proposal: proposalSummarySchema })
  .openapi('AcceptResult');
