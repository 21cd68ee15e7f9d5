import { z } from '@hono/zod-openapi';
import { idPattern } from '../platform/ids.ts';
import { pageOf } from '../platform/pagination.ts';
import { RUN_LIMITS } from './limits.ts';

const time = z.iso.datetime();
/** Holds a character that one can see: spaces, controls and format characters alone ask for nothing. */
const isVisible = (text: string): boolean => /[^\p{Z}\p{C}]/u.test(text);
const credits = z.int().min(0);

const runItemSchema = z
  .object({
    model: z.string(),
    inputTokens: z.int().openapi({ description: 'Cached ones included.' }),
    cachedTokens: z.int(),
    outputTokens: z.int().openapi({ description: 'Thinking included.' }),
    cost: credits.openapi({ description: 'Micro-credits.' }),
  })
  .openapi('RunItem');

export const runSchema = z
  .object({
    id: z.string().openapi({ example: 'run_01KA3…' }),
    flowId: z.string(),
    agent: z.string(),
    model: z.string(),
    mode: z.enum(['apply', 'propose']),
    prompt: z.string(),
    status: z.enum(['queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled']),
    quote: credits.openapi({ description: 'Micro-credits held for the run; it never costs more.' }),
    cost: credits.openapi({
      description: 'Micro-credits charged: the sum of `items`. 0 until the run has ended.',
    }),
    items: z.array(runItemSchema),
    commitIds: z
      .array(z.string())
      .openapi({ description: 'The edits, oldest first. They are one undo step.' }),
    proposalId: z
      .string()
      .optional()
      .openapi({ description: 'What a run in the mode `propose` has proposed, once it has ended.' }),
    reply: z.string().optional().openapi({ description: 'What the agent says about its work.' }),
    unused: z
      .array(z.string())
      .optional()
      .openapi({ description: 'Sentences of the prompt that were not used.' }),
    error: z
      .object({ code: z.string(), detail: z.string() })
      .optional()
      .openapi({ description: 'Why it failed.' }),
    createdAt: time,
    endedAt: time.optional(),
  })
  .openapi('Run');

export const runPage = pageOf(runSchema, 'RunPage');

export const createRunBody = z
  .strictObject({
    agent: z.string().min(1).max(64).openapi({ example: 'designer' }),
    prompt: z
      .string()
      .trim()
      .min(1, { error: 'must say what to do', abort: true })
      .max(RUN_LIMITS.promptChars)
      .refine(isVisible, 'must say what to do')
      .openapi({ description: 'What to draw or change, in words.' }),
    mode: z.enum(['apply', 'propose']).default('apply').openapi({
      description:
        'apply: edits land at once. propose: they become one proposal when the run ends, to be accepted in whole or in part; a run that fails or is cancelled proposes nothing and costs nothing.',
    }),
    model: z
      .string()
      .min(1)
      .max(128)
      .optional()
      .openapi({ description: "One of the agent's models; the default one when absent." }),
    maxCredits: z
      .int()
      .min(0)
      .max(Number.MAX_SAFE_INTEGER)
      .optional()
      .openapi({ description: 'Micro-credits that the run may cost at most.' }),
  })
  .openapi('CreateRun');

export const runParams = z.object({
  runId: z.string().regex(idPattern('run')).openapi({ example: 'run_01KA3…' }),
});

export const streamHeaders = z.object({
  'last-event-id': z
    .string()
    .regex(/^\d{1,15}$/, 'must be the id of an event of this stream')
    .optional()
    .openapi({ description: 'Go on after this event; from the start when absent.' }),
});

const agentSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    builtIn: z.boolean(),
    modes: z.array(z.enum(['apply', 'propose'])),
    defaultModel: z.string(),
    models: z.array(
      z
        .object({
          id: z.string(),
          label: z.string(),
          ruleBased: z.boolean().openapi({
            description: 'True for a model that follows rules instead of understanding language.',
          }),
        })
        .openapi('AgentModel'),
    ),
  })
  .openapi('Agent');

export const agentPage = pageOf(agentSchema, 'AgentPage');
