import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { call, newToken, newWorkspace } from '../../test/client.ts';
import { purgeIdempotency } from './idempotency.ts';

const workspace = await newWorkspace();
const as = workspace.key;

afterEach(() => {
  vi.useRealTimers();
});

const create = (key: string, name: string, who = as) =>
  call('POST /v1/flows', { as: who, body: { name }, headers: { 'Idempotency-Key': key } });

describe('an Idempotency-Key', () => {
  it('answers the same call with the stored response and says so', async () => {
    const first = await create('same', 'One');
    const second = await create('same', 'One');
    expect(first.status).toBe(201);
    expect(first.headers.get('Idempotency-Replayed')).toBeNull();
    expect([second.status, second.text]).toEqual([201, first.text]);
    expect(second.headers.get('Idempotency-Replayed')).toBe('true');
    expect(second.headers.get('Location')).toBe(first.headers.get('Location'));
    expect((await call('GET /v1/flows?q=One', { as })).body.data).toHaveLength(1);
  });

  it('with another body is a conflict', async () => {
    await create('other-body', 'One');
    const { status, body } = await create('other-body', 'Two');
    expect([status, body.code]).toEqual([409, 'idempotency_conflict']);
  });

  it('belongs to its principal: another key, user or workspace has its own', async () => {
    const other = await newWorkspace();
    const { token: ada } = await newToken(workspace);
    const { token: bob } = await newToken(workspace, { user: { id: 'u2', name: 'Bob' } });
    const ids = [];
    for (const who of [as, other.key, ada, bob]) ids.push((await create('shared', 'Mine', who)).body.id);
    expect(new Set(ids).size).toBe(4);
  });

  it('stays with an end user who comes with a fresh token', async () => {
    const first = await create('fresh', 'Mine', (await newToken(workspace)).token);
    const second = await create('fresh', 'Mine', (await newToken(workspace)).token);
    expect(second.body.id).toBe(first.body.id);
  });

  it('is checked after authorisation: who has lost the permission is not shown the response', async () => {
    const { body: flow } = await call('POST /v1/flows', { as, body: { name: 'Guarded' } });
    const restore = (token: string) =>
      call(`POST /v1/flows/${flow.id}/restore`, { as: token, headers: { 'Idempotency-Key': 'restore' } });
    expect((await restore((await newToken(workspace)).token)).status).toBe(200);
    expect((await restore((await newToken(workspace, { flows: { '*': 'view' } })).token)).status).toBe(403);
    expect((await restore((await newToken(workspace, { flows: {} })).token)).status).toBe(404);
  });

  it('of a refused call is free again', async () => {
    expect((await create('refused', '')).status).toBe(422);
    expect((await create('refused', 'Now right')).status).toBe(201);
  });

  it('carries out concurrent calls once; those that come too early are told to retry', async () => {
    const replies = await Promise.all(Array.from({ length: 8 }, () => create('race', 'Raced')));
    const ids = new Set(replies.filter((reply) => reply.status === 201).map((reply) => reply.body.id));
    expect(ids.size).toBe(1);
    for (const reply of replies.filter(({ status }) => status !== 201)) {
      expect([reply.status, reply.body.code]).toEqual([409, 'idempotency_in_progress']);
      expect(reply.headers.get('Retry-After')).toBe('1');
    }
    expect((await call('GET /v1/flows?q=Raced', { as })).body.data).toHaveLength(1);
  });

  it('whose first call never answered is taken over and makes the same object', async () => {
    const { body: flow } = await create('crashed', 'Crashed');
    await env.DB.prepare(
      "UPDATE idempotency SET state = 'open', response = NULL WHERE key = 'crashed'",
    ).run();
    const early = await create('crashed', 'Crashed');
    expect([early.status, early.body.code]).toEqual([409, 'idempotency_in_progress']);
    await env.DB.prepare("UPDATE idempotency SET locked_until = 0 WHERE key = 'crashed'").run();
    const again = await create('crashed', 'Crashed');
    expect([again.status, again.body.id]).toEqual([201, flow.id]);
    expect((await call('GET /v1/flows?q=Crashed', { as })).body.data).toHaveLength(1);
  });

  it('is remembered for 24 hours and purged some time after', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { body: flow } = await create('kept', 'Kept');
    vi.setSystemTime(Date.now() + 25 * 3_600_000);
    await purgeIdempotency(env, Date.now());
    expect((await create('kept', 'Kept')).body.id).toBe(flow.id);
    vi.setSystemTime(Date.now() + 72 * 3_600_000);
    await purgeIdempotency(env, Date.now());
    const [left] = (await env.DB.prepare("SELECT count(*) AS n FROM idempotency WHERE key = 'kept'").all())
      .results;
    expect(left).toEqual({ n: 0 });
  });

  it('never stores a secret: the repeat says that it was shown', async () => {
    const make = () =>
      call('POST /v1/api-keys', { as, body: { name: 'CI' }, headers: { 'Idempotency-Key': 'secret' } });
    const first = await make();
    expect(first.status).toBe(201);
    const second = await make();
    expect([second.status, second.body.code]).toEqual([409, 'secret_already_shown']);
    const rows = JSON.stringify((await env.DB.prepare('SELECT * FROM idempotency').all()).results);
    expect(rows).not.toContain(first.body.value);
  });

  it('carries a response too long to store by making it again', async () => {
    const nodes = Object.fromEntries(
      Array.from({ length: 4_000 }, (_, at) => [
        `n${at}`,
        {
          id: `n${at}`,
          type: 'screen',
          title: `Screen ${at}`,
          description: 'x'.repeat(250),
          position: { x: 0, y: at },
        },
      ]),
    );
    const body = {
      name: 'Large',
      document: { format: 'uxflow/1', name: 'Large', nodes, edges: {}, frames: {}, personas: {} },
    };
    const make = () => call('POST /v1/flows', { as, body, headers: { 'Idempotency-Key': 'large' } });
    const first = await make();
    const second = await make();
    expect(first.text.length).toBeGreaterThan(1024 * 1024);
    expect([second.status, second.body.id, second.headers.get('Idempotency-Replayed')]).toEqual([
      201,
      first.body.id,
      'true',
    ]);
    expect(second.body.document).toEqual(first.body.document);
  });
});
