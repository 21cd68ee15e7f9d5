import { env } from 'cloudflare:workers';
import { call, newToken, newWorkspace, OPERATOR } from '../../../test/client.ts';
import { newId } from '../../platform/ids.ts';
import { workspaceAccount } from '../../platform/objects.ts';
import type { RunUsage } from '../account.rpc.ts';

/** A run as the ledger sees it. */
interface RunShape {
  agent?: string;
  model?: string;
  userId?: string;
  tenantId?: string;
  outcome?: RunUsage['outcome'];
}

/** A new workspace with this many micro-credits, granted through the operator's route. */
export async function creditedWorkspace(amount: number) {
  const workspace = await newWorkspace();
  const account = workspaceAccount(env, workspace.id);
  const granted = await call(`POST /v1/admin/workspaces/${workspace.id}/grants`, {
    as: OPERATOR,
    body: { amount, note: 'test' },
  });
  if (granted.status !== 201) throw new Error(granted.text);

  return {
    id: workspace.id,
    key: workspace.key,
    clientToken: async (user: string, budget?: { credits: number; per: 'day' | 'month' }) =>
      (await newToken(workspace, { user: { id: user, name: user }, ...(budget && { budget }) })).token,
    /** Holds a little more than `cost` and ends the hold; a run that cost nothing is voided. */
    run: async (
      cost: number,
      { agent = 'designer', model = 'local', userId, tenantId, outcome = 'succeeded' }: RunShape = {},
    ) => {
      const holdId = newId('run');
      const held = await account.hold({
        holdId,
        amount: cost + 1,
        expiresAt: Date.now() + 60_000,
        flowId: 'flw_1',
        agent,
        model,
        keyId: workspace.keyId,
        ...(userId !== undefined && { userId }),
        ...(tenantId !== undefined && { tenantId }),
      });
      const usage = { cost, outcome, inputTokens: 100, cachedTokens: 10, outputTokens: 20, latency: 1_000 };
      const ended =
        cost === 0 ? await account.void({ holdId, usage }) : await account.settle({ holdId, usage });
      if (!held.ok || !ended.ok) throw new Error(`The run was refused: ${JSON.stringify([held, ended])}`);
    },
  };
}
