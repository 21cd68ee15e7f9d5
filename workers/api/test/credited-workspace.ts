import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { app } from '../src/app.ts';
import type { RunUsage } from '../src/credits/account.rpc.ts';
import type { Env } from '../src/platform/env.ts';
import { newId } from '../src/platform/ids.ts';
import { workspaceAccount } from '../src/platform/objects.ts';

/** One request through the whole app. `bindings` replace those of the test's environment. */
export async function request(
  path: string, init: { method?: string; token?: string; body?: unknown; headers?: Record<string, string> } = {},
  bindings: Partial<Env> = {},
): Promise<Response> {
  const { method = 'GET', token, body, headers } = init;
  const ctx = createExecutionContext();
  const response = await app.fetch(
    new Request(`http://api.test${path}`, {
      method,
      headers: {
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
    { ...env, ...bindings },
    ctx,
  );
  await waitOnExecutionContext(ctx);
  return response;
}

/** A new workspace with a secret key and this many micro-credits, made through the operator's routes. */
export async function creditedWorkspace(amount: number) {
  const token = String(env['OPERATOR_TOKEN']);
  const made = await request('/v1/admin/workspaces', { method: 'POST', token, body: { name: 'Acme' } });
  const { workspace, key } = await made.json<{ workspace: { id: string }; key: { id: string; value: string } }>();
  const account = workspaceAccount(env, workspace.id);
  if (amount > 0) {
    const granted = await request(`/v1/admin/workspaces/${workspace.id}/grants`, { method: 'POST', token, body: { amount, note: 'test' } });
    if (granted.status !== 201) throw new Error(`The grant was answered with ${granted.status}: ${await granted.text()}`);
  }

  return {
    workspaceId: workspace.id,
    key: key.value,
    account,
    clientToken: async (user: string, budget?: { credits: number; per: 'day' | 'month' }) => {
      const body = { user: { id: user, name: user }, flows: { '*': 'edit' }, agents: true, ...(budget && { budget }) };
      const minted = await request('/v1/client-tokens', { method: 'POST', token: key.value, body });
      return (await minted.json<{ token: string }>()).token;
    },
    /** A run as the ledger sees it: held and ended. */
    run: async (cost: number, run: { agent?: string; model?: string; userId?: string; tenantId?: string; outcome?: RunUsage['outcome'] } = {}) => {
      const { agent = 'designer', model = 'local', userId, tenantId, outcome = 'succeeded' } = run;
      const holdId = newId('run');
      const held = await account.hold({
        holdId, amount: cost + 1_000, expiresAt: Date.now() + 60_000, flowId: 'flw_1', agent, model, keyId: key.id,
        ...(userId !== undefined && { userId }), ...(tenantId !== undefined && { tenantId }),
      });
      const usage = { cost, outcome, inputTokens: 100, cachedTokens: 10, outputTokens: 20, latency: 1_000 };
      const ended = cost === 0 ? await account.void({ holdId, usage }) : await account.settle({ holdId, usage });
      if (!held.ok || !ended.ok) throw new Error(`The run was refused: ${JSON.stringify([held, ended])}`);
      return holdId;
    },
  };
}

/** Durable Objects of a ledger that cannot be reached. */
export function unreachableLedger(): Pick<Env, 'WORKSPACE_ACCOUNT'> {
  const WORKSPACE_ACCOUNT = new Proxy(env.WORKSPACE_ACCOUNT, {
    get: (target, name) => (name === 'getByName'
      ? () => { throw new Error('Network connection lost.'); }
      : Reflect.get(target, name)),
  });
  return { WORKSPACE_ACCOUNT };
}
