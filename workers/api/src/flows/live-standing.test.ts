import { env } from 'cloudflare:workers';
import { evictDurableObject, runDurableObjectAlarm } from 'cloudflare:test';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { call, newToken, newWorkspace } from '../../test/client.ts';
import { later } from '../../test/clock.ts';
import { join, upgrade } from '../../test/socket.ts';

const workspace = await newWorkspace();
const as = workspace.key;
const user = (id: string, name: string) => ({ user: { id, name } });
const { token: ada } = await newToken(workspace, user('ada', 'Ada'));
const { token: bob } = await newToken(workspace, user('bob', 'Bob'));

const node = (id: string) => ({ id, type: 'screen', title: id, position: { x: 0, y: 0 } });
const put = (id: string) => ({ op: 'put', kind: 'node', value: node(id) });
const newFlow = async () => String((await call('POST /v1/flows', { as, body: { name: 'Live' } })).body.id);
const roomOf = (id: string) => env.FLOW_ROOM.getByName(`${workspace.id}/${id}`);

afterEach(() => {
  vi.useRealTimers();
});

describe('an open socket', () => {
  it('ends at its token’s expiry: at its next message [A2]', async () => {
    const id = await newFlow();
    const { token } = await newToken(workspace, { expiresInSeconds: 60 });
    const { socket } = await join(id, token, 'a1');
    later(61);
    socket.send({ type: 'commit', key: 'a1:1', baseClock: 0, ops: [put('x')] });
    expect((await socket.next('bye')).code).toBe('token_expired');
    expect((await socket.untilClosed()).code).toBe(4401);
    vi.useRealTimers();
    expect((await call(`GET /v1/flows/${id}`, { as })).body.clock).toBe(0);
  });

  it('that only listens ends too, by the room’s alarm, also after the room slept [A2, A5]', async () => {
    const id = await newFlow();
    const { token } = await newToken(workspace, { expiresInSeconds: 60 });
    const { socket } = await join(id, token, 'a1');
    await evictDurableObject(roomOf(id), { webSockets: 'hibernate' });
    later(61);
    expect(await runDurableObjectAlarm(roomOf(id))).toBe(true);
    expect((await socket.next('bye')).code).toBe('token_expired');
  });

  it('lives on with a fresh token of the same user, with what that one allows [A4]', async () => {
    const id = await newFlow();
    const mint = (more: object) => newToken(workspace, { ...user('ada', 'Ada'), ...more });
    const { token } = await mint({ expiresInSeconds: 60 });
    const { socket } = await join(id, token, 'a1');
    later(50);
    const fresh = (await mint({ flows: { '*': 'view' } })).token;
    socket.send({ type: 'auth', token: fresh });
    later(20);
    socket.send({ type: 'commit', key: 'a1:1', baseClock: 0, ops: [put('x')] });
    expect(await socket.next('refused')).toMatchObject({ key: 'a1:1', code: 'forbidden' });
    socket.close();
  });

  it.each([
    ['of another user', () => newToken(workspace, user('mallory', 'M')), 'forbidden'],
    [
      'that does not reach the flow',
      () => newToken(workspace, { ...user('ada', 'Ada'), flows: {} }),
      'forbidden',
    ],
    ['of another workspace', async () => newToken(await newWorkspace(), user('ada', 'Ada')), 'forbidden'],
    ['that is none', () => Promise.resolve({ token: 'a.b.c' }), 'unauthenticated'],
  ])('is closed by a token %s [A4, B1]', async (_what, mint, code) => {
    const id = await newFlow();
    const { socket } = await join(id, ada, 'a1');
    socket.send({ type: 'auth', token: (await mint()).token });
    expect((await socket.next('bye')).code).toBe(code);
    await socket.untilClosed();
  });

  it.each([
    ['its token', ({ jti }: { jti: string }) => call('POST /v1/client-tokens/revoke', { as, body: { jti } })],
    ['its user', () => call('POST /v1/client-tokens/revoke', { as, body: { userId: 'rev' } })],
  ])('ends within a minute of the revocation of %s; others stay [A3]', async (_what, revoke) => {
    const id = await newFlow();
    const minted = await newToken(workspace, user('rev', 'Rev'));
    const { socket } = await join(id, minted.token, 'a1');
    const other = await join(id, bob, 'b1');
    await evictDurableObject(roomOf(id), { webSockets: 'hibernate' });
    expect((await revoke(minted)).status).toBe(204);
    expect(await runDurableObjectAlarm(roomOf(id))).toBe(true);
    expect((await socket.next('bye')).code).toBe('token_revoked');
    other.socket.send({ type: 'commit', key: 'b1:1', baseClock: 0, ops: [put('x')] });
    expect((await other.socket.next('committed')).clock).toBe(1);
    other.socket.close();
  });

  it('ends with the key that minted its token [A3]', async () => {
    const mine = await newWorkspace();
    const { body: spare } = await call('POST /v1/api-keys', { as: mine.key, body: { name: 'Spare' } });
    const { body: flow } = await call('POST /v1/flows', { as: mine.key, body: { name: 'x' } });
    const { token } = await newToken({ ...mine, key: String(spare.value) });
    const { socket } = await join(flow.id, token, 'a1');
    await call(`DELETE /v1/api-keys/${spare.id}`, { as: mine.key });
    await runDurableObjectAlarm(env.FLOW_ROOM.getByName(`${mine.id}/${flow.id}`));
    expect((await socket.next('bye')).code).toBe('token_revoked');
  });

  it('ends when the flow is deleted, and can come back when it is restored [B1]', async () => {
    const id = await newFlow();
    const { socket } = await join(id, ada, 'a1');
    await call(`DELETE /v1/flows/${id}`, { as });
    expect((await socket.next('bye')).code).toBe('flow_deleted');
    expect((await upgrade(id, ada)).status).toBe(404);
    await call(`POST /v1/flows/${id}/restore`, { as });
    (await join(id, ada, 'a1')).socket.close();
  });
});

describe('the room’s alarm', () => {
  it('rests when nobody is there and nothing is due', async () => {
    const id = await newFlow();
    const { socket } = await join(id, ada, 'a1');
    socket.close();
    await socket.untilClosed();
    // By then webhooks are told that the flow was created.
    later(2);
    expect(await runDurableObjectAlarm(roomOf(id))).toBe(true);
    expect(await runDurableObjectAlarm(roomOf(id))).toBe(false);
  });
});
