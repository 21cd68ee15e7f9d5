import type { APIPromise, Http, RequestOptions } from '../core/http.ts';
import { type ListParams, type PagePromise, paginate } from '../core/pagination.ts';
import type { CommitResult, Version, VersionCreateParams, VersionSummary } from '../types.ts';

/** States of a flow that are kept for good, under a name or made by the product itself. */
export class Versions {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  /** Newest first, without documents. */
  list(flowId: string, params: ListParams = {}, options?: RequestOptions): PagePromise<VersionSummary> {
    return paginate(this.#http, path(flowId), { ...params }, options);
  }

  /** Keeps the flow as it stands, or as it stood at the retained clock `clock`, under a name. */
  create(flowId: string, params: VersionCreateParams, options?: RequestOptions): APIPromise<VersionSummary> {
    return this.#http.request('POST', path(flowId), { body: params }, options);
  }

  /** The version with its document. */
  get(flowId: string, versionId: string, options?: RequestOptions): APIPromise<Version> {
    return this.#http.request('GET', path(flowId, versionId), {}, options);
  }

  /** Makes the flow what the version holds, as one commit that `undo` takes back. */
  restore(flowId: string, versionId: string, options?: RequestOptions): APIPromise<CommitResult> {
    return this.#http.request('POST', `${path(flowId, versionId)}/restore`, {}, options);
  }
}

function path(flowId: string, versionId?: string): string {
  const versions = `/v1/flows/${encodeURIComponent(flowId)}/versions`;
  return versionId === undefined ? versions : `${versions}/${encodeURIComponent(versionId)}`;
}
