import { describe, expect, it } from 'vitest';
import { call, newWorkspace, OPERATOR } from '../../test/client.ts';

const workspace = await newWorkspace();
const as = workspace.key;

describe('the operator', () => {
  it('makes workspaces, lists them and grants credits once a key', async () => {
    const made = await newWorkspace('Granted');
    const seen: unknown[] = [];
    let cursor = '';
    do {
      const { body } = await call(`GET /v1/admin/workspaces?limit=5${cursor}`, { as: OPERATOR });
      seen.push(...Object.values(body.data ?? {}).map(({ id }) => id));
      cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
    } while (cursor !== '');
    expect(seen).toContain(made.id);

    const grant = () =>
      call(`POST /v1/admin/workspaces/${made.id}/grants`, {
        as: OPERATOR,
        body: { amount: 5_000_000, note: 'Welcome' },
        headers: { 'Idempotency-Key': 'welcome' },
      });
    const first = await grant();
    expect([first.status, first.body.available]).toEqual([201, 5_000_000]);
    expect((await grant()).body).toEqual(first.body);
    expect((await call('GET /v1/credits', { as: made.key })).body.available).toBe(5_000_000);
  });

  it('is nobody else', async () => {
    expect((await call('GET /v1/admin/workspaces', { as: `${OPERATOR}x` })).status).toBe(401);
    expect((await call('GET /v1/admin/workspaces', { as })).status).toBe(403);
    expect((await call('GET /v1/flows', { as: OPERATOR })).status).toBe(403);
  });

  it('cannot grant to a workspace that is not there, nor nothing', async () => {
    const grant = (id: string, amount: number) =>
      call(`POST /v1/admin/workspaces/${id}/grants`, { as: OPERATOR, body: { amount, note: 'x' } });
    expect((await grant('ws_01KA3Z0000000000000000000A', 1)).status).toBe(404);
    expect((await grant(workspace.id, 0)).status).toBe(422);
  });
});
