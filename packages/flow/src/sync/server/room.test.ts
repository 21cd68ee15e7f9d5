import { describe, expect, test } from 'vitest';
import { ADA, BOB, documentOf, expectOk, freshLog, putNode, setTitle } from '../../../test/log.ts';
import { LIMITS } from '../../index.ts';
import type { Actor, Permission, ServerMessage, SnapshotPart } from '../messages.ts';
import { unpackDocument } from '../packed-document.ts';
import { readFrame } from './frame.ts';
import { Room } from './room.ts';
import type { RoomSocket, SocketAttachment } from './socket.ts';

class Socket implements RoomSocket {
  attachment: SocketAttachment;
  readonly texts: string[] = [];
  closed: { code: number; reason: string } | undefined;

  constructor(attachment: SocketAttachment) {
    this.attachment = attachment;
  }

  attach(change: { clientId: string; packed: boolean }): void {
    this.attachment = { ...this.attachment, ...change };
  }

  send(text: string): void {
    this.texts.push(text);
  }

  close(code: number, reason: string): void {
    this.closed = { code, reason };
  }

  /** What has come since the last call. */
  take(): ServerMessage[] {
    return this.texts.splice(0).map((text) => JSON.parse(text) as ServerMessage);
  }
}

function house() {
  const log = freshLog();
  const sockets: Socket[] = [];
  let now = 1_000_000;
  let presence = 0;
  const make = (): Room =>
    new Room({
      log,
      now: () => now,
      sockets: () => sockets.filter((socket) => !socket.closed),
      flushIn: () => state.room.flush(),
      presenceChanged: () => {
        presence += 1;
      },
      readerHeld: () => undefined,
    });
  const state = {
    log,
    room: make(),
    sockets,
    wait: (ms: number) => {
      now += ms;
    },
    presenceCalls: () => presence,
    hibernate: () => {
      state.room = make();
    },
    enter(
      actor: Actor,
      more: { permission?: Permission; exp?: number; clientId?: string; clock?: number; packed?: true } = {},
    ): Socket {
      const peerId = `peer${sockets.length + 1}`;
      const { permission = 'edit', clientId = `tab${sockets.length + 1}`, exp, clock, packed } = more;
      const socket = new Socket({ peerId, actor, permission, ...(exp !== undefined && { exp }) });
      sockets.push(socket);
      state.room.receive(socket, {
        type: 'hello',
        clientId,
        ...(clock !== undefined && { clock }),
        ...(packed && { packed }),
      });
      return socket;
    },
  };
  return state;
}

const commit = (key: string, ops: unknown[], baseClock = 0) =>
  ({ type: 'commit', key, baseClock, ops }) as never;

function partsOf(messages: ServerMessage[]): SnapshotPart[] {
  return messages.flatMap((message) =>
    message.type === 'welcome' ? (message.snapshot ?? []) : message.type === 'snapshot' ? message : [],
  );
}

describe('hello', () => {
  test('a newcomer is given the document, one who comes back the changes since [H2]', () => {
    const { room, enter } = house();
    room.commit({ actor: ADA, key: 'k', ops: [putNode('a')] });
    const [welcome] = enter(BOB).take();
    expect(welcome).toMatchObject({
      type: 'welcome',
      clock: 1,
      lastSeq: 0,
      peers: [],
      self: { peerId: 'peer1', actor: BOB, permission: 'edit' },
      snapshot: { part: 0, parts: 1 },
    });
    expect(enter(BOB, { clock: 0 }).take()).toMatchObject([
      {
        type: 'welcome',
        clock: 1,
        changes: [{ clock: 1, actor: ADA, ops: [putNode('a')] }],
        peers: [{ peerId: 'peer1' }],
      },
    ]);
    expect(enter(BOB, { clock: 1 }).take()).toMatchObject([{ type: 'welcome', clock: 1, changes: [] }]);
  });

  test('a large document comes in parts within the message limit that join to its JSON [H3, C4]', () => {
    const { room, enter, log } = house();
    const ops = Array.from({ length: 400 }, (_, i) =>
      putNode(`n${i}`, { description: `"é確😀\\ ${'x'.repeat(3_000)}` }),
    );
    room.commit({ actor: ADA, key: 'k', ops, internal: true });
    const socket = enter(BOB);
    expect(Math.max(...socket.texts.map((text) => Buffer.byteLength(text)))).toBeLessThanOrEqual(
      LIMITS.commitBytes,
    );
    const parts = partsOf(socket.take());
    expect(parts.length).toBeGreaterThan(4);
    expect(parts.map(({ part, parts: all }) => `${part}/${all}`)).toEqual(
      parts.map((_, i) => `${i}/${parts.length}`),
    );
    const text = parts.map((part) => part.json ?? '').join('');
    expect(JSON.parse(text)).toEqual(expectOk(log.snapshot()).document);
  });

  test('who asks for it is given the document packed, in parts within the message limit [H7, C4]', () => {
    const { room, enter, log } = house();
    const ops = Array.from({ length: 400 }, (_, i) =>
      putNode(`n${i}`, { description: `"é確😀\\ ${i}`.repeat(200) }),
    );
    room.commit({ actor: ADA, key: 'k', ops, internal: true });
    const socket = enter(BOB, { packed: true });
    expect(Math.max(...socket.texts.map((text) => Buffer.byteLength(text)))).toBeLessThanOrEqual(
      LIMITS.commitBytes,
    );
    const parts = partsOf(socket.take());
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.map(({ part, parts: all }) => `${part}/${all}`)).toEqual(
      parts.map((_, i) => `${i}/${parts.length}`),
    );
    const blocks = parts.flatMap((part) => part.packed ?? []);
    expect(unpackDocument(blocks)).toEqual(expectOk(log.snapshot()).document);
  });

  test('a document with a record longer than a message comes as JSON even so [H7]', () => {
    const { room, enter, log } = house();
    const note = '確'.repeat(4_000);
    const states = Array.from({ length: 20 }, () => ({ kind: 'error' as const, note }));
    room.commit({
      actor: ADA,
      key: 'k',
      ops: [
        putNode('a', {
          screen: { elements: [], states },
          description: note,
          data: { text: 'x'.repeat(9_000) },
        }),
      ],
      internal: true,
    });
    const parts = partsOf(enter(BOB, { packed: true }).take());
    const text = parts.map((part) => part.json ?? '').join('');
    expect(JSON.parse(text)).toEqual(expectOk(log.snapshot()).document);
  });

  test('changes that do not fit into the welcome follow it, in order [H4]', () => {
    const { room, enter } = house();
    // Edits of one large node: longer together than a message, shorter than the document.
    room.commit({
      actor: ADA,
      key: 'base',
      internal: true,
      ops: Array.from({ length: 300 }, (_, i) => putNode(`n${i}`, { description: 'x'.repeat(3_000) })),
    });
    for (let i = 0; i < 120; i += 1) {
      expectOk(
        room.commit({
          actor: ADA,
          key: `k${i}`,
          ops: [{ op: 'patch', kind: 'node', id: 'n0', set: { description: `${i}${'y'.repeat(3_500)}` } }],
        }),
      );
    }
    const socket = enter(BOB, { clock: 1 });
    expect(Math.max(...socket.texts.map((text) => Buffer.byteLength(text)))).toBeLessThanOrEqual(
      LIMITS.commitBytes,
    );
    const [welcome, ...rest] = socket.take();
    const along = welcome?.type === 'welcome' ? (welcome.changes ?? []) : [];
    expect(welcome).toMatchObject({ clock: along.at(-1)?.clock });
    expect(rest.every((message) => message.type === 'changes')).toBe(true);
    expect([...along, ...rest].map((message) => 'clock' in message && message.clock)).toEqual(
      Array.from({ length: 120 }, (_, i) => i + 2),
    );
  });

  test('ping is answered before it and after, and is no message in JSON [C3]', () => {
    const { room, enter } = house();
    const early = new Socket({ peerId: 'p', actor: ADA, permission: 'view' });
    const late = enter(BOB);
    for (const socket of [early, late]) {
      socket.take();
      const frame = readFrame('ping');
      if (!frame.ok || frame.message.type !== 'ping') throw new Error('refused');
      room.receive(socket, frame.message);
      expect(socket.texts).toEqual(['pong 0']);
    }
    const [ada, bob] = [enter(ADA), enter(BOB)];
    room.receive(ada, commit('tab2:1', [putNode('a')]));
    for (const socket of [ada, bob]) {
      socket.take();
      room.receive(socket, { type: 'ping' });
      expect(socket.texts).toEqual(['pong 1']);
    }
    expect(readFrame('{"type":"ping"}')).toMatchObject({ ok: false, code: 'invalid_request' });
  });

  test('nothing is taken before it [H1]', () => {
    const { room } = house();
    const socket = new Socket({ peerId: 'p', actor: ADA, permission: 'edit' });
    room.receive(socket, commit('tab:1', [putNode('a')]));
    expect(socket.take()).toMatchObject([{ type: 'refused', key: 'tab:1', code: 'invalid_request' }]);
  });
});

describe('commits', () => {
  test('the sender is answered, everybody else hears the change, once written for all [E6]', () => {
    const { room, enter } = house();
    const [ada, bob, eve] = [enter(ADA), enter(BOB), enter(BOB, { permission: 'view' })];
    for (const socket of [ada, bob, eve]) socket.take();
    room.receive(ada, commit('tab1:1', [putNode('a')]));
    expect(ada.take()).toEqual([{ type: 'committed', key: 'tab1:1', clock: 1, conflicts: [] }]);
    expect(bob.texts[0]).toBe(eve.texts[0]);
    expect(bob.take()).toMatchObject([
      { type: 'changes', clock: 1, key: 'tab1:1', actor: ADA, ops: [putNode('a')] },
    ]);
  });

  test('a repeated commit is answered again and told to nobody [K2]', () => {
    const { room, enter } = house();
    const [ada, bob] = [enter(ADA), enter(BOB)];
    room.receive(ada, commit('tab1:1', [putNode('a')]));
    for (const socket of [ada, bob]) socket.take();
    room.receive(ada, commit('tab1:1', [putNode('a')]));
    expect(ada.take()).toMatchObject([{ type: 'committed', clock: 1 }]);
    expect(bob.take()).toEqual([]);
  });

  test.each<Permission>(['view', 'comment'])('%s may not edit, undo or redo [A1]', (permission) => {
    const { room, enter, log } = house();
    const socket = enter(ADA, { permission });
    socket.take();
    room.receive(socket, commit('tab1:1', [putNode('a')]));
    room.receive(socket, { type: 'undo', key: 'tab1:2' });
    room.receive(socket, { type: 'redo', key: 'tab1:3' });
    expect(socket.take()).toMatchObject(
      [1, 2, 3].map((seq) => ({ type: 'refused', code: 'forbidden', key: `tab1:${seq}` })),
    );
    expect(expectOk(log.snapshot()).clock).toBe(0);
  });

  test('a bad op and a key of another client are refused with place and key [E2, K1]', () => {
    const { room, enter } = house();
    const socket = enter(ADA);
    socket.take();
    room.receive(socket, commit('tab1:1', [setTitle('a', 'x'.repeat(999))]));
    room.receive(socket, commit('other:1', [putNode('a')]));
    expect(socket.take()).toMatchObject([
      { type: 'refused', key: 'tab1:1', code: 'invalid_request', issues: [{ path: 'ops.0.set.title' }] },
      { type: 'refused', key: 'other:1', code: 'invalid_request', issues: [{ path: 'key' }] },
    ]);
  });

  test('a request whose predecessor never came is not carried out in its place: the room says goodbye [K5, B1]', () => {
    const { room, enter, log } = house();
    const socket = enter(ADA);
    room.receive(socket, commit('tab1:1', [putNode('a')]));
    room.receive(socket, { ...(commit('tab1:2', [putNode('b')]) as object), after: 1 } as never);
    socket.take();
    for (const request of [commit('tab1:4', [putNode('d')]), { type: 'undo', key: 'tab1:4' }])
      room.receive(socket, { ...(request as object), after: 3 } as never);
    expect(socket.take()).toEqual([
      { type: 'bye', code: 'message_lost' },
      { type: 'bye', code: 'message_lost' },
    ]);
    expect([socket.closed?.code, Object.keys(documentOf(log).nodes), log.lastSeq(ADA, 'tab1')]).toEqual([
      1013,
      ['a', 'b'],
      2,
    ]);
    // Behind one that was refused it is carried out.
    const again = enter(ADA, { clientId: 'tab1' });
    room.receive(again, commit('tab1:3', [setTitle('nobody', 'x')]));
    room.receive(again, { ...(commit('tab1:4', [putNode('d')]) as object), after: 3 } as never);
    expect(Object.keys(documentOf(log).nodes)).toEqual(['a', 'b', 'd']);
  });

  test('undo says what was done and what was left [U4]', () => {
    const { room, enter } = house();
    const ada = enter(ADA);
    room.receive(ada, commit('tab1:1', [putNode('a')]));
    room.commit({ actor: BOB, key: 'k', ops: [setTitle('a', 'Bob')] });
    ada.take();
    room.receive(ada, { type: 'undo', key: 'tab1:2' });
    expect(ada.take()).toEqual([
      {
        type: 'committed',
        key: 'tab1:2',
        clock: 2,
        conflicts: [],
        ops: [],
        skipped: ['Kept node “Bob”: Bob has edited it since.'],
      },
    ]);
  });

  test('a change too long for a message reaches the others as the document [E7]', () => {
    const { room, enter } = house();
    const bob = enter(BOB);
    bob.take();
    room.commit({
      actor: ADA,
      key: 'k',
      internal: true,
      ops: Array.from({ length: 200 }, (_, i) => putNode(`n${i}`, { description: 'x'.repeat(3_000) })),
    });
    const messages = bob.take();
    expect(messages.length).toBeGreaterThan(1);
    expect(messages.every((message) => message.type === 'snapshot' && message.clock === 1)).toBe(true);
  });
});

describe('sockets', () => {
  test('an expired credential is told so and closed, whatever it says [A2, B1]', () => {
    const { room, enter, wait, log } = house();
    const socket = enter(ADA, { exp: 1_001 });
    socket.take();
    wait(1_000);
    room.receive(socket, commit('tab1:1', [putNode('a')]));
    expect(socket.take()).toEqual([{ type: 'bye', code: 'token_expired' }]);
    expect(socket.closed).toEqual({ code: 4401, reason: 'token_expired' });
    expect(expectOk(log.snapshot()).clock).toBe(0);
  });

  test('a reader who acknowledges nothing is sent no more, then closed; one who reads is not [W4]', () => {
    const { room, enter, wait } = house();
    const [stalled, reader] = [enter(ADA), enter(BOB)];
    for (let i = 0; i < 600; i += 1) {
      const { clock } = expectOk(room.commit({ actor: BOB, key: `k${i}`, ops: [putNode(`n${i}`)] }));
      if (i % 16 === 0) room.receive(reader, { type: 'ack', clock });
    }
    expect(stalled.take().filter((message) => message.type === 'changes')).toHaveLength(200);
    wait(4_999);
    room.closeStalled();
    expect(stalled.closed).toBeUndefined();
    wait(1);
    room.closeStalled();
    expect(stalled.closed).toEqual({ code: 1013, reason: 'slow_reader' });
    expect(reader.closed).toBeUndefined();
    expect(reader.take().filter((message) => message.type === 'changes')).toHaveLength(600);
  });

  test('a room that slept goes on with what the attachments say [A5]', () => {
    const state = house();
    const [ada, bob] = [state.enter(ADA), state.enter(BOB)];
    for (const socket of [ada, bob]) socket.take();
    state.hibernate();
    state.room.receive(ada, commit('tab1:1', [putNode('a')]));
    expect(ada.take()).toMatchObject([{ type: 'committed', clock: 1 }]);
    expect(bob.take()).toMatchObject([{ type: 'changes', clock: 1 }]);
  });

  test('presence is told together, not to its only subject, and leaving is told [P1, P2]', () => {
    const { room, enter, sockets, presenceCalls } = house();
    const [ada, bob] = [enter(ADA), enter(BOB)];
    room.flushPresence();
    for (const socket of [ada, bob]) socket.take();
    room.receive(ada, { type: 'presence', cursor: { x: 1, y: 1 } });
    room.receive(ada, { type: 'presence', cursor: { x: 2, y: 2 }, typing: true });
    room.flushPresence();
    expect(ada.take()).toEqual([]);
    expect(bob.take()).toEqual([
      {
        type: 'presence',
        peers: [{ peerId: 'peer1', actor: ADA, presence: { cursor: { x: 2, y: 2 }, typing: true } }],
      },
    ]);
    expect(presenceCalls()).toBe(4);
    sockets.splice(sockets.indexOf(ada), 1);
    room.left(ada);
    room.flushPresence();
    room.flushPresence();
    expect(bob.take()).toEqual([{ type: 'presence', peers: [], left: ['peer1'] }]);
  });

  test('who is known is not named again in packed presence; a newcomer knows all by name [P5]', () => {
    const state = house();
    const { enter } = state;
    const heard = (socket: Socket) =>
      socket.take().flatMap((each) => (each.type === 'presence' ? each.peers : []));
    const [ada, bob, plain] = [enter(ADA, { packed: true }), enter(BOB, { packed: true }), enter(BOB)];
    state.room.flushPresence();
    for (const socket of [ada, bob, plain]) socket.take();
    const move = (x: number): void => {
      state.room.receive(ada, { type: 'presence', cursor: { x, y: 0 } });
      state.room.flushPresence();
    };
    move(1);
    const presence = { cursor: { x: 1, y: 0 } };
    expect(heard(bob)).toEqual([{ peerId: 'peer1', presence }]);
    expect(heard(plain)).toEqual([{ peerId: 'peer1', actor: ADA, presence }]);
    const [welcome] = enter(BOB, { packed: true }).take();
    expect(welcome).toMatchObject({
      peers: [{ peerId: 'peer1', actor: ADA }, { actor: BOB }, { actor: BOB }],
    });
    state.room.flushPresence();
    expect(heard(bob)).toMatchObject([{ peerId: 'peer4', actor: BOB }]);
    state.hibernate();
    move(2);
    expect(heard(bob)).toMatchObject([{ peerId: 'peer1', actor: ADA }]);
  });

  test('runs are announced to all, and closing says why [P4, B1]', () => {
    const { room, enter } = house();
    const ada = enter(ADA);
    ada.take();
    room.announceRun({ runId: 'run_1', status: 'running' });
    room.closeAll('flow_deleted');
    expect(ada.take()).toEqual([
      { type: 'run', runId: 'run_1', status: 'running' },
      { type: 'bye', code: 'flow_deleted' },
    ]);
    expect(ada.closed?.code).toBe(4404);
  });
});

test('an acceptance is told to everybody as changes, and the proposal to all without its ops [R1, R2]', () => {
  const { log, room, enter } = house();
  const [ada, bob] = [enter(ADA), enter(BOB)];
  for (const socket of [ada, bob]) socket.take();
  const ops = [putNode('a')];
  const { proposal } = expectOk(log.proposals.propose({ id: 'prp_1', title: 'Idea', actor: BOB, ops }));
  room.announceProposal(proposal);
  const told = [{ type: 'proposal', proposal: { id: 'prp_1', status: 'open', author: BOB } }];
  expect(ada.take()).toMatchObject(told);
  expect(JSON.stringify(bob.take())).not.toContain('"ops"');
  expectOk(room.acceptProposal({ id: 'prp_1', actor: ADA, key: 'k' }));
  const change = { type: 'changes', clock: 1, ops, actor: ADA, proposal: { id: 'prp_1', author: BOB } };
  expect([ada.take(), bob.take()]).toMatchObject([[change], [change]]);
});

describe('frames', () => {
  test.each<[string, string, string]>([
    ['not JSON', '{', 'invalid_request'],
    ['no message', '[]', 'invalid_request'],
    ['an unknown kind', '{"type":"x"}', 'invalid_request'],
    ['too many bytes', JSON.stringify({ type: 'auth', token: 'é'.repeat(140_000) }), 'limit_exceeded'],
    ['an endless nest', '['.repeat(100_000), 'invalid_request'],
  ])('%s is refused [C5]', (_, text, code) => {
    expect(readFrame(text)).toMatchObject({ ok: false, code });
  });

  test('a refusal bears the key of its message [C5]', () => {
    expect(readFrame('{"type":"commit","key":"tab:1","ops":[],"baseClock":-1}')).toMatchObject({
      ok: false,
      key: 'tab:1',
      issues: [{ path: 'baseClock' }],
    });
  });

  test('ops nested without end are refused like any bad ops [C5]', () => {
    const { room, enter } = house();
    const socket = enter(ADA);
    socket.take();
    const frame = readFrame(
      `{"type":"commit","key":"tab1:1","baseClock":0,"ops":[${'['.repeat(100_000)}${']'.repeat(100_000)}]}`,
    );
    if (frame.ok && frame.message.type === 'commit') room.receive(socket, frame.message);
    expect(frame.ok ? socket.take() : [frame]).toMatchObject([{ code: 'invalid_request' }]);
  });
});
