import type { AgentRun } from '../agents/run.do.ts';
import type { WorkspaceAccount } from '../credits/account.do.ts';
import type { FlowRow } from '../flows/store.ts';
import type { FlowRoom } from '../flows/room.do.ts';
import type { Principal } from '../identity/principal.ts';
import type { DeliveryMessage } from '../webhooks/attempts.ts';
import type { Operation } from './idempotency.ts';

/** Bindings and variables as the runtime hands them over. Variables are parsed by `config()`, never read raw. */
export interface Env {
  DB: D1Database;
  FLOW_ROOM: DurableObjectNamespace<FlowRoom>;
  WORKSPACE_ACCOUNT: DurableObjectNamespace<WorkspaceAccount>;
  AGENT_RUN: DurableObjectNamespace<AgentRun>;
  /** Documents of flows' versions. */
  VERSIONS: R2Bucket;
  /** Deliveries of webhooks, for the webhook Worker to send. */
  WEBHOOK_DELIVERIES: Queue<DeliveryMessage>;
  /** Requests a minute of a workspace, one limit for each plan. */
  RATE_FREE: RateLimit;
  RATE_STARTER: RateLimit;
  RATE_PROFESSIONAL: RateLimit;
  RATE_ENTERPRISE: RateLimit;
  [variable: string]: unknown;
}

/** What Hono handlers see. */
export interface AppEnv {
  Bindings: Env;
  Variables: {
    requestId: string;
    /** Set by `authenticate`; routes without it are public. */
    principal: Principal;
    /** Set by the flow guard of routes under `/v1/flows/{flowId}`. */
    flow: FlowRow;
    /** Set for callers of a workspace: what `RateLimit-Policy` says. */
    ratePolicy?: string;
    /** Set when the caller sent an `Idempotency-Key`. */
    operation?: Operation;
  };
}
