import type { Op } from '@uxflow/flow';
import type { ListParams } from './core/pagination.ts';
import type { components } from './generated/openapi.ts';

/** What the API speaks, generated from its routes, under the names that the SDK's methods use. */
type Schemas = components['schemas'];

/** A request body as callers write it: what the server fills in may be left out, and `undefined` means absent. */
type Params<T, Defaulted extends keyof T = never> = {
  [K in keyof T as K extends Defaulted ? never : K]: undefined extends T[K] ? T[K] | undefined : T[K];
} & { [K in Defaulted]?: T[K] | undefined };

/** One credit in the unit of the API, where every amount is integer micro-credits. */
export const MICRO_CREDITS = 1_000_000;

export type FlowSummary = Schemas['FlowSummary'];
export type Flow = Schemas['Flow'];
export type FlowCreateParams = Params<Schemas['CreateFlow']>;
export type FlowUpdateParams = Params<Schemas['UpdateFlow']>;
export interface FlowListParams extends ListParams {
  /** Part of the name. */
  q?: string | undefined;
  tenantId?: string | undefined;
}

export type CommitParams = Params<Schemas['CreateCommit']>;
export type CommitResult = Schemas['CommitResult'];
export type Commit = Schemas['Commit'];
export interface CommitListParams extends ListParams {
  /** Only commits after this clock. */
  after?: number | undefined;
}
/** `skipped` says in words what could not be reverted, because others have changed it since. */
export type UndoResult = Schemas['UndoResult'];

export type Run = Schemas['Run'];
export type RunStatus = Run['status'];
export type RunItem = Schemas['RunItem'];
/** `agent` is `designer` when absent. */
export type RunCreateParams = Params<Schemas['CreateRun'], 'agent' | 'mode'>;
export type Agent = Schemas['Agent'];
export type AgentModel = Schemas['AgentModel'];

export type ClientTokenParams = Params<Schemas['CreateClientToken'], 'agents' | 'expiresInSeconds'>;
export type MintedToken = Schemas['ClientToken'];
export type ClientTokenRevokeParams = Schemas['RevokeClientToken'];

export type ApiKey = Schemas['ApiKey'];
/** `value` is shown this once. */
export type NewApiKey = Schemas['NewApiKey'];
export type ApiKeyCreateParams = Params<Schemas['CreateApiKey'], 'mode'>;
export type ApiKeyRotateParams = Params<Schemas['RotateApiKey'], 'overlapSeconds'>;
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
  direction?: 'right' | 'down' | undefined;
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
/** Public: what each model costs. */
export interface Pricing {
  models: { model: string; inputPerMillionTokens: number; cachedPerMillionTokens: number; outputPerMillionTokens: number }[];
}
export interface UsageRow { group: string; runs: number; inputTokens: number; outputTokens: number; cost: number }
export interface Usage { data: UsageRow[] }
