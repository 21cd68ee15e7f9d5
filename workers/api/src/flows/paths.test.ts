import { describe, expect, it } from 'vitest';
import { call, newToken, newWorkspace } from '../../test/client.ts';

const workspace = await newWorkspace();
const as = workspace.key;

const node = (id: string, type: string) => ({ id, type, title: id, position: { x: 0, y: 0 } });
const edge = (id: string, source: string, target: string) => ({ id, source, target, trigger: 'click' });
const byId = <T extends { id: string }>(records: T[]) =>
  Object.fromEntries(records.map((record) => [record.id, record]));
const { body: flow } = await call('POST /v1/flows', {
  as,
  body: {
    name: 'Sign in',
    document: {
      format: 'uxflow/1',
      name: 'Sign in',
      nodes: byId([
        node('s', 'start'),
        node('form', 'screen'),
        node('ok', 'decision'),
        node('lost', 'screen'),
        node('e', 'end'),
        node('n', 'note'),
      ]),
      edges: byId([
        edge('e1', 's', 'form'),
        edge('e2', 'form', 'ok'),
        edge('e3', 'ok', 'form'),
        edge('e4', 'ok', 'e'),
        edge('e5', 'lost', 'e'),
      ]),
      frames: {},
      personas: {},
    },
  },
});
const get = (query = '', who = as) => call(`GET /v1/flows/${flow.id}/paths${query}`, { as: who });

describe('GET /v1/flows/:id/paths', () => {
  it('lists every way, loops as often as asked, and measures the flow', async () => {
    const { status, body } = await get();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      clock: 1,
      complete: true,
      uncovered: [],
      paths: [
        { edgeIds: ['e1', 'e2', 'e3', 'e2', 'e4'] },
        { nodeIds: ['s', 'form', 'ok', 'e'], edgeIds: ['e1', 'e2', 'e4'] },
      ],
      complexity: { steps: 5, transitions: 5, decisions: 1, cyclomatic: 2, loops: 1, depth: 3, shortest: 3 },
    });
    expect((await get('?loops=0')).body.paths).toMatchObject([{ edgeIds: ['e1', 'e2', 'e4'] }]);
    expect((await get('?loops=3&limit=2')).body).toMatchObject({ complete: false, paths: [{}, {}] });
  });

  it('finds the shortest way, between other steps too', async () => {
    expect((await get('?kind=shortest')).body.paths).toMatchObject([{ edgeIds: ['e1', 'e2', 'e4'] }]);
    expect((await get('?kind=shortest&from=form,lost&to=e')).body.paths).toMatchObject([{ edgeIds: ['e5'] }]);
    expect((await get('?kind=shortest&from=e&to=s')).body.paths).toEqual([]);
  });

  it('covers every transition that can be taken and names the others', async () => {
    expect((await get('?kind=coverage')).body).toMatchObject({
      paths: [{ edgeIds: ['e1', 'e2', 'e3', 'e2', 'e4'] }],
      complete: true,
      uncovered: ['e5'],
    });
  });

  it.each([
    ['?kind=best', 'kind'],
    ['?loops=11', 'loops'],
    ['?loops=-1', 'loops'],
    ['?limit=0', 'limit'],
    ['?limit=1001', 'limit'],
    ['?form=a', undefined],
    ['?from=', 'from'],
  ])('refuses %s with 422', async (query, param) => {
    const { status, body } = await get(query);
    expect([status, body.code]).toEqual([422, 'invalid_request']);
    if (param) expect(body.param).toBe(param);
  });

  it('names a step that is not there, notes included', async () => {
    const { status, body } = await get('?from=s&to=e,nowhere,n');
    expect([status, body.code]).toEqual([422, 'unknown_record']);
    expect(body.issues).toMatchObject([{ path: 'to.1' }, { path: 'to.2' }]);
  });

  it('is open to whoever may view the flow', async () => {
    const { token } = await newToken(workspace, { flows: { [String(flow.id)]: 'view' } });
    expect((await get('', token)).status).toBe(200);
    const { token: stranger } = await newToken(workspace, { flows: {} });
    expect([403, 404]).toContain((await get('', stranger)).status);
  });
});
