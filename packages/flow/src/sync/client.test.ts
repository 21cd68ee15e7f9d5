import { describe, expect, test } from 'vitest';
import { ADA, BOB, putEdge, putNode, removeNode, setTitle } from '../../test/log.ts';
import { applyOps, emptyDocument, FlowError, type FlowDocument, type Op } from '../index.ts';
import { SyncClient } from './client.ts';
import type { SyncEvent, SyncState } from './client-types.ts';
import type { ClientMessage, ServerMessage } from './messages.ts';
import { packDocument } from './packed-document.ts';

const start: FlowDocument = applyOps(emptyDocument('Flow'), [
  putNode('a'),
  putNode('b'),
  putEdge('e', 'a', 'b'),
]).document;
const self = { peerId: 'me', actor: ADA, permission: 'edit' } as const;

function setup(state?: SyncState) {
  const sent: ClientMessage[] = [];
  const events: SyncEvent[] = [];
  const client = new SyncClient({
    clientId: 'tab',
    send: (message) => sent.push(message),
    onEvent: (event) => events.push(event),
    ...(state && { state }),
  });
  return { client, sent, events, take: () => sent.splice(0) };
}
function welcome(clock = 1, document = start, lastSeq = 0): ServerMessage {
  return {
    type: 'welcome',
    clock,
    self,
    peers: [],
    lastSeq,
    snapshot: { part: 0, parts: 1, json: JSON.stringify(document) },
  };
}
function live() {
  const all = setup();
  all.client.connected();
  all.client.receive(welcome());
  all.take();
  return all;
}
const change = (clock: number, ops: Op[], key = 'x:1'): ServerMessage => ({
  type: 'changes',
  clock,
  ops,
  key,
  actor: BOB,
  at: 0,
});

describe('what the connection shows', () => {
  test('a clock in pong that was not reached is asked after, one that was is not [H8]', () => {
    const { client, take } = live();
    client.stands(1);
    client.stands(0);
    expect([take(), client.status]).toEqual([[], 'live']);
    client.stands(2);
    client.stands(2);
    expect([take(), client.status]).toEqual([
      [{ type: 'hello', clientId: 'tab', clock: 1, packed: true }],
      'joining',
    ]);
    client.disconnected();
    client.stands(9);
    expect(take()).toEqual([]);
  });

  test('requests name the unanswered one before them; after a break the first one names none [K5]', () => {
    const { client, take } = live();
    const after = () => take().map((message) => ('after' in message ? message.after : undefined));
    client.commit([setTitle('a', '1')]);
    client.commit([setTitle('a', '2')]);
    client.undo();
    expect(after()).toEqual([undefined, 1, 2]);
    client.receive({ type: 'committed', key: 'tab:1', clock: 2, conflicts: [] });
    client.receive({ type: 'refused', key: 'tab:2', code: 'x', detail: '' });
    client.redo();
    expect(after()).toEqual([3]);
    client.receive({ type: 'committed', key: 'tab:3', clock: 2, conflicts: [], ops: [] });
    client.receive({ type: 'committed', key: 'tab:4', clock: 2, conflicts: [], ops: [] });
    client.commit([setTitle('a', '5')]);
    client.commit([setTitle('a', '6')]);
    expect(after()).toEqual([undefined, 5]);
    client.disconnected();
    client.connected();
    take();
    client.receive(welcome(2));
    expect(after()).toEqual([undefined, 5]);
  });

  test('what is due has another name with every part of a document and every answer [C7]', () => {
    const { client } = setup();
    client.connected();
    const due = [client.due];
    const json = JSON.stringify(start);
    const part = (at: number) => ({
      part: at,
      parts: 2,
      json: json.slice(at * 50, at === 0 ? 50 : undefined),
    });
    client.receive({ type: 'welcome', clock: 1, self, peers: [], lastSeq: 0, snapshot: part(0) });
    due.push(client.due);
    client.receive({ type: 'snapshot', clock: 1, ...part(1) });
    due.push(client.due);
    client.commit([setTitle('a', '1')]);
    client.undo();
    due.push(client.due);
    client.receive({ type: 'presence', peers: [] });
    due.push(client.due);
    client.receive({ type: 'committed', key: 'tab:1', clock: 2, conflicts: [] });
    due.push(client.due);
    client.receive({ type: 'refused', key: 'tab:2', code: 'conflict', detail: '' });
    due.push(client.due);
    expect(due).toEqual(['welcome 0', 'welcome 1', undefined, 'tab:1', 'tab:1', 'tab:2', undefined]);
  });
});

describe('edits', () => {
  test('show at once and are sent; the answer changes nothing more [S1]', () => {
    const { client, take, events } = live();
    expect(client.commit([setTitle('a', 'New')], 'why')).toBe('tab:1');
    expect(client.document?.nodes['a']?.title).toBe('New');
    expect(take()).toEqual([
      { type: 'commit', key: 'tab:1', baseClock: 1, ops: [setTitle('a', 'New')], message: 'why' },
    ]);
    const shown = client.document;
    client.receive({ type: 'committed', key: 'tab:1', clock: 2, conflicts: [] });
    expect(client).toMatchObject({ clock: 2, pendingCount: 0 });
    expect(client.document?.nodes).toBe(shown?.nodes);
    expect(events).toEqual([
      { type: 'committed', key: 'tab:1', ticket: 'tab:1', clock: 2, conflicts: [], skipped: [] },
    ]);
  });

  test('that do not apply, change nothing or are too many do not leave the page [S6]', () => {
    const { client, take } = live();
    expect(() => client.commit([putEdge('x', 'a', 'nobody')])).toThrow(FlowError);
    expect(() => client.commit(Array.from({ length: 1_001 }, (_, i) => putNode(`n${i}`)))).toThrow(
      /1000 ops/,
    );
    expect(client.commit([setTitle('a', 'Node a')])).toBeUndefined();
    expect(() => setup().client.commit([putNode('x')])).toThrow(/not loaded/);
    expect(take()).toEqual([]);
    expect(client.document).toEqual(start);
  });

  test('a refused one disappears, and its reason is told [S1]', () => {
    const { client, events } = live();
    client.commit([setTitle('a', 'New')]);
    client.receive({
      type: 'refused',
      key: 'tab:1',
      code: 'invalid_request',
      detail: 'No',
      issues: [{ path: 'ops.0', message: 'No' }],
    });
    expect(client.document).toEqual(start);
    expect(events).toEqual([
      {
        type: 'refused',
        key: 'tab:1',
        ticket: 'tab:1',
        code: 'invalid_request',
        detail: 'No',
        issues: [{ path: 'ops.0', message: 'No' }],
      },
    ]);
  });

  test('lie over those of others until they are answered; what no longer applies is left out [S1]', () => {
    const { client } = live();
    client.commit([setTitle('a', 'Mine'), { op: 'patch', kind: 'edge', id: 'e', set: { label: 'L' } }]);
    client.receive(change(2, [setTitle('a', 'Theirs'), setTitle('b', 'Theirs')]));
    expect(client.document).toMatchObject({
      nodes: { a: { title: 'Mine' }, b: { title: 'Theirs' } },
      edges: { e: { label: 'L' } },
    });
    client.receive(change(3, [removeNode('b')]));
    expect(client.document).toMatchObject({ nodes: { a: { title: 'Mine' } }, edges: {} });
    client.receive({
      type: 'committed',
      key: 'tab:1',
      clock: 4,
      conflicts: [],
      ops: [setTitle('a', 'Mine')],
    });
    expect(client.document?.nodes['a']?.title).toBe('Mine');
    expect(client).toMatchObject({ clock: 4, pendingCount: 0 });
  });

  test('records that did not change stay the same objects, whatever happens to others [S5]', () => {
    const { client } = live();
    const before = client.document!;
    client.commit([setTitle('a', 'Mine')]);
    const mine = client.document!;
    client.receive(change(2, [putNode('c')]));
    const after = client.document!;
    expect(after.nodes['b']).toBe(before.nodes['b']);
    expect(after.nodes['a']).toBe(mine.nodes['a']);
    expect(after.edges).toBe(before.edges);
    client.receive(
      welcome(2, JSON.parse(JSON.stringify(applyOps(start, [putNode('c')]).document)) as FlowDocument),
    );
    expect(client.document!.nodes['b']).toBe(before.nodes['b']);
    expect(client.document!.nodes['a']).toBe(mine.nodes['a']);
  });

  test('what the caller does to his ops afterwards does not matter', () => {
    const { client, sent } = live();
    const op = putNode('c');
    client.commit([op]);
    if (op.op === 'put') op.value.id = 'other';
    expect(sent.at(-1)).toMatchObject({ ops: [{ value: { id: 'c' } }] });
    expect(client.document?.nodes['c']?.id).toBe('c');
  });
});

describe('a broken connection', () => {
  test('edits made without one are sent when it is back, those without answer again, in order, with the same keys [S2]', () => {
    const { client, take } = live();
    client.commit([setTitle('a', 'one')]);
    take();
    client.disconnected();
    client.commit([setTitle('a', 'two')]);
    client.undo();
    expect(take()).toEqual([]);
    client.connected();
    expect(take()).toEqual([{ type: 'hello', clientId: 'tab', packed: true, clock: 1 }]);
    client.receive({
      type: 'welcome',
      clock: 2,
      self,
      peers: [],
      lastSeq: 0,
      changes: [{ clock: 2, ops: [setTitle('b', 'Theirs')], actor: BOB, at: 0 }],
    });
    expect(take()).toMatchObject([
      { key: 'tab:1', baseClock: 1 },
      { key: 'tab:2', baseClock: 1 },
      { type: 'undo', key: 'tab:3' },
    ]);
    expect(client.document?.nodes).toMatchObject({ a: { title: 'two' }, b: { title: 'Theirs' } });
  });

  test('an edit that had arrived is not shown twice over what others did after it [S3]', () => {
    const { client, take } = live();
    client.commit([setTitle('a', 'mine')]);
    client.disconnected();
    client.connected();
    client.receive({
      type: 'welcome',
      clock: 3,
      self,
      peers: [],
      lastSeq: 1,
      changes: [
        { clock: 2, ops: [setTitle('a', 'mine')], actor: ADA, at: 0, key: 'tab:1' },
        { clock: 3, ops: [setTitle('a', 'theirs')], actor: BOB, at: 0 },
      ],
    });
    expect(client.document?.nodes['a']?.title).toBe('theirs');
    expect(take().map((message) => 'key' in message && message.key)).toEqual(['tab:1', false, 'tab:1']);
    client.receive({ type: 'committed', key: 'tab:1', clock: 2, conflicts: [] });
    expect(client.document?.nodes['a']?.title).toBe('theirs');
    expect(client.pendingCount).toBe(0);
  });

  test('a missed change makes it ask anew rather than go wrong [H6]', () => {
    const { client, take } = live();
    client.receive(change(3, [setTitle('b', 'x')]));
    expect(take()).toEqual([{ type: 'hello', clientId: 'tab', packed: true, clock: 1 }]);
    expect(client).toMatchObject({ clock: 1, status: 'joining', document: start });
  });

  test('a packed frame is read as the messages in it, acknowledged as so many, and told of once [E9, W1]', () => {
    const { client, take, events } = live();
    let told = 0;
    client.subscribe(() => {
      told += 1;
    });
    client.commit([setTitle('b', 'mine')]);
    take();
    told = 0;
    const moves = Array.from({ length: 14 }, (_, x) => [3, x, [2, 'a', x, 5]]);
    client.receive([1, [1_000, 0], [[3, BOB], 0, [2, 'a', { title: 'theirs' }]], 'tab:1', ...moves], 100);
    expect([told, client.clock, client.pendingCount]).toEqual([1, 17, 0]);
    expect(client.document?.nodes).toMatchObject({
      a: { title: 'theirs', position: { x: 13, y: 5 } },
      b: { title: 'mine' },
    });
    expect(events.map(({ type }) => type)).toEqual([
      'changes',
      'committed',
      ...Array<string>(14).fill('changes'),
    ]);
    expect(events.at(-1)).toMatchObject({ change: { clock: 17, actor: BOB, at: 1_013 } });
    expect(take()).toEqual([]);
    client.receive([17, 20, [3, 0, [2, 'a', 1, 1]]], 100);
    expect(take()).toEqual([{ type: 'ack', clock: 18 }]);
  });

  test('a packed frame that cannot be understood makes it ask anew, once [E9, H6]', () => {
    const { client, take } = live();
    client.receive([1, 0, [9, 0, [2, 'a', 1, 1]]]);
    client.receive([2, 0, [9, 0, [2, 'a', 2, 2]]]);
    expect(take()).toEqual([{ type: 'hello', clientId: 'tab', packed: true, clock: 1 }]);
    expect(client).toMatchObject({ clock: 1, status: 'joining', document: start });
  });

  test('a document that comes packed is shown like any other; what is none is not [H7]', () => {
    const { client, take } = setup();
    client.connected();
    take();
    const packed = (packDocument(start, 10_000) ?? []).map(({ text }): unknown => JSON.parse(text));
    const greeting = { ...welcome(), snapshot: { part: 0, parts: 2, packed: packed.slice(0, 1) } };
    client.receive(greeting as ServerMessage);
    expect(client.document).toBeUndefined();
    client.receive({ type: 'snapshot', clock: 1, part: 1, parts: 2, packed: packed.slice(1) });
    expect(client).toMatchObject({ status: 'live', document: start });
    expect(() => client.receive({ type: 'snapshot', clock: 9, part: 0, parts: 1, packed: ['x', 1] })).toThrow(
      FlowError,
    );
    expect(client).toMatchObject({ clock: 1, document: start });
  });

  test('a change that does not fit its document makes it ask for the whole [H6]', () => {
    const { client, take } = live();
    client.receive(change(2, [removeNode('nobody')]));
    expect(take()).toEqual([{ type: 'hello', clientId: 'tab', packed: true }]);
    client.receive(welcome(2));
    expect(client).toMatchObject({ clock: 2, status: 'live' });
  });

  test('what was exported goes on in another page [S4]', () => {
    const first = live();
    first.client.commit([setTitle('a', 'offline')]);
    const state = JSON.parse(JSON.stringify(first.client.exportState())) as SyncState;
    const second = setup(state);
    expect(second.client.document?.nodes['a']?.title).toBe('offline');
    second.client.connected();
    second.client.receive({ type: 'welcome', clock: 1, self, peers: [], lastSeq: 0, changes: [] });
    expect(second.take()).toMatchObject([
      { type: 'hello', clock: 1 },
      { type: 'commit', key: 'tab:1' },
    ]);
    expect(second.client.undo()).toBe('tab:2');
    expect(() => new SyncClient({ clientId: 'other', send: () => undefined, state })).toThrow(
      /another clientId/,
    );
  });

  test('numbers that the room has seen are never used again [H5]', () => {
    const { client } = setup();
    client.connected();
    client.receive(welcome(1, start, 41));
    expect(client.commit([putNode('c')])).toBe('tab:42');
  });
});

describe('the rest', () => {
  test('a message of a newer room that it does not understand is passed over [C6]', () => {
    const { client, take, events } = live();
    const before = client.document;
    client.receive({ type: 'weather', clock: 9, forecast: 'rain' } as unknown as ServerMessage);
    expect([client.document, client.clock, take(), events]).toEqual([before, 1, [], []]);
    client.receive(change(2, [setTitle('a', 'Next')]));
    expect(client.document?.nodes['a']?.title).toBe('Next');
  });

  test('a document in parts shows only when it is whole [H3]', () => {
    const { client } = setup();
    client.connected();
    const json = JSON.stringify(start);
    client.receive({
      type: 'welcome',
      clock: 1,
      self,
      peers: [],
      lastSeq: 0,
      snapshot: { part: 0, parts: 2, json: json.slice(0, 50) },
    });
    expect(client).toMatchObject({ status: 'joining', document: undefined });
    client.receive({ type: 'snapshot', clock: 1, part: 1, parts: 2, json: json.slice(50) });
    expect(client).toMatchObject({ status: 'live', document: start });
  });

  test('peers come and go, without oneself, and presence is told again after a reconnect [P3, P5]', () => {
    const { client, take } = live();
    client.setPresence({ typing: true });
    client.receive({
      type: 'presence',
      peers: [
        { peerId: 'me', actor: ADA, presence: {} },
        { peerId: 'you', actor: BOB, presence: {} },
      ],
    });
    expect(client.peers).toEqual([{ peerId: 'you', actor: BOB, presence: {} }]);
    expect(client.peers).toBe(client.peers);
    client.receive({
      type: 'presence',
      peers: [
        { peerId: 'you', presence: { typing: true } },
        { peerId: 'nobody', presence: {} },
      ],
    });
    expect(client.peers).toEqual([{ peerId: 'you', actor: BOB, presence: { typing: true } }]);
    client.receive({ type: 'presence', peers: [], left: ['you'] });
    expect(client.peers).toEqual([]);
    client.disconnected();
    client.connected();
    client.receive(welcome());
    expect(take().filter(({ type }) => type === 'presence')).toHaveLength(2);
  });

  test('reading is acknowledged every 16 changes or 64 KB [W1]', () => {
    const { client, take } = live();
    for (let clock = 2; clock <= 17; clock += 1)
      client.receive(change(clock, [setTitle('a', `${clock}`)]), 100);
    expect(take()).toEqual([{ type: 'ack', clock: 17 }]);
    client.receive(change(18, [setTitle('a', 'big')]), 70_000);
    expect(take()).toEqual([{ type: 'ack', clock: 18 }]);
  });

  test('a document that replaces the changes is acknowledged when it is whole [W1]', () => {
    const { client, take } = live();
    const json = JSON.stringify(client.document);
    client.receive({ type: 'snapshot', clock: 9, part: 0, parts: 2, json: json.slice(0, 20) });
    expect(take()).toEqual([]);
    client.receive({ type: 'snapshot', clock: 9, part: 1, parts: 2, json: json.slice(20) });
    expect(take()).toEqual([{ type: 'ack', clock: 9 }]);
  });

  test('listeners hear of every change until they stop', () => {
    const { client } = live();
    let heard = 0;
    const stop = client.subscribe(() => {
      heard += 1;
    });
    client.commit([putNode('c')]);
    client.receive(change(2, [putNode('d')]));
    stop();
    client.disconnected();
    expect(heard).toBe(2);
  });
});
