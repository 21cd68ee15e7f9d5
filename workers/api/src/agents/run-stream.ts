import type { UIMessageChunk } from 'ai';
import { systemClock } from './loop/ports.ts';
import { isOver, type RunLog, type StoredPart } from './run-log.ts';
import type { Run } from './run.rpc.ts';

/** Parts sent in one go. */
const BATCH = 100;
/** Milliseconds of silence after which a comment is sent, so that no proxy takes the connection for dead. */
const PING_MS = 15_000;

interface StreamSource {
  partsAfter(seq: number, limit: number): StoredPart[];
  /** True when no more parts will come. */
  ended(): boolean;
  /** Resolves when there may be something new, at the latest after `ms`. */
  change(ms: number): Promise<void>;
}

/**
 * A run's parts as server-sent events: those stored after event `lastEventId`, then the ones that come, then `[DONE]`.
 * The reader's pace rules: nothing is read from storage before it is wanted.
 */
function eventStream(source: StreamSource, lastEventId: number): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let seen = lastEventId;
  let cancelled = false;
  return new ReadableStream({
    type: 'bytes',
    pull: async (controller) => {
      while (!cancelled) {
        // In this order: a part that is stored in between is found by the next look.
        const ended = source.ended();
        const parts = source.partsAfter(seen, BATCH);
        if (parts.length > 0) {
          seen = parts.at(-1)?.seq ?? seen;
          controller.enqueue(
            encoder.encode(parts.map(({ seq, json }) => `id: ${seq}\ndata: ${json}\n\n`).join('')),
          );
          return;
        }
        if (ended) {
          controller.enqueue(encoder.encode('data: [DONE]\n\n'));
          controller.close();
          return;
        }
        const waitedFrom = Date.now();
        await source.change(PING_MS);
        if (!cancelled && Date.now() - waitedFrom >= PING_MS) {
          controller.enqueue(encoder.encode(': ping\n\n'));
          return;
        }
      }
    },
    cancel: () => {
      cancelled = true;
    },
  });
}

/** Tells a run's readers what happens: each part is stored first, so that whoever comes later misses none. */
export class RunStream {
  readonly #log: RunLog;
  readonly #listeners = new Set<() => void>();

  constructor(log: RunLog) {
    this.#log = log;
  }

  tell(part: UIMessageChunk): void {
    this.#log.addPart(part);
    this.wake();
  }

  tellRun({ id, status, cost, quote, error, proposalId }: Run): void {
    const data = { id, status, cost, quote, ...(proposalId && { proposalId }), ...(error && { error }) };
    this.tell({ type: 'data-run', id: 'run', data });
  }

  /** The last words of a run that has ended like this. */
  tellEnd({ status, error }: Run): void {
    if (status === 'succeeded') this.tell({ type: 'finish', finishReason: 'stop' });
    else if (status === 'cancelled') this.tell({ type: 'abort', reason: 'The run was cancelled.' });
    else this.tell({ type: 'error', errorText: error?.detail ?? 'The run failed.' });
  }

  /** To be called when the run's phase has changed: readers look whether it is over. */
  wake(): void {
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }

  open(lastEventId: number): ReadableStream<Uint8Array> {
    return eventStream(
      {
        partsAfter: (seq, limit) => this.#log.partsAfter(seq, limit),
        ended: () => !this.#log.record || isOver(this.#log.record),
        change: (ms) => this.#change(ms),
      },
      lastEventId,
    );
  }

  async #change(ms: number): Promise<void> {
    const stop = new AbortController();
    const wake = () => stop.abort();
    this.#listeners.add(wake);
    await systemClock.sleep(ms, stop.signal);
    this.#listeners.delete(wake);
  }
}
