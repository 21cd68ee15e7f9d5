import { env } from 'cloudflare:workers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { describe as describeApi } from '../src/app.ts';
import { newId } from '../src/platform/ids.ts';
import { flowRoom } from '../src/platform/objects.ts';
import { call, newToken, newWorkspace, OPERATOR } from './client.ts';
import { upgradeAt } from './socket.ts';

/**
 * Every route of the API, taken from the router, against every credential that must not reach it. A route without an
 * entry below fails. Each request is proved to be a good one by its rightful credential.
 */

type Request = { path: string; body?: object };
interface Victim {
  workspaceId: string;
  key: string;
  keyId: string;
  flowId: string;
  runId: string;
}

interface Entry {
  /**
   * `object`: it names something of the victim, which nobody else may reach. `own`: whoever may call it acts on its
   * own workspace, and nothing of the victim may show. `operator`: ours. `public`: everybody's.
   */
  kind: 'object' | 'own' | 'operator' | 'public';
  request: (victim: Victim) => Request | Promise<Request>;
}

const node = {
  op: 'put',
  kind: 'node',
  value: { id: 'n', type: 'screen', title: 'N', position: { x: 0, y: 0 } },
};
const own = (path: string, body?: object): Entry => ({
  kind: 'own',
  request: () => ({ path, ...(body && { body }) }),
});
const onFlow = (path = '', body?: object): Entry => ({
  kind: 'object',
  request: ({ flowId }) => ({ path: `/v1/flows/${flowId}${path}`, ...(body && { body }) }),
});
const onVersion = (path = ''): Entry => ({
  kind: 'object',
  request: async ({ key, flowId }) => {
    const versions = `/v1/flows/${flowId}/versions`;
    const { body } = await call(`POST ${versions}`, { as: key, body: { name: 'Secret version' } });
    return { path: `${versions}/${body.id}${path}` };
  },
});
const onProposal = (path = '', body?: object): Entry => ({
  kind: 'object',
  request: async ({ workspaceId, keyId, flowId }) => {
    const id = newId('prp');
    const proposed = await flowRoom(env, workspaceId, flowId).propose({
      id,
      title: 'Secret plan',
      actor: { id: `key:${keyId}`, name: 'API' },
      ops: [{ op: 'put', kind: 'persona', value: { id, name: 'Secret' } }],
    });
    if (!proposed.ok) throw new Error(proposed.detail);
    return { path: `/v1/flows/${flowId}/proposals/${id}${path}`, ...(body && { body }) };
  },
});
const onRun = (path = ''): Entry => ({
  kind: 'object',
  request: ({ runId }) => ({ path: `/v1/runs/${runId}${path}` }),
});
const onSpareKey = (path = '', body?: object): Entry => ({
  kind: 'object',
  request: async ({ key }) => {
    const { body: spare } = await call('POST /v1/api-keys', { as: key, body: { name: 'Spare' } });
    return { path: `/v1/api-keys/${spare.id}${path}`, ...(body && { body }) };
  },
});

const RETURN_URLS = { successUrl: 'https://a.example/', cancelUrl: 'https://a.example/' };
const onEndpoint = (path = '', body?: object): Entry => ({
  kind: 'object',
  request: async ({ key }) => {
    const { body: endpoint } = await call('POST /v1/webhook-endpoints', { as: key, body: HOOK });
    return { path: `/v1/webhook-endpoints/${endpoint.id}${path}`, ...(body && { body }) };
  },
});
const HOOK = { url: 'https://secret-plan.example/hook' };

const ENTRIES: Record<string, Entry> = {
  getHealth: { kind: 'public', request: () => ({ path: '/healthz' }) },
  getPricing: { kind: 'public', request: () => ({ path: '/v1/credits/pricing' }) },
  listPlans: { kind: 'public', request: () => ({ path: '/v1/billing/plans' }) },
  createWorkspace: {
    kind: 'operator',
    request: () => ({ path: '/v1/admin/workspaces', body: { name: 'New' } }),
  },
  getRevenue: { kind: 'operator', request: () => ({ path: '/v1/admin/revenue' }) },
  listReconciliation: { kind: 'operator', request: () => ({ path: '/v1/admin/reconciliation' }) },
  runReconciliation: {
    kind: 'operator',
    request: ({ workspaceId }) => ({ path: '/v1/admin/reconciliation/run', body: { workspaceId } }),
  },
  listWorkspaces: { kind: 'operator', request: () => ({ path: '/v1/admin/workspaces' }) },
  grantCredits: {
    kind: 'operator',
    request: ({ workspaceId }) => ({
      path: `/v1/admin/workspaces/${workspaceId}/grants`,
      body: { amount: 1, note: 'x' },
    }),
  },
  listApiKeys: own('/v1/api-keys'),
  createApiKey: own('/v1/api-keys', { name: 'Mine' }),
  rotateApiKey: onSpareKey('/rotate', {}),
  revokeApiKey: onSpareKey(),
  createClientToken: own('/v1/client-tokens', { user: { id: 'u', name: 'U' }, flows: {} }),
  revokeClientTokens: own('/v1/client-tokens/revoke', { userId: 'nobody' }),
  getCredits: own('/v1/credits'),
  listCreditEntries: own('/v1/credits/entries'),
  getBudgets: own('/v1/credits/budgets'),
  getUsage: own('/v1/usage?groupBy=day'),
  getSubscription: own('/v1/billing/subscription'),
  listInvoices: own('/v1/billing/invoices'),
  createCheckout: own('/v1/billing/checkout', { topUp: 'small', ...RETURN_URLS }),
  createPortal: own('/v1/billing/portal', {}),
  changePlan: own('/v1/billing/plan', { plan: 'free' }),
  setAutoTopUp: own('/v1/billing/auto-top-up', {
    enabled: false,
    topUp: 'small',
    threshold: 0,
    monthlyCap: 0,
  }),
  setReturnUrls: own('/v1/billing/return-urls', { urls: [] }),
  listAgents: own('/v1/agents'),
  createFlow: own('/v1/flows', { name: 'Mine' }),
  listFlows: own('/v1/flows'),
  importFlow: own('/v1/flows/import', { format: 'mermaid', source: 'flowchart TD\n a-->b' }),
  getFlow: onFlow(),
  updateFlow: onFlow('', { name: 'Taken' }),
  deleteFlow: onFlow(),
  restoreFlow: onFlow('/restore'),
  createCommit: onFlow('/commits', { ops: [node] }),
  listCommits: onFlow('/commits'),
  undo: onFlow('/undo'),
  redo: onFlow('/redo'),
  listVersions: onFlow('/versions'),
  createVersion: onFlow('/versions', { name: 'Mine' }),
  getVersion: onVersion(),
  restoreVersion: onVersion('/restore'),
  listProposals: onFlow('/proposals'),
  getProposal: onProposal(),
  editProposal: onProposal('', { title: 'Taken' }),
  acceptProposal: onProposal('/accept', {}),
  rejectProposal: onProposal('/reject', {}),
  diffFlow: onFlow('/diff?from=0'),
  blameFlow: onFlow('/blame'),
  lintFlow: onFlow('/lint'),
  listPaths: onFlow('/paths'),
  getLintConfig: own('/v1/lint-config'),
  putLintConfig: own('/v1/lint-config', { rules: {} }),
  putBudgets: own('/v1/credits/budgets', { budgets: [] }),
  layoutFlow: onFlow('/layout', {}),
  exportFlow: onFlow('/export'),
  connectFlow: onFlow('/live'),
  watchCredits: own('/v1/credits/live'),
  createRun: onFlow('/runs', {
    agent: 'designer',
    prompt: 'A visitor opens the page and signs in.',
    mode: 'apply',
  }),
  listRuns: onFlow('/runs'),
  getRun: onRun(),
  streamRun: onRun('/stream'),
  cancelRun: onRun('/cancel'),
  listDeadStripeEvents: { kind: 'operator', request: () => ({ path: '/v1/admin/stripe-events/dead' }) },
  replayStripeEvents: {
    kind: 'operator',
    request: () => ({ path: '/v1/admin/stripe-events/replay', body: { ids: ['evt_none'] } }),
  },
  listWebhookEndpoints: own('/v1/webhook-endpoints'),
  createWebhookEndpoint: own('/v1/webhook-endpoints', { url: 'https://mine.example/hook' }),
  updateWebhookEndpoint: onEndpoint('', { eventTypes: ['flow.*'] }),
  deleteWebhookEndpoint: onEndpoint(),
  rotateWebhookSecret: onEndpoint('/rotate-secret', {}),
  testWebhookEndpoint: onEndpoint('/test'),
  listWebhookDeliveries: onEndpoint('/deliveries'),
  retryWebhookDelivery: {
    kind: 'object',
    request: async ({ key }) => {
      const { body: endpoint } = await call('POST /v1/webhook-endpoints', { as: key, body: HOOK });
      const path = `/v1/webhook-endpoints/${endpoint.id}`;
      const { body: delivery } = await call(`POST ${path}/test`, { as: key });
      return { path: `${path}/deliveries/${delivery.id}/retry` };
    },
  },
};

interface Operation {
  operationId: string;
  method: string;
  path: string;
}
const operations: Operation[] = Object.entries(describeApi().paths ?? {}).flatMap(([path, methods]) =>
  Object.entries(methods as Record<string, { operationId: string }>).map(([method, { operationId }]) => ({
    operationId,
    method: method.toUpperCase(),
    path,
  })),
);

let victim: Victim;
/** Credential → the statuses that refuse it. */
let foreign: { name: string; credential: string | undefined; sameWorkspace?: boolean; invalid?: boolean }[];

beforeAll(async () => {
  const mine = await newWorkspace('Victim');
  const other = await newWorkspace('Other');
  for (const { id } of [mine, other]) {
    await call(`POST /v1/admin/workspaces/${id}/grants`, {
      as: OPERATOR,
      body: { amount: 1_000_000_000, note: 'x' },
    });
  }
  const { body: flow } = await call('POST /v1/flows', {
    as: mine.key,
    body: { name: 'Secret plan', tenantId: 'acme' },
  });
  await call(`POST /v1/flows/${flow.id}/commits`, { as: mine.key, body: { ops: [node] } });
  const { body: run } = await call(`POST /v1/flows/${flow.id}/runs`, {
    as: mine.key,
    body: { agent: 'designer', prompt: 'A visitor opens the page and signs in.', mode: 'apply' },
  });
  victim = {
    workspaceId: mine.id,
    key: mine.key,
    keyId: mine.keyId,
    flowId: String(flow.id),
    runId: String(run.id),
  };
  const all = { flows: { '*': 'edit' }, agents: true };
  const revoked = await newToken(mine, all);
  await call('POST /v1/client-tokens/revoke', { as: mine.key, body: { jti: revoked.jti } });
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(Date.now() - 1_000_000);
  const expired = await newToken(mine, all);
  vi.useRealTimers();
  foreign = [
    { name: 'no credential', credential: undefined, invalid: true },
    { name: 'nonsense', credential: 'nonsense', invalid: true },
    { name: 'an expired token of the workspace', credential: expired.token, invalid: true },
    { name: 'a revoked token of the workspace', credential: revoked.token, invalid: true },
    { name: 'the operator', credential: OPERATOR, invalid: true },
    { name: 'another workspace’s key', credential: other.key },
    { name: 'another workspace’s token', credential: (await newToken(other, all)).token },
    {
      name: 'another workspace’s token that names the flow',
      credential: (
        await newToken(other, { flows: { [victim.flowId]: 'edit', 'tenant:acme': 'edit' }, agents: true })
      ).token,
    },
    {
      name: 'a token of the workspace without flows',
      credential: (await newToken(mine, { flows: {}, agents: true })).token,
      sameWorkspace: true,
    },
    {
      name: 'a token of another tenant',
      credential: (await newToken(mine, { ...all, tenantId: 'stranger' })).token,
      sameWorkspace: true,
    },
    {
      name: 'a token for another tenant’s flows',
      credential: (await newToken(mine, { flows: { 'tenant:stranger': 'edit' }, agents: true })).token,
      sameWorkspace: true,
    },
  ];
});

async function send(operation: Operation, { path, body }: Request, credential: string | undefined) {
  if (['connectFlow', 'watchCredits'].includes(operation.operationId)) {
    const response = await upgradeAt(path, credential ?? '');
    response.webSocket?.accept();
    response.webSocket?.close();
    return { status: response.status, text: response.webSocket ? '' : await response.text() };
  }
  return call(`${operation.method} ${path}`, {
    ...(credential !== undefined && { as: credential }),
    ...(body && { body }),
  });
}

/** What the victim owns, for comparison. */
const possessions = async () => {
  const flow = await call(`GET /v1/flows/${victim.flowId}`, { as: victim.key });
  const flows = await call('GET /v1/flows?tenantId=acme', { as: victim.key });
  const run = await env.DB.prepare('SELECT count(*) AS n FROM run WHERE workspace_id = ?')
    .bind(victim.workspaceId)
    .first('n');
  return { status: flow.status, name: flow.body.name, flows: Object.keys(flows.body.data ?? {}).length, run };
};

it('every route has an entry, and every entry a route', () => {
  expect(operations.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(ENTRIES).sort());
});

// Deleting comes last: the flow is needed until then. Restoring proves itself on a flow that is there, too.
const LAST = ['deleteFlow', 'restoreFlow'];
const ordered = [
  ...operations.filter(({ operationId }) => !LAST.includes(operationId)),
  ...LAST.map((id) => operations.find(({ operationId }) => operationId === id)).filter(
    (found) => found !== undefined,
  ),
];

const kindOf = ({ operationId }: Operation) => ENTRIES[operationId]?.kind;
const requestOf = async ({ operationId }: Operation): Promise<Request> => {
  const entry = ENTRIES[operationId];
  if (!entry) throw new Error(`${operationId} has no entry`);
  return entry.request(victim);
};

it.each(ordered.filter((operation) => kindOf(operation) === 'public'))(
  '$method $path is open to everybody',
  async (operation) => {
    expect((await send(operation, await requestOf(operation), undefined)).status).toBe(200);
  },
);

describe.each(ordered.filter((operation) => kindOf(operation) !== 'public'))('$method $path', (operation) => {
  const { operationId } = operation;
  const kind = kindOf(operation);

  it('is closed to foreign credentials and changes nothing for them', async () => {
    const request = await requestOf(operation);
    const before = operationId === 'restoreFlow' ? undefined : await possessions();
    for (const { name, credential, invalid = false } of foreign) {
      // The operator is at home on operator routes.
      if (kind === 'operator' && credential === OPERATOR) continue;
      const { status, text } = await send(operation, request, credential);
      const context = `${name}: ${status} ${text.slice(0, 200)}`;
      if (kind === 'own' && !invalid) {
        // Here is no Stripe.
        if (!text.includes('"code":"billing_unavailable"')) expect(status, context).toBeLessThan(500);
        for (const secret of [victim.flowId, victim.runId, victim.keyId, 'Secret plan', 'secret-plan']) {
          expect(text, context).not.toContain(secret);
        }
      } else {
        expect([401, 403, 404], context).toContain(status);
      }
    }
    if (before) expect(await possessions()).toEqual(before);
  });

  it('is open to the rightful credential', async () => {
    const request = await requestOf(operation);
    const { status, text } = await send(operation, request, kind === 'operator' ? OPERATOR : victim.key);
    // Undo and redo may find nothing to do, a run may be refused its slot: that too is an answer to the right person.
    const fine = operationId === 'undo' || operationId === 'redo' ? [200, 409] : [101, 200, 201, 202, 204];
    // Here is no Stripe, which is told only to who may ask for it.
    if (text.includes('"code":"billing_unavailable"')) fine.push(503);
    expect(fine, `${status} ${text.slice(0, 300)}`).toContain(status);
  });
});

afterAll(() => {
  vi.useRealTimers();
});
