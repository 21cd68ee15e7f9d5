import type { Run, RunStatus } from './types.ts';

/**
 * What a run's stream carries: the parts of the AI SDK's UI message stream that the server sends, typed here so
 * that nothing of it is needed at runtime. A newer server may send more: ignore the types you do not know.
 */
export type RunEvent =
  | { type: 'start'; messageId?: string; messageMetadata?: unknown }
  | { type: 'start-step' }
  /** The step begins anew after an interruption: what it has shown so far is taken back. */
  | { type: 'reset-step' }
  | { type: 'text-start'; id: string }
  | { type: 'text-delta'; id: string; delta: string }
  | { type: 'text-end'; id: string }
  | { type: 'reasoning-start'; id: string }
  | { type: 'reasoning-delta'; id: string; delta: string }
  | { type: 'reasoning-end'; id: string }
  | { type: 'tool-input-available'; toolCallId: string; toolName: string; input: unknown }
  | { type: 'tool-output-available'; toolCallId: string; output: unknown }
  | { type: 'tool-output-error'; toolCallId: string; errorText: string }
  /** The run's status and what it costs, each replacing the one before; `finalRun()` gives the whole run. */
  | {
      type: 'data-run';
      id?: string;
      data: {
        id: string;
        status: RunStatus;
        cost: number;
        quote: number;
        proposalId?: string;
        error?: Run['error'];
      };
    }
  /** What the agent is doing; each replaces the one before. `planned`: edits planned in this step. */
  | { type: 'data-progress'; id?: string; data: { phase: 'thinking' | 'planning'; planned: number } }
  /** One commit of the run has landed on the flow. */
  | {
      type: 'data-edit';
      id?: string;
      data: { clock: number; commitId: string; nodeIds: string[]; edgeIds: string[] };
    }
  /** Tokens so far, and micro-credits: what the run would cost if it ended here, and what is held for it. */
  | {
      type: 'data-cost';
      id?: string;
      data: { inputTokens: number; cachedTokens: number; outputTokens: number; cost: number; held: number };
    }
  | { type: 'error'; errorText: string }
  | { type: 'finish-step' }
  | { type: 'finish'; finishReason?: string; messageMetadata?: unknown }
  | { type: 'abort'; reason?: string };
