import type { FlowRow } from '../flows/store.ts';
import { priceOf } from '../credits/pricing.ts';
import type { ClientPrincipal, KeyPrincipal } from '../identity/principal.ts';
import type { Env } from '../platform/env.ts';
import { ApiError, unwrap } from '../platform/errors.ts';
import { agentRun, flowRoom } from '../platform/objects.ts';
import { toPage } from '../platform/pagination.ts';
import { BUILT_IN_AGENTS, isBuiltInAgent } from './catalog.ts';
import { RUN_LIMITS } from './limits.ts';
import { models } from './models/index.ts';
import type { ModelEntry } from './models/registry.ts';
import { quoteRun } from './quote.ts';
import type { Run } from './run.rpc.ts';
import { runStore } from './store.ts';

export interface CreateRunInput {
  runId: string;
  /** True when this id may have been used by an earlier attempt of the same call. */
  repeatable: boolean;
  agent: string;
  prompt: string;
  mode: 'apply' | 'propose';
  model?: string;
  maxCredits?: number;
}

export function agentService(env: Env) {
  return {
    /**
     * Quotes and hands the run to its object, which holds the credits. The same `runId` again answers the same run and
     * never holds twice.
     * @throws ApiError `forbidden`, `invalid_request`, `model_unavailable`, `insufficient_credits`, `budget_exceeded`,
     *   `credits_unavailable`.
     */
    createRun: async (
      principal: KeyPrincipal | ClientPrincipal,
      flow: FlowRow,
      input: CreateRunInput,
    ): Promise<Run> => {
      const { runId, prompt } = input;
      const object = agentRun(env, flow.workspaceId, runId);
      if (input.repeatable) {
        const known = await object.get();
        if (known.ok) return known.run;
      }
      requireAgent(principal, input.agent);
      const entry = models(env).find(input.model);
      const { document } = unwrap(await flowRoom(env, flow.workspaceId, flow.id).snapshot());
      const amount = amountToHold(entry, quoteRun(entry, document, prompt), input.maxCredits);
      const tenantId = flow.tenantId ?? (principal.kind === 'client' ? principal.tenantId : undefined);
      const { run } = unwrap(
        await object.start({
          runId,
          workspaceId: flow.workspaceId,
          flowId: flow.id,
          agent: input.agent,
          model: entry.id,
          prompt,
          mode: input.mode,
          quote: amount,
          holdUntil: Date.now() + entry.limits.deadlineMs + RUN_LIMITS.holdGraceMs,
          principal,
          ...(tenantId !== undefined && { tenantId }),
        }),
      );
      await runStore(env).insert(flow.workspaceId, run);
      return run;
    },

    get: async (flow: FlowRow, runId: string): Promise<Run> =>
      unwrap(await agentRun(env, flow.workspaceId, runId).get()).run,

    cancel: async (flow: FlowRow, runId: string): Promise<Run> =>
      unwrap(await agentRun(env, flow.workspaceId, runId).cancel()).run,

    stream: async (flow: FlowRow, runId: string, after?: number): Promise<ReadableStream<Uint8Array>> => {
      const object = agentRun(env, flow.workspaceId, runId);
      unwrap(await object.get());
      return object.stream(after);
    },

    list: async (flow: FlowRow, before: string | undefined, limit: number) => {
      const rows = await runStore(env).list(flow.workspaceId, flow.id, before, limit + 1);
      return toPage(
        rows,
        limit,
        (row) => [row.id],
        (row) => row.body,
      );
    },

    /** The agents that this caller may run, with the models that they can use here. */
    agents: (principal: KeyPrincipal | ClientPrincipal) => {
      const { entries, defaultId } = models(env);
      return BUILT_IN_AGENTS.filter((agent) => mayRun(principal, agent.id)).map((agent) => ({
        ...agent,
        modes: [...agent.modes],
        builtIn: true,
        defaultModel: defaultId,
        models: entries.map(({ id, label, ruleBased }) => ({ id, label, ruleBased })),
      }));
    },
  };
}

function mayRun(principal: KeyPrincipal | ClientPrincipal, agent: string): boolean {
  if (principal.kind === 'key') return true;
  return Array.isArray(principal.agents) ? principal.agents.includes(agent) : principal.agents;
}

function requireAgent(principal: KeyPrincipal | ClientPrincipal, agent: string): void {
  if (!isBuiltInAgent(agent)) {
    const ids = BUILT_IN_AGENTS.map(({ id }) => id).join(', ');
    throw new ApiError('invalid_request', `There is no agent "${agent}". Use one of: ${ids}.`, {
      param: 'agent',
    });
  }
  if (!mayRun(principal, agent)) {
    throw new ApiError('forbidden', `This client token may not run the agent "${agent}".`, {
      param: 'agent',
    });
  }
}

function amountToHold(entry: ModelEntry, quoted: number, maxCredits: number | undefined): number {
  const minimum = priceOf(entry.id)?.minimumPerRun ?? 0;
  if (maxCredits !== undefined && maxCredits < minimum) {
    const detail = `maxCredits is ${maxCredits}, but a run of "${entry.id}" costs at least ${minimum} micro-credits.`;
    throw new ApiError('invalid_request', detail, { param: 'maxCredits' });
  }
  return Math.min(quoted, maxCredits ?? quoted);
}
