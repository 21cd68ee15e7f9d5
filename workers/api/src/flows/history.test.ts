import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { call, newToken, newWorkspace } from '../../test/client.ts';
import { edge, node, put, sample } from '../../test/sample.ts';

const workspace = await newWorkspace();
const as = workspace.key;

const create = async () =>
  String((await call('POST /v1/flows', { as, body: { name: 'Flow', document: sample } })).body.id);
const edit = async (id: string, ops: unknown[], who = as) =>
  call(`POST /v1/flows/${id}/commits`, { as: who, body: { ops } });
const retitle = (id: string, title: string) => ({ op: 'patch', kind: 'node', id, set: { title } });
const documentOf = async (id: string) => (await call(`GET /v1/flows/${id}`, { as })).body.document;
const name = (id: string, body: object, headers: Record<string, string> = {}) =>
  call(`POST /v1/flows/${id}/versions`, { as, body, headers });
const list = async (id: string) =>
  Object.values((await call(`GET /v1/flows/${id}/versions`, { as })).body.data ?? {});

const roomOf = (id: string) => env.FLOW_ROOM.getByName(`${workspace.id}/${id}`);
const archive = (id: string) => runDurableObjectAlarm(roomOf(id));
const archived = async (id: string) =>
  (await env.VERSIONS.list({ prefix: `${workspace.id}/${id}/` })).objects.map(({ key }) => key.split('/')[2]);

/** The log is forgotten up to and including `clock`, as after many commits. */
const forget = (id: string, clock: number) =>
  runInDurableObject(roomOf(id), (_room, { storage }) => {
    storage.sql.exec('DELETE FROM op WHERE clock <= ?', clock);
  });

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('versions', () => {
  it('are named once a key, listed newest first page by page, and read with their document [V1]', async () => {
    const id = await create();
    const once = { 'Idempotency-Key': 'v1' };
    const first = await name(id, { name: ' First draft ', description: 'For review' }, once);
    expect([first.status, first.headers.get('Location')]).toEqual([
      201,
      `/v1/flows/${id}/versions/${first.body.id}`,
    ]);
    expect(first.body).toEqual({
      id: expect.stringMatching(/^ver_/),
      clock: 1,
      kind: 'named',
      name: 'First draft',
      description: 'For review',
      actor: { id: `key:${workspace.keyId}`, name: 'API' },
      createdAt: expect.stringMatching(/Z$/),
    });
    expect((await name(id, { name: ' First draft ', description: 'For review' }, once)).body).toEqual(
      first.body,
    );
    await edit(id, [retitle('b', 'Log in')]);
    const past = await name(id, { name: 'Past', clock: 1 });
    const second = await name(id, { name: 'Second' });
    const page = await call(`GET /v1/flows/${id}/versions?limit=2`, { as });
    expect(page.body.data).toEqual([second.body, past.body]);
    const rest = await call(`GET /v1/flows/${id}/versions?limit=2&cursor=${page.body.nextCursor}`, { as });
    expect([rest.body.data, rest.body.nextCursor]).toEqual([[first.body], null]);
    const read = await call(`GET /v1/flows/${id}/versions/${past.body.id}`, { as });
    expect(read.body).toEqual({ ...past.body, document: { ...sample, name: 'Flow' } });
  });

  it.each([
    ['no name', {}, 'name'],
    ['an empty name', { name: '  ' }, 'name'],
    ['an unknown field', { name: 'x', id: 'ver_1' }, 'id'],
    ['half a clock', { name: 'x', clock: 0.5 }, 'clock'],
  ])('with %s are refused', async (_what, body, path) => {
    const id = await create();
    const reply = await name(id, body);
    expect([reply.status, reply.body.issues?.[0]?.path]).toEqual([422, path]);
    expect(await list(id)).toEqual([]);
  });

  it('are made by the product before an edit that ends a pause [V2]', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const id = await create();
    await edit(id, [retitle('b', 'Before')]);
    vi.setSystemTime(Date.now() + 11 * 60_000);
    await edit(id, [retitle('b', 'After')]);
    expect(await list(id)).toMatchObject([{ kind: 'automatic', clock: 2, name: null }]);
  });

  it('go to R2 with the alarm and are read from there; the log may then forget them [V4, L2]', async () => {
    const id = await create();
    const { body: version } = await name(id, { name: 'Kept' });
    expect(await archived(id)).toEqual([]);
    expect(await archive(id)).toBe(true);
    expect(await archived(id)).toEqual([`${version.id}.json`]);
    await edit(id, [retitle('b', 'Two')]);
    await edit(id, [retitle('b', 'Three')]);
    await forget(id, 2);
    const then = { ...sample, name: 'Flow' };
    expect((await call(`GET /v1/flows/${id}/versions/${version.id}`, { as })).body.document).toEqual(then);
    expect((await call(`GET /v1/flows/${id}?at=1`, { as })).body).toMatchObject({ clock: 1, document: then });
    const gone = await call(`GET /v1/flows/${id}?at=0`, { as });
    expect([gone.status, gone.body]).toMatchObject([404, { code: 'not_retained', oldestClock: 2 }]);
    const commits = await call(`GET /v1/flows/${id}/commits?after=0`, { as });
    expect([commits.status, commits.body]).toMatchObject([404, { code: 'not_retained', oldestClock: 2 }]);
    const all = await call(`GET /v1/flows/${id}/commits`, { as });
    expect(Object.values(all.body.data ?? {}).map(({ clock }) => clock)).toEqual([3]);
    const late = await name(id, { name: 'Too late', clock: 0 });
    expect([late.status, late.body.code]).toEqual([404, 'not_retained']);
  });

  it('wait in the room while R2 fails, and arrive when it is back [V4]', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const id = await create();
    const { body: version } = await name(id, { name: 'Kept' });
    await runInDurableObject(roomOf(id), async (room) => {
      // The room's own bindings are another object than the test's.
      const put = vi.spyOn((room as unknown as { env: typeof env }).env.VERSIONS, 'put');
      put.mockRejectedValueOnce(new Error('R2 is down'));
      await room.alarm();
      // What rings meanwhile for other reasons does not ask again at once.
      await room.alarm();
      expect(put).toHaveBeenCalledTimes(1);
    });
    expect(await archived(id)).toEqual([]);
    expect((await call(`GET /v1/flows/${id}/versions/${version.id}`, { as })).status).toBe(200);
    vi.setSystemTime(Date.now() + 6_000);
    expect(await archive(id)).toBe(true);
    expect(await archived(id)).toEqual([`${version.id}.json`]);
  });

  it('that R2 does not give are 503 with Retry-After, and nothing is restored', async () => {
    const id = await create();
    const { body: version } = await name(id, { name: 'Kept' });
    await archive(id);
    await edit(id, [retitle('b', 'Two')]);
    await env.VERSIONS.delete(`${workspace.id}/${id}/${version.id}.json`);
    for (const route of [
      `GET /v1/flows/${id}/versions/${version.id}`,
      `POST /v1/flows/${id}/versions/${version.id}/restore`,
    ]) {
      const { status, body, headers } = await call(route, { as });
      expect([status, body.code, headers.get('Retry-After')]).toEqual([503, 'storage_unavailable', '5']);
    }
    expect((await call(`GET /v1/flows/${id}`, { as })).body.clock).toBe(2);
  });
});

describe('restoring a version', () => {
  it('is one commit of the caller, once a key, and undone in one step [V5]', async () => {
    const id = await create();
    const before = await documentOf(id);
    const { body: version } = await name(id, { name: 'Start' });
    await edit(id, [
      { op: 'remove', kind: 'node', id: 'b' },
      { op: 'rename', name: 'Other' },
      put(node('n')),
    ]);
    const after = await documentOf(id);
    const { token } = await newToken(workspace);
    const restore = (headers: Record<string, string> = {}) =>
      call(`POST /v1/flows/${id}/versions/${version.id}/restore`, { as: token, headers });
    const once = { 'Idempotency-Key': 'r' };
    const restored = await restore(once);
    expect([restored.status, restored.body.clock, restored.body.conflicts]).toEqual([200, 3, []]);
    expect(await documentOf(id)).toEqual(before);
    const again = await restore(once);
    expect([again.body.clock, again.headers.get('Idempotency-Replayed')]).toEqual([3, 'true']);
    expect((await call(`GET /v1/flows/${id}/commits?after=2`, { as })).body.data).toMatchObject([
      { clock: 3, actor: { id: 'user:u1' }, message: 'Restored “Start”' },
    ]);
    expect((await list(id)).map(({ clock, kind }) => `${kind} ${clock}`)).toEqual(['automatic 2', 'named 1']);
    // The index of flows shows the restored name at once.
    expect((await call('GET /v1/flows?q=Flow', { as })).body.data).toContainEqual(
      expect.objectContaining({ id, name: 'Flow' }),
    );
    expect((await call(`POST /v1/flows/${id}/undo`, { as: token })).body).toMatchObject({
      clock: 4,
      skipped: [],
    });
    expect(await documentOf(id)).toEqual(after);
  });

  it('needs the permission to edit, a version that is there, and a flow that is not deleted', async () => {
    const id = await create();
    const { body: version } = await name(id, { name: 'Start' });
    const { token } = await newToken(workspace, { flows: { '*': 'comment' } });
    const path = `/v1/flows/${id}/versions`;
    expect((await call(`GET ${path}/${version.id}`, { as: token })).status).toBe(200);
    for (const route of [`POST ${path}/${version.id}/restore`, `POST ${path}`])
      expect(
        (await call(route, { as: token, ...(route.endsWith('restore') ? {} : { body: { name: 'x' } }) }))
          .status,
      ).toBe(403);
    const other = await create();
    for (const unknown of ['ver_01KA3Y5V0D3T0X1W9G2B7C4M8Q', 'x', `../${other}`]) {
      expect((await call(`POST ${path}/${unknown}/restore`, { as })).status).toBe(404);
    }
    expect((await call(`GET /v1/flows/${other}/versions/${version.id}`, { as })).status).toBe(404);
    await call(`DELETE /v1/flows/${id}`, { as });
    expect((await call(`POST ${path}/${version.id}/restore`, { as })).status).toBe(404);
  });
});

describe('differences and blame', () => {
  it('tell what changed between clocks and versions, either way [V6]', async () => {
    const id = await create();
    const { body: version } = await name(id, { name: 'Start' });
    await edit(id, [
      retitle('b', 'Log in'),
      put(node('n', 'New')),
      put(edge('bn', 'b', 'n')),
      { op: 'remove', kind: 'edge', id: 'bc' },
    ]);
    const { body } = await call(`GET /v1/flows/${id}/diff?from=${version.id}`, { as });
    expect(body).toEqual({
      from: { clock: 1 },
      to: { clock: 2 },
      added: [
        { kind: 'node', id: 'n', label: 'New', value: node('n', 'New') },
        { kind: 'edge', id: 'bn', label: 'Log in → New', value: edge('bn', 'b', 'n') },
      ],
      removed: [{ kind: 'edge', id: 'bc', label: 'Sign in → Done', value: edge('bc', 'b', 'c') }],
      changed: [
        {
          kind: 'node',
          id: 'b',
          label: 'Log in',
          fields: [{ field: 'title', before: 'Sign in', after: 'Log in' }],
        },
      ],
      ops: expect.any(Array),
    });
    const back = await call(`GET /v1/flows/${id}/diff?from=2&to=1`, { as });
    expect((await edit(id, back.body.ops as unknown as unknown[])).status).toBe(200);
    expect(await documentOf(id)).toEqual({ ...sample, name: 'Flow' });
    expect((await call(`GET /v1/flows/${id}/diff?from=1&to=1`, { as })).body).toMatchObject({
      added: [],
      ops: [],
    });
  });

  it.each([
    ['', 422, 'invalid_request'],
    ['?from=-1', 422, 'invalid_request'],
    ['?from=1e3', 422, 'invalid_request'],
    ['?from=flw_01KA3Y5V0D3T0X1W9G2B7C4M8Q', 422, 'invalid_request'],
    ['?from=0&until=1', 422, 'invalid_request'],
    ['?from=99', 404, 'not_found'],
    ['?from=0&to=ver_01KA3Y5V0D3T0X1W9G2B7C4M8Q', 404, 'not_found'],
  ])('of %s are refused', async (query, status, code) => {
    const reply = await call(`GET /v1/flows/${await create()}/diff${query}`, { as });
    expect([reply.status, reply.body.code]).toEqual([status, code]);
  });

  it('name the last author of each field, and whoever undid [L3]', async () => {
    const id = await create();
    const { token } = await newToken(workspace);
    await edit(id, [retitle('b', 'Log in')], token);
    await edit(id, [retitle('c', 'End')], token);
    await call(`POST /v1/flows/${id}/undo`, { as: token });
    const { body } = await call(`GET /v1/flows/${id}/blame`, { as });
    expect(body.clock).toBe(4);
    const records = Object.values(body.records ?? {});
    expect(records.find((record) => `${record.id}` === 'b')).toMatchObject({
      made: 1,
      fields: { title: 2, type: 1 },
    });
    expect(records.find((record) => `${record.id}` === 'c')).toMatchObject({ made: 1, fields: { title: 4 } });
    expect(body.commits).toMatchObject([
      { clock: 0, actor: { id: `key:${workspace.keyId}` }, at: expect.stringMatching(/Z$/) },
      { clock: 1, actor: { id: `key:${workspace.keyId}` }, commitId: expect.stringMatching(/^cmt_/) },
      { clock: 2, actor: { id: 'user:u1', name: 'Ada' } },
      { clock: 4, actor: { id: 'user:u1', name: 'Ada' } },
    ]);
  });
});
