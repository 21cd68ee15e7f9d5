import { env } from 'cloudflare:workers';
import { runInDurableObject } from 'cloudflare:test';
import type { FlowDocument } from '@uxflow/flow';
import { afterEach, expect, it, vi } from 'vitest';
import { call, newToken, newWorkspace } from '../../test/client.ts';
import { join } from '../../test/socket.ts';

const workspace = await newWorkspace();
const as = workspace.key;
const { token: ada } = await newToken(workspace, { user: { id: 'ada', name: 'Ada' } });

const put = (id: string) => ({
  op: 'put',
  kind: 'node',
  value: { id, type: 'screen', title: id, position: { x: 0, y: 0 } },
});
const newFlow = async () => String((await call('POST /v1/flows', { as, body: { name: 'Live' } })).body.id);
const nodesOf = async (id: string) =>
  Object.keys(
    ((await call(`GET /v1/flows/${id}`, { as })).body.document as unknown as FlowDocument).nodes,
  ).sort();

afterEach(() => {
  vi.restoreAllMocks();
});

/** The next transaction of this flow's room fails, as on a full disk. */
async function failOnce(id: string): Promise<void> {
  const room = env.FLOW_ROOM.getByName(`${workspace.id}/${id}`);
  await runInDurableObject(room, (_room, { storage }) => {
    const { transactionSync } = storage;
    storage.transactionSync = () => {
      storage.transactionSync = transactionSync;
      throw new Error('database or disk is full: SQLITE_FULL');
    };
  });
}

it('a commit that cannot be stored ends its socket, and none behind it is carried out in its place; sent again all land [L4]', async () => {
  const id = await newFlow();
  const { socket } = await join(id, ada, 'a1');
  await failOnce(id);
  // While a token is verified, what is said waits: both commits stand behind it when the first one fails.
  const { verify } = crypto.subtle;
  vi.spyOn(crypto.subtle, 'verify').mockImplementation(async (...args) => {
    await scheduler.wait(50);
    return verify.apply(crypto.subtle, args);
  });
  socket.send({ type: 'auth', token: ada });
  for (const seq of [1, 2])
    socket.send({ type: 'commit', key: `a1:${seq}`, baseClock: 0, ops: [put(`n${seq}`)] });
  expect((await socket.next('bye')).code).toBe('internal');
  expect(await socket.untilClosed()).toEqual({ code: 1011, reason: 'internal' });
  expect(await nodesOf(id)).toEqual([]);

  const back = await join(id, ada, 'a1', 0);
  expect(back.welcome).toMatchObject({ clock: 0, lastSeq: 0 });
  for (const seq of [1, 2])
    back.socket.send({ type: 'commit', key: `a1:${seq}`, baseClock: 0, ops: [put(`n${seq}`)] });
  while ((await back.socket.next('committed')).clock < 2);
  expect(await nodesOf(id)).toEqual(['n1', 'n2']);
  back.socket.close();
});

it('a commit over REST that cannot be stored is a 500 that changes nothing, and the same request again lands once [L4]', async () => {
  const id = await newFlow();
  const { socket } = await join(id, ada, 'a1');
  await failOnce(id);
  const send = () =>
    call(`POST /v1/flows/${id}/commits`, {
      as,
      body: { ops: [put('x')] },
      headers: { 'Idempotency-Key': 'once' },
    });
  expect((await send()).status).toBe(500);
  expect(await nodesOf(id)).toEqual([]);
  expect(await send()).toMatchObject({ status: 200, body: { clock: 1 } });
  expect(await send()).toMatchObject({ status: 200, body: { clock: 1 } });
  expect((await socket.next('changes')).clock).toBe(1);
  expect(await nodesOf(id)).toEqual(['x']);
  socket.close();
});
