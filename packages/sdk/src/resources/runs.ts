import type { APIPromise, Http, RequestOptions } from '../core/http.ts';
import { type ListParams, type PagePromise, paginate } from '../core/pagination.ts';
import { RunStream, type RunStreamOptions } from '../core/run-stream.ts';
import type { Run, RunCreateParams } from '../types.ts';

export class Runs {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  /** Starts a run and returns it at once, queued or running. `insufficient_credits` (402) when it cannot be paid. */
  create(flowId: string, params: RunCreateParams, options?: RequestOptions): APIPromise<Run> {
    const body = { agent: 'designer', mode: 'apply', ...params };
    return this.#http.request('POST', `/v1/flows/${encodeURIComponent(flowId)}/runs`, { body }, options);
  }

  /**
   * Starts a run and follows it: `for await` gives its events as they happen, over broken connections too, and
   * `finalRun()` the run as it ended.
   */
  stream(flowId: string, params: RunCreateParams, options: RunStreamOptions = {}): RunStream {
    return new RunStream(this.#http, this.create(flowId, params, options), options);
  }

  /** Follows a run that is already there, from its start or from after `lastEventId`. */
  resume(runId: string, options: RunStreamOptions = {}): RunStream {
    return new RunStream(this.#http, this.get(runId, options), options);
  }

  /** Runs of a flow, newest first. */
  list(flowId: string, params: ListParams = {}, options?: RequestOptions): PagePromise<Run> {
    return paginate(this.#http, `/v1/flows/${encodeURIComponent(flowId)}/runs`, { ...params }, options);
  }

  get(runId: string, options?: RequestOptions): APIPromise<Run> {
    return this.#http.request('GET', `/v1/runs/${encodeURIComponent(runId)}`, {}, options);
  }

  /** Asks the run to stop; it is `cancelled` once its credits are settled. */
  cancel(runId: string, options?: RequestOptions): APIPromise<Run> {
    return this.#http.request('POST', `/v1/runs/${encodeURIComponent(runId)}/cancel`, {}, options);
  }
}
