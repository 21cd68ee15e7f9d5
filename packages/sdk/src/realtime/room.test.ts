import type { Op } from '@uxflow/flow';
import * as wire from '@uxflow/flow/sync';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RoomServer, node } from '../../test/room-server.ts';
import { until } from '../../test/until.ts';
import { UXFlow } from '../client.ts';
import { PING, PROTOCOL, TOKEN_PREFIX } from './connection.ts';
import type { Room, RoomEvents, RoomOptions } from './types.ts';

const open: Room[] = [];

async function join(server: RoomServer, token = 'ada', options?: RoomOptions): Promise<Room> {
  const room = await new UXFlow({ token, baseUrl: server.url }).flows.room('flw_1', options);
  open.push(room);
  return room;
}

async function joined(server: RoomServer, token?: string, options?: RoomOptions): Promise<Room> {
  const room = await join(server, token, options);
  await until(() => expect(room.status).toBe('online'));
  return room;
}

const put = (id: string, title?: string): Op => ({ op: 'put', kind: 'node', value: node(id, title) });
const retitle = (id: string, title: string): Op => ({ op: 'patch', kind: 'node', id, set: { title } });
const titles = (room: Room): string =>
  Object.values(room.document?.nodes ?? {})
    .map(({ title }) => title)
    .sort()
    .join(' ');
const stored = (server: RoomServer): string => {
  const snapshot = server.log.snapshot();
  return snapshot.ok
    ? Object.values(snapshot.document.nodes)
        .map(({ title }) => title)
        .sort()
        .join(' ')
    : snapshot.code;
};

function events<Name extends keyof RoomEvents>(room: Room, name: Name): RoomEvents[Name][] {
  const seen: RoomEvents[Name][] = [];
  room.on(name, (event) => void seen.push(event));
  return seen;
}

beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0.02));
afterEach(() => {
  for (const room of open.splice(0)) room.close();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('the names of the protocol are those of the wire format', () => {
  expect([PROTOCOL, TOKEN_PREFIX]).toEqual([wire.SUBPROTOCOL, wire.TOKEN_SUBPROTOCOL_PREFIX]);
  expect(PING).toBe(wire.PING);
});

describe('a room', () => {
  test('goes from connecting to online with document, clock, permission and self', async () => {
    await using server = await RoomServer.open();
    const room = await join(server);
    expect(room.getSnapshot()).toMatchObject({
      status: 'connecting',
      document: null,
      permission: null,
      self: null,
    });
    expect(Object.keys((await room.ready()).nodes)).toEqual(['a', 'b']);
    expect(room.getSnapshot()).toMatchObject({
      status: 'online',
      clock: 1,
      permission: 'edit',
      pending: 0,
      peers: [],
      closedBecause: null,
      self: { peerId: 'peer_1', actor: { id: 'user:ada', name: 'ada' } },
    });
  });

  test('shows an edit at once, saves it, and shows it to the others', async () => {
    await using server = await RoomServer.open();
    const [ada, bob] = [await joined(server), await joined(server, 'bob')];
    const changes = events(bob, 'change');
    const saved = ada.commit([retitle('a', 'Start'), put('c')], { message: 'Begin' });
    expect([titles(ada), ada.pending]).toEqual(['Start b c', 1]);
    expect(await saved).toMatchObject({ clock: 2, conflicts: [] });
    expect([ada.pending, ada.clock, stored(server)]).toEqual([0, 2, 'Start b c']);
    await until(() => expect(titles(bob)).toBe('Start b c'));
    expect(changes).toMatchObject([{ clock: 2, message: 'Begin', actor: { id: 'user:ada' } }]);
  });

  test('gives the same snapshot and the same records until they change, and calls listeners when they do', async () => {
    await using server = await RoomServer.open();
    const room = await joined(server);
    const before = room.getSnapshot();
    expect(room.getSnapshot()).toBe(before);
    expect([room.document, room.self, room.peers]).toEqual([before.document, before.self, before.peers]);
    const listener = vi.fn();
    const stop = room.subscribe(listener);
    await room.commit([retitle('a', 'x')]);
    expect(listener).toHaveBeenCalled();
    expect(room.getSnapshot()).not.toBe(before);
    expect(room.document?.nodes['b']).toBe(before.document?.nodes['b']);
    expect(before.document?.nodes['a']?.title).toBe('a');
    stop();
    listener.mockClear();
    await room.commit([retitle('a', 'y')]);
    expect(listener).not.toHaveBeenCalled();
  });

  test('a listener that throws stops neither the others nor the room, and its error is not swallowed', async () => {
    await using server = await RoomServer.open();
    const room = await joined(server);
    const uncaught = vi.fn();
    const before = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException').on('uncaughtException', uncaught);
    const listener = vi.fn();
    const stop = room.subscribe(() => {
      stop();
      throw new Error('a bug of the page');
    });
    room.subscribe(listener);
    await room.commit([retitle('a', 'x')]);
    process.removeAllListeners('uncaughtException');
    for (const each of before) process.on('uncaughtException', each);
    expect(listener).toHaveBeenCalled();
    expect(uncaught).toHaveBeenCalledWith(
      expect.objectContaining({ message: 'a bug of the page' }),
      'uncaughtException',
    );
    expect(titles(room)).toBe('b x');
  });

  test('undo takes back the own last step and says what it had to skip; redo brings it back', async () => {
    await using server = await RoomServer.open();
    const [ada, bob] = [await joined(server), await joined(server, 'bob')];
    await ada.commit([retitle('a', 'mine'), retitle('b', 'mine too')]);
    await until(() => expect(bob.clock).toBe(2));
    await bob.commit([retitle('a', 'theirs')]);
    await until(() => expect(ada.clock).toBe(3));
    const undone = await ada.undo();
    expect(titles(ada)).toBe('b theirs');
    expect(undone.skipped).toHaveLength(1);
    await ada.redo();
    expect(titles(ada)).toBe('mine too theirs');
    await expect(bob.redo()).rejects.toMatchObject({ name: 'RefusedError', code: 'conflict' });
  });

  test('a conflict is told to the one who has won', async () => {
    await using server = await RoomServer.open();
    const ada = await joined(server);
    const conflicts = events(ada, 'conflict');
    server.room.commit({ actor: { id: 'user:bob', name: 'bob' }, key: 'k', ops: [retitle('a', 'theirs')] });
    expect((await ada.commit([retitle('a', 'mine')])).conflicts).toMatchObject([
      { kind: 'node', id: 'a', field: 'title', clock: 2 },
    ]);
    expect(conflicts).toHaveLength(1);
    expect(stored(server)).toBe('b mine');
  });

  test('tells the status of agent runs', async () => {
    await using server = await RoomServer.open();
    const runs = events(await joined(server), 'run');
    server.room.announceRun({ runId: 'run_1', status: 'running' });
    await until(() => expect(runs).toEqual([{ runId: 'run_1', status: 'running' }]));
  });

  test('tells what becomes of proposals', async () => {
    await using server = await RoomServer.open();
    const proposals = events(await joined(server), 'proposal');
    server.room.announceProposal({
      id: 'prp_1',
      status: 'rejected',
      title: 'Idea',
      author: { id: 'user:bob', name: 'Bob' },
      runId: 'run_1',
      baseClock: 0,
      counts: { open: 0, accepted: 0, rejected: 1, dropped: 0 },
      commits: [],
      createdAt: 0,
      expiresAt: 1,
    });
    await until(() =>
      expect(proposals).toEqual([{ proposalId: 'prp_1', status: 'rejected', runId: 'run_1' }]),
    );
  });

  test('serves a server with a secret key and the WebSocket it brings along', async () => {
    await using server = await RoomServer.open();
    server.tokens.set('uxf_sk_test_1', { user: 'key' });
    const { WebSocket } = await import('ws');
    const room = await new UXFlow({ apiKey: 'uxf_sk_test_1', baseUrl: server.url }).flows.room('flw_1', {
      WebSocket,
    });
    open.push(room);
    await room.ready();
    vi.stubGlobal('WebSocket', undefined);
    await expect(join(server)).rejects.toMatchObject({ code: 'invalid_config' });
  });
});

describe('what cannot be', () => {
  test('is refused before it is sent, by promise and event, and changes nothing', async () => {
    await using server = await RoomServer.open();
    const room = await joined(server);
    const refused = events(room, 'refused');
    const ops = [retitle('nobody', 'x')];
    await expect(room.commit(ops)).rejects.toMatchObject({
      code: 'unknown_record',
      issues: [{ path: expect.any(String) }],
    });
    expect(refused).toMatchObject([{ error: { code: 'unknown_record' }, ops }]);
    expect([titles(room), room.pending]).toEqual(['a b', 0]);
    expect(server.heard.some(({ type }) => type === 'commit')).toBe(false);
  });

  test('and is refused by the room is taken back out of the document', async () => {
    await using server = await RoomServer.open();
    const room = await joined(server);
    const ops = [retitle('a', 'x'.repeat(201))]; // The client core checks references, the room the schema too.
    const refused = events(room, 'refused');
    await expect(room.commit(ops)).rejects.toMatchObject({ code: 'invalid_request' });
    expect(refused).toHaveLength(1);
    expect(titles(room)).toBe('a b');
  });

  test('a reader may not edit, and is told so here', async () => {
    await using server = await RoomServer.open();
    server.tokens.set('eve', { user: 'eve', permission: 'view' });
    const room = await joined(server, 'eve');
    await expect(room.commit([retitle('a', 'x')])).rejects.toMatchObject({ code: 'forbidden' });
    await expect(room.undo()).rejects.toMatchObject({ code: 'forbidden' });
    expect(titles(room)).toBe('a b');
  });

  test('an ignored refusal is no unhandled rejection', async () => {
    await using server = await RoomServer.open();
    const room = await joined(server);
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    void room.commit([retitle('nobody', 'x')]);
    await new Promise((resolve) => setTimeout(resolve, 5));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  test('ops that change nothing resolve without a commit', async () => {
    await using server = await RoomServer.open();
    const room = await joined(server);
    expect(await room.commit([retitle('a', 'a')])).toMatchObject({ clock: 1 });
    expect(room.pending).toBe(0);
  });
});

describe('presence', () => {
  test('is seen by others with its fields merged, and goes with its owner', async () => {
    await using server = await RoomServer.open();
    const [ada, bob] = [
      await joined(server, 'ada', { presence: { selection: ['a'] } }),
      await joined(server, 'bob'),
    ];
    ada.setPresence({ cursor: { x: 1, y: 2 } });
    await until(() =>
      expect(bob.peers).toMatchObject([
        { actor: { id: 'user:ada' }, presence: { cursor: { x: 1, y: 2 }, selection: ['a'] } },
      ]),
    );
    ada.setPresence({ cursor: null });
    await until(() => expect(bob.peers[0]?.presence).toEqual({ selection: ['a'] }));
    expect(ada.peers.map(({ actor }) => actor.id)).toEqual(['user:bob']);
    ada.close();
    await until(() => expect(bob.peers).toEqual([]));
  });

  test('is sent at most thirty times a second, the last always [P3]', async () => {
    await using server = await RoomServer.open();
    const [ada, bob] = [await joined(server), await joined(server, 'bob')];
    for (let x = 1; x <= 500; x++) ada.setPresence({ cursor: { x, y: 0 } });
    await until(() => expect(bob.peers[0]?.presence.cursor?.x).toBe(500));
    expect(server.heard.filter(({ type }) => type === 'presence')).toHaveLength(2);
  });
});

describe('a broken connection', () => {
  test('is made anew; edits made meanwhile show at once and arrive, with those of the others', async () => {
    await using server = await RoomServer.open();
    const room = await joined(server);
    const statuses = events(room, 'status');
    server.outage = 503;
    server.cut();
    await until(() => expect(room.status).toBe('offline'));
    const saved = Promise.all([room.commit([put('c')]), room.commit([retitle('a', 'mine')])]);
    server.room.commit({ actor: { id: 'user:bob', name: 'bob' }, key: 'k', ops: [retitle('b', 'theirs')] });
    expect([titles(room), room.pending]).toEqual(['b c mine', 2]);
    server.outage = undefined;
    await saved;
    expect([titles(room), stored(server), room.pending]).toEqual(['c mine theirs', 'c mine theirs', 0]);
    expect(statuses.map(({ status }) => status)).toEqual(['offline', 'online']);
  });

  test('that broke after the commit and before its answer leaves it done once [K2, S2]', async () => {
    await using server = await RoomServer.open();
    const room = await joined(server);
    server.breakBeforeAnswer = true;
    const { clock } = await room.commit([put('c')]);
    await room.commit([put('d')]);
    expect([stored(server), clock, room.clock]).toEqual(['a b c d', 2, 3]);
  });

  test('loses and doubles nothing when it breaks again and again under a stream of edits', async () => {
    await using server = await RoomServer.open();
    const [ada, bob] = [await joined(server), await joined(server, 'bob')];
    const saved: Promise<unknown>[] = [];
    for (let i = 0; i < 60; i++) {
      saved.push(ada.commit([put(`a${i}`)]), bob.commit([put(`b${i}`)]));
      if (i % 12 === 5) server.cut();
      if (i % 20 === 7) server.breakBeforeAnswer = true;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await Promise.all(saved);
    await until(() => expect([titles(ada), titles(bob)]).toEqual([stored(server), stored(server)]));
    expect(stored(server).split(' ')).toHaveLength(2 + 120);
    expect(server.log.snapshot()).toMatchObject({ clock: 1 + 120 });
  });

  test('that never says it broke is noticed by the answer that does not come', async () => {
    await using server = await RoomServer.open();
    const room = await joined(server);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    server.mute = true;
    const saved = room.commit([put('c')]);
    await vi.advanceTimersByTimeAsync(9_900);
    expect(room.status).toBe('online');
    await vi.advanceTimersByTimeAsync(200);
    expect(room.status).toBe('offline');
    server.mute = false;
    await vi.advanceTimersByTimeAsync(1_000);
    vi.useRealTimers();
    await saved;
    expect(stored(server)).toBe('a b c');
  });

  test('that swallows an edit is made anew after 30 s, however much else it says, and the edit lands once', async () => {
    await using server = await RoomServer.open();
    const room = await joined(server);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    server.loses = (way, text) => way === 'up' && text.includes('"commit"');
    const saved = room.commit([put('c')]);
    for (let second = 1; second < 30; second += 1) {
      server.say(JSON.stringify({ type: 'run', runId: 'run_1', status: `${second}` }));
      await vi.advanceTimersByTimeAsync(1_000);
      expect(room.status).toBe('online');
    }
    await vi.advanceTimersByTimeAsync(1_100);
    expect(room.status).toBe('offline');
    server.loses = undefined;
    await vi.advanceTimersByTimeAsync(1_000);
    vi.useRealTimers();
    expect(await saved).toMatchObject({ clock: 2 });
    expect([stored(server), server.handshakes.length]).toEqual(['a b c', 2]);
  });

  test('on which one of several edits is lost is begun anew at once, and all land once and in order [K5]', async () => {
    await using server = await RoomServer.open();
    const room = await joined(server);
    server.loses = (way, text) => way === 'up' && text.includes('"first"');
    const saved = ['first', 'second', 'third'].map((title) => room.commit([retitle('a', title)]));
    await until(() => expect(room.status).toBe('offline'));
    server.loses = undefined;
    expect(await Promise.all(saved)).toMatchObject([{ clock: 2 }, { clock: 3 }, { clock: 4 }]);
    expect(stored(server)).toBe('b third');
  });

  describe('on which nothing is due', () => {
    const pings = (server: RoomServer): number => server.heard.filter(({ type }) => type === 'ping').length;
    /** A room that has been quiet for less than a second, on a clock that the test moves. */
    const quiet = async (server: RoomServer, options?: RoomOptions): Promise<Room> => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
      return joined(server, 'ada', options);
    };

    test('is asked for a sign of life after 25 s, and lives on with it', async () => {
      await using server = await RoomServer.open();
      let pongs = 0;
      class Listening extends WebSocket {
        constructor(url: string, protocols: string[]) {
          super(url, protocols);
          this.addEventListener('message', ({ data }) => void (pongs += data === wire.pong(1) ? 1 : 0));
        }
      }
      const room = await quiet(server, { WebSocket: Listening });
      for (const count of [1, 2]) {
        await vi.advanceTimersByTimeAsync(24_000);
        expect(pings(server)).toBe(count - 1);
        await vi.advanceTimersByTimeAsync(1_100);
        await until(() => expect([pings(server), pongs]).toEqual([count, count]));
      }
      await vi.advanceTimersByTimeAsync(15_000);
      expect([room.status, server.handshakes.length]).toEqual(['online', 1]);
    });

    test('and never says it broke is noticed 10 s after that, and what was missed is made up for', async () => {
      await using server = await RoomServer.open();
      const room = await quiet(server);
      const changes = events(room, 'change');
      server.mute = true;
      server.room.commit({ actor: { id: 'user:bob', name: 'bob' }, key: 'k', ops: [put('c')] });
      await vi.advanceTimersByTimeAsync(34_000);
      expect([room.status, titles(room)]).toEqual(['online', 'a b']);
      await vi.advanceTimersByTimeAsync(1_500);
      expect(room.status).toBe('offline');
      server.mute = false;
      await vi.advanceTimersByTimeAsync(1_000);
      vi.useRealTimers();
      await until(() => expect(titles(room)).toBe('a b c'));
      await room.commit([put('d')]);
      expect([room.status, stored(server), changes]).toEqual(['online', 'a b c d', []]);
    });

    test('and which lost the last change is noticed by the clock in the answer, and made up for [H8]', async () => {
      await using server = await RoomServer.open();
      const room = await quiet(server);
      server.loses = (way, text) => way === 'down' && text.startsWith('[');
      server.room.commit({ actor: { id: 'user:bob', name: 'bob' }, key: 'k', ops: [put('c')] });
      server.room.flush();
      server.loses = undefined;
      await vi.advanceTimersByTimeAsync(24_000);
      expect(titles(room)).toBe('a b');
      await vi.advanceTimersByTimeAsync(1_100);
      vi.useRealTimers();
      await until(() => expect(titles(room)).toBe('a b c'));
      expect([room.status, server.handshakes.length]).toEqual(['online', 1]);
    });

    test('is left in peace while the page is hidden', async () => {
      await using server = await RoomServer.open();
      const room = await quiet(server);
      vi.stubGlobal('document', { hidden: true });
      server.mute = true;
      await vi.advanceTimersByTimeAsync(120_000);
      expect(room.status).toBe('online');
    });
  });

  test('is looked at when the page is shown again or the network is back', async () => {
    await using server = await RoomServer.open();
    const page = new EventTarget();
    vi.stubGlobal('window', globalThis);
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
    vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false }));
    const room = await joined(server);
    const hellos = (): number => server.heard.filter(({ type }) => type === 'hello').length;
    globalThis.document.dispatchEvent(new Event('visibilitychange'));
    await until(() => expect(hellos()).toBe(2));
    expect(room.status).toBe('online');

    // Waiting for its next attempt: the network coming back ends the wait.
    vi.spyOn(Math, 'random').mockReturnValue(1_000);
    server.cut();
    await until(() => expect(room.status).toBe('offline'));
    await new Promise((resolve) => setTimeout(resolve, 10));
    page.dispatchEvent(new Event('online'));
    await until(() => expect(room.status).toBe('online'));
    room.close();
    globalThis.document.dispatchEvent(new Event('visibilitychange'));
    expect(hellos()).toBe(3);
  });

  test('garbled messages are not believed: the room is joined anew', async () => {
    await using server = await RoomServer.open();
    const room = await joined(server);
    server.say('{"type":"chan');
    await until(() => expect(server.handshakes).toHaveLength(2));
    await until(() => expect(room.status).toBe('online'));
  });

  test('a room that asks to come back later is joined again [B2]', async () => {
    await using server = await RoomServer.open();
    const room = await joined(server);
    server.sayBye('slow_reader', 1013);
    await until(() => expect(server.handshakes).toHaveLength(2));
    await until(() => expect(room.status).toBe('online'));
  });
});

describe('the end', () => {
  test.each([
    ['an unknown credential', 'nobody', 401, 'unauthenticated'],
    ['an expired token that cannot be renewed', 'old', 401, 'token_expired'],
  ])('%s closes the room with the reason', async (_name, token, status, code) => {
    await using server = await RoomServer.open();
    server.tokens.set('old', { user: 'ada', exp: Date.now() - 1 });
    const room = await join(server, token);
    await expect(room.ready()).rejects.toMatchObject({ status, code });
    expect(room).toMatchObject({ status: 'closed', closedBecause: { status, code } });
    const { length } = server.handshakes;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(server.handshakes).toHaveLength(length);
  });

  test('a deleted flow closes it; what was not saved is rejected [B2]', async () => {
    await using server = await RoomServer.open();
    const room = await joined(server);
    const statuses = events(room, 'status');
    server.outage = 404;
    server.mute = true;
    const saved = room.commit([put('c')]);
    server.mute = false;
    server.sayBye('flow_deleted', 4404);
    await expect(saved).rejects.toMatchObject({ code: 'not_found' });
    expect(statuses.at(-1)).toMatchObject({ status: 'closed', closedBecause: { status: 404 } });
    await expect(room.commit([put('d')])).rejects.toMatchObject({ code: 'room_closed' });
  });

  test('close leaves, rejects what is unanswered, and nothing happens afterwards', async () => {
    await using server = await RoomServer.open();
    const room = await joined(server);
    server.mute = true;
    const saved = room.commit([put('c')]);
    room.close();
    room.close();
    await expect(saved).rejects.toMatchObject({ code: 'room_closed' });
    expect(room).toMatchObject({ status: 'closed', closedBecause: null });
    await expect(room.ready()).rejects.toMatchObject({ code: 'room_closed' });
    await until(() => expect(server.connections).toBe(0));
    expect(server.handshakes).toHaveLength(1);
  });

  test('an aborted signal closes it, also before it has begun', async () => {
    await using server = await RoomServer.open();
    const controller = new AbortController();
    const room = await joined(server, 'ada', { signal: controller.signal });
    controller.abort();
    expect(room.status).toBe('closed');
    expect((await join(server, 'ada', { signal: controller.signal })).status).toBe('closed');
    expect(server.handshakes).toHaveLength(1);
  });

  test('a server that is away keeps it connecting, not closed', async () => {
    await using server = await RoomServer.open();
    server.outage = 503;
    const room = await join(server);
    await until(() => expect(server.handshakes.length).toBeGreaterThan(2));
    expect(room.status).toBe('connecting');
    server.outage = undefined;
    await room.ready();
  });
});

describe('a credential that ends', () => {
  const login = (server: RoomServer, life: number): { sdk: UXFlow; minted: string[] } => {
    const minted: string[] = [];
    const getToken = async (): Promise<{ token: string; expiresAt: number }> => {
      const token = `t${minted.length + 1}`;
      const expiresAt = Date.now() + life;
      server.tokens.set(token, { user: 'ada', exp: expiresAt });
      minted.push(token);
      return { token, expiresAt };
    };
    return { sdk: new UXFlow({ getToken, baseUrl: server.url }), minted };
  };

  test('is renewed in place before it does', async () => {
    await using server = await RoomServer.open();
    const { sdk, minted } = login(server, 60_000);
    const timers = vi.spyOn(globalThis, 'setTimeout');
    const room = await sdk.flows.room('flw_1');
    open.push(room);
    await room.ready();
    const renewal = timers.mock.calls.find(
      ([, delay]) => delay !== undefined && delay > 40_000 && delay < 50_000,
    )?.[0];
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 50_000 });
    renewal?.();
    await until(() => expect(server.heard).toContainEqual({ user: 'ada', type: 'auth', token: 't2' }));
    expect([minted, server.handshakes, room.status]).toEqual([['t1', 't2'], ['t1'], 'online']);
  });

  test('and was not renewed in time brings a goodbye; the room comes back with a new one [B2]', async () => {
    await using server = await RoomServer.open();
    const { sdk, minted } = login(server, 900_000);
    const room = await sdk.flows.room('flw_1');
    open.push(room);
    await room.ready();
    server.tokens.set('t1', { user: 'ada', exp: Date.now() - 1 });
    server.sayBye('token_expired', 4401);
    await until(() => expect(server.handshakes).toEqual(['t1', 't2']));
    await room.commit([put('c')]);
    expect([minted, stored(server)]).toEqual([['t1', 't2'], 'a b c']);
  });

  test('that is revoked early is replaced by a new one each time, and the room goes on', async () => {
    await using server = await RoomServer.open();
    const { sdk, minted } = login(server, 900_000);
    const room = await sdk.flows.room('flw_1');
    open.push(room);
    await room.ready();
    for (const [revoked, id] of [
      ['t1', 'c'],
      ['t2', 'd'],
    ] as const) {
      server.tokens.delete(revoked);
      server.sayBye('token_revoked', 4401);
      await room.commit([put(id)]);
    }
    expect([minted, stored(server)]).toEqual([['t1', 't2', 't3'], 'a b c d']);
    expect([server.handshakes, room.status]).toEqual([['t1', 't2', 't3'], 'online']);
  });

  test('and is followed by one of somebody else closes the room: what one did is never sent as another’s', async () => {
    await using server = await RoomServer.open();
    const tokenOf = (user: string): string => {
      const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      const token = `${part({ kid: 'wsp_1.k' })}.${part({ user: { id: user } })}.s`;
      server.tokens.set(token, { user });
      return token;
    };
    let user = 'ada';
    const sdk = new UXFlow({
      getToken: async () => ({ token: tokenOf(user), expiresAt: Date.now() + 900_000 }),
      baseUrl: server.url,
    });
    const room = await sdk.flows.room('flw_1');
    open.push(room);
    await room.ready();
    await room.commit([put('c')]);
    server.tokens.delete(tokenOf('ada'));
    user = 'bob';
    const unsent = room.commit([put('d')]);
    server.sayBye('token_revoked', 4401);
    await until(() => expect(room.status).toBe('closed'));
    expect(room.closedBecause).toMatchObject({ code: 'auth_failed' });
    await unsent.catch(() => undefined);
    expect(server.heard.filter((heard) => heard.user === 'bob')).toEqual([]);
    expect(server.handshakes).toHaveLength(1);
  });

  test('and whose replacement is refused too closes the room [B2]', async () => {
    await using server = await RoomServer.open();
    const { sdk, minted } = login(server, 900_000);
    const room = await sdk.flows.room('flw_1');
    open.push(room);
    await room.ready();
    vi.spyOn(server.tokens, 'set').mockImplementation(() => server.tokens);
    server.tokens.delete('t1');
    server.sayBye('token_revoked', 4401);
    await until(() => expect(room.status).toBe('closed'));
    expect(room.closedBecause).toMatchObject({ status: 401, code: 'unauthenticated' });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(minted).toEqual(['t1', 't2']);
    expect(server.handshakes).not.toContain('t3');
  });

  test('an auth endpoint that says the user is signed out closes the room; one that is down does not', async () => {
    await using server = await RoomServer.open();
    let status = 503;
    const fetch: typeof globalThis.fetch = async (input, init) =>
      String(input) === 'https://app.example.com/token'
        ? Response.json({ detail: 'x' }, { status })
        : globalThis.fetch(input, init);
    const sdk = new UXFlow({
      authEndpoint: 'https://app.example.com/token',
      baseUrl: server.url,
      fetch,
      maxRetries: 0,
    });
    const room = await sdk.flows.room('flw_1');
    open.push(room);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(room.status).toBe('connecting');
    status = 403;
    await expect(room.ready()).rejects.toMatchObject({ code: 'auth_failed' });
  });
});
