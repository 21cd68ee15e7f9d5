import type { FlowDocument } from '@uxflow/flow';
import type { APIPromise, Http, RequestOptions } from '../core/http.ts';
import { type PagePromise, paginate } from '../core/pagination.ts';
import type { Room, RoomOptions } from '../realtime/types.ts';
import { Proposals } from './proposals.ts';
import { Versions } from './versions.ts';
import type {
  Blame,
  Commit,
  CommitListParams,
  CommitParams,
  CommitResult,
  DiffParams,
  ExportFormat,
  Flow,
  FlowCreateParams,
  FlowDiff,
  FlowListParams,
  FlowSummary,
  FlowUpdateParams,
  ImportParams,
  ImportResult,
  LayoutParams,
  LintReport,
  PathReport,
  PathsParams,
  UndoResult,
} from '../types.ts';

export class Flows {
  readonly #http: Http;
  readonly versions: Versions;
  readonly proposals: Proposals;

  constructor(http: Http) {
    this.#http = http;
    this.versions = new Versions(http);
    this.proposals = new Proposals(http);
  }

  create(params: FlowCreateParams, options?: RequestOptions): APIPromise<Flow> {
    return this.#http.request('POST', '/v1/flows', { body: params }, options);
  }

  /** Newest first, without documents. */
  list(params: FlowListParams = {}, options?: RequestOptions): PagePromise<FlowSummary> {
    return paginate(this.#http, '/v1/flows', { ...params }, options);
  }

  /** @param params `at`: a clock, to read the flow as it stood then */
  get(flowId: string, params: { at?: number | undefined } = {}, options?: RequestOptions): APIPromise<Flow> {
    return this.#http.request('GET', path(flowId), { query: { ...params } }, options);
  }

  update(flowId: string, params: FlowUpdateParams, options?: RequestOptions): APIPromise<Flow> {
    return this.#http.request('PATCH', path(flowId), { body: params }, options);
  }

  /** The flow can be brought back with `restore`. */
  delete(flowId: string, options?: RequestOptions): APIPromise<void> {
    return this.#http.request('DELETE', path(flowId), {}, options);
  }

  restore(flowId: string, options?: RequestOptions): APIPromise<Flow> {
    return this.#http.request('POST', path(flowId, 'restore'), {}, options);
  }

  /** Applies ops to the flow, all or none. The same idempotency key has its effect once, for ever. */
  commit(flowId: string, params: CommitParams, options?: RequestOptions): APIPromise<CommitResult> {
    return this.#http.request('POST', path(flowId, 'commits'), { body: params }, options);
  }

  /** Commits after clock `after`, oldest first. */
  commits(flowId: string, params: CommitListParams = {}, options?: RequestOptions): PagePromise<Commit> {
    return paginate(this.#http, path(flowId, 'commits'), { ...params }, options);
  }

  /** Reverts the caller's last step; an agent run is one step. `conflict` when there is none. */
  undo(flowId: string, options?: RequestOptions): APIPromise<UndoResult> {
    return this.#http.request('POST', path(flowId, 'undo'), {}, options);
  }

  redo(flowId: string, options?: RequestOptions): APIPromise<UndoResult> {
    return this.#http.request('POST', path(flowId, 'redo'), {}, options);
  }

  /** What was added, removed and changed between two states of the flow, field by field. */
  diff(flowId: string, params: DiffParams, options?: RequestOptions): APIPromise<FlowDiff> {
    return this.#http.request('GET', path(flowId, 'diff'), { query: { ...params } }, options);
  }

  /** Who last changed each record and field. */
  blame(flowId: string, options?: RequestOptions): APIPromise<Blame> {
    return this.#http.request('GET', path(flowId, 'blame'), {}, options);
  }

  /** What is wrong with the flow, by the rules as the workspace has set them. */
  lint(flowId: string, options?: RequestOptions): APIPromise<LintReport> {
    return this.#http.request('GET', path(flowId, 'lint'), {}, options);
  }

  /** Every way through the flow, the shortest, or few that take every transition; and how complex the flow is. */
  paths(flowId: string, params: PathsParams = {}, options?: RequestOptions): APIPromise<PathReport> {
    const { from, to, ...rest } = params;
    const query = { ...rest, from: from?.join(','), to: to?.join(',') };
    return this.#http.request('GET', path(flowId, 'paths'), { query }, options);
  }

  /** Places nodes. Pinned ones never move. One undoable step. */
  layout(flowId: string, params: LayoutParams = {}, options?: RequestOptions): APIPromise<CommitResult> {
    return this.#http.request('POST', path(flowId, 'layout'), { body: params }, options);
  }

  /** The flow in a file format: a document for `json`, bytes for `png`, text for the others. */
  export(flowId: string, params: { format: 'json' }, options?: RequestOptions): APIPromise<FlowDocument>;
  export(flowId: string, params: { format: 'png' }, options?: RequestOptions): APIPromise<Uint8Array>;
  export(
    flowId: string,
    params: { format: Exclude<ExportFormat, 'json' | 'png'> },
    options?: RequestOptions,
  ): APIPromise<string>;
  export(
    flowId: string,
    params: { format: ExportFormat },
    options?: RequestOptions,
  ): APIPromise<FlowDocument | Uint8Array | string> {
    return this.#http.request(
      'GET',
      path(flowId, 'export'),
      { query: { ...params }, accept: '*/*' },
      options,
    );
  }

  /** Makes a new flow from a file; `warnings` names what could not be carried over. */
  import(params: ImportParams, options?: RequestOptions): APIPromise<ImportResult> {
    return this.#http.request('POST', '/v1/flows/import', { body: params }, options);
  }

  /**
   * Opens the flow live. The realtime code is loaded on the first call; resolves at once with a room that is still
   * `connecting`. Close it with `room.close()`.
   */
  async room(flowId: string, options?: RoomOptions): Promise<Room> {
    const { connectRoom } = await import('../realtime/index.ts');
    return connectRoom({ http: this.#http }, flowId, options);
  }
}

function path(flowId: string, action?: string): string {
  return `/v1/flows/${encodeURIComponent(flowId)}${action === undefined ? '' : `/${action}`}`;
}
