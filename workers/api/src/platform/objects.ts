import type { AgentRunRpc } from '../agents/run.rpc.ts';
import type { WorkspaceAccountRpc } from '../credits/account.rpc.ts';
import { failClosed } from '../credits/fail-closed.ts';
import { gathered } from '../credits/gathering.ts';
import type { FlowRoomRpc } from '../flows/room.rpc.ts';
import type { Env } from './env.ts';

/** Off under Vitest's Workers plugin, which turns the flag off; tools/bench has the test across requests and objects. */
const mayGather = (): boolean =>
  Cloudflare.compatibilityFlags['handle_cross_request_promise_resolution'] === true;

/**
 * The one place that names Durable Objects. Names begin with the workspace, so an id of another workspace
 * reaches another, empty object: tenancy is structural.
 *
 * Stubs are given out as the interface that the object implements: the platform's own mapping of RPC types cannot
 * follow recursive JSON values, and nothing here returns functions or stubs of its own.
 */
export function flowRoom(env: Env, workspaceId: string, flowId: string): FlowRoomRpc {
  return flowRoomStub(env, workspaceId, flowId) as unknown as FlowRoomRpc;
}

/** The room as a target of `fetch`, which is how a WebSocket reaches it. */
export function flowRoomStub(env: Env, workspaceId: string, flowId: string): Fetcher {
  return env.FLOW_ROOM.getByName(`${workspaceId}/${flowId}`) as unknown as Fetcher;
}

/**
 * Its calls throw `credits_unavailable` when the ledger does not answer. Holds and their ends that come while others of
 * the same workspace are under way travel together.
 */
export function workspaceAccount(env: Env, workspaceId: string): WorkspaceAccountRpc {
  const open = () => env.WORKSPACE_ACCOUNT.getByName(workspaceId) as unknown as WorkspaceAccountRpc;
  return failClosed(open, mayGather() ? gathered(workspaceId, open) : undefined);
}

/** The account as a target of `fetch`, which is how a WebSocket reaches it. */
export function workspaceAccountStub(env: Env, workspaceId: string): Fetcher {
  return env.WORKSPACE_ACCOUNT.getByName(workspaceId) as unknown as Fetcher;
}

export function agentRun(env: Env, workspaceId: string, runId: string): AgentRunRpc {
  return env.AGENT_RUN.getByName(`${workspaceId}/${runId}`) as unknown as AgentRunRpc;
}
