import type { Credentials } from './auth.ts';
import { APIError, AbortError, ConnectionError, type Problem, TimeoutError, UXFlowError } from './errors.ts';
import { parseRetryAfter, retryDelay, sleep } from './retry.ts';

/** What every method takes as its last argument. */
export interface RequestOptions {
  /** Aborts the request, its retries and the waiting between them. */
  signal?: AbortSignal | undefined;
  /** Milliseconds for one attempt, body included. */
  timeout?: number | undefined;
  /** Attempts after the first. 0 switches retrying off. */
  maxRetries?: number | undefined;
  /** Sent with a POST instead of a random one: the same key and body have one effect, even across processes. */
  idempotencyKey?: string | undefined;
}

/** An answer with its HTTP side. */
export interface APIResponse<T> {
  data: T;
  status: number;
  headers: Headers;
  /** Quote this to support. */
  requestId: string | undefined;
}

/** A promise of the data; `withResponse()` gives status, headers and request id as well. */
export interface APIPromise<T> extends Promise<T> {
  withResponse(): Promise<APIResponse<T>>;
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
export type Query = Record<string, string | number | boolean | undefined>;

export interface RequestInput {
  query?: Query | undefined;
  body?: unknown;
  accept?: string | undefined;
  headers?: Record<string, string> | undefined;
  /** A POST that leaves nothing behind and whose answer is never stored: each attempt is a request of its own. */
  freshKey?: boolean | undefined;
}

export interface HttpConfig {
  baseUrl: string;
  credentials: Credentials;
  fetch: typeof globalThis.fetch;
  timeout: number;
  maxRetries: number;
}

/** Sends requests: credentials, timeouts, retries, idempotency keys, errors. Everything else is on top of it. */
export class Http {
  readonly config: HttpConfig;

  constructor(config: HttpConfig) {
    this.config = config;
  }

  url(path: string, query: Query = {}): string {
    const url = new URL(this.config.baseUrl + path);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    return url.href;
  }

  /** A request answered by JSON, by text, by a PNG as bytes, or by nothing (204). */
  request<T>(
    method: Method,
    path: string,
    input: RequestInput = {},
    options: RequestOptions = {},
  ): APIPromise<T> {
    return withResponse(this.#send(method, path, input, options, read<T>));
  }

  /** A request answered by a body that arrives over time. The timeout covers the wait for its head only. */
  stream(
    path: string,
    headers: Record<string, string>,
    options: RequestOptions,
  ): Promise<ReadableStream<Uint8Array>> {
    return this.#send('GET', path, { accept: 'text/event-stream', headers }, options, (response) => {
      if (response.body) return Promise.resolve(response.body);
      throw new UXFlowError('invalid_response', 'The server answered without a body');
    });
  }

  async #send<T>(
    method: Method,
    path: string,
    input: RequestInput,
    options: RequestOptions,
    consume: (response: Response) => Promise<T>,
  ): Promise<T> {
    const { credentials, maxRetries, timeout } = this.config;
    const headers: Record<string, string> = { accept: input.accept ?? 'application/json', ...input.headers };
    const init: RequestInit = { method, headers };
    if (input.body !== undefined) {
      headers['content-type'] = 'application/json';
      init.body = JSON.stringify(input.body);
    }
    const url = this.url(path, input.query);
    const retries = options.maxRetries ?? maxRetries;
    let key = options.idempotencyKey ?? crypto.randomUUID();
    let refused: string | undefined;
    let token: string | undefined;
    let unknownOutcome = false;

    for (let attempt = 0; ; attempt++) {
      try {
        if (options.signal?.aborted) throw new AbortError(options.signal.reason);
        token = await abortable(credentials.get(refused), options.signal);
        headers['authorization'] = `Bearer ${token}`;
        // One key for all attempts: whichever of them gets through, the effect is one.
        if (method === 'POST') headers['idempotency-key'] = key;
        return await attemptFetch(
          this.config.fetch,
          url,
          init,
          options.timeout ?? timeout,
          options.signal,
          consume,
        );
      } catch (error) {
        if (error instanceof APIError) {
          if (error.code === 'token_expired' && credentials.renewable && refused === undefined) {
            refused = token;
            attempt--;
            continue;
          }
          // The attempt whose answer was lost did delete it.
          if (error.status === 404 && method === 'DELETE' && unknownOutcome)
            return await consume(new Response(null, { status: 204 }));
        }
        const delay = attempt < retries ? retryDelay(error, attempt) : null;
        if (delay === null) throw error;
        unknownOutcome ||= !(error instanceof APIError) || error.status >= 500;
        if (input.freshKey) key = crypto.randomUUID();
        await sleep(delay, options.signal);
      }
    }
  }
}

/**
 * One attempt, reading included, under one timer.
 * @throws APIError for any status but 2xx, TimeoutError, AbortError, ConnectionError
 */
export async function attemptFetch<T>(
  fetch: typeof globalThis.fetch,
  url: string,
  init: RequestInit,
  timeout: number,
  signal: AbortSignal | undefined,
  consume: (response: Response) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    controller.abort();
  }, timeout);
  const abort = (): void => controller.abort();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const response = await fetch(url, { ...init, signal: controller.signal });
    if (!response.ok) throw await toError(response);
    return await consume(response);
  } catch (error) {
    if (signal?.aborted) throw new AbortError(signal.reason);
    if (timedOut) throw new TimeoutError(`No complete answer within ${timeout} ms`);
    if (error instanceof UXFlowError) throw error;
    throw new ConnectionError(`${new URL(url).origin} could not be reached, or the connection broke`, {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

async function read<T>(response: Response): Promise<APIResponse<T>> {
  const type = response.headers.get('content-type') ?? '';
  const picture = type === 'image/png';
  let data: unknown = picture ? new Uint8Array(await response.arrayBuffer()) : await response.text();
  if (response.status === 204) data = undefined;
  else if (type.includes('json')) {
    try {
      data = JSON.parse(String(data));
    } catch (cause) {
      throw new UXFlowError('invalid_response', 'The server said JSON and sent something else', { cause });
    }
  }
  return {
    // The shape is what the OpenAPI document of the same version promises; the server validates it, not every page.
    data: data as T,
    status: response.status,
    headers: response.headers,
    requestId: response.headers.get('x-request-id') ?? undefined,
  };
}

async function toError(response: Response): Promise<APIError> {
  const text = await response.text();
  let problem: Partial<Problem> = { detail: `The server answered ${response.status} without saying why` };
  if (/json/.test(response.headers.get('content-type') ?? '')) {
    try {
      const parsed: unknown = JSON.parse(text);
      if (typeof parsed === 'object' && parsed !== null) problem = parsed;
    } catch {
      // A gateway cut the answer short; the status is all there is to tell.
    }
  }
  return new APIError(
    response.status,
    problem,
    response.headers.get('x-request-id') ?? undefined,
    parseRetryAfter(response.headers.get('retry-after')),
  );
}

/** `promise`, unless `signal` aborts first. The shared work behind it goes on for its other waiters. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new AbortError(signal.reason));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function withResponse<T>(response: Promise<APIResponse<T>>): APIPromise<T> {
  const data = response.then((answer) => answer.data);
  return Object.assign(data, {
    withResponse() {
      // Whoever takes the response sees its failure there; the unused data promise must not report it a second time.
      data.catch(() => undefined);
      return response;
    },
  });
}
