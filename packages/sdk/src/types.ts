import type { ListParams } from './core/pagination.ts';
import type { components, operations } from './generated/openapi.ts';

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

export type VersionSummary = Schemas['VersionSummary'];
export type Version = Schemas['Version'];
export type VersionCreateParams = Params<Schemas['CreateVersion']>;
export type ProposalSummary = Schemas['ProposalSummary'];
/** `requires`, `conflicts` and `blocked` of its ops say what stands in the way of accepting each. */
export type Proposal = Schemas['Proposal'];
export type ProposalOp = Schemas['ProposalOp'];
export type ProposalUpdateParams = Params<Schemas['EditProposal']>;
/** Without `opIds`: all that is open. */
export type ProposalDecision = Params<Schemas['DecideProposal']>;
export type AcceptResult = Schemas['AcceptResult'];
export interface ProposalListParams extends ListParams {
  status?: ProposalSummary['status'] | undefined;
}

/** `from` and `to`: a clock, or the id of a version. Without `to` the flow as it stands. */
export interface DiffParams {
  from: number | string;
  to?: number | string | undefined;
}
export type FlowDiff = Schemas['FlowDiff'];
export type DiffEntry = Schemas['DiffEntry'];
export type DiffChange = Schemas['DiffChange'];
/** Who last changed what: records and fields name commits by clock, `commits` says who wrote them. */
export type Blame = Schemas['Blame'];
export type RecordBlame = Schemas['RecordBlame'];
export type CommitAuthor = Schemas['CommitAuthor'];

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

export type LintReport = Schemas['LintReport'];
export type LintIssue = Schemas['LintIssue'];
export type LintConfig = Schemas['LintConfig'];
export type LintRules = Schemas['LintRules'];
/** `rules` names those to switch off or to change; the others keep their own severity. */
export type LintConfigParams = Schemas['PutLintConfig'];

export type PathReport = Schemas['PathReport'];
export type FlowPath = Schemas['FlowPath'];
export type FlowComplexity = Schemas['FlowComplexity'];
type PathsQuery = Params<NonNullable<operations['listPaths']['parameters']['query']>>;
/** `from` and `to` are ids of steps to go between, instead of the starts and ends. */
export interface PathsParams extends Omit<PathsQuery, 'from' | 'to'> {
  from?: readonly string[] | undefined;
  to?: readonly string[] | undefined;
}

export type LayoutParams = Params<Schemas['LayoutFlow'], 'direction'>;
export type ExportFormat = NonNullable<
  NonNullable<operations['exportFlow']['parameters']['query']>['format']
>;
export type ImportParams = Params<Schemas['ImportFlow']>;
export type ImportResult = Schemas['ImportResult'];

export type Balance = Schemas['Balance'];
export type Budgets = Schemas['Budgets'];
export type BudgetsParams = Schemas['SetBudgets'];
/** What a client token is shown instead of the balance: its own user's budget. */
export type ClientCredits = Schemas['ClientCredits'];
export type LedgerEntry = Schemas['LedgerEntry'];
export type Pricing = Schemas['Pricing'];
export type ModelPrice = Schemas['ModelPrice'];

export type UsageParams = Params<NonNullable<operations['getUsage']['parameters']['query']>>;
export type Usage = Schemas['Usage'];
export type UsageGroup = Schemas['UsageGroup'];
export type UsageTotals = Schemas['UsageTotals'];
