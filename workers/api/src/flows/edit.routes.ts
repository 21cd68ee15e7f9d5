import { z } from '@hono/zod-openapi';
import { memberOf } from '../identity/principal.ts';
import { decodeCursor } from '../platform/pagination.ts';
import { defineRoute, json, jsonBody } from '../platform/route.ts';
import { createRouter } from '../platform/router.ts';
import { commitKey } from './commit-key.ts';
import { editService } from './edit.service.ts';
import { flowGuard } from './guard.ts';
import {
  commitBody,
  commitPage,
  commitResultSchema,
  flowParams,
  listCommitsQuery,
  undoResultSchema,
} from './schemas.ts';

/** Editing one flow: commits, undo, redo. */
export const editRoutes = createRouter();

const COMMIT_ERRORS = [
  'unknown_record',
  'dangling_reference',
  'frame_cycle',
  'limit_exceeded',
  'payload_too_large',
] as const;
const cursorKey = z.tuple([z.int().min(0)]);

const createCommit = defineRoute({
  method: 'post',
  path: '/v1/flows/{flowId}/commits',
  operationId: 'createCommit',
  tags: ['Editing'],
  summary: 'Edit a flow',
  description: 'The one door for edits. All ops are applied, or none.',
  access: ['key', 'client'],
  guards: [flowGuard('edit')],
  errors: COMMIT_ERRORS,
  idempotency: 'own',
  request: { params: flowParams, body: jsonBody(commitBody) },
  responses: { 200: json(commitResultSchema, 'What was applied.') },
});

editRoutes.openapi(createCommit, async (c) => {
  const { ops, baseClock, message } = c.req.valid('json');
  const { replayed, ...result } = await editService(c.env).commit(memberOf(c.var.principal), c.var.flow, {
    ops,
    key: commitKey(c, 'commit'),
    ...(baseClock !== undefined && { baseClock }),
    ...(message !== undefined && { message }),
  });
  return c.json(result, 200, replayHeader(replayed));
});

const listCommits = defineRoute({
  method: 'get',
  path: '/v1/flows/{flowId}/commits',
  operationId: 'listCommits',
  tags: ['Editing'],
  summary: 'List commits',
  description:
    'Oldest first. Applying the ops of commit n to the document at clock n − 1 gives it at n. The latest commits are retained; `not_retained` names the oldest clock in `oldestClock`.',
  access: ['key', 'client'],
  guards: [flowGuard('view')],
  errors: ['not_retained'],
  request: { params: flowParams, query: listCommitsQuery },
  responses: { 200: json(commitPage, 'A page of commits.') },
});

editRoutes.openapi(listCommits, async (c) => {
  const { limit, after, cursor } = c.req.valid('query');
  const from = cursor === undefined ? after : decodeCursor(cursor, cursorKey)[0];
  return c.json(await editService(c.env).commits(c.var.flow, from, limit), 200);
});

const undo = defineRoute({
  method: 'post',
  path: '/v1/flows/{flowId}/undo',
  operationId: 'undo',
  tags: ['Editing'],
  summary: "Undo the caller's last step",
  description:
    'An agent run is one step. Fields that somebody else has changed since stay, and `skipped` says so.',
  access: ['key', 'client'],
  guards: [flowGuard('edit')],
  errors: ['conflict'],
  idempotency: 'own',
  request: { params: flowParams },
  responses: { 200: json(undoResultSchema, 'What was reverted.') },
});

editRoutes.openapi(undo, async (c) => {
  const service = editService(c.env);
  const { replayed, ...result } = await service.undo(
    memberOf(c.var.principal),
    c.var.flow,
    commitKey(c, 'undo'),
  );
  return c.json(result, 200, replayHeader(replayed));
});

const redo = defineRoute({
  method: 'post',
  path: '/v1/flows/{flowId}/redo',
  operationId: 'redo',
  tags: ['Editing'],
  summary: "Redo the caller's last undone step",
  access: ['key', 'client'],
  guards: [flowGuard('edit')],
  errors: ['conflict'],
  idempotency: 'own',
  request: { params: flowParams },
  responses: { 200: json(undoResultSchema, 'What was applied again.') },
});

editRoutes.openapi(redo, async (c) => {
  const service = editService(c.env);
  const { replayed, ...result } = await service.redo(
    memberOf(c.var.principal),
    c.var.flow,
    commitKey(c, 'redo'),
  );
  return c.json(result, 200, replayHeader(replayed));
});

function replayHeader(replayed: boolean | undefined): Record<string, string> {
  return replayed === true ? { 'Idempotency-Replayed': 'true' } : {};
}
