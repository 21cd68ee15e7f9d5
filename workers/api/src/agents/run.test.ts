import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import type { LanguageModelV4 } from '@ai-sdk/provider';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { call, type Json, newToken, newWorkspace, OPERATOR, type Workspace } from '../../test/client.ts';
import { agentRun, flowRoom, workspaceAccount } from '../platform/objects.ts';
import {
  answerParts,
  BUILD,
  FINISH,
  gate,
  type Script,
  scriptedModel,
  streamOf,
} from './loop/scripted.fixture.ts';
import * as standing from '../identity/standing.ts';
import * as modelModule from './models/index.ts';
import { testRegistry } from './models/scripted.fixture.ts';
import { holdFor } from './run-credits.ts';
import { newRecord } from './run-log.ts';
import type { StartInput } from './run.rpc.ts';

const CREDIT = 1_000_000;
const WORKS: Script = [{ calls: BUILD.slice(0, 3) }, { calls: [...BUILD.slice(3), FINISH] }];

let model: LanguageModelV4;
let workspace: Workspace;
let flowId: string;

function play(script: Script, limits: Parameters<typeof testRegistry>[1] = {}): void {
  model = scriptedModel(script);
  vi.spyOn(modelModule, 'models').mockReturnValue(testRegistry(() => model, limits));
}

beforeEach(async () => {
  play(WORKS);
  workspace = await newWorkspace();
  await call(`POST /v1/admin/workspaces/${workspace.id}/grants`, {
    as: OPERATOR,
    body: { amount: 100 * CREDIT, note: 'test' },
  });
  const { body, text } = await call('POST /v1/flows', { as: workspace.key, body: { name: 'Untitled' } });
  if (typeof body['id'] !== 'string') throw new Error(text);
  flowId = body['id'];
});

afterEach(() => {
  vi.restoreAllMocks();
});

const startRun = (
  body: Record<string, unknown> = {},
  headers: Record<string, string> = {},
  as = workspace.key,
) =>
  call(`POST /v1/flows/${flowId}/runs`, {
    as,
    headers,
    body: { agent: 'designer', prompt: 'A visitor signs up.', ...body },
  });

/** The run as soon as it has ended. */
async function ended(runId: string): Promise<Json> {
  const deadline = Date.now() + 8_000;
  for (;;) {
    const { body } = await call(`GET /v1/runs/${runId}`, { as: workspace.key });
    if (typeof body['endedAt'] === 'string') return body;
    if (Date.now() > deadline) throw new Error(`run has not ended: ${JSON.stringify(body)}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
}

const balance = () => workspaceAccount(env, workspace.id).balance();
const room = () => flowRoom(env, workspace.id, flowId);
async function nodeTitles(): Promise<string[]> {
  const { body } = await call(`GET /v1/flows/${flowId}`, { as: workspace.key });
  return Object.values((body['document'] as Json)['nodes'] as Json).map((node) =>
    String((node as Json)['title']),
  );
}
const stub = (runId: string) => env.AGENT_RUN.getByName(`${workspace.id}/${runId}`);

/** What must be true of every run that has ended: no hold open, the bill is the ledger's to the unit, one undo step. */
async function expectSettled(run: Json): Promise<void> {
  const { held, consumed, available } = await balance();
  const items = run['items'] as unknown as { cost: number }[];
  expect(held).toBe(0);
  expect(consumed).toBe(run['cost']);
  expect(available).toBe(100 * CREDIT - consumed);
  expect(items.reduce((sum, item) => sum + item.cost, 0)).toBe(run['cost']);
  expect(Number(run['cost'])).toBeLessThanOrEqual(Number(run['quote']));
  const commits = await room().commitsAfter(0, 1_000);
  const edited = commits.ok && commits.commits.some((commit) => commit.runId === run['id']);
  const undone = await call(`POST /v1/flows/${flowId}/undo`, { as: workspace.key });
  expect(undone.status).toBe(edited ? 200 : 409);
  expect(await nodeTitles(), 'one undo takes the whole run back').toEqual([]);
}

interface Event {
  id: number | null;
  data: Json | string;
}

/** Reads a stream to its end. */
function events(text: string): Event[] {
  return text
    .split('\n\n')
    .filter((block) => block !== '' && !block.startsWith(':'))
    .map((block) => {
      const id = /^id: (\d+)$/m.exec(block)?.[1];
      const data = /^data: (.*)$/m.exec(block)?.[1] ?? '';
      return {
        id: id === undefined ? null : Number(id),
        data: data === '[DONE]' ? data : (JSON.parse(data) as Json),
      };
    });
}

const types = (list: Event[]) =>
  list.map(({ data }) => (typeof data === 'string' ? data : String(data['type'])));

describe('a run', () => {
  it('draws, is charged exactly what its items say, and is one undo step', async () => {
    const created = await startRun();
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      flowId,
      agent: 'designer',
      model: 'local',
      status: 'queued',
      cost: 0,
      items: [],
    });

    const run = await ended(String(created.body['id']));
    expect(run).toMatchObject({
      status: 'succeeded',
      reply: 'Drew the sign-up.',
      unused: ['It should be nice.'],
    });
    expect(run['items']).toEqual([
      { model: 'local', inputTokens: 2000, cachedTokens: 0, outputTokens: 200, cost: run['cost'] },
    ]);
    expect(Number(run['cost'])).toBeGreaterThan(0);
    expect(await nodeTitles()).toEqual(['Start', 'Sign-up form', 'Is it valid?', 'Signed up']);
    const commits = await room().commitsAfter(0, 100);
    expect(
      commits.ok &&
        commits.commits.filter((commit) => commit.runId === run['id']).map((commit) => commit.actor.id),
    ).toEqual(Array.from({ length: 7 }, () => `key:${workspace.keyId}`));

    await vi.waitFor(async () => {
      const { body } = await call(`GET /v1/flows/${flowId}/runs`, { as: workspace.key });
      expect(body).toEqual({ data: [run], nextCursor: null });
    });
    await expectSettled(run);
  });

  it('streams its parts, and again from any event, and from an ended run', async () => {
    const live = await startRun({}, { Accept: 'text/event-stream' });
    expect(live.status).toBe(200);
    expect(live.headers.get('content-type')).toContain('text/event-stream');
    expect(live.headers.get('x-vercel-ai-ui-message-stream')).toBe('v1');
    const all = events(live.text);
    const seen = types(all);
    expect(seen.slice(0, 3)).toEqual(['start', 'data-run', 'data-run']);
    expect(seen.slice(-3)).toEqual(['data-run', 'finish', '[DONE]']);
    expect(seen.filter((type) => type === 'data-edit')).toHaveLength(7);
    expect(seen.filter((type) => type === 'tool-output-available')).toHaveLength(7);
    expect(all.slice(0, -1).map(({ id }) => id)).toEqual(all.slice(0, -1).map((_, at) => at + 1));

    const runId = live.headers.get('location')?.split('/').at(-1) ?? '';
    for (const after of [0, 1, 7, all.length - 1]) {
      const replayed = await call(`GET /v1/runs/${runId}/stream`, {
        as: workspace.key,
        headers: { 'Last-Event-ID': String(after) },
      });
      expect(events(replayed.text)).toEqual(all.slice(after));
    }
    const bad = await call(`GET /v1/runs/${runId}/stream`, {
      as: workspace.key,
      headers: { 'Last-Event-ID': 'x' },
    });
    expect(bad.status).toBe(422);
  });

  it('is told to a reader while it happens, and goes on when the reader leaves', async () => {
    const { opened, open } = gate();
    play([
      { calls: BUILD },
      () =>
        new ReadableStream({
          start: async (controller) => {
            await opened;
            for (const part of answerParts({ calls: [FINISH] })) controller.enqueue(part);
            controller.close();
          },
        }),
    ]);
    const { body } = await startRun();
    const response = await exports.default.fetch(
      new Request(`https://api.test/v1/runs/${String(body['id'])}/stream`, {
        headers: { Authorization: `Bearer ${workspace.key}` },
      }),
    );
    const reader = response.body?.getReader();
    let text = '';
    while (text.split('"data-edit"').length < 7)
      text += new TextDecoder().decode((await reader?.read())?.value);
    expect(await nodeTitles()).toHaveLength(4);
    const list = await call(`GET /v1/flows/${flowId}/runs`, { as: workspace.key });
    expect(list.body['data']).toMatchObject([{ id: body['id'], status: 'running' }]);
    await reader?.cancel();
    open();
    expect((await ended(String(body['id'])))['status']).toBe('succeeded');
  });

  it('is created once under an Idempotency-Key, and holds once', async () => {
    const headers = { 'Idempotency-Key': 'once' };
    const first = await startRun({}, headers);
    const second = await startRun({}, headers);
    expect(second.body['id']).toBe(first.body['id']);
    expect(second.headers.get('Idempotency-Replayed')).toBe('true');
    const run = await ended(String(first.body['id']));

    const streamed = await startRun({}, { 'Idempotency-Key': 'stream', Accept: 'text/event-stream' });
    const again = await startRun({}, { 'Idempotency-Key': 'stream', Accept: 'text/event-stream' });
    expect(again.text).toBe(streamed.text);
    const list = await call(`GET /v1/flows/${flowId}/runs`, { as: workspace.key });
    expect(list.body['data']).toHaveLength(2);
    const other = (list.body['data'] as unknown as Json[]).find((row) => row['id'] !== run['id']);
    expect((await balance()).held).toBe(0);
    expect((await balance()).consumed).toBe(Number(run['cost']) + Number(other?.['cost']));
  });
});

it('without any key configured, the rule-based model draws through the same loop', async () => {
  vi.mocked(modelModule.models).mockRestore();
  const { body } = await startRun({
    prompt:
      'A visitor signs up with e-mail and password. We send a code. If the code is right, the dashboard opens. ' +
      'Otherwise the visitor enters the code again.',
  });
  expect(body['model']).toBe('local');
  const run = await ended(String(body['id']));
  expect(run).toMatchObject({ status: 'succeeded', items: [{ model: 'local' }] });
  expect((await nodeTitles()).length).toBeGreaterThanOrEqual(4);
  await expectSettled(run);
});

describe('the mode propose', () => {
  const proposal = async (run: Json) =>
    (await call(`GET /v1/flows/${flowId}/proposals/${String(run['proposalId'])}`, { as: workspace.key }))
      .body;
  const proposals = async () =>
    (await call(`GET /v1/flows/${flowId}/proposals`, { as: workspace.key })).body['data'];

  it('leaves the flow as it is and lays one proposal before the room; accepting it is one step, and the run is paid for', async () => {
    const { body, text } = await startRun({ mode: 'propose' });
    expect(body['mode'], text).toBe('propose');
    const run = await ended(String(body['id']));
    expect(run).toMatchObject({ status: 'succeeded', commitIds: [] });
    expect(run).not.toHaveProperty('error');
    expect(Number(run['cost'])).toBeGreaterThan(0);
    expect(await nodeTitles()).toEqual([]);
    const made = await proposal(run);
    expect(made).toMatchObject({
      id: String(run['id']).replace('run_', 'prp_'),
      status: 'open',
      title: 'A visitor signs up.',
      runId: run['id'],
      baseClock: 0,
      author: { id: `key:${workspace.keyId}` },
    });
    const stream = await call(`GET /v1/runs/${String(run['id'])}/stream`, { as: workspace.key });
    expect(stream.text).toContain(`"proposalId":"${String(run['proposalId'])}"`);
    expect(stream.text).not.toContain('data-edit');
    await expectSettled(run);
    const path = `/v1/flows/${flowId}/proposals/${String(run['proposalId'])}`;
    expect((await call(`POST ${path}/accept`, { as: workspace.key })).status).toBe(200);
    expect((await nodeTitles()).length).toBeGreaterThanOrEqual(3);
    await call(`POST /v1/flows/${flowId}/undo`, { as: workspace.key });
    expect(await nodeTitles()).toEqual([]);
  });

  it('proposes what applying would have done', async () => {
    play([...WORKS, ...WORKS]);
    const drafted = await ended(String((await startRun({ mode: 'propose' })).body['id']));
    await call(`POST /v1/flows/${flowId}/proposals/${String(drafted['proposalId'])}/accept`, {
      as: workspace.key,
    });
    const titles = await nodeTitles();
    await call(`POST /v1/flows/${flowId}/undo`, { as: workspace.key });
    await ended(String((await startRun()).body['id']));
    expect(await nodeTitles()).toEqual(titles);
  });

  it.each([
    ['fails', [{ calls: BUILD }, { finish: 'interrupted' as const }], 'failed'],
    ['changes nothing', [{ calls: [FINISH] }], 'succeeded'],
  ])('proposes nothing when the run %s', async (_, script, status) => {
    play(script);
    const run = await ended(String((await startRun({ mode: 'propose' })).body['id']));
    expect(run).toMatchObject({ status, commitIds: [] });
    expect(run).not.toHaveProperty('proposalId');
    if (status === 'failed') expect(run['cost']).toBe(0);
    expect(await proposals()).toEqual([]);
    await expectSettled(run);
  });

  it('goes on from its draft when its object was interrupted, whatever others did to the flow meanwhile', async () => {
    let asked = 0;
    play([
      { calls: BUILD.slice(0, 3) },
      () => {
        asked += 1;
        return asked === 1
          ? new ReadableStream<never>()
          : (streamOf(answerParts({ calls: [...BUILD.slice(3), FINISH] })) as ReadableStream<never>);
      },
    ]);
    const runId = String((await startRun({ mode: 'propose' })).body['id']);
    await vi.waitFor(() => expect(asked).toBe(1));
    const other = { id: 'other', type: 'screen', title: 'Other', position: { x: 0, y: 0 } };
    await call(`POST /v1/flows/${flowId}/commits`, {
      as: workspace.key,
      body: { ops: [{ op: 'put', kind: 'node', value: other }] },
    });
    runInDurableObject(stub(runId), (_, state) => {
      state.abort('killed by the test');
    }).catch(() => undefined);
    const run = await ended(runId);
    expect(run).toMatchObject({ status: 'succeeded', items: [{ inputTokens: 2000, outputTokens: 200 }] });
    expect(await nodeTitles()).toEqual(['Other']);
    expect(await proposals()).toHaveLength(1);
    expect(await proposal(run)).toMatchObject({ baseClock: 0, clock: 1, counts: { open: 9 } });
    const path = `/v1/flows/${flowId}/proposals/${String(run['proposalId'])}`;
    expect((await call(`POST ${path}/accept`, { as: workspace.key })).body['conflicts']).toEqual([]);
    expect(await nodeTitles()).toEqual(['Other', 'Start', 'Sign-up form', 'Is it valid?', 'Signed up']);
  });
});

describe('refusals change nothing', () => {
  it.each([
    ['an empty prompt', { prompt: '   ' }, 422, 'invalid_request'],
    ['a prompt that nobody can see', { prompt: '\u200b\u2060' }, 422, 'invalid_request'],
    ['a prompt of 100 KB', { prompt: 'x'.repeat(100_000) }, 422, 'invalid_request'],
    ['a body of 300 KB', { prompt: 'x'.repeat(300_000) }, 413, 'payload_too_large'],
    ['an unknown agent', { agent: 'wizard' }, 422, 'invalid_request'],
    ['an unknown model', { model: 'gpt-0' }, 422, 'invalid_request'],
    ['a model that is not configured', { model: 'openai-compatible' }, 503, 'model_unavailable'],
    ['an unknown mode', { mode: 'suggest' }, 422, 'invalid_request'],
    ['an unknown field', { temperature: 2 }, 422, 'invalid_request'],
    ['a maxCredits below the minimum', { maxCredits: 10 }, 422, 'invalid_request'],
  ])('%s', async (_, body, status, code) => {
    const reply = await startRun(body);
    expect([reply.status, reply.body['code']]).toEqual([status, code]);
    expect(await balance()).toMatchObject({ held: 0, available: 100 * CREDIT });
    expect((await call(`GET /v1/flows/${flowId}/runs`, { as: workspace.key })).body['data']).toEqual([]);
  });

  it('too few credits: 402 with what is required and what is there', async () => {
    const poor = await newWorkspace();
    const flow = await call('POST /v1/flows', { as: poor.key, body: { name: 'Poor' } });
    const reply = await call(`POST /v1/flows/${String(flow.body['id'])}/runs`, {
      as: poor.key,
      body: { agent: 'designer', prompt: 'Draw' },
    });
    expect(reply.status).toBe(402);
    expect(reply.body).toMatchObject({ code: 'insufficient_credits', available: 0 });
    expect(Number(reply.body['required'])).toBeGreaterThan(0);
  });

  it('another workspace sees neither the flow nor the run', async () => {
    const { body } = await startRun();
    const stranger = await newWorkspace();
    const runId = String(body['id']);
    for (const route of [
      `GET /v1/runs/${runId}`,
      `GET /v1/runs/${runId}/stream`,
      `POST /v1/runs/${runId}/cancel`,
      `GET /v1/flows/${flowId}/runs`,
    ]) {
      expect([route, (await call(route, { as: stranger.key })).status]).toEqual([route, 404]);
    }
    expect((await startRun({}, {}, stranger.key)).status).toBe(404);
    expect((await ended(runId))['status']).toBe('succeeded');
  });

  it('a client token needs the permission to edit and the agent', async () => {
    const allowed = await newToken(workspace, { agents: ['designer'] });
    const viewer = await newToken(workspace, { flows: { '*': 'view' }, agents: true });
    const without = await newToken(workspace);
    const other = await newToken(workspace, { agents: ['reviewer'] });
    expect((await startRun({}, {}, viewer.token)).status).toBe(403);
    expect((await startRun({}, {}, without.token)).status).toBe(403);
    expect((await startRun({}, {}, other.token)).status).toBe(403);
    const { status, body } = await startRun({}, {}, allowed.token);
    expect(status).toBe(201);
    await ended(String(body['id']));
    const commits = await room().commitsAfter(0, 100);
    expect(
      commits.ok &&
        new Set(commits.commits.filter((commit) => commit.runId).map((commit) => commit.actor.id)),
    ).toEqual(new Set(['user:u1']));
    expect((await call('GET /v1/agents', { as: other.token })).body['data']).toEqual([]);
    expect((await call('GET /v1/agents', { as: allowed.token })).body['data']).toMatchObject([
      { id: 'designer', builtIn: true, defaultModel: 'local' },
    ]);
  });

  it('never holds nor costs more than maxCredits', async () => {
    const { body } = await startRun({ maxCredits: 600_000 });
    expect(body['quote']).toBe(600_000);
    const run = await ended(String(body['id']));
    expect(Number(run['cost'])).toBeLessThanOrEqual(600_000);
    await expectSettled(run);
  });
});

describe('faults', () => {
  it.each([
    ['answers nothing', [{ text: '' }], 'model_empty', 0],
    ['is filtered', [{ finish: 'content-filter' }], 'model_filtered', 0],
    ['ends early', [{ calls: BUILD, finish: 'interrupted' }], 'model_interrupted', 0],
    ['sends invalid calls', [{ calls: [['nonsense', {}]] }], 'invalid_tool_calls', 0],
    ['hangs', [() => new ReadableStream<never>()], 'model_timeout', 0],
    [
      'breaks off after it has drawn something',
      [{ calls: BUILD }, { finish: 'interrupted' }],
      'model_interrupted',
      4,
    ],
  ] satisfies [string, Script, string, number][])(
    'a model that %s fails the run, and the hold ends',
    async (_, script, code, nodes) => {
      play(script, { idleMs: 100 });
      const { body } = await startRun();
      const run = await ended(String(body['id']));
      expect(run).toMatchObject({ status: 'failed', error: { code } });
      expect(String((run['error'] as Json)['detail']).length).toBeGreaterThan(20);
      expect(await nodeTitles()).toHaveLength(nodes);
      // Paid for only where something remains.
      expect(Number(run['cost']) > 0).toBe(nodes > 0);
      const { text } = await call(`GET /v1/runs/${String(body['id'])}/stream`, { as: workspace.key });
      expect(types(events(text)).slice(-2)).toEqual(['error', '[DONE]']);
      await expectSettled(run);
    },
  );

  it('a failed run whose edits were undone before it ended costs nothing', async () => {
    const { opened, open } = gate();
    play([
      { calls: BUILD.slice(0, 2) },
      () =>
        new ReadableStream({
          start: async (controller) => {
            await opened;
            for (const part of answerParts({ finish: 'content-filter' })) controller.enqueue(part);
            controller.close();
          },
        }),
    ]);
    const { body } = await startRun();
    await vi.waitFor(async () => expect(await nodeTitles()).toEqual(['Start']));
    await call(`POST /v1/flows/${flowId}/undo`, { as: workspace.key });
    open();
    expect(await ended(String(body['id']))).toMatchObject({ status: 'failed', cost: 0, items: [] });
    expect(await balance()).toMatchObject({ held: 0, consumed: 0 });
  });

  it('a revoked key stops the run, an expired client token does not', async () => {
    const { opened, open } = gate();
    const gated = () =>
      new ReadableStream<never>({
        start: async (controller) => {
          await opened;
          for (const part of answerParts({ calls: BUILD.slice(0, 2) })) controller.enqueue(part as never);
          controller.close();
        },
      });
    play([gated, { calls: [FINISH] }]);
    const second = await call('POST /v1/api-keys', { as: workspace.key, body: { name: 'second' } });
    const { body } = await startRun({}, {}, String(second.body['value']));
    await call(`DELETE /v1/api-keys/${String(second.body['id'])}`, { as: workspace.key });
    open();
    const run = await ended(String(body['id']));
    expect(run).toMatchObject({ status: 'failed', error: { code: 'credential_revoked' } });
  });
});

describe('cancel', () => {
  it('stops a hanging model within a second and costs nothing', async () => {
    play([() => new ReadableStream<never>()]);
    const { body } = await startRun();
    const runId = String(body['id']);
    await vi.waitFor(async () =>
      expect((await call(`GET /v1/runs/${runId}`, { as: workspace.key })).body['status']).toBe('running'),
    );
    expect((await call(`POST /v1/runs/${runId}/cancel`, { as: workspace.key })).status).toBe(200);
    const run = await ended(runId);
    expect(run).toMatchObject({ status: 'cancelled', cost: 0 });
    expect(Date.parse(String(run['endedAt'])) - Date.parse(String(run['createdAt']))).toBeLessThan(5_000);
    const { text } = await call(`GET /v1/runs/${runId}/stream`, { as: workspace.key });
    expect(types(events(text)).slice(-2)).toEqual(['abort', '[DONE]']);
    // Cancelling again changes nothing.
    expect((await call(`POST /v1/runs/${runId}/cancel`, { as: workspace.key })).body).toEqual(run);
    await expectSettled(run);
  });

  it('keeps and charges what has landed', async () => {
    play([{ calls: BUILD }, () => new ReadableStream<never>()]);
    const { body } = await startRun();
    await vi.waitFor(async () => expect(await nodeTitles()).toHaveLength(4));
    await call(`POST /v1/runs/${String(body['id'])}/cancel`, { as: workspace.key });
    const run = await ended(String(body['id']));
    expect(run['status']).toBe('cancelled');
    expect(Number(run['cost'])).toBeGreaterThan(0);
    await expectSettled(run);
  });
});

describe('an object that dies in the middle', () => {
  it('goes on where it was: no answer asked for twice, no edit twice, settled', async () => {
    let asked = 0;
    play([
      { calls: BUILD.slice(0, 3) },
      () => {
        asked += 1;
        // The first life never gets its second answer.
        return asked === 1
          ? new ReadableStream<never>()
          : (streamOf(answerParts({ calls: [...BUILD.slice(3), FINISH] })) as ReadableStream<never>);
      },
    ]);
    const { body } = await startRun();
    const runId = String(body['id']);
    await vi.waitFor(() => expect(asked).toBe(1));
    // The whole object dies, its alarm in full work. The call that kills it is never answered.
    runInDurableObject(stub(runId), (_, state) => {
      state.abort('killed by the test');
    }).catch(() => undefined);

    const run = await ended(runId);
    expect(run).toMatchObject({ status: 'succeeded', items: [{ inputTokens: 2000, outputTokens: 200 }] });
    expect(await nodeTitles()).toEqual(['Start', 'Sign-up form', 'Is it valid?', 'Signed up']);
    const { text } = await call(`GET /v1/runs/${runId}/stream`, { as: workspace.key });
    const seen = types(events(text));
    expect(seen.filter((type) => type === 'reset-step')).toHaveLength(1);
    expect(seen.filter((type) => type === 'data-edit')).toHaveLength(7);
    await expectSettled(run);
  });

  it('settles after it died between the outcome and the bill, and shows the run as it ended after eviction', async () => {
    const { body } = await startRun();
    const runId = String(body['id']);
    const run = await ended(runId);
    // As if it had died right behind the ledger's answer.
    await runInDurableObject(stub(runId), async (_, state) => {
      const [row] = state.storage.sql.exec('SELECT json FROM run').toArray();
      const record = JSON.parse(String(row?.['json']));
      const { endedAt: _e, reply: _r, unused: _u, ...running } = record.run;
      state.storage.sql.exec(
        'UPDATE run SET json = ?',
        JSON.stringify({
          ...record,
          phase: 'settling',
          run: { ...running, status: 'running', cost: 0, items: [], commitIds: [] },
        }),
      );
    });
    await evictDurableObject(stub(runId));
    expect(await ended(runId)).toEqual(run);
    await expectSettled(run);
  });
});

describe('more runs at a time than the plan allows', () => {
  const allow = (concurrentRuns: number) =>
    workspaceAccount(env, workspace.id).setPolicy({
      plan: 'starter',
      concurrentRuns,
      overage: { allowed: false, capPerPeriod: 0 },
      periodStart: Date.now() - 1_000,
      periodEnd: Date.now() + 86_400_000,
    });
  const status = async (runId: unknown) =>
    (await call(`GET /v1/runs/${String(runId)}`, { as: workspace.key })).body['status'];
  /** A model that answers when the gate is open. */
  const gated = (opened: Promise<void>) => () =>
    new ReadableStream<never>({
      start: async (controller) => {
        await opened;
        for (const part of answerParts({ calls: [FINISH] })) controller.enqueue(part as never);
        controller.close();
      },
    });

  it('wait in line, hold their credits meanwhile, and begin when it is their turn', async () => {
    const { opened, open } = gate();
    play([gated(opened), { calls: [FINISH] }]);
    await allow(1);
    const first = (await startRun()).body;
    await vi.waitFor(async () => expect(await status(first['id'])).toBe('running'));
    const second = (await startRun()).body;
    expect(second['status']).toBe('queued');
    expect((await balance()).held).toBe(Number(first['quote']) + Number(second['quote']));
    await runDurableObjectAlarm(stub(String(second['id'])));
    expect(await status(second['id'])).toBe('queued');
    open();
    expect(await ended(String(first['id']))).toMatchObject({ status: 'succeeded' });
    expect(await ended(String(second['id']))).toMatchObject({ status: 'succeeded' });
    expect((await balance()).held).toBe(0);
  });

  it('are cancelled while they wait, at once and for nothing', async () => {
    const { opened, open } = gate();
    play([gated(opened)]);
    await allow(1);
    const first = (await startRun()).body;
    const second = (await startRun()).body;
    await call(`POST /v1/runs/${String(second['id'])}/cancel`, { as: workspace.key });
    expect(await ended(String(second['id']))).toMatchObject({ status: 'cancelled', cost: 0 });
    open();
    await ended(String(first['id']));
  });

  it('fail in words, and cost nothing, when the ledger has let go of their hold before their turn came', async () => {
    const { opened, open } = gate();
    play([gated(opened)]);
    await allow(1);
    const first = (await startRun()).body;
    const second = (await startRun()).body;
    const runId = String(second['id']);
    const nothing = { cost: 0, inputTokens: 0, cachedTokens: 0, outputTokens: 0, latency: 0 };
    await workspaceAccount(env, workspace.id).void({
      holdId: runId,
      usage: { ...nothing, outcome: 'failed' },
    });
    await runDurableObjectAlarm(stub(runId));
    expect(await ended(runId)).toMatchObject({
      status: 'failed',
      cost: 0,
      error: { code: 'queue_timeout', detail: expect.stringContaining('its turn') },
    });
    open();
    await ended(String(first['id']));
  });
});

describe('an object that dies while the ledger holds its credits', () => {
  const RUN = 'run_01J0000000000000000000DIED';
  const input = (): StartInput => ({
    runId: RUN,
    workspaceId: workspace.id,
    flowId,
    agent: 'designer',
    model: 'local',
    prompt: 'A visitor signs up.',
    mode: 'apply',
    quote: 5 * CREDIT,
    holdUntil: Date.now() + 600_000,
    principal: {
      kind: 'key',
      workspaceId: workspace.id,
      keyId: 'key_01J00000000000000000000000',
      mode: 'test',
    },
  });

  /** As if the object had died right behind the ledger's yes. */
  beforeEach(async () => {
    await runInDurableObject(stub(RUN), async (_, state) => {
      state.storage.sql.exec(
        'INSERT INTO run (one, json) VALUES (1, ?)',
        JSON.stringify(newRecord(input(), Date.now())),
      );
      await state.storage.setAlarm(Date.now() + 30_000);
    });
    await holdFor(workspaceAccount(env, workspace.id), input());
    await evictDurableObject(stub(RUN));
  });

  it('has told nobody of the run', async () => {
    expect(await agentRun(env, workspace.id, RUN).get()).toMatchObject({ ok: false, code: 'not_found' });
  });

  it('begins when the same call comes again, on the same hold', async () => {
    vi.spyOn(standing, 'lookUpKey').mockResolvedValue(true);
    expect(await agentRun(env, workspace.id, RUN).start(input())).toMatchObject({ ok: true });
    await vi.waitFor(async () => {
      expect(await agentRun(env, workspace.id, RUN).get()).toMatchObject({ run: { status: 'succeeded' } });
    });
    const ran = await agentRun(env, workspace.id, RUN).get();
    expect(await balance()).toMatchObject({ held: 0, consumed: ran.ok ? ran.run.cost : Number.NaN });
  });

  it('gives the credits back when nobody asks again, and never begins after that', async () => {
    expect(await balance()).toMatchObject({ held: 5 * CREDIT });
    expect(await runDurableObjectAlarm(stub(RUN))).toBe(true);
    expect(await balance()).toMatchObject({ held: 0, consumed: 0, available: 100 * CREDIT });
    expect(await agentRun(env, workspace.id, RUN).start(input())).toMatchObject({
      ok: false,
      code: 'conflict',
    });
    expect(await runDurableObjectAlarm(stub(RUN))).toBe(false);
  });

  it('gives nothing back twice when the hold never arrived', async () => {
    const other = { ...input(), runId: 'run_01J000000000000000000NEVER' };
    await runInDurableObject(stub(other.runId), async (_, state) => {
      state.storage.sql.exec(
        'INSERT INTO run (one, json) VALUES (1, ?)',
        JSON.stringify(newRecord(other, Date.now())),
      );
      await state.storage.setAlarm(Date.now() + 30_000);
    });
    await evictDurableObject(stub(other.runId));
    expect(await runDurableObjectAlarm(stub(other.runId))).toBe(true);
    expect(await runDurableObjectAlarm(stub(other.runId))).toBe(false);
    expect(await balance()).toMatchObject({ held: 5 * CREDIT });
  });
});

describe('Gemini', () => {
  interface GeminiAnswer {
    parts: Record<string, unknown>[];
    usageMetadata: Record<string, number>;
  }

  /** Stands in for the network: answers with these, one request after the other; a number is an HTTP status. */
  const gemini = (...answers: (GeminiAnswer | number)[]) => {
    const bodies: Json[] = [];
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
      const request = new Request(input as RequestInfo, init);
      expect(request.url).toContain(
        'https://gemini.test/v1beta/models/gemini-2.5-flash:streamGenerateContent',
      );
      expect(request.headers.get('x-goog-api-key')).toBe('test-key');
      const answer = answers[bodies.push(await request.json()) - 1] ?? 500;
      if (typeof answer === 'number') return new Response('{}', { status: answer });
      const { parts, usageMetadata } = answer;
      const chunk = {
        candidates: [{ content: { role: 'model', parts }, finishReason: 'STOP' }],
        usageMetadata,
      };
      return new Response(`data: ${JSON.stringify(chunk)}\r\n\r\n`, {
        headers: { 'Content-Type': 'text/event-stream' },
      });
    });
    return bodies;
  };

  const callPart = ([name, args]: (typeof BUILD)[number]) => ({
    functionCall: { name, args },
    thoughtSignature: 'c2ln',
  });

  it('draws through the real provider inside workerd, after a 429, and pays for cached and thought tokens by their price', async () => {
    const bodies = gemini(
      429,
      {
        parts: BUILD.map(callPart),
        usageMetadata: {
          promptTokenCount: 4_000,
          cachedContentTokenCount: 1_000,
          candidatesTokenCount: 300,
          thoughtsTokenCount: 200,
        },
      },
      {
        parts: [callPart(FINISH)],
        usageMetadata: { promptTokenCount: 5_000, cachedContentTokenCount: 3_000, candidatesTokenCount: 50 },
      },
    );
    const { body } = await startRun({ model: 'gemini-2.5-flash' });
    const run = await ended(String(body['id']));
    expect(run).toMatchObject({ status: 'succeeded', model: 'gemini-2.5-flash' });
    // 5,000 fresh tokens at 60, 4,000 cached at 6 and 550 written at 500 micro-credits each.
    expect(run['items']).toEqual([
      {
        model: 'gemini-2.5-flash',
        inputTokens: 9_000,
        cachedTokens: 4_000,
        outputTokens: 550,
        cost: 599_000,
      },
    ]);
    expect(JSON.stringify(bodies[2]), 'thought signatures go back').toContain('c2ln');
    expect(await nodeTitles()).toHaveLength(4);
    await expectSettled(run);
  });
});
