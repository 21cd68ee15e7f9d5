import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { flowGuard } from '../flows/guard.ts';
import { flowParams } from '../flows/schemas.ts';
import { memberOf } from '../identity/principal.ts';
import type { AppEnv } from '../platform/env.ts';
import { operationId } from '../platform/idempotency.ts';
import { decodeCursor, pageQuery } from '../platform/pagination.ts';
import { defineRoute, json, jsonBody } from '../platform/route.ts';
import { createRouter } from '../platform/router.ts';
import { agentsGuard, runGuard } from './guard.ts';
import { agentPage, createRunBody, runPage, runParams, runSchema, streamHeaders } from './schemas.ts';
import { agentService } from './service.ts';

/** Running agents: start, watch, stop. */
export const agentRoutes = createRouter();

const cursorKey = z.tuple([z.string()]);

const eventStream = {
  description: 'AI SDK UI message stream: server-sent events, each with its `id`, ending with `[DONE]`.',
  content: { 'text/event-stream': { schema: z.string() } },
};

const createRun = defineRoute({
  method: 'post',
  path: '/v1/flows/{flowId}/runs',
  operationId: 'createRun',
  tags: ['Agents'],
  summary: 'Run an agent on a flow',
  description:
    'Credits are held first and settled when the run ends. With `Accept: text/event-stream` the answer is ' +
    'the run as it happens; closing it does not stop the run.',
  access: ['key', 'client'],
  guards: [flowGuard('edit'), agentsGuard],
  errors: ['insufficient_credits', 'budget_exceeded', 'credits_unavailable', 'model_unavailable'],
  request: { params: flowParams, body: jsonBody(createRunBody) },
  responses: { 201: json(runSchema, 'The run, queued or already on its way.'), 200: eventStream },
});

agentRoutes.openapi(createRun, async (c) => {
  const { agent, prompt, mode, model, maxCredits } = c.req.valid('json');
  const service = agentService(c.env);
  const run = await service.createRun(memberOf(c.var.principal), c.var.flow, {
    runId: operationId(c, 'run'),
    repeatable: c.var.operation !== undefined,
    agent,
    prompt,
    mode,
    ...(model !== undefined && { model }),
    ...(maxCredits !== undefined && { maxCredits }),
  });
  if (!wantsStream(c)) return c.json(run, 201, { Location: `/v1/runs/${run.id}` });
  return sendStream(c, run.id, await service.stream(c.var.flow, run.id));
});

const listRuns = defineRoute({
  method: 'get',
  path: '/v1/flows/{flowId}/runs',
  operationId: 'listRuns',
  tags: ['Agents'],
  summary: 'List the runs on a flow',
  access: ['key', 'client'],
  guards: [flowGuard('view')],
  request: { params: flowParams, query: z.strictObject(pageQuery) },
  responses: {
    200: json(runPage, 'Newest first. A run under way is shown as it began; read it by its id for more.'),
  },
});

agentRoutes.openapi(listRuns, async (c) => {
  const { limit, cursor } = c.req.valid('query');
  const before = cursor === undefined ? undefined : decodeCursor(cursor, cursorKey)[0];
  return c.json(await agentService(c.env).list(c.var.flow, before, limit), 200);
});

const getRun = defineRoute({
  method: 'get',
  path: '/v1/runs/{runId}',
  operationId: 'getRun',
  tags: ['Agents'],
  summary: 'Read a run',
  description: 'A terminal status is shown only after its credits are settled.',
  access: ['key', 'client'],
  guards: [runGuard('view')],
  request: { params: runParams },
  responses: { 200: json(runSchema, 'The run as it stands.') },
});

agentRoutes.openapi(getRun, async (c) =>
  c.json(await agentService(c.env).get(c.var.flow, c.req.valid('param').runId), 200),
);

const streamRun = defineRoute({
  method: 'get',
  path: '/v1/runs/{runId}/stream',
  operationId: 'streamRun',
  tags: ['Agents'],
  summary: 'Watch a run',
  description: 'From the start, or after `Last-Event-ID`; also when the run has ended long ago.',
  access: ['key', 'client'],
  guards: [runGuard('view')],
  errors: ['invalid_request'],
  request: { params: runParams, headers: streamHeaders },
  responses: { 200: eventStream },
});

agentRoutes.openapi(streamRun, async (c) => {
  const { runId } = c.req.valid('param');
  const after = c.req.valid('header')['last-event-id'];
  const stream = await agentService(c.env).stream(
    c.var.flow,
    runId,
    after === undefined ? undefined : Number(after),
  );
  return sendStream(c, runId, stream);
});

const cancelRun = defineRoute({
  method: 'post',
  path: '/v1/runs/{runId}/cancel',
  operationId: 'cancelRun',
  tags: ['Agents'],
  summary: 'Stop a run',
  description:
    'Edits that have landed stay, as one undo step; the run costs what was used only if some do. ' +
    'A run that has ended is answered as it is.',
  access: ['key', 'client'],
  guards: [runGuard('edit')],
  request: { params: runParams },
  responses: { 200: json(runSchema, 'The run; its terminal status follows within a second or so.') },
});

agentRoutes.openapi(cancelRun, async (c) =>
  c.json(await agentService(c.env).cancel(c.var.flow, c.req.valid('param').runId), 200),
);

const listAgents = defineRoute({
  method: 'get',
  path: '/v1/agents',
  operationId: 'listAgents',
  tags: ['Agents'],
  summary: 'List the agents that the caller may run',
  access: ['key', 'client'],
  request: { query: z.strictObject(pageQuery) },
  responses: { 200: json(agentPage, 'Every agent on one page.') },
});

agentRoutes.openapi(listAgents, (c) =>
  c.json({ data: agentService(c.env).agents(memberOf(c.var.principal)), nextCursor: null }, 200),
);

function wantsStream(c: Context<AppEnv>): boolean {
  return (c.req.header('Accept') ?? '')
    .split(',')
    .some((type) => type.trim().startsWith('text/event-stream'));
}

/** Headers as the AI SDK's transports expect them. */
function sendStream(c: Context<AppEnv>, runId: string, stream: ReadableStream<Uint8Array>) {
  return c.body(stream, 200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
    'X-Vercel-AI-UI-Message-Stream': 'v1',
    Location: `/v1/runs/${runId}`,
  });
}
