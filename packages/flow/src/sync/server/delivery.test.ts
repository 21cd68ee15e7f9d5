import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ADA, BOB, documentOf, expectOk, freshLog, putNode, setTitle } from '../../../test/log.ts';
import type { Op } from '../../index.ts';
import { SyncClient } from '../client.ts';
import type { ClientMessage, ServerMessage } from '../messages.ts';
import type { PackedFrame } from '../packed-frame.ts';
import type { FlowLogOptions } from './requests.ts';
import { Room } from './room.ts';
import type { RoomSocket, SocketAttachment } from './socket.ts';

/** A room, a writer outside it, and a reader who reads only when told to; unless `packed`, in plain messages. */
function slowReader({ packed = false, ...options }: FlowLogOptions & { packed?: boolean } = {}) {
  const log = freshLog(options);
  const queue: string[] = [];
  const held: number[] = [];
  let now = 1_000;
  let written = 0;
  let attachment: SocketAttachment = { peerId: 'p', actor: BOB, permission: 'edit' };
  const state = { log, queue, held, closed: 0, received: [] as ServerMessage[] };
  const socket: RoomSocket = {
    get attachment() {
      return attachment;
    },
    attach: (change) => {
      attachment = { ...attachment, ...change };
    },
    send: (text) => {
      queue.push(text);
    },
    close: (code) => {
      state.closed = code;
    },
  };
  const room: Room = new Room({
    log,
    now: () => now,
    sockets: () => (state.closed ? [] : [socket]),
    flushIn: () => room.flush(),
    presenceChanged: () => undefined,
    readerHeld: (until) => {
      held.push(until);
    },
  });
  const client: SyncClient = new SyncClient({
    clientId: 'tab',
    send: (message) => {
      const { packed: _, ...plain } = { packed: true, ...message };
      room.receive(socket, (packed ? message : plain) as Exclude<ClientMessage, { type: 'auth' }>);
    },
  });
  /** Reads this many messages. */
  const read = (count = Infinity): void => {
    for (let i = 0; i < count; i += 1) {
      const text = queue.shift();
      if (text === undefined) return;
      const message = JSON.parse(text) as ServerMessage | PackedFrame;
      if (!Array.isArray(message)) state.received.push(message);
      client.receive(message, text.length);
    }
  };
  const write = (ops: Op[]): number =>
    expectOk(room.commit({ actor: ADA, key: `k${(written += 1)}`, ops, internal: true })).clock;
  client.connected();
  read();
  return {
    state,
    room,
    client,
    read,
    write,
    wait: (ms: number) => {
      now += ms;
    },
  };
}

const nodes = (count: number, text: string): Op[] =>
  Array.from({ length: count }, (_, i) =>
    putNode(`n${i}`, { description: `${text} `.repeat(3_400 / (text.length + 1)) }),
  );
const clocks = (texts: string[]): unknown[] =>
  texts.map((text) => (JSON.parse(text) as { clock: number }).clock);
const upTo = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('a reader with much unread', () => {
  test('is held back at 200 changes and goes on where he was with each acknowledgement, in order, without a gap [W2, W3]', () => {
    const { state, client, read, write } = slowReader();
    for (let i = 0; i < 1_000; i += 1) write([putNode(`n${i}`)]);
    expect(clocks(state.queue)).toEqual(upTo(1, 200));
    expect(state.held).toEqual([6_000]);
    read(15);
    expect(state.queue).toHaveLength(185);
    read(1);
    expect(clocks(state.queue)).toEqual(upTo(17, 216));
    read();
    expect(client.document).toEqual(documentOf(state.log));
    expect(state.received.map(({ type }) => type)).toEqual([
      'welcome',
      ...Array<string>(1_000).fill('changes'),
    ]);
  });

  test('is held back at 256 kB of UTF-8; one change more than that is sent alone [W2]', () => {
    const { state, write } = slowReader();
    write(nodes(40, 'a')); // 140 kB
    write(nodes(30, 'é')); // 30 × 3,400 letters in 5,100 bytes: 155 kB
    write([setTitle('n0', 'x')]);
    expect(clocks(state.queue)).toEqual([1, 2]);
  });

  test('told in packed frames is held back at 200 changes, and goes on in one frame [W2, W3]', () => {
    const { state, client, read, write } = slowReader({ packed: true });
    for (let i = 0; i < 300; i += 1) write([putNode(`n${i}`)]);
    expect(state.queue).toHaveLength(200);
    read(32);
    // 100 changes were missed, of which he takes 16 with each acknowledgement.
    expect(state.queue.slice(168).map((text) => (JSON.parse(text) as unknown[]).length - 2)).toEqual([
      16, 16,
    ]);
    read();
    expect([client.clock, client.document]).toEqual([300, documentOf(state.log)]);
  });

  test('who acknowledges while held back is given time anew; who does not is closed [W4]', () => {
    const { state, room, read, write, wait } = slowReader();
    for (let i = 0; i < 300; i += 1) write([putNode(`n${i}`)]);
    wait(4_000);
    read(16);
    wait(4_000);
    room.closeStalled();
    expect(state).toMatchObject({ closed: 0, held: [6_000, 10_000, 10_000] });
    wait(1_000);
    room.closeStalled();
    expect(state.closed).toBe(1013);
  });

  test('is given the document when what he has missed is no longer kept [W3]', () => {
    const { state, client, read, write } = slowReader({ retention: 50 });
    for (let i = 0; i < 400; i += 1) write([putNode('a', { title: `t${i}` })]);
    read();
    expect(state.received.map(({ type }) => type).filter((type) => type === 'snapshot')).toHaveLength(1);
    expect([client.clock, client.document]).toEqual([400, documentOf(state.log)]);
  });

  test.each([
    ['plain', false],
    ['packed', true],
  ])('who edits meanwhile loses nothing: %s messages [W3]', (_, packed) => {
    const { state, client, read, write } = slowReader({ packed });
    for (let i = 0; i < 300; i += 1) write([putNode(`n${i}`)]);
    client.commit([putNode('mine')]);
    for (let i = 300; i < 600; i += 1) write([putNode(`n${i}`)]);
    read();
    expect([client.clock, client.pendingCount]).toEqual([601, 0]);
    expect(client.document).toEqual(documentOf(state.log));
  });

  test.each([
    ['plain', false],
    ['packed', true],
  ])(
    'however fast he reads and whatever is written, has all in the end, and never more waiting than the window: %s messages [W2, W3]',
    (_, packed) => {
      const step = fc.oneof(
        { weight: 4, arbitrary: fc.record({ small: fc.integer({ min: 1, max: 150 }) }) },
        { weight: 1, arbitrary: fc.record({ large: fc.integer({ min: 10, max: 100 }) }) },
        { weight: 4, arbitrary: fc.record({ read: fc.integer({ min: 1, max: 120 }) }) },
        { weight: 1, arbitrary: fc.constant({ edit: true }) },
      );
      let heldBack = 0;
      fc.assert(
        fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
          const { state, client, read, write } = slowReader({ packed });
          let serial = 0;
          let longest = 0;
          for (const each of steps) {
            if ('read' in each) read(each.read);
            else if ('edit' in each) client.commit([putNode('mine', { title: `m${(serial += 1)}` })]);
            else if ('large' in each) write(nodes(each.large, `v${(serial += 1)}`));
            else
              for (let i = 0; i < each.small; i += 1)
                write([putNode(`n${i}`, { title: `s${(serial += 1)}` })]);
            const waiting = state.queue.filter((text) => /^(\[|{"type":"(changes|snapshot)")/.test(text));
            longest = Math.max(longest, JSON.stringify(documentOf(state.log)).length);
            expect(waiting.length).toBeLessThanOrEqual(210);
            expect(waiting.join('').length).toBeLessThanOrEqual(256 * 1024 + longest * 1.2 + 10_000);
          }
          heldBack += state.held.length;
          read();
          expect([client.clock, client.pendingCount]).toEqual([expectOk(state.log.snapshot()).clock, 0]);
          expect(client.document).toEqual(documentOf(state.log));
        }),
        { numRuns: 60 },
      );
      expect(heldBack).toBeGreaterThan(5);
    },
  );
});
