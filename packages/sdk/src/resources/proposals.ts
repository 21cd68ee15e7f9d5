import type { APIPromise, Http, RequestOptions } from '../core/http.ts';
import { type PagePromise, paginate } from '../core/pagination.ts';
import type {
  AcceptResult,
  Proposal,
  ProposalDecision,
  ProposalListParams,
  ProposalSummary,
  ProposalUpdateParams,
} from '../types.ts';

/** Edits of a flow that wait for somebody's decision, of agents mostly. */
export class Proposals {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  /** Newest first, without ops; those that were decided on too, unless `status` says which. */
  list(
    flowId: string,
    params: ProposalListParams = {},
    options?: RequestOptions,
  ): PagePromise<ProposalSummary> {
    return paginate(this.#http, path(flowId), { ...params }, options);
  }

  /** With its ops, what each of them needs of the others, and what has changed since. */
  get(flowId: string, proposalId: string, options?: RequestOptions): APIPromise<Proposal> {
    return this.#http.request('GET', path(flowId, proposalId), {}, options);
  }

  /** Changes the title or single open ops, each of which keeps to its record. */
  update(
    flowId: string,
    proposalId: string,
    params: ProposalUpdateParams,
    options?: RequestOptions,
  ): APIPromise<Proposal> {
    return this.#http.request('PATCH', path(flowId, proposalId), { body: params }, options);
  }

  /**
   * Carries out all that is open, or what `opIds` names, as one commit that `undo` takes back. `proposal_incomplete`
   * with `missingOpIds` when these need others.
   */
  accept(
    flowId: string,
    proposalId: string,
    params: ProposalDecision = {},
    options?: RequestOptions,
  ): APIPromise<AcceptResult> {
    return this.#http.request('POST', `${path(flowId, proposalId)}/accept`, { body: params }, options);
  }

  /** Decides against all that is open, or what `opIds` names. The flow stays as it is. */
  reject(
    flowId: string,
    proposalId: string,
    params: ProposalDecision = {},
    options?: RequestOptions,
  ): APIPromise<ProposalSummary> {
    return this.#http.request('POST', `${path(flowId, proposalId)}/reject`, { body: params }, options);
  }
}

function path(flowId: string, proposalId?: string): string {
  const proposals = `/v1/flows/${encodeURIComponent(flowId)}/proposals`;
  return proposalId === undefined ? proposals : `${proposals}/${encodeURIComponent(proposalId)}`;
}
