import { APIError, AbortError, ConnectionError } from './errors.ts';

const BASE_MS = 500;
const CAP_MS = 8_000;
/** A server that asks for more patience than this gets its answer handed to the caller instead. */
const MAX_RETRY_AFTER_S = 60;

/**
 * Milliseconds before attempt `attempt + 1`: exponential with full jitter (any moment between now and the cap),
 * so that clients thrown off together do not come back together.
 */
export function backoff(attempt: number, base: number = BASE_MS, cap: number = CAP_MS): number {
  return Math.random() * Math.min(cap, base * 2 ** attempt);
}

/**
 * How long to wait before sending the same request again, in milliseconds; null when repeating is no use.
 * Any request of this API may be repeated after a lost answer: a POST bears its idempotency key, and the other
 * methods have the same effect twice as once.
 */
export function retryDelay(error: unknown, attempt: number): number | null {
  if (error instanceof ConnectionError) return backoff(attempt);
  if (!(error instanceof APIError)) return null;
  const { status, code, retryAfter } = error;
  if (status !== 408 && status !== 429 && status < 500 && code !== 'idempotency_in_progress') return null;
  if (retryAfter === undefined) return backoff(attempt);
  // Jitter on top: Retry-After tells every waiting client the same moment.
  return retryAfter > MAX_RETRY_AFTER_S ? null : retryAfter * 1_000 + Math.random() * 250;
}

/** Seconds from a `Retry-After` header, which is either seconds or an HTTP date. */
export function parseRetryAfter(header: string | null): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1_000);
}

/** Resolves after `ms`; rejects with `AbortError` as soon as `signal` aborts. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(new AbortError(signal?.reason));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, ms);
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}
