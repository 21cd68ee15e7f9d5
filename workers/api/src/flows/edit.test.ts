import { env } from 'cloudflare:workers';
import { runDurableObjectAlarm } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { call, newToken, newWorkspace } from '../../test/client.ts';
import { edge, node, put, sample } from '../../test/sample.ts';

const workspace = await newWorkspace();
const as = workspace.key;

const create = async (body: object = { name: 'Flow' }, who = as) =>
  (await call('POST /v1/flows', { as: who, body })).body;
const commit = (id: unknown, ops: unknown[], more: object = {}, headers: Record<string, string> = {}) =>
  call(`POST /v1/flows/${id}/commits`, { as, body: { ops, ...more }, headers });

describe('commits', () => {
  it('apply all ops or none, one clock each', async () => {
    const { id } = await create();
    const first = await commit(id, [put(node('a')), put(node('b')), put(edge('ab', 'a', 'b'))], {
      message: 'Draw',
    });
    expect(first.body).toEqual({
      clock: 1,
      commitId: expect.stringMatching(/^cmt_/),
      conflicts: [],
      applied: [put(node('a')), put(node('b')), put(edge('ab', 'a', 'b'))],
    });
    const bad = await commit(id, [put(node('c')), put(edge('cx', 'c', 'x'))]);
    expect([bad.status, bad.body.code, bad.body.issues?.[0]?.path]).toEqual([
      422,
      'dangling_reference',
      'ops.1.value.target',
    ]);
    const { body } = await call(`GET /v1/flows/${id}`, { as });
    expect([body.clock, Object.keys(body.document?.['nodes'] ?? {})]).toEqual([1, ['a', 'b']]);
  });

  it('say what somebody else had changed since the base clock', async () => {
    const { id } = await create({ name: 'x', document: sample });
    const { token } = await newToken(workspace);
    const rename = (title: string, who: string) =>
      call(`POST /v1/flows/${id}/commits`, {
        as: who,
        body: { ops: [{ op: 'patch', kind: 'node', id: 'b', set: { title } }], baseClock: 1 },
      });
    expect((await rename('Log in', token)).body.conflicts).toEqual([]);
    const late = await rename('Welcome', as);
    expect(late.body.conflicts).toEqual([{ kind: 'node', id: 'b', field: 'title', clock: 2 }]);
  });

  it.each([
    ['no ops', { ops: [] }, 'invalid_request', 'ops'],
    ['an op of an unknown kind', { ops: [{ op: 'explode' }] }, 'invalid_request', 'ops.0.op'],
    ['an unknown field', { ops: [put(node('a'))], force: true }, 'invalid_request', 'force'],
    [
      'an over-long title',
      { ops: [put(node('a', 'x'.repeat(201)))] },
      'invalid_request',
      'ops.0.value.title',
    ],
    [
      'a patch of a missing record',
      { ops: [{ op: 'patch', kind: 'node', id: 'zz', set: { title: 'x' } }] },
      'unknown_record',
      'ops.0.id',
    ],
    [
      '1,001 ops',
      { ops: Array.from({ length: 1001 }, (_, at) => put(node(`n${at}`))) },
      'limit_exceeded',
      'ops',
    ],
    ['a base clock in the future', { ops: [put(node('a'))], baseClock: 99 }, 'invalid_request', 'baseClock'],
  ])('with %s are refused and change nothing', async (_what, body, code, path) => {
    const { id } = await create();
    const reply = await call(`POST /v1/flows/${id}/commits`, { as, body });
    expect([reply.status, reply.body.code, reply.body.issues?.[0]?.path]).toEqual([422, code, path]);
    expect((await call(`GET /v1/flows/${id}`, { as })).body.clock).toBe(0);
  });

  it('over 256 KB are refused', async () => {
    const { id } = await create();
    const ops = Array.from({ length: 100 }, (_, at) =>
      put({ ...node(`n${at}`), description: 'x'.repeat(3_000) } as { id: string }),
    );
    const { status, body } = await commit(id, ops);
    expect([status, body.code]).toEqual([413, 'payload_too_large']);
  });

  it('under one Idempotency-Key happen once, for each caller', async () => {
    const { id } = await create();
    const once = { 'Idempotency-Key': 'k:1' };
    const first = await commit(id, [put(node('a'))], {}, once);
    const again = await commit(id, [put(node('a'))], {}, once);
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect([first.headers.get('Idempotency-Replayed'), again.headers.get('Idempotency-Replayed')]).toEqual([
      null,
      'true',
    ]);
    const other = await commit(id, [put(node('b'))], {}, once);
    expect([other.status, other.body.code]).toEqual([409, 'idempotency_conflict']);
    const { token } = await newToken(workspace);
    const ada = await call(`POST /v1/flows/${id}/commits`, {
      as: token,
      body: { ops: [put(node('b'))] },
      headers: once,
    });
    expect([ada.status, ada.body.clock]).toEqual([200, 2]);
  });

  it('are listed with their authors, oldest first, page by page', async () => {
    const { id } = await create();
    for (const name of ['a', 'b', 'c']) await commit(id, [put(node(name))], { message: `Add ${name}` });
    const page = await call(`GET /v1/flows/${id}/commits?after=1&limit=1`, { as });
    expect(page.body.data).toEqual([
      {
        commitId: expect.stringMatching(/^cmt_/),
        clock: 2,
        ops: [put(node('b'))],
        message: 'Add b',
        actor: { id: `key:${workspace.keyId}`, name: 'API' },
        at: expect.stringMatching(/Z$/),
      },
    ]);
    const rest = await call(`GET /v1/flows/${id}/commits?limit=5&cursor=${page.body.nextCursor}`, { as });
    expect(Object.values(rest.body.data ?? {}).map(({ clock }) => clock)).toEqual([3]);
    expect(rest.body.nextCursor).toBeNull();
  });

  it('leave the past readable', async () => {
    const { id } = await create();
    for (const name of ['a', 'b']) await commit(id, [put(node(name))]);
    const past = await call(`GET /v1/flows/${id}?at=1`, { as });
    expect([past.body.clock, Object.keys(past.body.document?.['nodes'] ?? {})]).toEqual([1, ['a']]);
    expect((await call(`GET /v1/flows/${id}?at=9`, { as })).status).toBe(404);
  });

  it('reach the index of flows through the room’s alarm', async () => {
    const { id } = await create();
    await commit(id, [put(node('a'))]);
    const clock = async () =>
      (await env.DB.prepare('SELECT clock FROM flow WHERE id = ?').bind(id).first<{ clock: number }>())
        ?.clock;
    expect(await runDurableObjectAlarm(env.FLOW_ROOM.getByName(`${workspace.id}/${id}`))).toBe(true);
    expect(await clock()).toBe(1);
  });
});

describe('undo and redo', () => {
  it('take back and bring back the caller’s own last step, once a key', async () => {
    const { id } = await create();
    await commit(id, [put(node('mine'))]);
    const { token } = await newToken(workspace);
    await call(`POST /v1/flows/${id}/commits`, { as: token, body: { ops: [put(node('hers'))] } });
    const nodes = async () =>
      Object.keys((await call(`GET /v1/flows/${id}`, { as })).body.document?.['nodes'] ?? {});

    const headers = { 'Idempotency-Key': 'once' };
    const undone = await call(`POST /v1/flows/${id}/undo`, { as, headers });
    expect(undone.body).toMatchObject({
      clock: 3,
      skipped: [],
      applied: [{ op: 'remove', kind: 'node', id: 'mine' }],
    });
    const again = await call(`POST /v1/flows/${id}/undo`, { as, headers });
    expect([again.body.clock, again.headers.get('Idempotency-Replayed')]).toEqual([3, 'true']);
    expect(await nodes()).toEqual(['hers']);
    const none = await call(`POST /v1/flows/${id}/undo`, { as });
    expect([none.status, none.body.code]).toEqual([409, 'conflict']);
    expect((await call(`POST /v1/flows/${id}/redo`, { as })).status).toBe(200);
    expect((await nodes()).sort()).toEqual(['hers', 'mine']);
  });
});
