import { env } from 'cloudflare:workers';
import { afterEach, expect, it, vi } from 'vitest';
import { call, newWorkspace, OPERATOR } from '../../test/client.ts';
import { WorkspaceAccount } from '../credits/account.do.ts';
import { workspaceAccount } from '../platform/objects.ts';

const CREDIT = 1_000_000;

afterEach(() => {
  vi.restoreAllMocks();
});

it('a run is 503 credits_unavailable when the ledger cannot be reached: nothing starts, nothing is held or charged', async () => {
  const workspace = await newWorkspace();
  await call(`POST /v1/admin/workspaces/${workspace.id}/grants`, {
    as: OPERATOR,
    body: { amount: 100 * CREDIT, note: 'test' },
  });
  const flow = await call('POST /v1/flows', { as: workspace.key, body: { name: 'Untitled' } });
  const path = `/v1/flows/${String(flow.body['id'])}/runs`;
  const body = { agent: 'designer', prompt: 'A visitor signs up.' };

  const hold = vi
    .spyOn(WorkspaceAccount.prototype, 'hold')
    .mockRejectedValue(new Error('Network connection lost.'));
  const refused = await call(`POST ${path}`, { as: workspace.key, body });
  expect(hold).toHaveBeenCalled();
  expect(refused.status).toBe(503);
  expect(refused.body).toMatchObject({ code: 'credits_unavailable' });
  vi.restoreAllMocks();

  const { body: runs } = await call(`GET ${path}`, { as: workspace.key });
  expect(runs['data']).toEqual([]);
  const account = workspaceAccount(env, workspace.id);
  expect(await account.balance()).toMatchObject({ available: 100 * CREDIT, held: 0, consumed: 0 });
  expect((await call(`POST ${path}`, { as: workspace.key, body })).status).toBe(201);
});
