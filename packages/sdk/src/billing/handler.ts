import type { UXFlow } from '../client.ts';
import { APIError, type Problem, UXFlowError } from '../core/errors.ts';
import { Billing } from './billing.ts';
import type { BillingRequest } from './source.ts';

/** What a page may ask for; `read` is all that changes nothing. */
export type BillingAction = 'read' | BillingRequest['action'];

export interface BillingHandlerOptions {
  /**
   * Whether whoever sent this request may do this, by your own sign-in. The API is not called before it said `true`;
   * anything else is answered with 403.
   */
  authorize(request: Request, action: BillingAction): boolean | Promise<boolean>;
  /**
   * Where your pages are, e.g. `https://app.example.com`, when your server does not see that in the URL of its
   * requests, as behind a proxy. Only a browser that does not say itself where a request comes from needs it.
   */
  origin?: string | undefined;
}

/** Bytes of a request; the longest that is allowed, with three URLs, is far below. */
const MAX_BYTES = 16_384;
const INVOICES = 12;
const ACTIONS: readonly string[] = ['checkout', 'portal', 'plan', 'auto-top-up'];

/**
 * A route of your own server that serves `billingSourceAt` in your own admin page: the secret key stays on the server,
 * and nothing but the actions of a billing page goes through. Mount it for GET and POST under one path. Writes are
 * taken from pages of the same origin alone, so no other site can press the buttons of somebody who is signed in.
 */
export function createBillingHandler(
  client: Pick<UXFlow, 'http'>,
  { authorize, origin }: BillingHandlerOptions,
): (request: Request) => Promise<Response> {
  const billing = new Billing(client);
  const home = origin === undefined ? undefined : new URL(origin).origin;
  return async (request) => {
    try {
      if (request.method === 'GET') {
        await allow(authorize, request, 'read');
        return answer(await read(billing, new URL(request.url)));
      }
      if (request.method !== 'POST') throw refusal(405, 'method_not_allowed', 'Use GET or POST.');
      if (!isSameOrigin(request, home))
        throw refusal(403, 'origin_not_allowed', 'Only pages of this site may ask for this.');
      const asked = await bodyOf(request);
      await allow(authorize, request, asked.action);
      const key = request.headers.get('idempotency-key') ?? undefined;
      return answer(await perform(billing, asked, key));
    } catch (error) {
      return answerError(error);
    }
  };
}

async function allow(
  authorize: BillingHandlerOptions['authorize'],
  request: Request,
  action: BillingAction,
): Promise<void> {
  // Yes is `true`: an object that was meant as a refusal must not open the till.
  if ((await authorize(request, action)) !== true)
    throw refusal(403, 'forbidden', 'You are not one of those who look after billing.');
}

/**
 * Whether a page of our own sent this. Browsers say it in a header that no page can set; the older ones send the origin,
 * which no page can set either. A request without both is none of a page's.
 */
function isSameOrigin({ headers, url }: Request, home: string | undefined): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  return headers.get('origin') === (home ?? new URL(url).origin);
}

async function bodyOf(request: Request): Promise<BillingRequest> {
  // A form of another site cannot send this type.
  if (!/^application\/json\b/.test(request.headers.get('content-type') ?? ''))
    throw refusal(415, 'unsupported_media_type', 'Send application/json.');
  const text = await request.text();
  if (text.length > MAX_BYTES) throw refusal(413, 'payload_too_large', `Send at most ${MAX_BYTES} bytes.`);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw refusal(400, 'malformed_json', 'The body is no JSON.');
  }
  const action = typeof body === 'object' && body !== null && 'action' in body ? body.action : undefined;
  if (typeof action !== 'string' || !ACTIONS.includes(action))
    throw refusal(422, 'invalid_request', `action must be one of ${ACTIONS.join(', ')}.`);
  // The API checks the fields of the action and says what is wrong with them.
  return body as BillingRequest;
}

async function read(billing: Billing, { searchParams }: URL): Promise<unknown> {
  if (searchParams.get('list') === 'invoices') {
    const cursor = searchParams.get('cursor') ?? undefined;
    const { data, nextCursor } = await billing.invoices({ limit: INVOICES, cursor });
    return { data, nextCursor };
  }
  const [plans, subscription] = await Promise.all([billing.plans(), billing.subscription()]);
  return { ...plans, subscription };
}

/** @param idempotencyKey of the page, so that its own repetition has one effect too */
function perform(
  billing: Billing,
  asked: BillingRequest,
  idempotencyKey: string | undefined,
): Promise<unknown> {
  const options = { idempotencyKey };
  switch (asked.action) {
    case 'checkout': {
      const { action: _action, ...params } = asked;
      return billing.checkout(params, options);
    }
    case 'portal':
      return billing.portal({ returnUrl: asked.returnUrl }, options);
    case 'plan':
      return billing.changePlan(asked.plan, options);
    case 'auto-top-up': {
      const { action: _action, ...wish } = asked;
      return billing.setAutoTopUp(wish, options);
    }
  }
}

function refusal(status: number, code: Problem['code'], detail: string): APIError {
  return new APIError(status, { code, detail });
}

const answer = (body: unknown): Response => Response.json(body, { headers: { 'cache-control': 'no-store' } });

/** The refusal as the API words it. Trouble between this server and the API is told without its particulars. */
function answerError(error: unknown): Response {
  if (!(error instanceof UXFlowError)) throw error;
  const headers = { 'cache-control': 'no-store', 'content-type': 'application/problem+json' };
  // A refused key is this server's trouble: to the page it must not look like its own sign-in.
  if (!(error instanceof APIError) || error.status === 401) {
    const problem = { status: 502, code: 'billing_unavailable', detail: 'Billing could not be reached.' };
    return Response.json(problem, { status: 502, headers });
  }
  const { status, code, detail, param, issues, requestId } = error;
  return Response.json({ status, code, detail, param, issues, requestId }, { status, headers });
}
