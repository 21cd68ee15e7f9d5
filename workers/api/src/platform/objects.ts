import type { Env } from './env.ts';

/**
 * The one place that names Durable Objects. Names begin with the workspace, so an id of another workspace
 * reaches another, empty object: tenancy is structural.
 */
export function flowRoom(env: Env, workspaceId: string, flowId: string) {
  return env.FLOW_ROOM.getByName(`${workspaceId}/${flowId}`);
}

export function workspaceAccount(env: Env, workspaceId: string) {
  return env.WORKSPACE_ACCOUNT.getByName(workspaceId);
}

export function agentRun(env: Env, workspaceId: string, runId: string) {
  return env.AGENT_RUN.getByName(`${workspaceId}/${runId}`);
}
