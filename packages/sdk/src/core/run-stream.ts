import type { RunEvent } from '../events.ts';
import type { Run, RunStatus } from '../types.ts';
import { AbortError, ConnectionError, TimeoutError, UXFlowError } from './errors.ts';
import type { Http, RequestOptions } from './http.ts';
import { backoff, sleep } from './retry.ts';
import { readEvents } from './sse.ts';

export interface RunStreamOptions extends RequestOptions {
  /** Go on after this event instead of from the start: `lastEventId` of an earlier stream of the same run. */
  lastEventId?: string | undefined;
  /** Milliseconds of silence after which the connection is taken for dead and made anew. */
  idleTimeout?: number | undefined;
}

const IDLE_MS = 60_000;
/** The stream ends with the run, so its settled status is a moment away at most. */
const SETTLE_MS = 30_000;
const ENDED: readonly RunStatus[] = ['succeeded', 'failed', 'cancelled'];

/**
 * One run, followed. A connection that breaks is made anew after the last event that arrived, so each event comes
 * exactly once. Leaving the loop early leaves the run running; a later loop goes on where the last one stopped.
 */
export class RunStream implements AsyncIterable<RunEvent> {
  /** The run as it was admitted. Rejects when it was refused: `insufficient_credits`, `forbidden`, … */
  readonly created: Promise<Run>;
  /** Id of the last event given out. Keep it to resume later with `runs.resume(runId, {lastEventId})`. */
  lastEventId: string | undefined;

  readonly #http: Http;
  readonly #options: RunStreamOptions;
  #ended = false;
  #reading: Promise<void> | undefined;

  constructor(http: Http, created: Promise<Run>, options: RunStreamOptions) {
    this.#http = http;
    this.#options = options;
    this.created = created;
    this.lastEventId = options.lastEventId;
    // A refusal reaches the reader through the loop or finalRun(); whoever ignores `created` has not overlooked it.
    created.catch(() => undefined);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<RunEvent, void, undefined> {
    if (this.#reading)
      throw new UXFlowError(
        'invalid_config',
        'This stream is being read already; use runs.resume() for a second reader',
      );
    let release: () => void = () => undefined;
    this.#reading = new Promise((resolve) => {
      release = resolve;
    });
    try {
      yield* this.#follow(await this.created);
    } finally {
      this.#reading = undefined;
      release();
    }
  }

  /** The run after its end and settlement, whatever its status. Reads the stream when nobody else does. */
  async finalRun(): Promise<Run> {
    const { id } = await this.created;
    while (!this.#ended) {
      if (this.#reading) await this.#reading;
      else for await (const event of this) void event;
    }
    const { signal } = this.#options;
    for (let waited = 0, attempt = 0; waited < SETTLE_MS; attempt++) {
      const run = await this.#http.request<Run>('GET', `/v1/runs/${id}`, {}, { signal });
      if (ENDED.includes(run.status)) return run;
      const pause = Math.min(2_000, 50 * 2 ** attempt);
      await sleep(pause, signal);
      waited += pause;
    }
    throw new TimeoutError(`Run ${id} ended its stream but was not settled within ${SETTLE_MS} ms`);
  }

  /** Asks the run to stop. The loop ends by itself when it has. */
  async cancel(): Promise<Run> {
    const { id } = await this.created;
    return this.#http.request<Run>('POST', `/v1/runs/${id}/cancel`);
  }

  async *#follow(run: Run): AsyncGenerator<RunEvent, void, undefined> {
    const { signal, idleTimeout = IDLE_MS, maxRetries = this.#http.config.maxRetries } = this.#options;
    let fruitless = 0;
    while (!this.#ended) {
      const cut = new AbortController();
      const abort = (): void => cut.abort();
      signal?.addEventListener('abort', abort, { once: true });
      let timer: ReturnType<typeof setTimeout> | undefined;
      let cause: unknown;
      const rearm = (): void => {
        clearTimeout(timer);
        timer = setTimeout(abort, idleTimeout);
      };
      try {
        const headers: Record<string, string> =
          this.lastEventId === undefined ? {} : { 'last-event-id': this.lastEventId };
        const body = await this.#http.stream(`/v1/runs/${run.id}/stream`, headers, this.#options);
        for await (const { id, data } of readEvents(body, cut.signal, rearm)) {
          // A reader that takes its time is not a server that is silent.
          clearTimeout(timer);
          fruitless = 0;
          if (data === '[DONE]') {
            this.#ended = true;
            return;
          }
          if (id !== undefined) this.lastEventId = id;
          yield parseEvent(data);
        }
      } catch (error) {
        // http.stream has retried what can be retried; only a body that breaks off is worth another connection.
        if (error instanceof UXFlowError) throw error;
        cause = error;
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
      }
      if (signal?.aborted) throw new AbortError(signal.reason);
      if (cut.signal.aborted) continue;
      if (fruitless >= maxRetries) {
        throw new ConnectionError(
          `The stream of run ${run.id} broke off ${fruitless + 1} times without a new event`,
          { cause },
        );
      }
      await sleep(backoff(fruitless++), signal);
    }
  }
}

function parseEvent(data: string): RunEvent {
  let event: unknown;
  try {
    event = JSON.parse(data);
  } catch (cause) {
    throw new UXFlowError('invalid_response', 'An event of the run stream is not JSON', { cause });
  }
  // Checked as far as a reader relies on it; the parts themselves are the server's promise.
  if (typeof event === 'object' && event !== null && 'type' in event) return event as RunEvent;
  throw new UXFlowError('invalid_response', 'An event of the run stream has no type');
}
