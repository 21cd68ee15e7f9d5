import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import type { z } from 'zod';
import { StripeError } from './errors.ts';
import { expand } from './expand.ts';
import { decodeForm, type Form } from './form.ts';
import { parse } from './params.ts';
import type { PathParams, Route } from './route.ts';
import { API_VERSION, type World } from './world.ts';

interface Answer {
  status: number;
  body: string;
  replayed?: boolean;
}

/** Keys are kept this long, in seconds of this account's clock, as Stripe keeps them. */
const KEY_LIFETIME = 86_400;
const MAX_BODY = 1_000_000;

/** The API of `world`: authentication, versions, idempotency, parameters, errors. `routes` is all it answers. */
export function apiApp(world: World, routes: readonly Route[]): Hono {
  const app = new Hono({ strict: false });
  for (const route of routes) {
    app.on(route.method, route.path, async (context) => {
      const request = context.req.raw;
      const requestId = world.newId('req').slice(0, 18);
      const answer = answerTo(world, route, {
        requestId,
        authorization: request.headers.get('Authorization'),
        version: request.headers.get('Stripe-Version'),
        idempotencyKey: route.method === 'GET' ? null : request.headers.get('Idempotency-Key'),
        // A GET has its parameters in the URL, whatever type it claims.
        json:
          route.method !== 'GET' &&
          (request.headers.get('Content-Type') ?? '').startsWith('application/json'),
        path: context.req.path,
        parameters: context.req.param() as PathParams,
        raw: route.method === 'GET' ? new URL(request.url).search.slice(1) : await request.text(),
      });
      return new Response(answer.body, {
        status: answer.status,
        headers: headersOf(answer, requestId, request),
      });
    });
  }
  app.all('*', (context) => {
    const { method, path } = context.req;
    const error = new StripeError(404, {
      type: 'invalid_request_error',
      message: `Unrecognized request URL (${method}: ${path}). stripe-local does not have this route.`,
    });
    return context.json({ error: error.body }, 404);
  });
  return app;
}

interface Asked {
  requestId: string;
  authorization: string | null;
  version: string | null;
  idempotencyKey: string | null;
  json: boolean;
  path: string;
  parameters: PathParams;
  raw: string;
}

function answerTo(world: World, route: Route, asked: Asked): Answer {
  try {
    authenticate(asked.authorization);
    checkVersion(asked.version);
    if (asked.raw.length > MAX_BODY) {
      throw new StripeError(413, { type: 'invalid_request_error', message: 'Request body too large.' });
    }
    const { idempotencyKey: key } = asked;
    if (key === null) return perform(world, route, asked);
    return once(world, key, fingerprint(route, asked), () => perform(world, route, asked));
  } catch (error) {
    return failure(error, asked.requestId);
  }
}

function perform(world: World, route: Route, asked: Asked): Answer {
  world.request = { id: asked.requestId, idempotencyKey: asked.idempotencyKey };
  try {
    const given = readBody(asked);
    return world.store.transaction(
      () => {
        const input = parse(route.schema as z.ZodType<{ expand?: string[] }>, given);
        const object = route.handle(world, input as never, asked.parameters);
        return { status: 200, body: JSON.stringify(expand(world, object, input.expand ?? []), null, 2) };
      },
      (error) => error instanceof StripeError && error.keep,
    );
  } catch (error) {
    return failure(error, asked.requestId);
  } finally {
    world.request = null;
  }
}

function readBody({ json, raw }: Asked): Form {
  if (!json || raw === '') return decodeForm(raw);
  try {
    return JSON.parse(raw) as Form;
  } catch (error) {
    throw new StripeError(400, {
      type: 'invalid_request_error',
      message: `Invalid JSON: ${error instanceof Error ? error.message : String(error)}`,
    });
  }
}

/** The first answer to a key is the answer to it; another request under the same key is an error. */
function once(world: World, key: string, print: string, work: () => Answer): Answer {
  if (key.length > 255) {
    throw new StripeError(400, {
      type: 'idempotency_error',
      message: 'Idempotency-Key is longer than 255 characters.',
    });
  }
  const known = world.store.get('idempotency', key);
  if (known && known.at + KEY_LIFETIME > world.now()) {
    if (known.fingerprint !== print) {
      throw new StripeError(400, {
        type: 'idempotency_error',
        message:
          'Keys for idempotent requests can only be used with the same parameters they were first used with. ' +
          `Try using a key other than '${key}' if you meant to execute a different request.`,
      });
    }
    return { status: known.status, body: known.body, replayed: true };
  }
  const answer = work();
  // A request that was refused before it did anything may be repeated, corrected, under the same key.
  if (answer.status < 400 || answer.status === 402 || answer.status >= 500) {
    const { status, body } = answer;
    world.store.put('idempotency', { id: key, fingerprint: print, status, body, at: world.now() });
  }
  return answer;
}

function fingerprint(route: Route, { path, raw }: Asked): string {
  return createHash('sha256').update(`${route.method} ${path}\n${raw}`).digest('hex');
}

function authenticate(header: string | null): void {
  const basic = /^Basic (.+)$/.exec(header ?? '')?.[1];
  const key = basic
    ? Buffer.from(basic, 'base64').toString('utf8').split(':')[0]
    : /^Bearer (.+)$/.exec(header ?? '')?.[1];
  if (!key) {
    throw new StripeError(401, {
      type: 'invalid_request_error',
      message:
        "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    });
  }
  if (!/^(sk|rk)_test_\w+$/.test(key)) {
    throw new StripeError(401, {
      type: 'invalid_request_error',
      message: `Invalid API Key provided: ${key.slice(0, 8)}***. stripe-local takes test keys alone (sk_test_…).`,
    });
  }
}

function checkVersion(version: string | null): void {
  if (version === null || /^\d{4}-\d{2}-\d{2}(\.\w+)?$/.test(version)) return;
  throw new StripeError(400, {
    type: 'invalid_request_error',
    message: `Invalid Stripe API version: ${version}. You can use ${API_VERSION}.`,
  });
}

function failure(error: unknown, requestId: string): Answer {
  const known =
    error instanceof StripeError
      ? error
      : new StripeError(500, {
          type: 'api_error',
          message: `stripe-local failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        });
  const body = JSON.stringify(
    { error: { ...known.body, request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}` } },
    null,
    2,
  );
  return { status: known.status, body };
}

function headersOf(answer: Answer, requestId: string, request: Request): Record<string, string> {
  const key = request.headers.get('Idempotency-Key');
  return {
    'Content-Type': 'application/json',
    'Request-Id': requestId,
    'Stripe-Version': request.headers.get('Stripe-Version') ?? API_VERSION,
    'Cache-Control': 'no-store',
    ...(key === null ? {} : { 'Idempotency-Key': key }),
    ...(answer.replayed ? { 'Idempotent-Replayed': 'true' } : {}),
    // A retry of a conflict or of an error in here would fail alike.
    ...(answer.status >= 500 ? { 'Stripe-Should-Retry': 'false' } : {}),
  };
}
