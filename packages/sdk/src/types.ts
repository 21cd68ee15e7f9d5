import type { FlowDocument, Op } from '@uxflow/flow';
import type { Change, Conflict, Permission } from '@uxflow/flow/sync';
import type { ListParams } from './core/pagination.ts';

/** Amounts of credits are integer micro-credits everywhere: 1 credit = 1,000,000. */
export const MICRO_CREDITS = 1_000_000;

/** A flow without its document, as lists give it. Times are ISO 8601 UTC. */
export interface FlowSummary {
  id: string;
  name: string;
  /** Your own customer, when the flow belongs to one. */
  tenantId: string | null;
  /** Commits so far. */
  clock: number;
  createdAt: string;
  updatedAt: string;
}
export interface Flow extends FlowSummary { document: FlowDocument }

export interface FlowCreateParams {
  name: string;
  tenantId?: string | undefined;
  /** Start from this document … */
  document?: FlowDocument | undefined;
  /** … or from this Mermaid flowchart. */
  mermaid?: string | undefined;
}
export interface FlowListParams extends ListParams { q?: string | undefined; tenantId?: string | undefined }
export interface FlowUpdateParams { name: string }

export interface CommitParams {
  ops: Op[];
  /** The clock you had seen; fields that others have changed since come back as `conflicts`. */
  baseClock?: number | undefined;
  message?: string | undefined;
}
export interface CommitResult {
  clock: number;
  commitId: string;
  /** The ops as applied, referential clean-up included. */
  applied: Op[];
  conflicts: Conflict[];
}
export type Commit = Change & { commitId: string };
export interface CommitListParams extends ListParams { after?: number | undefined }
/** `skipped` says in words what could not be reverted, because others have changed it since. */
export interface UndoResult extends CommitResult { skipped: string[] }

export interface LintIssue {
  rule: string;
  severity: 'error' | 'warning' | 'info';
  message: string;
  nodeIds: string[];
  edgeIds: string[];
  /** Ops that mend it. */
  fix?: Op[] | undefined;
}
export interface LintResult { issues: LintIssue[] }

export interface LayoutParams {
  direction?: 'TB' | 'LR' | undefined;
  /** Only these nodes; all when absent. Pinned nodes never move. */
  nodeIds?: string[] | undefined;
}

export type ExportFormat = 'json' | 'mermaid' | 'svg';
export interface ImportParams {
  format: 'json' | 'mermaid';
  source: string;
  name?: string | undefined;
  tenantId?: string | undefined;
}
export interface ImportResult { flow: Flow; warnings: string[] }

export type RunStatus = 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled';
export interface RunItem { model: string; inputTokens: number; cachedTokens: number; outputTokens: number; cost: number }
export interface Run {
  id: string;
  flowId: string;
  agent: string;
  model: string;
  mode: 'apply' | 'propose';
  prompt: string;
  status: RunStatus;
  /** Micro-credits held before the run began. */
  quote: number;
  /** Micro-credits charged; the sum of `items`. */
  cost: number;
  items: RunItem[];
  commitIds: string[];
  reply?: string | undefined;
  /** Sentences of the prompt that were not used. */
  unused?: string[] | undefined;
  /** Why the run failed, in words for people. */
  error?: { code: string; detail: string } | undefined;
  createdAt: string;
  endedAt?: string | undefined;
}
export interface RunCreateParams {
  prompt: string;
  /** Default `designer`. */
  agent?: string | undefined;
  /** Default `apply`: edits land on the flow as they are made. */
  mode?: 'apply' | undefined;
  model?: string | undefined;
  /** Micro-credits; the run is refused with 402 when it could cost more. */
  maxCredits?: number | undefined;
}

export interface Agent { id: string; name: string; description: string; builtIn: boolean }

/** Micro-credits. `available` excludes `held`. */
export interface Credits {
  available: number;
  held: number;
  granted: number;
  consumed: number;
  expired: number;
  clawedBack: number;
  debt: number;
}
export interface LedgerEntry { id: string; kind: string; amount: number; held: number; ref: string; at: string }

export type UsageGroup = 'day' | 'agent' | 'model' | 'user' | 'tenant' | 'key' | 'flow';
export interface UsageParams { from?: string | undefined; to?: string | undefined; groupBy?: UsageGroup | undefined }

export interface ClientTokenParams {
  user: { id: string; name: string; avatarUrl?: string | undefined };
  tenantId?: string | undefined;
  /** Flow id, `tenant:<id>` or `*` → permission. */
  flows: Record<string, Permission>;
  /** Which agents may be run: all, none, or these ids. */
  agents?: boolean | string[] | undefined;
  /** Micro-credits this user may spend in a window. */
  budget?: { credits: number; per: 'day' | 'month' } | undefined;
  /** Pages that may use the token; any when absent. */
  origins?: string[] | undefined;
  expiresInSeconds?: number | undefined;
}
export interface MintedToken { token: string; jti: string; expiresAt: string }

export interface ApiKey {
  id: string;
  name: string;
  mode: 'live' | 'test';
  prefix: string;
  createdAt: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
  revokedAt: string | null;
}
/** `value` is shown this once. */
export interface NewApiKey extends ApiKey { value: string }

/** Public: what each model costs. */
export interface Pricing {
  models: { model: string; inputPerMillionTokens: number; cachedPerMillionTokens: number; outputPerMillionTokens: number }[];
}
export interface UsageRow { group: string; runs: number; inputTokens: number; outputTokens: number; cost: number }
export interface Usage { data: UsageRow[] }
