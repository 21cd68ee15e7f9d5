import { env } from 'cloudflare:workers';
import { runDurableObjectAlarm } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { call, newToken, newWorkspace } from '../../test/client.ts';

const workspace = await newWorkspace();
const as = workspace.key;

const node = (id: string, title = id, type = 'screen') => ({ id, type, title, position: { x: 0, y: 0 } });
const edge = (id: string, source: string, target: string) => ({ id, source, target, trigger: 'click' });
const put = (value: { id: string; source?: string }) => ({ op: 'put', kind: value.source === undefined ? 'node' : 'edge', value });
const sample = {
  format: 'uxflow/1', name: 'inside', frames: {}, personas: {},
  nodes: { a: node('a', 'Start', 'start'), b: node('b', 'Sign in'), c: node('c', 'Done', 'end') },
  edges: { ab: edge('ab', 'a', 'b'), bc: edge('bc', 'b', 'c') },
};

const create = async (body: object = { name: 'Flow' }, who = as) => (await call('POST /v1/flows', { as: who, body })).body;
const commit = (id: unknown, ops: unknown[], more: object = {}, headers: Record<string, string> = {}) =>
  call(`POST /v1/flows/${id}/commits`, { as, body: { ops, ...more }, headers });

describe('a flow', () => {
  it('is created empty, read, renamed, deleted and restored', async () => {
    const created = await call('POST /v1/flows', { as, body: { name: '  Onboarding ', tenantId: 'acme' } });
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      id: expect.stringMatching(/^flw_/), name: 'Onboarding', tenantId: 'acme', clock: 0,
      createdAt: expect.stringMatching(/Z$/), updatedAt: expect.stringMatching(/Z$/),
      document: { format: 'uxflow/1', name: 'Onboarding', nodes: {}, edges: {}, frames: {}, personas: {} },
    });
    const path = `/v1/flows/${created.body.id}`;
    expect(created.headers.get('Location')).toBe(path);
    expect((await call(`GET ${path}`, { as })).body).toEqual(created.body);

    const renamed = await call(`PATCH ${path}`, { as, body: { name: 'Sign-up' } });
    expect([renamed.body.name, renamed.body.clock]).toEqual(['Sign-up', 1]);
    expect((await call('GET /v1/flows?q=sign-UP', { as })).body.data).toEqual([
      expect.objectContaining({ id: created.body.id, name: 'Sign-up', clock: 1 }),
    ]);

    expect((await call(`DELETE ${path}`, { as })).status).toBe(204);
    for (const route of [`GET ${path}`, `DELETE ${path}`, `GET ${path}/lint`]) {
      expect((await call(route, { as })).status).toBe(404);
    }
    expect((await call('GET /v1/flows?q=sign-UP', { as })).body.data).toEqual([]);

    const restored = await call(`POST ${path}/restore`, { as });
    expect([restored.status, restored.body.name]).toEqual([200, 'Sign-up']);
    expect((await commit(created.body.id, [put(node('a'))])).status).toBe(200);
  });

  it('starts from a document, under the name given beside it', async () => {
    const flow = await create({ name: 'Given', document: sample });
    expect(flow.clock).toBe(1);
    expect(flow.document).toEqual({ ...sample, name: 'Given' });
  });

  it('starts from a Mermaid flowchart', async () => {
    const flow = await create({ name: 'Drawn', mermaid: 'flowchart TD\n A[Sign in] -->|ok| B{Known?}' });
    expect(Object.values(flow.document?.['nodes'] ?? {}).map(({ title }) => title)).toEqual(['Sign in', 'Known?']);
  });

  it.each([
    ['a document and a mermaid text', { name: 'x', document: sample, mermaid: 'graph TD' }, 'mermaid', 'invalid_request'],
    ['a document that is a text', { name: 'x', document: 'nodes' }, 'document', 'invalid_request'],
    ['an unknown field of a node', { name: 'x', document: { ...sample, nodes: { a: { ...node('a'), colour: 1 } }, edges: {} } }, 'document.nodes.a.colour', 'invalid_request'],
    ['an edge to a missing node', { name: 'x', document: { ...sample, edges: { ax: edge('ax', 'a', 'x') } } }, 'document.edges.ax.target', 'dangling_reference'],
  ])('is refused for %s, and nothing is made', async (_what, body, path, code) => {
    const before = (await call('GET /v1/flows?limit=100', { as })).body.data;
    const reply = await call('POST /v1/flows', { as, body });
    expect([reply.status, reply.body.code, reply.body.issues?.[0]?.path]).toEqual([422, code, path]);
    expect((await call('GET /v1/flows?limit=100', { as })).body.data).toEqual(before);
  });

  it('with more nodes than a document holds is refused', async () => {
    const nodes = Object.fromEntries(Array.from({ length: 10_001 }, (_, at) => [`n${at}`, node(`n${at}`)]));
    const { status, body } = await call('POST /v1/flows', { as, body: { name: 'x', document: { ...sample, nodes, edges: {} } } });
    expect([status, body.code]).toEqual([422, 'limit_exceeded']);
  });
});

describe('lists', () => {
  it('give each flow once over all pages, newest first, also when flows are edited or made meanwhile', async () => {
    const mine = await newWorkspace();
    const ids: unknown[] = [];
    for (let at = 0; at < 7; at++) ids.unshift((await create({ name: `Flow ${at}` }, mine.key)).id);
    const seen: unknown[] = [];
    let cursor = '';
    do {
      const { body } = await call(`GET /v1/flows?limit=3${cursor}`, { as: mine.key });
      seen.push(...Object.values(body.data ?? {}).map(({ id }) => id));
      await call(`PATCH /v1/flows/${ids[6]}`, { as: mine.key, body: { name: `Renamed ${seen.length}` } });
      await create({ name: 'Late' }, mine.key);
      cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
    } while (cursor !== '');
    expect(seen).toEqual(ids);
  });

  it('filter by part of the name, taken literally, and by tenant', async () => {
    const mine = await newWorkspace();
    for (const [name, tenantId] of [['100% sure', 'a'], ['100 sure', 'a'], ['Other', 'b']]) await create({ name, tenantId }, mine.key);
    const names = async (query: string) =>
      Object.values((await call(`GET /v1/flows?${query}`, { as: mine.key })).body.data ?? {}).map(({ name }) => name);
    expect(await names('q=0%25 s')).toEqual(['100% sure']);
    expect(await names('q=_')).toEqual([]);
    expect(await names('tenantId=a')).toEqual(['100 sure', '100% sure']);
    expect(await names('tenantId=a&q=other')).toEqual([]);
  });
});

describe('what a client token reaches', () => {
  it('stays inside its tenant: lists, reads and new flows', async () => {
    const mine = await newWorkspace();
    const theirs = await create({ name: 'Theirs', tenantId: 'other' }, mine.key);
    const plain = await create({ name: 'Of nobody' }, mine.key);
    const { token } = await newToken(mine, { tenantId: 'acme', flows: { '*': 'edit' } });
    const own = await create({ name: 'Own' }, token);
    expect(own.tenantId).toBe('acme');
    const { body } = await call('GET /v1/flows', { as: token });
    expect(Object.values(body.data ?? {}).map(({ id }) => id)).toEqual([own.id]);
    expect((await call('GET /v1/flows?tenantId=other', { as: token })).body.data).toEqual([]);
    for (const flow of [theirs, plain]) expect((await call(`GET /v1/flows/${flow.id}`, { as: token })).status).toBe(404);
    const foreign = await call('POST /v1/flows', { as: token, body: { name: 'x', tenantId: 'other' } });
    expect([foreign.status, foreign.body.code]).toEqual([403, 'forbidden']);
  });

  it('is the flows it names, with the permission it names', async () => {
    const mine = await newWorkspace();
    const [shown, hidden] = [await create({ name: 'Shown' }, mine.key), await create({ name: 'Hidden' }, mine.key)];
    const team = await create({ name: 'Team', tenantId: 't1' }, mine.key);
    const { token } = await newToken(mine, { flows: { [`${shown.id}`]: 'view', 'tenant:t1': 'edit' } });
    const { body } = await call('GET /v1/flows', { as: token });
    expect(Object.values(body.data ?? {}).map(({ id }) => id)).toEqual([team.id, shown.id]);
    const edit = (id: unknown) => call(`POST /v1/flows/${id}/commits`, { as: token, body: { ops: [put(node('a'))] } });
    expect((await edit(shown.id)).status).toBe(403);
    expect((await edit(hidden.id)).status).toBe(404);
    expect((await edit(team.id)).status).toBe(200);
    expect((await call('POST /v1/flows', { as: token, body: { name: 'x' } })).status).toBe(403);
    expect((await call('POST /v1/flows', { as: token, body: { name: 'x', tenantId: 't1' } })).status).toBe(201);
  });
});

describe('commits', () => {
  it('apply all ops or none, one clock each', async () => {
    const { id } = await create();
    const first = await commit(id, [put(node('a')), put(node('b')), put(edge('ab', 'a', 'b'))], { message: 'Draw' });
    expect(first.body).toEqual({
      clock: 1, commitId: expect.stringMatching(/^cmt_/), conflicts: [],
      applied: [put(node('a')), put(node('b')), put(edge('ab', 'a', 'b'))],
    });
    const bad = await commit(id, [put(node('c')), put(edge('cx', 'c', 'x'))]);
    expect([bad.status, bad.body.code, bad.body.issues?.[0]?.path]).toEqual([422, 'dangling_reference', 'ops.1.value.target']);
    const { body } = await call(`GET /v1/flows/${id}`, { as });
    expect([body.clock, Object.keys(body.document?.['nodes'] ?? {})]).toEqual([1, ['a', 'b']]);
  });

  it('say what somebody else had changed since the base clock', async () => {
    const { id } = await create({ name: 'x', document: sample });
    const { token } = await newToken(workspace);
    const rename = (title: string, who: string) => call(`POST /v1/flows/${id}/commits`, {
      as: who, body: { ops: [{ op: 'patch', kind: 'node', id: 'b', set: { title } }], baseClock: 1 },
    });
    expect((await rename('Log in', token)).body.conflicts).toEqual([]);
    const late = await rename('Welcome', as);
    expect(late.body.conflicts).toEqual([{ kind: 'node', id: 'b', field: 'title', clock: 2 }]);
  });

  it.each([
    ['no ops', { ops: [] }, 'invalid_request', 'ops'],
    ['an op of an unknown kind', { ops: [{ op: 'explode' }] }, 'invalid_request', 'ops.0.op'],
    ['an unknown field', { ops: [put(node('a'))], force: true }, 'invalid_request', 'force'],
    ['an over-long title', { ops: [put(node('a', 'x'.repeat(201)))] }, 'invalid_request', 'ops.0.value.title'],
    ['a patch of a missing record', { ops: [{ op: 'patch', kind: 'node', id: 'zz', set: { title: 'x' } }] }, 'unknown_record', 'ops.0.id'],
    ['1,001 ops', { ops: Array.from({ length: 1001 }, (_, at) => put(node(`n${at}`))) }, 'limit_exceeded', 'ops'],
    ['a base clock in the future', { ops: [put(node('a'))], baseClock: 99 }, 'invalid_request', 'baseClock'],
  ])('with %s are refused and change nothing', async (_what, body, code, path) => {
    const { id } = await create();
    const reply = await call(`POST /v1/flows/${id}/commits`, { as, body });
    expect([reply.status, reply.body.code, reply.body.issues?.[0]?.path]).toEqual([422, code, path]);
    expect((await call(`GET /v1/flows/${id}`, { as })).body.clock).toBe(0);
  });

  it('over 256 KB are refused', async () => {
    const { id } = await create();
    const ops = Array.from({ length: 100 }, (_, at) => put({ ...node(`n${at}`), description: 'x'.repeat(3_000) } as { id: string }));
    const { status, body } = await commit(id, ops);
    expect([status, body.code]).toEqual([413, 'payload_too_large']);
  });

  it('under one Idempotency-Key happen once, for each caller', async () => {
    const { id } = await create();
    const once = { 'Idempotency-Key': 'k:1' };
    const first = await commit(id, [put(node('a'))], {}, once);
    const again = await commit(id, [put(node('a'))], {}, once);
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect([first.headers.get('Idempotency-Replayed'), again.headers.get('Idempotency-Replayed')]).toEqual([null, 'true']);
    const other = await commit(id, [put(node('b'))], {}, once);
    expect([other.status, other.body.code]).toEqual([409, 'idempotency_conflict']);
    const { token } = await newToken(workspace);
    const ada = await call(`POST /v1/flows/${id}/commits`, { as: token, body: { ops: [put(node('b'))] }, headers: once });
    expect([ada.status, ada.body.clock]).toEqual([200, 2]);
  });

  it('are listed with their authors, oldest first, page by page', async () => {
    const { id } = await create();
    for (const name of ['a', 'b', 'c']) await commit(id, [put(node(name))], { message: `Add ${name}` });
    const page = await call(`GET /v1/flows/${id}/commits?after=1&limit=1`, { as });
    expect(page.body.data).toEqual([{
      commitId: expect.stringMatching(/^cmt_/), clock: 2, ops: [put(node('b'))], message: 'Add b',
      actor: { id: `key:${workspace.keyId}`, name: 'API' }, at: expect.stringMatching(/Z$/),
    }]);
    const rest = await call(`GET /v1/flows/${id}/commits?limit=5&cursor=${page.body.nextCursor}`, { as });
    expect(Object.values(rest.body.data ?? {}).map(({ clock }) => clock)).toEqual([3]);
    expect(rest.body.nextCursor).toBeNull();
  });

  it('leave the past readable', async () => {
    const { id } = await create();
    for (const name of ['a', 'b']) await commit(id, [put(node(name))]);
    const past = await call(`GET /v1/flows/${id}?at=1`, { as });
    expect([past.body.clock, Object.keys(past.body.document?.['nodes'] ?? {})]).toEqual([1, ['a']]);
    expect((await call(`GET /v1/flows/${id}?at=9`, { as })).status).toBe(404);
  });

  it('reach the index of flows through the room’s alarm', async () => {
    const { id } = await create();
    await commit(id, [put(node('a'))]);
    const clock = async () => (await env.DB.prepare('SELECT clock FROM flow WHERE id = ?').bind(id).first<{ clock: number }>())?.clock;
    expect(await runDurableObjectAlarm(env.FLOW_ROOM.getByName(`${workspace.id}/${id}`))).toBe(true);
    expect(await clock()).toBe(1);
  });
});

describe('undo and redo', () => {
  it('take back and bring back the caller’s own last step, once a key', async () => {
    const { id } = await create();
    await commit(id, [put(node('mine'))]);
    const { token } = await newToken(workspace);
    await call(`POST /v1/flows/${id}/commits`, { as: token, body: { ops: [put(node('hers'))] } });
    const nodes = async () => Object.keys((await call(`GET /v1/flows/${id}`, { as })).body.document?.['nodes'] ?? {});

    const headers = { 'Idempotency-Key': 'once' };
    const undone = await call(`POST /v1/flows/${id}/undo`, { as, headers });
    expect(undone.body).toMatchObject({ clock: 3, skipped: [], applied: [{ op: 'remove', kind: 'node', id: 'mine' }] });
    const again = await call(`POST /v1/flows/${id}/undo`, { as, headers });
    expect([again.body.clock, again.headers.get('Idempotency-Replayed')]).toEqual([3, 'true']);
    expect(await nodes()).toEqual(['hers']);
    const none = await call(`POST /v1/flows/${id}/undo`, { as });
    expect([none.status, none.body.code]).toEqual([409, 'conflict']);
    expect((await call(`POST /v1/flows/${id}/redo`, { as })).status).toBe(200);
    expect((await nodes()).sort()).toEqual(['hers', 'mine']);
  });
});

describe('lint, layout, export and import', () => {
  it('lint tells what is wrong and at which clock', async () => {
    const { id } = await create({ name: 'x', document: { ...sample, edges: {} } });
    const { body } = await call(`GET /v1/flows/${id}/lint`, { as });
    expect(body.clock).toBe(1);
    expect(Object.values(body.issues ?? {}).map(({ rule }) => rule)).toContain('unreachable-node');
  });

  it('layout moves what is not pinned, in one undoable commit, and finds nothing to do a second time', async () => {
    const pinned = { ...node('b', 'Sign in'), pinned: true, position: { x: 700, y: 40 } };
    const { id } = await create({ name: 'x', document: { ...sample, nodes: { ...sample.nodes, b: pinned } } });
    const first = await call(`POST /v1/flows/${id}/layout`, { as, body: { direction: 'LR' } });
    expect([first.status, first.body.clock]).toEqual([200, 2]);
    const { body } = await call(`GET /v1/flows/${id}`, { as });
    expect(body.document?.['nodes']?.['b']?.['position']).toEqual({ x: 700, y: 40 });
    expect(body.document?.['nodes']?.['a']?.['position']).not.toEqual(body.document?.['nodes']?.['c']?.['position']);
    const second = await call(`POST /v1/flows/${id}/layout`, { as, body: { direction: 'LR' } });
    expect(second.body).toEqual({ clock: 2, commitId: '', applied: [], conflicts: [] });
    expect((await call(`POST /v1/flows/${id}/undo`, { as })).body.clock).toBe(3);
    const unknown = await call(`POST /v1/flows/${id}/layout`, { as, body: { nodeIds: ['zz'] } });
    expect([unknown.status, unknown.body.code]).toEqual([422, 'unknown_record']);
  });

  it('layout places as many nodes as a document holds ops for, past the limit of outside commits', async () => {
    const nodes = Object.fromEntries(Array.from({ length: 1_200 }, (_, at) => [`n${at}`, node(`n${at}`)]));
    const { id } = await create({ name: 'x', document: { ...sample, nodes, edges: {} } });
    const { status, body } = await call(`POST /v1/flows/${id}/layout`, { as, body: {} });
    expect(status).toBe(200);
    expect(Object.keys(body.applied ?? {}).length).toBeGreaterThan(1_000);
  });

  it('export and import carry a flow over as JSON, whole', async () => {
    const flow = await create({ name: 'Über flow / 1', document: sample });
    const file = await call(`GET /v1/flows/${flow.id}/export`, { as });
    expect(file.headers.get('Content-Disposition')).toBe('attachment; filename="Uber-flow-1.json"');
    const imported = await call('POST /v1/flows/import', { as, body: { format: 'json', source: file.text } });
    expect([imported.status, imported.body.warnings]).toEqual([201, []]);
    expect(imported.body.flow?.['document']).toEqual(flow.document);
  });

  it('export and import speak Mermaid, and say what is lost', async () => {
    const flow = await create({ name: 'x', document: sample });
    const file = await call(`GET /v1/flows/${flow.id}/export?format=mermaid`, { as });
    expect(file.text).toMatch(/^(---[\s\S]*---\s*)?flowchart /);
    const source = `${file.text}\n  click a "https://example.com"`;
    const { body } = await call('POST /v1/flows/import', { as, body: { format: 'mermaid', source, name: 'Back' } });
    expect(body.flow?.['name']).toBe('Back');
    expect(Object.keys(body.flow?.['document']?.['edges'] ?? {})).toHaveLength(2);
  });

  it('export as SVG holds titles as text, never as markup', async () => {
    const nodes = { a: node('a', '<script>alert(1)</script>') };
    const flow = await create({ name: 'x', document: { ...sample, nodes, edges: {} } });
    const file = await call(`GET /v1/flows/${flow.id}/export?format=svg`, { as });
    expect(file.headers.get('Content-Type')).toMatch('image/svg+xml');
    expect(file.text).toContain('<svg');
    expect(file.text).not.toContain('<script');
  });

  it.each([
    ['a format nobody reads', { format: 'visio', source: 'x' }, 'format'],
    ['JSON that is none', { format: 'json', source: '{' }, 'source'],
    ['text that is no flowchart', { format: 'mermaid', source: 'sequenceDiagram\nA->>B: hi' }, 'line 1'],
  ])('import refuses %s and says where', async (_what, body, path) => {
    const reply = await call('POST /v1/flows/import', { as, body });
    expect([reply.status, reply.body.issues?.[0]?.path]).toEqual([422, path]);
  });
});
