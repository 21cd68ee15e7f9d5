import { env } from 'cloudflare:workers';
import { evictDurableObject } from 'cloudflare:test';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { call, newToken, newWorkspace } from '../../test/client.ts';
import { connect, join, upgrade } from '../../test/socket.ts';

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

describe('the upgrade', () => {
  it('echoes the protocol alone, never the credential [C1]', async () => {
    const response = await upgrade(await newFlow(), ada);
    expect(response.status).toBe(101);
    expect(response.headers.get('Sec-WebSocket-Protocol')).toBe('uxflow.v1');
    response.webSocket?.accept();
    response.webSocket?.close();
  });

  it('is refused without the protocol, and to ordinary requests [C1]', async () => {
    const id = await newFlow();
    const other = await upgrade(id, ada, { 'Sec-WebSocket-Protocol': `token.${ada}` });
    expect(other.status).toBe(422);
    expect((await call(`GET /v1/flows/${id}/live`, { as })).status).toBe(422);
  });

  it('is refused to pages that the token does not name [C2]', async () => {
    const id = await newFlow();
    const { token } = await newToken(workspace, { origins: ['https://app.example.com'] });
    expect((await upgrade(id, token, { Origin: 'https://evil.example' })).status).toBe(403);
    const good = await connect(id, token, { Origin: 'https://app.example.com' });
    good.close();
  });

  it('takes a secret key from servers, and refuses it from a browser [C2]', async () => {
    const id = await newFlow();
    const { socket, welcome } = await join(id, as, 'server');
    expect(welcome.self).toMatchObject({ actor: { id: `key:${workspace.keyId}` }, permission: 'edit' });
    socket.close();
    const browser = await upgrade(id, as, { Origin: 'https://app.example.com' });
    expect(browser.status).toBe(403);
    expect(await browser.json()).toMatchObject({ code: 'secret_key_in_browser' });
  });
});

describe('two people in one flow', () => {
  it('see each other’s edits, and each edit is answered under its key', async () => {
    const id = await newFlow();
    const a = await join(id, ada, 'a1');
    const b = await join(id, bob, 'b1');
    expect(a.welcome).toMatchObject({
      clock: 0,
      lastSeq: 0,
      self: { actor: { id: 'user:ada', name: 'Ada' } },
    });
    expect(b.welcome.peers).toEqual([
      { peerId: a.welcome.self.peerId, actor: { id: 'user:ada', name: 'Ada' }, presence: {} },
    ]);

    a.socket.send({ type: 'commit', key: 'a1:1', baseClock: 0, ops: [put('x')] });
    expect(await a.socket.next('committed')).toEqual({
      type: 'committed',
      key: 'a1:1',
      clock: 1,
      conflicts: [],
    });
    expect(await b.socket.next('changes')).toMatchObject({
      clock: 1,
      ops: [put('x')],
      actor: { id: 'user:ada' },
    });

    // Both had seen clock 1: the later writer wins and is told so.
    const title = (text: string) => [{ op: 'patch', kind: 'node', id: 'x', set: { title: text } }];
    a.socket.send({ type: 'commit', key: 'a1:2', baseClock: 1, ops: title('Ada’s') });
    await a.socket.next('committed');
    b.socket.send({ type: 'commit', key: 'b1:1', baseClock: 1, ops: title('Bob’s') });
    expect((await b.socket.next('committed')).conflicts).toEqual([
      { kind: 'node', id: 'x', field: 'title', clock: 2 },
    ]);
    expect((await call(`GET /v1/flows/${id}`, { as })).body.document?.['nodes']?.['x']?.['title']).toBe(
      'Bob’s',
    );
    a.socket.close();
    b.socket.close();
  });

  it('hear of commits over REST, and REST of theirs [E6]', async () => {
    const id = await newFlow();
    const { socket } = await join(id, ada, 'a1');
    await call(`POST /v1/flows/${id}/commits`, { as, body: { ops: [put('rest')] } });
    expect(await socket.next('changes')).toMatchObject({ clock: 1, ops: [put('rest')] });
    socket.send({ type: 'commit', key: 'a1:1', baseClock: 1, ops: [put('live')] });
    await socket.next('committed');
    const { body } = await call(`GET /v1/flows/${id}/commits`, { as });
    expect(Object.values(body.data ?? {}).map(({ actor }) => actor?.['id'])).toEqual([
      `key:${workspace.keyId}`,
      'user:ada',
    ]);
    socket.close();
  });

  it('see each other’s cursors come and go [P1, P2]', async () => {
    const id = await newFlow();
    const a = await join(id, ada, 'a1');
    const b = await join(id, bob, 'b1');
    a.socket.send({ type: 'presence', cursor: { x: 3, y: 4 }, selection: ['x'] });
    for (;;) {
      const { peers } = await b.socket.next('presence');
      const seen = peers.find(({ peerId }) => peerId === a.welcome.self.peerId);
      if (seen?.presence.cursor) {
        expect(seen.presence).toEqual({ cursor: { x: 3, y: 4 }, selection: ['x'] });
        break;
      }
    }
    a.socket.close();
    for (;;) {
      const { left } = await b.socket.next('presence');
      if (left) {
        expect(left).toEqual([a.welcome.self.peerId]);
        break;
      }
    }
    b.socket.close();
  });
});

describe('a socket', () => {
  it('that may only view is refused its edits [A1]', async () => {
    const id = await newFlow();
    const { token } = await newToken(workspace, { ...user('eve', 'Eve'), flows: { [id]: 'view' } });
    const { socket } = await join(id, token, 'e1');
    socket.send({ type: 'commit', key: 'e1:1', baseClock: 0, ops: [put('x')] });
    expect(await socket.next('refused')).toMatchObject({ key: 'e1:1', code: 'forbidden' });
    expect((await call(`GET /v1/flows/${id}`, { as })).body.clock).toBe(0);
    socket.close();
  });

  it.each([
    ['text that is no JSON', 'hello', 'invalid_request'],
    ['an unknown type', '{"type":"shout"}', 'invalid_request'],
    ['an unknown field', '{"type":"ack","clock":0,"more":1}', 'invalid_request'],
    ['bytes', new Uint8Array([1, 2]).buffer, 'invalid_request'],
    [
      'more than 256 KB',
      JSON.stringify({ type: 'commit', key: 'a1:1', baseClock: 0, ops: [], message: 'x'.repeat(300_000) }),
      'limit_exceeded',
    ],
  ])('that sends %s is told what is wrong and stays open [C4, C5]', async (_what, data, code) => {
    const id = await newFlow();
    const { socket } = await join(id, ada, 'a1');
    socket.sendRaw(data);
    expect((await socket.next('refused')).code).toBe(code);
    socket.send({ type: 'commit', key: 'a1:1', baseClock: 0, ops: [put('x')] });
    expect((await socket.next('committed')).clock).toBe(1);
    socket.close();
  });

  it('with an edge to a missing node is refused in detail [E5]', async () => {
    const id = await newFlow();
    const { socket } = await join(id, ada, 'a1');
    const value = { id: 'e', source: 'no', target: 'where', trigger: 'click' };
    socket.send({ type: 'commit', key: 'a1:1', baseClock: 0, ops: [{ op: 'put', kind: 'edge', value }] });
    expect(await socket.next('refused')).toMatchObject({
      key: 'a1:1',
      code: 'dangling_reference',
      issues: [{ path: 'ops.0.value.source' }],
    });
    socket.close();
  });

  it('that comes back is told what it missed, and its unanswered commit is not done twice [H2, K2]', async () => {
    const id = await newFlow();
    const first = await join(id, ada, 'a1');
    first.socket.send({ type: 'commit', key: 'a1:1', baseClock: 0, ops: [put('x')] });
    await first.socket.next('committed');
    first.socket.close();
    await call(`POST /v1/flows/${id}/commits`, { as, body: { ops: [put('y')] } });

    const { socket, welcome } = await join(id, ada, 'a1', 1);
    expect(welcome).toMatchObject({ clock: 2, lastSeq: 1, changes: [{ clock: 2, ops: [put('y')] }] });
    socket.send({ type: 'commit', key: 'a1:1', baseClock: 0, ops: [put('x')] });
    expect((await socket.next('committed')).clock).toBe(1);
    expect((await call(`GET /v1/flows/${id}`, { as })).body.clock).toBe(2);
    socket.close();
  });

  it('that is new gets the document, in as many parts as it needs [H3]', async () => {
    const nodes = Object.fromEntries(
      Array.from({ length: 200 }, (_, at) => [
        `n${at}`,
        { ...node(`n${at}`), description: 'ü'.repeat(3_000) },
      ]),
    );
    const document = { format: 'uxflow/1', name: 'Large', nodes, edges: {}, frames: {}, personas: {} };
    const { body: flow } = await call('POST /v1/flows', { as, body: { name: 'Large', document } });
    const { socket, welcome } = await join(flow.id, ada, 'a1');
    const parts = [welcome.snapshot?.json ?? ''];
    while (parts.length < (welcome.snapshot?.parts ?? 0))
      parts.push((await socket.next('snapshot')).json ?? '');
    expect(parts.length).toBeGreaterThan(1);
    expect(JSON.parse(parts.join(''))).toEqual(flow.document);
    socket.close();
  });
});

describe('a room that slept', () => {
  it('still knows its sockets: who they are, what they may, and what they have sent [A5]', async () => {
    const id = await newFlow();
    const a = await join(id, ada, 'a1');
    const b = await join(id, bob, 'b1');
    a.socket.send({ type: 'commit', key: 'a1:1', baseClock: 0, ops: [put('x')] });
    await a.socket.next('committed');
    await b.socket.next('changes');

    await evictDurableObject(roomOf(id), { webSockets: 'hibernate' });
    b.socket.send({ type: 'commit', key: 'b1:1', baseClock: 1, ops: [put('y')] });
    expect((await b.socket.next('committed')).clock).toBe(2);
    expect(await a.socket.next('changes')).toMatchObject({
      clock: 2,
      actor: { id: 'user:bob', name: 'Bob' },
    });

    await evictDurableObject(roomOf(id), { webSockets: 'hibernate' });
    a.socket.send({ type: 'commit', key: 'a1:1', baseClock: 0, ops: [put('x')] });
    expect((await a.socket.next('committed')).clock).toBe(1);
    a.socket.close();
    b.socket.close();
  });

  it('keeps an identity as large as a token may carry', async () => {
    const id = await newFlow();
    const { token } = await newToken(workspace, {
      user: {
        id: 'ü'.repeat(128),
        name: 'ü'.repeat(100),
        avatarUrl: `https://example.com/${'a'.repeat(2_000)}`,
      },
    });
    const { socket } = await join(id, token, 'a1');
    await evictDurableObject(roomOf(id), { webSockets: 'hibernate' });
    socket.send({ type: 'commit', key: 'a1:1', baseClock: 0, ops: [put('x')] });
    expect((await socket.next('committed')).clock).toBe(1);
    socket.close();
  });
});
