import type { components } from '../generated/openapi.ts';

/** RFC 9457 problem document, as the API sends it. */
export type Problem = components['schemas']['Problem'];

/** Codes the API answers with; later API versions may add more, hence `ErrorCode` stays open. */
export type APIErrorCode = Problem['code'];

/** Codes of errors that arise on this side of the wire. */
export type ClientErrorCode =
  /** The options given to the SDK cannot work. */
  | 'invalid_config'
  /** No answer: DNS, refused, reset, cut off. */
  | 'connection_error'
  | 'timeout'
  /** The caller's own `signal` was aborted. */
  | 'aborted'
  /** The answer is not what the API speaks (a proxy's page, for example). */
  | 'invalid_response'
  /** `authEndpoint` or `getToken` gave no token. */
  | 'auth_failed'
  /** The room was closed before the server answered. */
  | 'room_closed';

/** What went wrong, for `switch`. Open: a newer server may answer a code this version does not list. */
export type ErrorCode = APIErrorCode | ClientErrorCode | (string & {});

/** Base of everything the SDK throws. */
export class UXFlowError extends Error {
  override readonly name: string = 'UXFlowError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The API answered and refused. Nothing has changed unless `status` ≥ 500. */
export class APIError extends UXFlowError {
  override readonly name: string = 'APIError';
  /** HTTP status. */
  readonly status: number;
  /** What is wrong and how to mend it, in a sentence for people. */
  readonly detail: string;
  /** The request field that is wrong. */
  readonly param: string | undefined;
  /** Each invalid field, with its path. Empty when the error is not about fields. */
  readonly issues: readonly { path: string; message: string }[];
  /** Quote this to support. */
  readonly requestId: string | undefined;
  /** Micro-credits the request needed; only on a 402. */
  readonly required: number | undefined;
  /** Micro-credits that were there; only on a 402. */
  readonly available: number | undefined;
  /** The oldest clock that is retained; only on `not_retained`. */
  readonly oldestClock: number | undefined;
  /** Ops of a proposal that have to be accepted too; only on `proposal_incomplete`. */
  readonly missingOpIds: readonly string[] | undefined;
  /** Seconds after which the server expects to be able to answer. */
  readonly retryAfter: number | undefined;

  constructor(status: number, problem: Partial<Problem>, requestId?: string, retryAfter?: number) {
    const detail = problem.detail ?? problem.title ?? `The server answered ${status}`;
    super(problem.code ?? 'invalid_response', detail);
    this.status = status;
    this.detail = detail;
    this.param = problem.param;
    this.issues = problem.issues ?? [];
    this.requestId = problem.requestId ?? requestId;
    this.required = problem.required;
    this.available = problem.available;
    this.oldestClock = problem.oldestClock;
    this.missingOpIds = problem.missingOpIds;
    this.retryAfter = retryAfter;
  }
}

/** No usable answer came; it is unknown whether the request took effect. Repeating with the same key is safe. */
export class ConnectionError extends UXFlowError {
  override readonly name: string = 'ConnectionError';

  constructor(message: string, options?: ErrorOptions, code: ClientErrorCode = 'connection_error') {
    super(code, message, options);
  }
}

/** One attempt, and every retry after it, took longer than `timeout`. */
export class TimeoutError extends ConnectionError {
  override readonly name: string = 'TimeoutError';

  constructor(message: string) {
    super(message, undefined, 'timeout');
  }
}

/** The caller aborted through their `signal`. */
export class AbortError extends UXFlowError {
  override readonly name: string = 'AbortError';

  constructor(reason?: unknown) {
    super('aborted', 'The request was aborted', { cause: reason });
  }
}

/** True when `error` came from the SDK and, with `code`, when it is that one. */
export function isUXFlowError(error: unknown, code?: ErrorCode): error is UXFlowError {
  return error instanceof UXFlowError && (code === undefined || error.code === code);
}
