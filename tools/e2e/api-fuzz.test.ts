import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorkspace, type DemoWorkspace } from '../lib/operator.ts';
import { type Product, startProduct } from '../lib/product.ts';
import {
  type FuzzOperation,
  type FuzzRequest,
  mutated,
  operationsIn,
  requestsTo,
  schemaOf,
} from './api-fuzz/requests.ts';
import { faultsOf, type Schemas } from './api-fuzz/schema.ts';
import { handshake } from './bad-input/handshake.ts';
import {
  type Answer,
  type Call,
  caller,
  type Json,
  type JsonObject,
  proposedTo,
  type Send,
} from './black-box.ts';

const SEED = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 2_000);
/** Further requests at most to a route that was not reached. */
const MORE = 100;
const PARALLEL = 6;
/** Operations that make something, and the parameter that its id fills. */
const MAKES: Record<string, string> = {
  createFlow: 'flowId',
  importFlow: 'flowId',
  createRun: 'runId',
  createApiKey: 'keyId',
  rotateApiKey: 'keyId',
  createVersion: 'versionId',
  createWebhookEndpoint: 'endpointId',
  testWebhookEndpoint: 'deliveryId',
};
/** The codes with which the API may be unavailable. */
const DOCUMENTED_503 = [
  'billing_unavailable',
  'credits_unavailable',
  'model_unavailable',
  'storage_unavailable',
];

describe(`requests made from /openapi.json (FUZZ_SEED=${SEED})`, () => {
  let product: Product;
  let mine: DemoWorkspace;
  let foreign: DemoWorkspace;
  let call: Call;
  let schemas: Schemas;
  let operations: FuzzOperation[];
  /** Ids that exist, or did, by the name of the parameter they fill. */
  const known: Record<string, string[]> = {
    flowId: [],
    deletedFlowId: [],
    runId: [],
    keyId: [],
    workspaceId: [],
    versionId: [],
    proposalId: [],
    endpointId: [],
    deliveryId: [],
  };
  /** Version, proposal or delivery → the flow or endpoint that it is of. */
  const ownerOf = new Map<string, string>();

  beforeAll(async () => {
    product = await startProduct({ LOCAL_MODEL_PACE_MS: '0' });
    const operator = { baseUrl: product.api, operatorToken: product.operatorToken };
    mine = await createWorkspace(operator, 'Fuzz', 900_000_000_000);
    foreign = await createWorkspace(operator, 'Foreign', 1_000_000);
    call = caller(product.api, mine.key);
    const { body } = await call({ path: '/openapi.json', as: null });
    schemas = (body['components'] as JsonObject)['schemas'] as Schemas;
    operations = operationsIn(body);
    known['workspaceId']?.push(mine.id);
    for (let at = 0; at < 3; at++) {
      await create('/v1/flows', { name: `Flow ${at}`, mermaid: 'graph TD\n a-->b\n b-->c' }, 'flowId');
      await create('/v1/api-keys', { name: `Key ${at}` }, 'keyId');
    }
    for (const flowId of known['flowId'] ?? []) {
      await create(`/v1/flows/${flowId}/versions`, { name: 'First' }, 'versionId');
      ownerOf.set(known['versionId']?.at(-1) ?? '', flowId);
    }
    for (let at = 0; at < 3; at++) await propose();
    for (let at = 0; at < 3; at++) await listen();
    await create(
      `/v1/flows/${known['flowId']?.[0]}/runs`,
      { agent: 'designer', prompt: 'The visitor pays.' },
      'runId',
    );
  });
  afterAll(() => product?.stop());

  async function create(path: string, json: JsonObject | undefined, kind: string): Promise<void> {
    const { body, text } = await call({ method: 'POST', path, json });
    if (typeof body['id'] !== 'string') throw new Error(`POST ${path}: ${text}`);
    known[kind]?.push(body['id']);
  }

  async function propose(): Promise<void> {
    await create('/v1/flows', { name: 'To be changed' }, 'flowId');
    const flowId = known['flowId']?.at(-1) ?? '';
    const proposalId = await proposedTo(call, flowId);
    known['proposalId']?.push(proposalId);
    ownerOf.set(proposalId, flowId);
  }

  /** An endpoint that nothing listens at, and a delivery to it. */
  async function listen(): Promise<void> {
    await create('/v1/webhook-endpoints', { url: `${product.api}/nothing` }, 'endpointId');
    const endpointId = known['endpointId']?.at(-1) ?? '';
    await create(`/v1/webhook-endpoints/${endpointId}/test`, undefined, 'deliveryId');
    ownerOf.set(known['deliveryId']?.at(-1) ?? '', endpointId);
  }

  function sendOf(request: FuzzRequest): Send {
    const { operation, mutation, dice, junk } = request;
    // Half a surrogate pair cannot stand in a URL.
    const junkText = (typeof junk === 'string' ? junk : JSON.stringify(junk)).replace(/\p{Surrogate}/gu, '?');
    const kind = ['versionId', 'proposalId', 'deliveryId'].find((name) =>
      operation.path.includes(`{${name}}`),
    );
    const parts = known[kind ?? ''] ?? [];
    const part = parts[dice % parts.length];
    const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
      if (part !== undefined && name !== kind) return ownerOf.get(part) ?? 'none';
      const ids =
        known[operation.id === 'restoreFlow' && known['deletedFlowId']?.length ? 'deletedFlowId' : name] ??
        [];
      return mutation === 'path'
        ? encodeURIComponent(junkText.slice(0, 500)) || 'x'
        : (ids[dice % ids.length] ?? 'none');
    });
    const query = new URLSearchParams(request.query);
    if (mutation === 'query')
      query.append(operation.query[dice % (operation.query.length + 1)]?.name ?? 'more', junkText);
    const own = operation.operator ? product.operatorToken : mine.key;
    const others = [
      null,
      'nonsense',
      'a.b.c',
      foreign.key,
      operation.operator ? mine.key : product.operatorToken,
      mine.key.slice(0, -1),
    ];
    const json = mutated(request.body, request);
    const raw = json === undefined ? undefined : JSON.stringify(json);
    const type =
      mutation === 'content type'
        ? ['text/plain', 'application/xml', 'application/jsonp', ''][dice % 4]
        : 'application/json';
    const headers: Record<string, string> = {
      ...(raw !== undefined && type && { 'content-type': type }),
      ...(request.repeat !== undefined && { 'idempotency-key': `key-${request.repeat}` }),
      ...(mutation === 'headers' && {
        'last-event-id': 'x',
        'idempotency-key': 'x'.repeat(dice % 400),
        accept: 'text/csv, text/event-stream;q=0.1',
        range: 'bytes=0-1',
      }),
    };
    const sent =
      mutation === 'malformed' && raw !== undefined ? raw.slice(0, dice % Math.max(1, raw.length)) : raw;
    return {
      method:
        mutation === 'method'
          ? (['PUT', 'PATCH', 'DELETE', 'POST', 'GET'].find((name) => !has(operation.path, name)) ??
            operation.method)
          : operation.method,
      path: `${path}${query.size > 0 ? `?${query}` : ''}`,
      as: mutation === 'credential' ? (others[dice % others.length] ?? null) : own,
      headers,
      ...(sent !== undefined && operation.method !== 'GET' && mutation !== 'method' && { raw: sent }),
    };
  }

  const has = (path: string, method: string) =>
    operations.some((operation) => operation.path === path && operation.method === method);

  /** What is wrong with an answer; nothing should be. */
  function faultsIn({ operation, mutation }: FuzzRequest, { status, headers, text, body }: Answer): string[] {
    const problem = (headers.get('content-type') ?? '').startsWith('application/problem+json');
    if (status >= 500 && !(status === 503 && DOCUMENTED_503.includes(String(body['code']))))
      return [`answered ${status}`];
    const faults: string[] = [];
    if (status >= 400) {
      if (!problem) faults.push('is no problem document');
      faults.push(...faultsOf(body, { $ref: '#/components/schemas/Problem' }, schemas));
      if (body['status'] !== status) faults.push(`says ${String(body['status'])}`);
    }
    if (headers.get('x-request-id') === null && status !== 101) faults.push('has no X-Request-Id');
    if (mutation === 'method') return faults;
    const documented = operation.responses[String(status)];
    if (!documented) return [...faults, `${status} is not documented`];
    if (problem) {
      const description = String(documented['description']);
      if (!description.includes(`\`${String(body['code'])}\``))
        faults.push(`${String(body['code'])} is not documented`);
      return faults;
    }
    const schema = schemaOf(documented);
    if (schema && (headers.get('content-type') ?? '').startsWith('application/json'))
      faults.push(...faultsOf(JSON.parse(text) as Json, schema, schemas));
    return faults;
  }

  /** Remembers what was made, and replaces what was ended, so that most requests speak of something that is there. */
  async function learn(
    { operation: { id } }: FuzzRequest,
    send: Send,
    { status, body }: Answer,
  ): Promise<void> {
    const made = id === 'importFlow' ? (body['flow'] as JsonObject | undefined) : body;
    const kind = MAKES[id];
    const [, , , ended = ''] = send.path.split(/[/?]/);
    if (kind && (status === 201 || status === 202) && typeof made?.['id'] === 'string') {
      known[kind]?.push(made['id']);
      if (kind === 'versionId' || kind === 'deliveryId') ownerOf.set(made['id'], ended);
    }
    if (id === 'deleteFlow' && status === 204) {
      forget('flowId', ended);
      known['deletedFlowId']?.push(ended);
      await create('/v1/flows', { name: 'Another flow' }, 'flowId');
    } else if (id === 'updateWebhookEndpoint' && body['state'] === 'disabled') {
      await call({ method: 'PATCH', path: send.path, json: { state: 'enabled' } });
    } else if (id === 'deleteWebhookEndpoint' && status === 204) {
      forget('endpointId', ended);
      for (const delivery of known['deliveryId'] ?? []) {
        if (ownerOf.get(delivery) === ended) forget('deliveryId', delivery);
      }
      if ((known['deliveryId']?.length ?? 0) < 3) await listen();
    } else if (id === 'restoreFlow' && status === 200) {
      forget('deletedFlowId', ended);
      known['flowId']?.push(ended);
    } else if (id.endsWith('Proposal') && [404, 409].includes(status)) {
      // Decided on, or its flow is gone.
      const { proposalId = '' } = /(?<proposalId>prp_\w+)/.exec(send.path)?.groups ?? {};
      if (known['proposalId']?.includes(proposalId)) {
        forget('proposalId', proposalId);
        await propose();
      }
    } else if ((id === 'revokeApiKey' && status === 204) || (id === 'rotateApiKey' && status === 201)) {
      forget('keyId', ended);
      await create('/v1/api-keys', { name: 'Another key' }, 'keyId');
    }
  }

  function forget(kind: string, id: string): void {
    known[kind] = (known[kind] ?? []).filter((one) => one !== id);
  }

  test(`${REQUESTS} of them, right and mutated: no defect, nothing off its schema, nothing undocumented`, async () => {
    const requests = fc.sample(requestsTo(operations, schemas), { seed: SEED, numRuns: REQUESTS });
    const found: string[] = [];
    const statuses = new Map<number, number>();
    const succeeded = new Set<string>();
    let next = 0;

    const play = async (request: FuzzRequest, at: number): Promise<void> => {
      const send = sendOf(request);
      const socket = request.operation.path.endsWith('/live') && request.mutation === 'none';
      const answer = socket
        ? await handshake(product.api + send.path, {
            'sec-websocket-protocol': `uxflow.v1, token.${mine.key}`,
          })
        : await call(send);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      // Nobody here has paid for a plan that could be changed.
      const unsubscribed = request.operation.id === 'changePlan' && answer.body['code'] === 'conflict';
      if (answer.status < 300 || unsubscribed) succeeded.add(request.operation.id);
      await learn(request, send, answer);
      for (const fault of faultsIn(request, answer)) {
        found.push(
          `#${at} ${fault} · ${request.mutation} · ${send.method} ${send.path.slice(0, 200)} ${JSON.stringify(send.headers)} ${String(send.raw ?? '').slice(0, 600)} → ${answer.status} ${answer.text.slice(0, 300)}`,
        );
      }
    };
    const worker = async (): Promise<void> => {
      for (let at = next++; at < requests.length; at = next++) {
        const request = requests[at];
        if (request) await play(request, at);
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, worker));

    // The more routes there are, the fewer requests chance gives to each: those that no right one has reached get more.
    for (const operation of operations) {
      if (operation.id === 'redo') continue;
      const more = fc.sample(requestsTo([operation], schemas), { seed: SEED, numRuns: MORE });
      for (const [at, request] of more.entries()) {
        if (succeeded.has(operation.id)) break;
        await play(request, REQUESTS + at);
      }
    }

    // A redo needs an undo right before it with nothing in between, which chance does not always bring.
    if (!succeeded.has('redo')) {
      await create('/v1/flows', { name: 'For a redo' }, 'flowId');
      const path = `/v1/flows/${known['flowId']?.at(-1)}`;
      const steps = [
        { path: `${path}/commits`, json: { ops: [{ op: 'rename', name: 'Renamed' }] } },
        { path: `${path}/undo` },
        { path: `${path}/redo` },
      ];
      for (const step of steps) expect((await call({ method: 'POST', ...step })).status).toBe(200);
      succeeded.add('redo');
    }

    const counted = [...statuses].sort(([a], [b]) => a - b);
    console.log(`FUZZ_SEED=${SEED}: ${counted.map(([status, count]) => `${status} × ${count}`).join(', ')}`);
    expect(found.slice(0, 20), `${found.length} faults`).toEqual([]);
    const good = counted.filter(([status]) => status < 300).reduce((sum, [, count]) => sum + count, 0);
    const sent = counted.reduce((sum, [, count]) => sum + count, 0);
    expect(good / sent, 'share of 2xx').toBeGreaterThanOrEqual(0.3);
    expect(
      operations.map(({ id }) => id).filter((id) => !succeeded.has(id)),
      'routes never reached',
    ).toEqual([]);
  });
});
