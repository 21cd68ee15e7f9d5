import type { FlowError } from '@uxflow/flow';

/**
 * The one error type of the API. Every refusal is thrown as an `ApiError` and rendered as RFC 9457
 * `application/problem+json` in one place; anything else that is thrown is a defect and becomes a 500.
 */

/** Code → HTTP status and title. The codes are public contract. */
export const ERRORS = {
  malformed_json: { status: 400, title: 'The body is not valid JSON' },
  unauthenticated: { status: 401, title: 'Missing or unknown credential' },
  token_expired: { status: 401, title: 'The client token has expired' },
  insufficient_credits: { status: 402, title: 'Not enough credits' },
  budget_exceeded: { status: 402, title: 'The budget of this credential is used up' },
  payment_failed: { status: 402, title: 'The payment was declined' },
  forbidden: { status: 403, title: 'This credential may not do that' },
  secret_key_in_browser: { status: 403, title: 'A secret key was used from a browser' },
  origin_not_allowed: { status: 403, title: 'This origin may not use this token' },
  not_found: { status: 404, title: 'Not found' },
  not_retained: { status: 404, title: 'So far back the history is no longer retained' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  conflict: { status: 409, title: 'Conflict with the current state' },
  idempotency_conflict: { status: 409, title: 'Idempotency key was used with another request' },
  idempotency_in_progress: { status: 409, title: 'A request with this idempotency key is still running' },
  secret_already_shown: { status: 409, title: 'The secret was shown once already' },
  payload_too_large: { status: 413, title: 'Too many bytes' },
  unsupported_media_type: { status: 415, title: 'Unsupported content type' },
  invalid_request: { status: 422, title: 'Invalid request' },
  limit_exceeded: { status: 422, title: 'A limit would be passed' },
  unknown_record: { status: 422, title: 'An op names a record that is not there' },
  dangling_reference: { status: 422, title: 'A reference points at nothing' },
  proposal_incomplete: { status: 422, title: 'Ops of a proposal need others of it' },
  frame_cycle: { status: 422, title: 'Frames would contain each other' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something broke on our side' },
  billing_unavailable: { status: 503, title: 'Nothing can be bought or changed right now' },
  credits_unavailable: { status: 503, title: 'Credits cannot be checked right now' },
  storage_unavailable: { status: 503, title: 'Stored documents cannot be read right now' },
  model_unavailable: { status: 503, title: 'The model is not available' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof ERRORS;

export interface Issue {
  path: string;
  message: string;
}

export interface ApiErrorOptions {
  /** The request field that is wrong, e.g. `maxCredits`. */
  param?: string;
  issues?: Issue[];
  /** Members added to the problem document, e.g. `required` and `available` of a 402. */
  extra?: Record<string, number | string | boolean | string[]>;
  /** Seconds; sent as `Retry-After`. */
  retryAfter?: number;
  cause?: unknown;
}

export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly options: ApiErrorOptions;

  /** @param detail one sentence for the caller: what is wrong and how to mend it. Never holds secrets. */
  constructor(code: ErrorCode, detail: string, options: ApiErrorOptions = {}) {
    super(detail, { cause: options.cause });
    this.name = 'ApiError';
    this.code = code;
    this.options = options;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }
}

/** A fault inside the text of one request field, told with the field in front. */
export function faultIn(field: string, { code, message, issues }: FlowError): ApiError {
  return new ApiError(code, `${field}, ${message}`, {
    param: field,
    issues: issues.map((issue) => ({ ...issue, path: [field, issue.path].filter(Boolean).join('.') })),
  });
}

/**
 * What Durable Object methods answer instead of throwing: an exception that crosses RPC loses its type and keeps
 * whatever was already written.
 */
export type Outcome<T> = ({ ok: true } & T) | Refusal;
export interface Refusal {
  ok: false;
  code: ErrorCode;
  detail: string;
  issues?: Issue[];
  extra?: Record<string, number | string | boolean | string[]>;
  /** Seconds; sent as `Retry-After`. */
  retryAfter?: number;
}

/** A refusal that was thrown on this side, to be handed over RPC. */
export function refusalOf({ code, message: detail, options }: ApiError): Refusal {
  const { issues, extra, retryAfter } = options;
  return {
    ok: false,
    code,
    detail,
    ...(issues && { issues }),
    ...(extra && { extra }),
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

/** Each member of a union keeps its own fields. */
type Unwrapped<T> = T extends unknown ? Omit<T, 'ok'> : never;

/** The value of an outcome, or its refusal thrown as an `ApiError`. */
export function unwrap<T extends object>(outcome: Outcome<T>): Unwrapped<T> {
  if (outcome.ok) {
    const { ok: _ok, ...value } = outcome;
    return value as unknown as Unwrapped<T>;
  }
  const { code, detail, issues, extra, retryAfter } = outcome;
  throw new ApiError(code, detail, {
    ...(issues && { issues }),
    ...(extra && { extra }),
    ...(retryAfter !== undefined && { retryAfter }),
  });
}
