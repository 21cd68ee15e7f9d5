import { env } from 'cloudflare:workers';
import { evictDurableObject, runDurableObjectAlarm } from 'cloudflare:test';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { call, newToken, newWorkspace, OPERATOR, type Workspace } from '../../test/client.ts';
import { TestSocket, upgradeAt } from '../../test/socket.ts';
import { workspaceAccount } from '../platform/objects.ts';

type Told = { type: 'credits'; credits: Record<string, unknown> } | { type: 'bye'; code: string };

let workspace: Workspace;
beforeEach(async () => {
  workspace = await newWorkspace();
});
afterEach(() => {
  vi.useRealTimers();
});

const account = () => env.WORKSPACE_ACCOUNT.getByName(workspace.id);
const grant = (amount: number) =>
  call(`POST /v1/admin/workspaces/${workspace.id}/grants`, { as: OPERATOR, body: { amount, note: 'test' } });

async function watch(credential: string): Promise<TestSocket<Told>> {
  const response = await upgradeAt('/v1/credits/live', credential);
  expect(response.status).toBe(101);
  expect(response.headers.get('Sec-WebSocket-Protocol')).toBe('uxflow.v1');
  if (!response.webSocket) throw new Error('no socket');
  return new TestSocket<Told>(response.webSocket);
}

const hold = (holdId: string, amount: number, userId?: string) =>
  workspaceAccount(env, workspace.id).hold({
    holdId,
    amount,
    expiresAt: Date.now() + 60_000,
    flowId: 'flw_1',
    agent: 'designer',
    model: 'local',
    keyId: 'key_1',
    ...(userId !== undefined && { userId }),
  });

describe('GET /v1/credits/live', () => {
  it('tells the balance at once, and after every change what GET /v1/credits answers', async () => {
    const socket = await watch(workspace.key);
    expect((await socket.next('credits')).credits).toMatchObject({ available: 0, granted: 0 });
    await grant(5_000_000);
    expect((await socket.next('credits')).credits).toMatchObject({ available: 5_000_000 });
    await hold('run_1', 2_000_000);
    const { credits } = await socket.next('credits');
    expect(credits).toMatchObject({ available: 3_000_000, held: 2_000_000 });
    expect(credits).toEqual((await call('GET /v1/credits', { as: workspace.key })).body);
    socket.close();
  });

  it('tells many changes at once as one, and what changes nothing not at all', async () => {
    const socket = await watch(workspace.key);
    await socket.next('credits');
    await grant(9_000_000);
    await socket.next('credits');
    const ids = Array.from({ length: 60 }, (_, at) => `run_${at}`);
    await Promise.all(ids.map((id) => hold(id, 100_000)));
    let told = 0;
    for (let held: unknown = 0; held !== 6_000_000; told++)
      held = (await socket.next('credits')).credits['held'];
    expect(told).toBeLessThan(20);
    await call('GET /v1/credits', { as: workspace.key });
    await grant(1);
    expect((await socket.next('credits')).credits).toMatchObject({ granted: 9_000_001 });
    socket.close();
  });

  it("tells an end user what is left of his own budget, never the workspace's balance", async () => {
    await grant(9_000_000);
    const user = { id: 'ada', name: 'Ada' };
    const { token } = await newToken(workspace, { user, budget: { credits: 4_000_000, per: 'day' } });
    const socket = await watch(token);
    const first = await socket.next('credits');
    expect(Object.keys(first.credits)).toEqual(['budget']);
    expect(first.credits['budget']).toMatchObject({ limit: 4_000_000, remaining: 4_000_000 });
    await hold('run_2', 1_000_000, 'bob');
    await hold('run_1', 1_500_000, 'ada');
    expect((await socket.next('credits')).credits['budget']).toMatchObject({ remaining: 2_500_000 });
    socket.close();
    const free = await watch((await newToken(workspace, { user })).token);
    expect((await free.next('credits')).credits).toEqual({ budget: null });
    free.close();
  });

  it('goes on telling after the account has slept', async () => {
    const socket = await watch(workspace.key);
    await socket.next('credits');
    await evictDurableObject(account(), { webSockets: 'hibernate' });
    await grant(1_000_000);
    expect((await socket.next('credits')).credits).toMatchObject({ available: 1_000_000 });
    socket.sendRaw('ping');
    await socket.untilPong();
    socket.close();
  });

  it.each([
    ['an expired token', 'token_expired', async () => undefined],
    [
      'a revoked user',
      'token_revoked',
      () => call('POST /v1/client-tokens/revoke', { as: workspace.key, body: { userId: 'ada' } }),
    ],
  ])('ends within a minute with %s, also after the account has slept', async (_what, code, end) => {
    const { token } = await newToken(workspace, {
      user: { id: 'ada', name: 'Ada' },
      expiresInSeconds: code === 'token_expired' ? 60 : 900,
    });
    const socket = await watch(token);
    await socket.next('credits');
    await end();
    await evictDurableObject(account(), { webSockets: 'hibernate' });
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.now() + 61_000);
    expect(await runDurableObjectAlarm(account())).toBe(true);
    expect((await socket.next('bye')).code).toBe(code);
    expect((await socket.untilClosed()).code).toBe(4401);
  });

  it('is no ordinary request', async () => {
    const { status, body } = await call('GET /v1/credits/live', { as: workspace.key });
    expect([status, body['code']]).toEqual([422, 'invalid_request']);
  });
});
