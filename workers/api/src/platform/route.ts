import { createRoute, type RouteConfig, z } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { limitRate } from '../billing/rate-limit.ts';
import { authenticate, type CredentialKind } from '../identity/authenticate.ts';
import { BODY_LIMITS, readBody, refuseBody } from './body.ts';
import type { AppEnv } from './env.ts';
import { ERRORS, type ErrorCode } from './errors.ts';
import { type IdempotencyMode, idempotent } from './idempotency.ts';
import { problemSchema } from './problem.ts';

interface RouteOptions {
  method: RouteConfig['method'];
  request?: NonNullable<RouteConfig['request']>;
  responses: RouteConfig['responses'];
  description?: string;
  /** Unique; becomes the name of the operation in the SDK's types, e.g. `createFlow`. */
  operationId: string;
  tags: [string];
  summary: string;
  /** Credentials that may call it; `public` needs none. */
  access: readonly CredentialKind[] | 'public';
  /** Authorisation beyond the kind of credential; runs before the idempotency check and the body's validation. */
  guards?: MiddlewareHandler<AppEnv>[];
  /** Error codes beyond those that follow from the route's shape. */
  errors?: readonly ErrorCode[];
  /** Bytes; 256 KB unless told. */
  bodyLimit?: number;
  /** Every POST has one; `stored` unless told. */
  idempotency?: IdempotencyMode;
}

const ACCESS_TEXT: Record<CredentialKind, string> = {
  key: 'secret key',
  client: 'client token',
  operator: 'operator token',
};
const SCHEMES: Record<CredentialKind, string> = {
  key: 'secretKey',
  client: 'clientToken',
  operator: 'operatorToken',
};

/**
 * Declares a route: who may call it, what it takes and gives, and every error it may answer, for the runtime and for
 * OpenAPI alike. Request objects are `z.strictObject`, so that unknown fields are refused.
 */
export function defineRoute<const P extends string, const R extends RouteOptions & { path: P }>(route: R) {
  const { method, path, operationId, tags, summary, request, responses } = route;
  const { access, guards = [], errors = [], bodyLimit, idempotency } = route;
  const post = method === 'post';
  const hasBody = request?.body !== undefined;
  const middleware: MiddlewareHandler<AppEnv>[] = [];
  if (access !== 'public') middleware.push(authenticate(access), limitRate);
  middleware.push(...guards);
  if (post || hasBody) middleware.push(readBody(bodyLimit ?? BODY_LIMITS.ordinary));
  if (post && !hasBody) middleware.push(refuseBody);
  if (post && access !== 'public') middleware.push(idempotent(idempotency ?? 'stored'));

  const codes = new Set<ErrorCode>(errors);
  if (access !== 'public') for (const code of AUTH_ERRORS) codes.add(code);
  if (path.includes('{')) codes.add('not_found');
  if (request?.query) codes.add('invalid_request');
  if (hasBody) for (const code of BODY_ERRORS) codes.add(code);
  if (post && access !== 'public') for (const code of POST_ERRORS) codes.add(code);

  const who =
    access === 'public'
      ? 'Public.'
      : `May be called with: ${access.map((kind) => ACCESS_TEXT[kind]).join(', ')}.`;
  return createRoute({
    method,
    path,
    operationId,
    tags: [...tags],
    summary,
    ...(request && { request }),
    middleware,
    ...(post && access !== 'public' && { parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }] }),
    description: [route.description, who].filter(Boolean).join('\n\n'),
    security: access === 'public' ? [] : access.map((kind) => ({ [SCHEMES[kind]]: [] })),
    responses: { ...responses, ...problems(codes) },
  }) as unknown as R & { getRoutingPath(): string };
}

const AUTH_ERRORS = [
  'unauthenticated',
  'token_expired',
  'forbidden',
  'secret_key_in_browser',
  'origin_not_allowed',
  'rate_limited',
] as const satisfies ErrorCode[];
const BODY_ERRORS = [
  'malformed_json',
  'payload_too_large',
  'unsupported_media_type',
  'invalid_request',
] as const satisfies ErrorCode[];
const POST_ERRORS = [
  'idempotency_conflict',
  'idempotency_in_progress',
  'invalid_request',
] as const satisfies ErrorCode[];

/** One OpenAPI response a status, all with the shared Problem schema, naming the codes that may stand in it. */
function problems(codes: Set<ErrorCode>): RouteConfig['responses'] {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) {
    const { status } = ERRORS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, list]) => [
        status,
        {
          description: list.map((code) => `\`${code}\`: ${ERRORS[code].title}.`).join(' '),
          content: { 'application/problem+json': { schema: problemSchema } },
        },
      ]),
  );
}

/** A JSON response or request body of this schema. */
export function json<T extends z.ZodType>(schema: T, description: string) {
  return { description, content: { 'application/json': { schema } } };
}

/** A required JSON request body. */
export function jsonBody<T extends z.ZodType>(schema: T) {
  return { required: true, content: { 'application/json': { schema } } };
}
