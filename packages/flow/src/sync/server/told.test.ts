import { describe, expect, test } from 'vitest';
import { ADA, BOB, expectOk, freshLog, putNode } from '../../../test/log.ts';
import { LIMITS } from '../../index.ts';
import { FrameReader } from '../packed-frame.ts';
import type { Actor, ServerMessage } from '../messages.ts';
import { Pace } from './pace.ts';
import { Room } from './room.ts';
import type { RoomSocket, SocketAttachment } from './socket.ts';

class Socket implements RoomSocket {
  attachment: SocketAttachment;
  readonly texts: string[] = [];
  readonly #frames = new FrameReader();

  constructor(peerId: string, actor: Actor) {
    this.attachment = { peerId, actor, permission: 'edit' };
  }

  attach(change: { clientId: string; packed: boolean }): void {
    this.attachment = { ...this.attachment, ...change };
  }

  send(text: string): void {
    this.texts.push(text);
  }

  close(): void {
    this.texts.push('closed');
  }

  /** What has come since the last call, message by message. */
  take(): ServerMessage[] {
    return this.texts.splice(0).flatMap((text) => {
      const message = JSON.parse(text) as ServerMessage | unknown[];
      return Array.isArray(message) ? this.#frames.read(message) : message;
    });
  }
}

/** A room that tells what has happened when `room.flush` is called, not before. */
function house() {
  const log = freshLog();
  const sockets: Socket[] = [];
  const waits: number[] = [];
  let now = 1_000_000;
  const make = (): Room =>
    new Room({
      log,
      now: () => now,
      sockets: () => sockets,
      flushIn: (ms) => waits.push(ms),
      presenceChanged: () => undefined,
      readerHeld: () => undefined,
    });
  const state = {
    log,
    waits,
    room: make(),
    wait: (ms: number) => {
      now += ms;
    },
    sleep: () => {
      state.room = make();
    },
    enter(actor: Actor, packed = true): Socket {
      const socket = new Socket(`p${sockets.length}`, actor);
      sockets.push(socket);
      state.room.receive(socket, {
        type: 'hello',
        clientId: `c${sockets.length - 1}`,
        ...(packed && { packed }),
      });
      socket.take();
      return socket;
    },
    /** A commit of the socket that entered as the `no`th. */
    edit(no: number, seq: number, id = `n${no}-${seq}`): void {
      const socket = sockets[no];
      if (!socket) throw new Error(`Nobody is ${no}`);
      const key = `c${no}:${seq}`;
      state.room.receive(socket, { type: 'commit', key, baseClock: 0, ops: [putNode(id)] });
    },
  };
  return state;
}

const EVE: Actor = { id: 'user:eve', name: 'Eve' };
const SERVER: Actor = { id: 'key:1', name: 'Server' };
const short = (messages: ServerMessage[]): string[] =>
  messages.map((message) =>
    message.type === 'changes'
      ? `${message.clock} ${message.actor.name}${message.key === undefined ? '' : ` ${message.key}`}`
      : message.type === 'committed'
        ? `${message.clock} own ${message.key}`
        : message.type,
  );

describe('what happens at about the same time', () => {
  test('is told together: one frame for each, own answers in their place, nothing before the turn ends [E6, E8]', () => {
    const { room, enter, edit } = house();
    const [ada, bob, eve] = [enter(ADA), enter(BOB), enter(EVE)];
    edit(0, 1);
    edit(1, 1);
    edit(0, 2);
    expect([...ada.texts, ...bob.texts, ...eve.texts]).toEqual([]);
    room.flush();
    expect([ada, bob, eve].map(({ texts }) => texts.length)).toEqual([1, 1, 1]);
    expect(short(ada.take())).toEqual(['1 own c0:1', '2 Bob', '3 own c0:2']);
    expect(short(bob.take())).toEqual(['1 Ada', '2 own c1:1', '3 Ada']);
    expect(short(eve.take())).toEqual(['1 Ada', '2 Bob', '3 Ada']);
  });

  test('is told in the same order to those who take plain messages, with everything that a change has [E6, E9]', () => {
    const { room, enter, edit, log } = house();
    const [ada, bob, plain] = [enter(ADA), enter(BOB), enter(EVE, false)];
    edit(0, 1);
    edit(1, 1);
    expectOk(room.commit({ actor: SERVER, key: 'rest', ops: [putNode('r')], runId: 'run_1', message: 'Hm' }));
    room.flush();
    expect(short(ada.take())).toEqual(['1 own c0:1', '2 Bob', '3 Server']);
    const told = plain.take();
    expect(told.map(({ type }) => type)).toEqual(['changes', 'changes', 'changes']);
    const { commits } = expectOk(log.commitsAfter(0, 10));
    expect(told).toEqual(
      commits.map(({ commitId: _commitId, ...change }) => ({ type: 'changes', ...change })),
    );
    const last = bob.take().at(-1);
    const { key: _, ...change } = told[2] as Extract<ServerMessage, { type: 'changes' }>;
    expect(last).toEqual(change);
    expect(last).toMatchObject({ runId: 'run_1', message: 'Hm', at: commits[2]?.at });
  });

  test('is told at once when it comes alone, else after a pause that grows with the readers, up to 50 ms [E8]', () => {
    const { room, enter, edit, waits, wait } = house();
    for (let i = 0; i < 30; i += 1) enter(BOB);
    edit(0, 1);
    edit(0, 2);
    expect(waits).toEqual([0]);
    room.flush();
    edit(0, 3);
    edit(0, 4);
    expect(waits).toEqual([0, 5]);
    // The timer is late: what comes after its time takes along what waits.
    wait(5);
    edit(0, 5);
    expect(waits).toEqual([0, 5, 0]);
    room.flush();
    wait(100);
    edit(0, 6);
    expect(waits.at(-1)).toBe(0);
    const pace = new Pace();
    pace.told(1_000, 2);
    expect(pace.wait(1_000)).toBe(0);
    pace.told(1_000, 10_000);
    expect([pace.wait(1_000), pace.wait(1_030), pace.wait(0)]).toEqual([50, 20, 50]);
  });

  test('comes before whatever is said later: a refusal, a goodbye, the document of a newcomer [E8]', () => {
    const { room, enter, edit } = house();
    const [ada, bob] = [enter(ADA), enter(BOB)];
    edit(0, 1);
    room.receive(ada, { type: 'undo', key: 'other:1' });
    expect(short(ada.take())).toEqual(['1 own c0:1', 'refused']);
    expect(short(bob.take())).toEqual(['1 Ada']);
    edit(0, 2);
    const eve = enter(EVE);
    expect(short(bob.take())).toEqual(['2 Ada']);
    room.flush();
    expect(eve.take()).toEqual([]);
    edit(0, 3);
    room.announceRun({ runId: 'run_1', status: 'running' });
    edit(0, 4);
    room.closeAll('flow_deleted');
    expect(short(eve.texts.splice(0, 3).map((text) => JSON.parse(text) as ServerMessage))).toHaveLength(3);
  });

  test('names nobody twice, tells keys only while their author has another page, and begins anew after sleep [E9]', () => {
    const state = house();
    const { enter, edit } = state;
    const [, bob, tab] = [enter(ADA), enter(BOB), enter(ADA)];
    edit(0, 1);
    state.room.flush();
    expect(bob.texts[0]).toContain('"Ada"');
    expect(short(tab.take())).toEqual(['1 Ada c0:1']);
    bob.take();
    edit(0, 2);
    state.room.flush();
    expect(bob.texts[0]).not.toContain('"Ada"');
    expect(short(bob.take())).toEqual(['2 Ada c0:2']);
    state.sleep();
    edit(1, 1);
    state.room.flush();
    expect(short(tab.take())).toEqual(['2 Ada c0:2', '3 Bob']);
    edit(0, 3);
    state.room.flush();
    expect(short(bob.take())).toEqual(['3 own c1:1', '4 Ada c0:3']);
  });

  test('is told in as many frames as the limit of a message asks for [C4, E9]', () => {
    const { room, enter, edit, log } = house();
    const [, bob] = [enter(ADA), enter(BOB)];
    for (let i = 1; i <= 5; i += 1) {
      const ops = Array.from({ length: 6 }, (_, at) =>
        putNode(`n${at}`, { description: `é${i}`.repeat(1_300) }),
      );
      expectOk(room.commit({ actor: ADA, key: `k${i}`, ops }));
      edit(1, i);
    }
    room.flush();
    expect(bob.texts).toHaveLength(1);
    bob.take();
    room.receive(bob, { type: 'ack', clock: expectOk(log.snapshot()).clock });
    for (let i = 6; i <= 10; i += 1) {
      const ops = Array.from({ length: 30 }, (_, at) =>
        putNode(`n${at}`, { description: `é${i}`.repeat(1_300) }),
      );
      expectOk(room.commit({ actor: ADA, key: `k${i}`, ops }));
    }
    room.flush();
    expect(bob.texts.length).toBeGreaterThan(1);
    for (const text of bob.texts) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(LIMITS.commitBytes);
  });
});
