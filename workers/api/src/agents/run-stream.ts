import type { StoredPart } from './run-log.ts';

/** Parts sent in one go. */
const BATCH = 100;
/** Milliseconds of silence after which a comment is sent, so that no proxy takes the connection for dead. */
const PING_MS = 15_000;

export interface StreamSource {
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
export function eventStream(source: StreamSource, lastEventId: number): ReadableStream<Uint8Array> {
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
