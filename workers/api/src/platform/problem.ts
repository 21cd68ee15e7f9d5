import { FlowError } from '@uxflow/flow';
import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { AppEnv } from './env.ts';
import { ApiError, ERRORS, type ErrorCode } from './errors.ts';
import { log } from './logging.ts';

const issue = z.object({
  path: z.string().openapi({ description: 'Dotted path of the field, e.g. `ops.3.value.title`.' }),
  message: z.string().openapi({ description: 'What is wrong and how to mend it.' }),
});

const codes = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];

/** RFC 9457 problem document: the body of every error. */
export const problemSchema = z
  .object({
    type: z.string().openapi({ example: 'urn:uxflow:error:invalid_request' }),
    title: z.string(),
    status: z.int(),
    code: z.enum(codes),
    detail: z.string(),
    param: z.string().optional().openapi({ description: 'The request field that is wrong.' }),
    issues: z.array(issue).optional(),
    requestId: z.string(),
    required: z.int().optional().openapi({ description: '402 only: micro-credits that the call needs.' }),
    available: z.int().optional().openapi({ description: '402 only: micro-credits that are left.' }),
    oldestClock: z
      .int()
      .optional()
      .openapi({ description: '`not_retained` only: the oldest clock that is retained.' }),
    missingOpIds: z
      .array(z.string())
      .optional()
      .openapi({ description: '`proposal_incomplete` only: the ops that have to be accepted too.' }),
  })
  .openapi('Problem');

/** Anything thrown, as the one error type. What is not an expected refusal is a defect: 500, its text only in the log. */
function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof FlowError) return new ApiError(error.code, error.message, { issues: error.issues });
  if (error instanceof HTTPException) {
    if (error.status === 400) return new ApiError('malformed_json', 'Send a body that is valid JSON.');
    if (error.status === 415) {
      return new ApiError('unsupported_media_type', 'Send the body with Content-Type: application/json.');
    }
  }
  return new ApiError(
    'internal',
    'The request could not be completed. Try again; quote requestId if it stays.',
    {
      cause: error,
    },
  );
}

/** The one place where errors become responses. */
export function renderError(thrown: unknown, c: Context<AppEnv>): Response {
  const error = toApiError(thrown);
  const { status, title } = ERRORS[error.code];
  const { issues, extra, retryAfter } = error.options;
  const param = error.options.param ?? (issues?.[0]?.path || undefined);
  if (status === 500) log(c, 'error', 'defect', { error: describe(error.options.cause ?? error) });
  const body = {
    type: `urn:uxflow:error:${error.code}`,
    title,
    status,
    code: error.code,
    detail: error.message,
    ...(param !== undefined && { param }),
    ...(issues && { issues }),
    ...extra,
    requestId: c.var.requestId,
  };
  const headers = new Headers({ 'Content-Type': 'application/problem+json' });
  if (status === 401) headers.set('WWW-Authenticate', 'Bearer');
  if (retryAfter !== undefined) headers.set('Retry-After', String(retryAfter));
  else if (status === 503) headers.set('Retry-After', '5');
  if (typeof error.options.extra?.['allow'] === 'string') headers.set('Allow', error.options.extra['allow']);
  return c.body(JSON.stringify(body), status, Object.fromEntries(headers));
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
