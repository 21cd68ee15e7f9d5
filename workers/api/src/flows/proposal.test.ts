import { evictDurableObject, runDurableObjectAlarm } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Op } from '@uxflow/flow';
import { PROPOSAL_LIMITS } from '@uxflow/flow/proposals';
import { call, newToken, newWorkspace } from '../../test/client.ts';
import { join } from '../../test/socket.ts';
import { flowRoom } from '../platform/objects.ts';
import { newId } from '../platform/ids.ts';

const workspace = await newWorkspace();
const as = workspace.key;
const { token: ada } = await newToken(workspace, { user: { id: 'ada', name: 'Ada' } });
const { token: viewer } = await newToken(workspace, {
  user: { id: 'vera', name: 'Vera' },
  flows: { '*': 'view' },
});
const AGENT = { id: 'user:agent', name: 'Agent' };

const putNode = (id: string): Op => ({
  op: 'put',
  kind: 'node',
  value: { id, type: 'screen', title: id, position: { x: 0, y: 0 } },
});
const putEdge = (id: string, source: string, target: string): Op => ({
  op: 'put',
  kind: 'edge',
  value: { id, source, target, trigger: 'click' },
});

/** A flow with the node a, and a proposal for it. */
async function proposed(ops: Op[]) {
  const flowId = String((await call('POST /v1/flows', { as, body: { name: 'Flow' } })).body.id);
  await call(`POST /v1/flows/${flowId}/commits`, { as, body: { ops: [putNode('a')] } });
  const id = newId('prp');
  const room = flowRoom(env, workspace.id, flowId);
  const made = await room.propose({ id, title: 'Idea', actor: AGENT, ops, runId: 'run_1' });
  if (!made.ok) throw new Error(made.detail);
  const path = `/v1/flows/${flowId}/proposals/${id}`;
  return { flowId, id, path, room };
}
const JSON_TYPE = { 'Content-Type': 'application/json' };
const documentOf = async (flowId: string) => (await call(`GET /v1/flows/${flowId}`, { as })).body.document;

afterEach(() => {
  vi.useRealTimers();
});

describe('a proposal over HTTP', () => {
  it('is listed and read with its ops, and the flow stays as it is; lists go page by page [R1, R8]', async () => {
    const { flowId, id, path, room } = await proposed([putNode('b'), putEdge('e', 'a', 'b')]);
    const read = await call(`GET ${path}`, { as });
    expect(read.status).toBe(200);
    expect(read.body).toMatchObject({
      id,
      status: 'open',
      title: 'Idea',
      author: AGENT,
      runId: 'run_1',
      baseClock: 1,
      clock: 1,
      counts: { open: 2, accepted: 0, rejected: 0, dropped: 0 },
      ops: [
        { opId: 'op_1', op: putNode('b'), state: 'open', requires: [], conflicts: [] },
        { opId: 'op_2', op: putEdge('e', 'a', 'b'), requires: ['op_1'] },
      ],
    });
    expect((await documentOf(flowId))?.nodes).not.toHaveProperty('b');
    const second = newId('prp');
    await room.propose({ id: second, title: 'Other', actor: AGENT, ops: [putNode('c')] });
    const list = `GET /v1/flows/${flowId}/proposals?limit=1`;
    const page = await call(list, { as });
    expect(page.body.data).toMatchObject([{ id: second }]);
    expect(page.body.data?.[0]).not.toHaveProperty('ops');
    const rest = await call(`${list}&cursor=${page.body.nextCursor}`, { as });
    expect([rest.body.data, rest.body.nextCursor]).toMatchObject([[{ id }], null]);
    expect((await call(`${list}&status=rejected`, { as })).body.data).toEqual([]);
    expect((await call(`${list}&status=maybe`, { as })).status).toBe(422);
  });

  it('is accepted by opIds, once a key, told to the room, logged with both names, and undone as one step [R2, R9]', async () => {
    const { flowId, id, path, room } = await proposed([putNode('b'), putEdge('e', 'a', 'b'), putNode('c')]);
    const { socket } = await join(flowId, ada, 'tab');
    const headers = { 'Idempotency-Key': 'once' };
    const body = { opIds: ['op_3', 'op_1'] };
    const first = await call(`POST ${path}/accept`, { as: ada, body, headers });
    expect([first.status, first.body]).toMatchObject([
      200,
      { clock: 2, conflicts: [], proposal: { id, status: 'open', counts: { open: 1, accepted: 2 } } },
    ]);
    const origin = { id, author: AGENT, runId: 'run_1' };
    expect(await socket.next('changes')).toMatchObject({
      clock: 2,
      actor: { id: 'user:ada' },
      proposal: origin,
    });
    expect(await socket.next('proposal')).toMatchObject({ proposal: { id, counts: { accepted: 2 } } });
    const again = await call(`POST ${path}/accept`, { as: ada, body, headers });
    expect([again.headers.get('Idempotency-Replayed'), again.body.clock]).toEqual(['true', 2]);
    await evictDurableObject(env.FLOW_ROOM.getByName(`${workspace.id}/${flowId}`));
    const commits = await call(`GET /v1/flows/${flowId}/commits?after=1`, { as });
    expect(commits.body.data).toMatchObject([{ clock: 2, actor: { id: 'user:ada' }, proposal: origin }]);
    const blame = await call(`GET /v1/flows/${flowId}/blame`, { as });
    expect(Object.values(blame.body.commits ?? {})).toContainEqual(
      expect.objectContaining({ clock: 2, proposal: origin }),
    );
    // Without a body, and with an empty one: whatever is open.
    const rest = await call(`POST ${path}/accept`, { as: ada });
    expect([rest.status, rest.body]).toMatchObject([200, { clock: 3, proposal: { status: 'accepted' } }]);
    expect((await call(`POST ${path}/accept`, { as: ada, body: {} })).status).toBe(409);
    await call(`POST /v1/flows/${flowId}/undo`, { as: ada });
    await call(`POST /v1/flows/${flowId}/undo`, { as: ada });
    expect(Object.keys((await documentOf(flowId))?.nodes ?? {})).toEqual(['a']);
    expect(await room.proposal(id)).toMatchObject({ proposal: { status: 'accepted' } });
    socket.close();
  });

  it('is not accepted without what its ops need: the answer names it, and nothing changes [R3]', async () => {
    const { flowId, path } = await proposed([putNode('b'), putEdge('e', 'a', 'b')]);
    const refused = await call(`POST ${path}/accept`, { as, body: { opIds: ['op_2'] } });
    expect([refused.status, refused.body]).toMatchObject([
      422,
      { code: 'proposal_incomplete', missingOpIds: ['op_1'], issues: [{ path: 'opIds' }] },
    ]);
    expect((await documentOf(flowId))?.nodes).not.toHaveProperty('b');
    const unknown = await call(`POST ${path}/accept`, { as, body: { opIds: ['op_7'] } });
    expect([unknown.status, unknown.body.issues?.[0]?.path]).toEqual([422, 'opIds.0']);
    expect((await call(`POST ${path}/accept`, { as, body: { opIds: [] } })).status).toBe(422);
    expect((await call(`POST ${path}/accept`, { as, raw: 'x', headers: JSON_TYPE })).status).toBe(400);
  });

  it('tells field by field what has changed since [R4]', async () => {
    const { flowId, path } = await proposed([
      { op: 'patch', kind: 'node', id: 'a', set: { title: 'Agent' } },
      putNode('b'),
    ]);
    const ops = [{ op: 'patch', kind: 'node', id: 'a', set: { title: 'Ada' } }];
    await call(`POST /v1/flows/${flowId}/commits`, { as: ada, body: { ops } });
    const conflict = { kind: 'node', id: 'a', field: 'title', clock: 2 };
    expect((await call(`GET ${path}`, { as })).body.ops?.[0]?.conflicts).toEqual([conflict]);
    expect((await call(`POST ${path}/accept`, { as: ada })).body.conflicts).toEqual([conflict]);
    expect((await documentOf(flowId))?.nodes?.a?.title).toBe('Agent');
  });

  it('is changed op by op before it is accepted; what could not land is refused by path [R5]', async () => {
    const { flowId, path } = await proposed([putNode('b'), putEdge('e', 'a', 'b')]);
    const patch = (body: object) => call(`PATCH ${path}`, { as: ada, body });
    const bad = await patch({ ops: [{ opId: 'op_2', op: putEdge('e', 'a', 'nowhere') }] });
    expect([bad.status, bad.body.issues?.[0]?.path]).toEqual([422, 'ops.0.op.value.target']);
    const twice = { opId: 'op_1', op: putNode('b') };
    expect((await patch({ ops: [twice, twice] })).status).toBe(422);
    expect((await patch({})).status).toBe(422);
    const better = {
      ...putNode('b'),
      value: { id: 'b', type: 'end', title: 'Done', position: { x: 1, y: 2 } },
    };
    const changed = await patch({ title: 'Ours', ops: [{ opId: 'op_1', op: better }] });
    expect([changed.status, changed.body]).toMatchObject([
      200,
      { title: 'Ours', ops: [{ op: better, editedBy: { id: 'user:ada' } }, { opId: 'op_2' }] },
    ]);
    await call(`POST ${path}/accept`, { as: ada });
    expect((await documentOf(flowId))?.nodes?.b).toMatchObject({ title: 'Done', type: 'end' });
  });

  it('is rejected, whole or in part, and then decided [R6]', async () => {
    const { flowId, path } = await proposed([putNode('b'), putNode('c')]);
    const part = await call(`POST ${path}/reject`, { as: ada, body: { opIds: ['op_1'] } });
    expect([part.status, part.body]).toMatchObject([200, { status: 'open', counts: { rejected: 1 } }]);
    const whole = await call(`POST ${path}/reject`, { as: ada });
    expect(whole.body).toMatchObject({ status: 'rejected', endedBy: { id: 'user:ada' } });
    for (const action of ['accept', 'reject'])
      expect((await call(`POST ${path}/${action}`, { as })).body.code).toBe('conflict');
    expect(Object.keys((await documentOf(flowId))?.nodes ?? {})).toEqual(['a']);
  });

  it('expires, and the room is told by its alarm [R7]', async () => {
    const { flowId, id, path } = await proposed([putNode('b')]);
    const { socket } = await join(flowId, as, 'server');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + PROPOSAL_LIMITS.lifetime + 1_000 });
    await runDurableObjectAlarm(env.FLOW_ROOM.getByName(`${workspace.id}/${flowId}`));
    expect(await socket.next('proposal')).toMatchObject({ proposal: { id, status: 'expired' } });
    expect((await call(`GET ${path}`, { as })).body.status).toBe('expired');
    expect((await call(`POST ${path}/accept`, { as })).status).toBe(409);
    socket.close();
  });

  it('is read by those who may view, and decided on by those who may edit alone [R10]', async () => {
    const { flowId, path } = await proposed([putNode('b')]);
    expect((await call(`GET ${path}`, { as: viewer })).status).toBe(200);
    for (const route of [`POST ${path}/accept`, `POST ${path}/reject`])
      expect((await call(route, { as: viewer })).status).toBe(403);
    expect((await call(`PATCH ${path}`, { as: viewer, body: { title: 'x' } })).status).toBe(403);
    const other = await newWorkspace();
    expect((await call(`GET ${path}`, { as: other.key })).status).toBe(404);
    const none = `GET /v1/flows/${flowId}/proposals/${newId('prp')}`;
    expect((await call(none, { as })).status).toBe(404);
    await call(`DELETE /v1/flows/${flowId}`, { as });
    expect((await call(`POST ${path}/accept`, { as })).status).toBe(404);
  });
});
