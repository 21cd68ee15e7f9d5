import type { ClientPrincipal, KeyPrincipal } from '../identity/principal.ts';
import type { Outcome } from '../platform/errors.ts';

/** What the rest of the API may ask of one agent run. `AgentRun` implements it. */
export interface AgentRunRpc {
  /** Stores the run and lets the alarm drive it. The credits are already held. The same call again is answered the same. */
  start(input: StartInput): Promise<Outcome<{ run: Run }>>;
  get(): Promise<Outcome<{ run: Run; flowId: string }>>;
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
  /** Micro-credits held. */
  quote: number;
  principal: KeyPrincipal | ClientPrincipal;
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
