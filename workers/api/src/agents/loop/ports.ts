import type { LanguageModelV4, LanguageModelV4CallOptions } from '@ai-sdk/provider';
import type { UIMessageChunk } from 'ai';
import type { FlowDocument, Op } from '@uxflow/flow';
import type { LintConfig } from '@uxflow/flow/lint';
import type { CommitResult } from '../../flows/room.rpc.ts';
import type { Outcome } from '../../platform/errors.ts';
import type { ModelLimits } from '../models/registry.ts';
import type { RunFault } from './faults.ts';
import type { JournalEntry } from './journal.ts';

/** The flow as a run reads and edits it: a room in production, a document in memory for evaluation. */
export interface DocumentPort {
  snapshot(): Promise<Outcome<{ clock: number; document: FlowDocument }>>;
  /** The one door for edits; the same key again is answered the same and changes nothing. */
  commit(input: {
    ops: Op[];
    key: string;
    message: string;
    internal?: boolean;
  }): Promise<Outcome<CommitResult>>;
}

/** Where a run's progress is kept, so that it goes on after its object was interrupted. */
export interface Journal {
  entries(): readonly JournalEntry[];
  /** Synchronous, so that an entry and the stream parts that tell of it are stored together. */
  append(entry: JournalEntry): void;
}

/** Time, in milliseconds. */
export interface Clock {
  now(): number;
  /** Resolves after `ms`, or as soon as `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export type CallSettings = Pick<LanguageModelV4CallOptions, 'reasoning' | 'temperature' | 'seed'>;

export interface DesignerInput {
  runId: string;
  prompt: string;
  model: LanguageModelV4;
  /** Id of the model in the price table. */
  modelId: string;
  settings?: CallSettings;
  limits: ModelLimits;
  /** Milliseconds since the epoch at which the run is given up. */
  deadline: number;
  /** Micro-credits that the run may use up; unbounded when absent. */
  held?: number;
  document: DocumentPort;
  /** How the workspace has set the lint rules; as they come when absent. */
  lintConfig?: LintConfig;
  journal: Journal;
  clock: Clock;
  /** Aborting it cancels the run. */
  signal: AbortSignal;
  /** Whether the caller's credential still stands; asked before each call of the model. */
  stands?: () => Promise<boolean>;
  /** Told why a run fails, for the log: `cause` holds what people are not shown. */
  onFault?: (fault: RunFault) => void;
  /** Parts of the AI SDK's UI message stream, in order. Start and end of the message are the caller's. */
  onPart(part: UIMessageChunk): void;
}

export interface TokenUsage {
  inputTokens: number;
  cachedTokens: number;
  outputTokens: number;
}

export interface RunOutcome {
  status: 'succeeded' | 'failed' | 'cancelled';
  reply?: string;
  unused?: string[];
  error?: { code: string; detail: string };
  usage: TokenUsage;
  commitIds: string[];
  /** What the run has proposed, in the mode `propose`. */
  proposalId?: string;
  /** Everything that the run has edited, to find out later whether some of it remains. */
  edits: Op[];
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal?.addEventListener('abort', done);
    }),
};
