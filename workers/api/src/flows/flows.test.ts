import { describe, expect, it } from 'vitest';
import { call, newToken, newWorkspace } from '../../test/client.ts';
import { edge, node, put, sample } from '../../test/sample.ts';

const workspace = await newWorkspace();
const as = workspace.key;

const create = async (body: object = { name: 'Flow' }, who = as) =>
  (await call('POST /v1/flows', { as: who, body })).body;

describe('a flow', () => {
  it('is created empty, read, renamed, deleted and restored', async () => {
    const created = await call('POST /v1/flows', { as, body: { name: '  Onboarding ', tenantId: 'acme' } });
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      id: expect.stringMatching(/^flw_/),
      name: 'Onboarding',
      tenantId: 'acme',
      clock: 0,
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
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
    expect((await call(`POST ${path}/commits`, { as, body: { ops: [put(node('a'))] } })).status).toBe(200);
  });

  it('starts from a document, under the name given beside it', async () => {
    const flow = await create({ name: 'Given', document: sample });
    expect(flow.clock).toBe(1);
    expect(flow.document).toEqual({ ...sample, name: 'Given' });
  });

  it('starts from a Mermaid flowchart', async () => {
    const flow = await create({ name: 'Drawn', mermaid: 'flowchart TD\n A[Sign in] -->|ok| B{Known?}' });
    expect(Object.values(flow.document?.['nodes'] ?? {}).map(({ title }) => title)).toEqual([
      'Sign in',
      'Known?',
    ]);
  });

  it.each([
    [
      'a document and a mermaid text',
      { name: 'x', document: sample, mermaid: 'graph TD' },
      'mermaid',
      'invalid_request',
    ],
    ['a document that is a text', { name: 'x', document: 'nodes' }, 'document', 'invalid_request'],
    [
      'an unknown field of a node',
      { name: 'x', document: { ...sample, nodes: { a: { ...node('a'), colour: 1 } }, edges: {} } },
      'document.nodes.a.colour',
      'invalid_request',
    ],
    [
      'an edge to a missing node',
      { name: 'x', document: { ...sample, edges: { ax: edge('ax', 'a', 'x') } } },
      'document.edges.ax.target',
      'dangling_reference',
    ],
  ])('is refused for %s, and nothing is made', async (_what, body, path, code) => {
    const before = (await call('GET /v1/flows?limit=100', { as })).body.data;
    const reply = await call('POST /v1/flows', { as, body });
    expect([reply.status, reply.body.code, reply.body.issues?.[0]?.path]).toEqual([422, code, path]);
    expect((await call('GET /v1/flows?limit=100', { as })).body.data).toEqual(before);
  });

  it('with more nodes than a document holds is refused', async () => {
    const nodes = Object.fromEntries(Array.from({ length: 10_001 }, (_, at) => [`n${at}`, node(`n${at}`)]));
    const { status, body } = await call('POST /v1/flows', {
      as,
      body: { name: 'x', document: { ...sample, nodes, edges: {} } },
    });
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
    for (const [name, tenantId] of [
      ['100% sure', 'a'],
      ['100 sure', 'a'],
      ['Other', 'b'],
    ])
      await create({ name, tenantId }, mine.key);
    const names = async (query: string) =>
      Object.values((await call(`GET /v1/flows?${query}`, { as: mine.key })).body.data ?? {}).map(
        ({ name }) => name,
      );
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
    for (const flow of [theirs, plain])
      expect((await call(`GET /v1/flows/${flow.id}`, { as: token })).status).toBe(404);
    const foreign = await call('POST /v1/flows', { as: token, body: { name: 'x', tenantId: 'other' } });
    expect([foreign.status, foreign.body.code]).toEqual([403, 'forbidden']);
  });

  it('is the flows it names, with the permission it names', async () => {
    const mine = await newWorkspace();
    const [shown, hidden] = [
      await create({ name: 'Shown' }, mine.key),
      await create({ name: 'Hidden' }, mine.key),
    ];
    const team = await create({ name: 'Team', tenantId: 't1' }, mine.key);
    const { token } = await newToken(mine, { flows: { [`${shown.id}`]: 'view', 'tenant:t1': 'edit' } });
    const { body } = await call('GET /v1/flows', { as: token });
    expect(Object.values(body.data ?? {}).map(({ id }) => id)).toEqual([team.id, shown.id]);
    const edit = (id: unknown) =>
      call(`POST /v1/flows/${id}/commits`, { as: token, body: { ops: [put(node('a'))] } });
    expect((await edit(shown.id)).status).toBe(403);
    expect((await edit(hidden.id)).status).toBe(404);
    expect((await edit(team.id)).status).toBe(200);
    expect((await call('POST /v1/flows', { as: token, body: { name: 'x' } })).status).toBe(403);
    expect((await call('POST /v1/flows', { as: token, body: { name: 'x', tenantId: 't1' } })).status).toBe(
      201,
    );
  });
});
