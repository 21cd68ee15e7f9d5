import { z } from '@hono/zod-openapi';
import { memberOf } from '../identity/principal.ts';
import { decodeCursor } from '../platform/pagination.ts';
import { defineRoute, json, jsonBody } from '../platform/route.ts';
import { createRouter } from '../platform/router.ts';
import { commitKey } from './commit-key.ts';
import { flowGuard } from './guard.ts';
import {
  acceptResultSchema,
  decideBody,
  editProposalBody,
  listProposalsQuery,
  proposalPage,
  proposalParams,
  proposalSchema,
  proposalSummarySchema,
} from './proposal.schemas.ts';
import { proposalService } from './proposal.service.ts';
import { flowParams } from './schemas.ts';

/** Edits that wait for a decision. */
export const proposalRoutes = createRouter();

const cursorKey = z.tuple([z.string()]);
const EDIT_ERRORS = [
  'unknown_record',
  'dangling_reference',
  'frame_cycle',
  'limit_exceeded',
  'invalid_request',
  'conflict',
] as const;

const listProposals = defineRoute({
  method: 'get',
  path: '/v1/flows/{flowId}/proposals',
  operationId: 'listProposals',
  tags: ['Proposals'],
  summary: 'List proposals',
  description: 'Newest first, without ops; those that were decided on too.',
  access: ['key', 'client'],
  guards: [flowGuard('view')],
  request: { params: flowParams, query: listProposalsQuery },
  responses: { 200: json(proposalPage, 'A page of proposals.') },
});

proposalRoutes.openapi(listProposals, async (c) => {
  const { limit, cursor, status } = c.req.valid('query');
  const before = cursor === undefined ? undefined : decodeCursor(cursor, cursorKey)[0];
  return c.json(await proposalService(c.env).list(c.var.flow, before, limit, status), 200);
});

const getProposal = defineRoute({
  method: 'get',
  path: '/v1/flows/{flowId}/proposals/{proposalId}',
  operationId: 'getProposal',
  tags: ['Proposals'],
  summary: 'Read a proposal',
  description: 'With its ops, what each of them needs of the others, and what has changed since.',
  access: ['key', 'client'],
  guards: [flowGuard('view')],
  request: { params: proposalParams },
  responses: { 200: json(proposalSchema, 'The proposal with its ops.') },
});

proposalRoutes.openapi(getProposal, async (c) =>
  c.json(await proposalService(c.env).read(c.var.flow, c.req.valid('param').proposalId), 200),
);

const editProposal = defineRoute({
  method: 'patch',
  path: '/v1/flows/{flowId}/proposals/{proposalId}',
  operationId: 'editProposal',
  tags: ['Proposals'],
  summary: 'Change a proposal before it is accepted',
  description:
    'Its title, or open ops. An op keeps to the record that it is about, and one that could not land is refused.',
  access: ['key', 'client'],
  guards: [flowGuard('edit')],
  errors: EDIT_ERRORS,
  request: { params: proposalParams, body: jsonBody(editProposalBody) },
  responses: { 200: json(proposalSchema, 'The proposal as it is now.') },
});

proposalRoutes.openapi(editProposal, async (c) => {
  const { flow, principal } = c.var;
  const { proposalId } = c.req.valid('param');
  const change = c.req.valid('json');
  return c.json(await proposalService(c.env).edit(memberOf(principal), flow, proposalId, change), 200);
});

const acceptProposal = defineRoute({
  method: 'post',
  path: '/v1/flows/{flowId}/proposals/{proposalId}/accept',
  operationId: 'acceptProposal',
  tags: ['Proposals'],
  summary: 'Accept a proposal',
  description:
    'One commit of the caller, which can be undone: all ops that are open, or those that `opIds` names; the others stay open. Ops without what they require are refused with `proposal_incomplete`, and `missingOpIds` names what is missing. Where others have changed the same since, the accepted value wins, and `conflicts` says so.',
  access: ['key', 'client'],
  guards: [flowGuard('edit')],
  errors: [...EDIT_ERRORS, 'proposal_incomplete'],
  idempotency: 'own',
  request: { params: proposalParams, body: { ...jsonBody(decideBody), required: false } },
  responses: { 200: json(acceptResultSchema, 'What was applied, and the proposal as it is now.') },
});

proposalRoutes.openapi(acceptProposal, async (c) => {
  const { flow, principal } = c.var;
  const { proposalId } = c.req.valid('param');
  const { replayed, ...result } = await proposalService(c.env).accept(
    memberOf(principal),
    flow,
    proposalId,
    c.req.valid('json'),
    commitKey(c, 'accept'),
  );
  return c.json(result, 200, replayed === true ? { 'Idempotency-Replayed': 'true' } : {});
});

const rejectProposal = defineRoute({
  method: 'post',
  path: '/v1/flows/{flowId}/proposals/{proposalId}/reject',
  operationId: 'rejectProposal',
  tags: ['Proposals'],
  summary: 'Reject a proposal',
  description: 'All ops that are open, or those that `opIds` names. The flow stays as it is.',
  access: ['key', 'client'],
  guards: [flowGuard('edit')],
  errors: ['conflict', 'invalid_request'],
  request: { params: proposalParams, body: { ...jsonBody(decideBody), required: false } },
  responses: { 200: json(proposalSummarySchema, 'The proposal as it is now.') },
});

proposalRoutes.openapi(rejectProposal, async (c) => {
  const { flow, principal } = c.var;
  const { proposalId } = c.req.valid('param');
  const decision = c.req.valid('json');
  return c.json(await proposalService(c.env).reject(memberOf(principal), flow, proposalId, decision), 200);
});
