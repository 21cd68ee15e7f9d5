import type { ClientPrincipal, KeyPrincipal } from '../identity/principal.ts';
import type { Outcome } from '../platform/errors.ts';

/** What the rest of the API may ask of one agent run. `AgentRun` implements it. */
export interface AgentRunRpc {
  /**
   * Stores the run, holds its credits and lets the alarm drive it. The same call again is answered the same. What the
   * ledger refuses leaves no run behind; when it does not answer (`credits_unavailable`) the same call may be repeated,
   * and what it may have held is given back if that does not happen.
   */
  start(input: StartInput): Promise<Outcome<{ run: Run }>>;
  get(): Promise<Outcome<{ run: Run; flowId: string }>>;
  /** The account says that this run, which has waited for its turn, has it now. */
  proceed(): Promise<void>;
  /** Asks the run to stop; the answer is the run as it stands (its terminal status comes after settlement). */
  cancel(): Promise<Outcome<{ run: Run }>>;
  /** AI SDK UI message stream (SSE bytes, each event with its `id:`), from after event `lastEventId`. Ends when the run has. */
  stream(lastEventId?: number): Promise<ReadableStream<Uint8Array>>;
}

export interface StartInput {
  runId: string;
  workspaceId: string;
  flowId: string;
  agent: string;
  model: string;
  prompt: string;
  mode: 'apply' | 'propose';
  /** Micro-credits to hold. */
  quote: number;
  /** Milliseconds since the epoch at which the ledger releases the hold itself. */
  holdUntil: number;
  principal: KeyPrincipal | ClientPrincipal;
  /** Whom of the partner's customers the usage counts for. */
  tenantId?: string;
}

export type RunStatus = 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled';

export interface RunItem {
  model: string;
  inputTokens: number;
  cachedTokens: number;
  outputTokens: number;
  cost: number;
}

export interface Run {
  id: string;
  flowId: string;
  agent: string;
  model: string;
  mode: 'apply' | 'propose';
  prompt: string;
  status: RunStatus;
  quote: number;
  cost: number;
  items: RunItem[];
  commitIds: string[];
  /** In the mode `propose`: what is to be decided on. */
  proposalId?: string;
  reply?: string;
  /** Sentences of the prompt that the model could not use. */
  unused?: string[];
  error?: { code: string; detail: string };
  createdAt: string;
  endedAt?: string;
}
