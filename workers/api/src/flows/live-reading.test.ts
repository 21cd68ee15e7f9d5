import { env } from 'cloudflare:workers';
import { evictDurableObject, runDurableObjectAlarm } from 'cloudflare:test';
import type { FlowDocument, Op } from '@uxflow/flow';
import { SyncClient } from '@uxflow/flow/sync';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { call, newToken, newWorkspace } from '../../test/client.ts';
import { connect, join, type TestSocket, upgrade } from '../../test/socket.ts';
import { flowRoom } from '../platform/objects.ts';

const workspace = await newWorkspace();
const as = workspace.key;
const { token: ada } = await newToken(workspace, { user: { id: 'ada', name: 'Ada' } });
const { token: bob } = await newToken(workspace, { user: { id: 'bob', name: 'Bob' } });

const put = (id: string, description = '') => ({
  op: 'put',
  kind: 'node',
  value: { id, type: 'screen', title: id, description, position: { x: 0, y: 0 } },
});
const newFlow = async () => String((await call('POST /v1/flows', { as, body: { name: 'Live' } })).body.id);
const roomOf = (id: string) => env.FLOW_ROOM.getByName(`${workspace.id}/${id}`);
const documentOf = async (id: string) =>
  (await call(`GET /v1/flows/${id}`, { as })).body.document as unknown as FlowDocument;

afterEach(() => {
  vi.useRealTimers();
});

/** Sends commits `from`…`to` all at once; returns when the last one is answered. */
async function burst(writer: TestSocket, from: number, to: number, ops: (at: number) => unknown[]) {
  for (let at = from; at <= to; at++) {
    writer.send({ type: 'commit', key: `w:${at}`, baseClock: at - 1, ops: ops(at) });
  }
  while ((await writer.next('committed')).clock < to);
}

/** The client core that pages run, on a real socket. */
async function reader(id: string, token: string) {
  const { webSocket } = await upgrade(id, token);
  if (!webSocket) throw new Error('refused');
  const acks: number[] = [];
  const state = { closed: undefined as number | undefined, acks };
  const sync = new SyncClient({
    clientId: 'r',
    send: (message) => {
      if (message.type === 'ack') acks.push(message.clock);
      webSocket.send(JSON.stringify(message));
    },
  });
  webSocket.addEventListener('message', ({ data }) =>
    sync.receive(JSON.parse(String(data)), String(data).length),
  );
  webSocket.addEventListener('close', ({ code }) => {
    state.closed = code;
  });
  webSocket.accept();
  sync.connected();
  await vi.waitFor(() => expect(sync.status).toBe('live'));
  return { sync, state, close: () => webSocket.close(1000, 'done') };
}

describe('the heartbeat', () => {
  it('is answered while the room sleeps, and does not wake it [C3]', async () => {
    const id = await newFlow();
    const { socket } = await join(id, ada, 'a1');
    await evictDurableObject(roomOf(id), { webSockets: 'hibernate' });
    socket.sendRaw('ping');
    await socket.untilPong();
    // Only what runs can be evicted.
    await expect(evictDurableObject(roomOf(id))).rejects.toThrow(/Cannot evict/);

    socket.send({ type: 'commit', key: 'a1:1', baseClock: 0, ops: [put('x')] });
    expect((await socket.next('committed')).clock).toBe(1);
    await evictDurableObject(roomOf(id), { webSockets: 'hibernate' });
    socket.close();
  });

  it('tells the clock of the latest commit, over REST too, to those who sleep through it [C3, H8]', async () => {
    const id = await newFlow();
    const { socket } = await join(id, ada, 'a1');
    socket.send({ type: 'commit', key: 'a1:1', baseClock: 0, ops: [put('x')] });
    await socket.next('committed');
    socket.sendRaw('ping');
    await socket.untilPong();
    await call(`POST /v1/flows/${id}/commits`, { as, body: { ops: [put('y')] } });
    await evictDurableObject(roomOf(id), { webSockets: 'hibernate' });
    socket.sendRaw('ping');
    await socket.untilPong(2);
    expect(socket.pongs).toEqual([1, 2]);
    // A room that was woken by a newcomer answers the others as before.
    const late = await join(id, bob, 'b1');
    socket.sendRaw('ping');
    await socket.untilPong(3);
    expect(socket.pongs[2]).toBe(2);
    late.socket.close();
    socket.close();
  });

  it('is answered by a room that is awake, also before hello, and is no message to it [C3]', async () => {
    const socket = await connect(await newFlow(), ada);
    socket.sendRaw('ping');
    socket.sendRaw('ping');
    await socket.untilPong(2);
    expect(socket.pongs).toEqual([0, 0]);
    socket.sendRaw('pong');
    expect((await socket.next('refused')).code).toBe('invalid_request');
    socket.close();
  });
});

describe('a reader', () => {
  const patience = () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.now() + 5_000);
  };

  it('who acknowledges nothing is sent 200 changes, then closed with 1013, and has all when he is back [W2, W4]', async () => {
    const id = await newFlow();
    const writer = (await join(id, ada, 'w')).socket;
    const stalled = (await join(id, bob, 'r')).socket;
    await burst(writer, 1, 300, (at) => [put(`n${at}`)]);
    for (let clock = 1; clock <= 200; clock++) expect((await stalled.next('changes')).clock).toBe(clock);
    expect(await runDurableObjectAlarm(roomOf(id))).toBe(true);
    stalled.sendRaw('ping');
    await stalled.untilPong();
    expect(stalled.closed).toBeUndefined();

    patience();
    expect(await runDurableObjectAlarm(roomOf(id))).toBe(true);
    expect((await stalled.next('bye')).code).toBe('slow_reader');
    expect(await stalled.untilClosed()).toEqual({ code: 1013, reason: 'slow_reader' });

    const back = await join(id, bob, 'r', 200);
    expect(back.welcome.clock).toBe(300);
    expect(back.welcome.changes?.map(({ clock }) => clock)).toEqual(
      Array.from({ length: 100 }, (_, at) => 201 + at),
    );
    // With a window of his own again.
    await burst(writer, 301, 400, (at) => [put(`n${at}`)]);
    while ((await back.socket.next('changes')).clock < 400);
    back.socket.close();
    writer.close();
  });

  it('who acknowledges nothing is sent 256 kB, then closed with 1013 [W2, W4]', async () => {
    const id = await newFlow();
    const writer = (await join(id, ada, 'w')).socket;
    const stalled = (await join(id, bob, 'r')).socket;
    // 30 changes of 12 kB, in letters of two bytes: 22 of them fill the window.
    const long = (at: number) => 'ü'.repeat(3_000) + at;
    await burst(writer, 1, 30, (at) => [put('a', long(at)), put('b', long(at))]);
    patience();
    expect(await runDurableObjectAlarm(roomOf(id))).toBe(true);
    for (let clock = 1; clock <= 22; clock++) expect((await stalled.next('changes')).clock).toBe(clock);
    expect((await stalled.next('bye')).code).toBe('slow_reader');
    expect((await stalled.untilClosed()).code).toBe(1013);
    writer.close();
  });

  it.each([
    [1_000, 'small commits', 1, ''],
    [300, 'commits of 12 kB', 4, 'x'.repeat(3_000)],
  ])('who reads is never closed under a burst of %i %s', { timeout: 30_000 }, async (...row) => {
    const [count, _size, records, description] = row;
    const id = await newFlow();
    const writer = (await join(id, ada, 'w')).socket;
    const { sync, state, close } = await reader(id, bob);
    await burst(writer, 1, count, (at) =>
      Array.from({ length: records }, (_, record) =>
        put(`n${(at * records + record) % 400}`, description + at),
      ),
    );
    await vi.waitFor(() => expect(sync.clock).toBe(count), { timeout: 20_000 });
    expect(state.closed).toBeUndefined();
    expect(state.acks.length).toBeGreaterThan(count / 17);
    expect(sync.document).toEqual(await documentOf(id));
    close();
    writer.close();
  });

  it('who reads is not closed by documents that replace each other', async () => {
    const id = await newFlow();
    const { sync, state, close } = await reader(id, bob);
    // More than one commit over the wire may hold, so that the room sends the document instead.
    for (const title of ['one', 'two', 'three']) {
      const nodes = Object.fromEntries(
        Array.from({ length: 150 }, (_, at) => [
          `n${at}`,
          { ...put(`n${at}`, title.repeat(800)).value, title },
        ]),
      );
      const ops = Object.values(nodes).map((value) => ({ op: 'put', kind: 'node', value })) as Op[];
      const actor = { id: 'system:test', name: 'Test' };
      const room = flowRoom(env, workspace.id, id);
      expect(await room.commit({ actor, key: title, ops, internal: true })).toMatchObject({ ok: true });
      await vi.waitFor(() => expect(sync.document?.nodes['n149']?.title).toBe(title));
    }
    expect(state).toEqual({ closed: undefined, acks: [1, 2, 3] });
    close();
  });
});
