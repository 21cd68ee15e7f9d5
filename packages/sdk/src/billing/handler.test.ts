import { afterEach, describe, expect, test, vi } from 'vitest';
import { json, problem, serve } from '../../test/server.ts';
import { UXFlow } from '../client.ts';
import { billingSourceAt, createBillingHandler } from './index.ts';

const SITE = 'https://app.example';
const AT = `${SITE}/api/billing`;
const clientAt = (baseUrl: string): UXFlow => new UXFlow({ apiKey: 'uxf_sk_test_x', baseUrl, maxRetries: 0 });
const yes = (): boolean => true;

const post = (body: unknown, headers: Record<string, string> = {}): Request =>
  new Request(AT, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const plan = { action: 'plan', plan: 'starter' };

afterEach(() => vi.unstubAllGlobals());

describe('createBillingHandler', () => {
  test('passes each action on to its route, with the fields and the key of the page', async () => {
    await using server = await serve(json({}));
    const handle = createBillingHandler(clientAt(server.url), { authorize: yes });
    const urls = { successUrl: `${SITE}/ok`, cancelUrl: `${SITE}/no` };
    const wish = { enabled: true, topUp: 'small', threshold: 1, monthlyCap: 5_000 };
    await handle(post({ action: 'checkout', topUp: 'small', ...urls }, { 'idempotency-key': 'k1' }));
    await handle(post({ action: 'portal', returnUrl: SITE }));
    await handle(post(plan));
    await handle(post({ action: 'auto-top-up', ...wish }));
    expect(server.seen.map(({ method, path, body }) => [`${method} ${path}`, body])).toEqual([
      ['POST /v1/billing/checkout', { topUp: 'small', ...urls }],
      ['POST /v1/billing/portal', { returnUrl: SITE }],
      ['POST /v1/billing/plan', { plan: 'starter' }],
      ['PUT /v1/billing/auto-top-up', wish],
    ]);
    expect(server.seen[0]?.headers['idempotency-key']).toBe('k1');
  });

  test('reads plans and subscription as one, and invoices page by page; never to be kept', async () => {
    await using server = await serve((seen, response, raw) => {
      const body = seen.path.endsWith('plans') ? { plans: [1] } : { state: 'none' };
      json(seen.path.endsWith('invoices') ? { data: [{ id: 'in_1' }], nextCursor: 'n' } : body)(
        seen,
        response,
        raw,
      );
    });
    const handle = createBillingHandler(clientAt(server.url), { authorize: yes });
    const overview = await handle(new Request(AT));
    expect(await overview.json()).toEqual({ plans: [1], subscription: { state: 'none' } });
    expect(overview.headers.get('cache-control')).toBe('no-store');
    const invoices = await handle(new Request(`${AT}?list=invoices&cursor=c`));
    expect(await invoices.json()).toEqual({ data: [{ id: 'in_1' }], nextCursor: 'n' });
    expect(server.seen.at(-1)?.query.get('cursor')).toBe('c');
  });

  test('nothing reaches the API unless authorize says true, and it is told what is wanted', async () => {
    await using server = await serve(json({}));
    const asked: string[] = [];
    const handle = createBillingHandler(clientAt(server.url), {
      authorize: (_request, action) => {
        asked.push(action);
        return false;
      },
    });
    const refused = [await handle(new Request(AT)), await handle(post(plan))];
    expect(refused.map(({ status }) => status)).toEqual([403, 403]);
    expect(await refused[1]?.json()).toMatchObject({ code: 'forbidden' });
    expect(asked).toEqual(['read', 'plan']);
    expect(server.seen).toEqual([]);
  });

  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another host of the same site', { 'sec-fetch-site': 'same-site' }],
    ['another site, without the header', { 'sec-fetch-site': '', origin: 'https://evil.example' }],
    ['nobody knows where', { 'sec-fetch-site': '' }],
    ['a page without an origin', { 'sec-fetch-site': '', origin: 'null' }],
  ])('a write from %s is refused, whoever is signed in', async (_from, headers) => {
    await using server = await serve(json({}));
    const handle = createBillingHandler(clientAt(server.url), { authorize: yes });
    const request = post(plan, headers);
    if (headers['sec-fetch-site'] === '') request.headers.delete('sec-fetch-site');
    expect((await handle(request)).status).toBe(403);
    expect(server.seen).toEqual([]);
  });

  test('a browser that only says its origin may write from the same one, as the browser sees it', async () => {
    await using server = await serve(json({}));
    const older = (): Request => {
      const request = post(plan, { origin: SITE });
      request.headers.delete('sec-fetch-site');
      return request;
    };
    const client = clientAt(server.url);
    expect((await createBillingHandler(client, { authorize: yes })(older())).status).toBe(200);
    const behind = new Request('http://10.0.0.7:3000/api/billing', older());
    expect((await createBillingHandler(client, { authorize: yes })(behind.clone())).status).toBe(403);
    const told = createBillingHandler(client, { authorize: yes, origin: `${SITE}/` });
    expect((await told(behind)).status).toBe(200);
  });

  test.each([
    ['an action that it does not have', post({ action: 'return-urls', urls: [] }), 422],
    ['no object', post('null'), 422],
    ['no JSON', post('{'), 400],
    ['a form', post('action=plan', { 'content-type': 'text/plain' }), 415],
    ['too much', post({ ...plan, more: 'x'.repeat(20_000) }), 413],
    ['another method', new Request(AT, { method: 'DELETE' }), 405],
  ])('refuses %s', async (_what, request, status) => {
    await using server = await serve(json({}));
    const response = await createBillingHandler(clientAt(server.url), { authorize: yes })(request);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(server.seen).toEqual([]);
  });

  test('a refusal of the API comes through in its own words; a refused key and a dead API do not', async () => {
    await using server = await serve(problem(402, 'payment_failed'), problem(401, 'unauthenticated'));
    const handle = createBillingHandler(clientAt(server.url), { authorize: yes });
    const declined = await handle(post(plan));
    expect(declined.status).toBe(402);
    expect(await declined.json()).toMatchObject({ code: 'payment_failed', detail: 'It is payment_failed.' });
    expect((await handle(post(plan))).status).toBe(502);
    const dead = createBillingHandler(clientAt('http://127.0.0.1:1'), { authorize: yes });
    expect(await (await dead(post(plan))).json()).toMatchObject({ code: 'billing_unavailable' });
  });
});

describe('billingSourceAt', () => {
  /** A page at `address`, whose requests go straight to the handler as a browser would send them. */
  function pageAt(address: string, handle: (request: Request) => Promise<Response>) {
    const location = new URL(address);
    const replaced: string[] = [];
    vi.stubGlobal('location', location);
    vi.stubGlobal('history', {
      state: null,
      replaceState: (_state: unknown, _title: string, url: URL) => replaced.push(url.href),
    });
    const requests: Request[] = [];
    const real = globalThis.fetch;
    vi.stubGlobal('fetch', (input: string, init?: RequestInit) => {
      if (!input.startsWith(SITE)) return real(input, init);
      const request = new Request(input, init);
      request.headers.set('sec-fetch-site', 'same-origin');
      requests.push(request);
      return handle(request);
    });
    return { replaced, requests };
  }

  test('speaks with the handler: what is bought leads back to this page, and how is known there', async () => {
    await using server = await serve(json({ url: 'https://pay.example' }, 201));
    const handle = createBillingHandler(clientAt(server.url), { authorize: yes });
    const { requests } = pageAt(`${SITE}/?as=mia#/billing`, handle);
    const source = billingSourceAt('/api/billing?as=mia');
    expect(source.returned).toBeNull();
    expect(await source.checkout({ plan: 'starter' })).toEqual({ url: 'https://pay.example' });
    expect(requests[0]?.url).toBe(`${AT}?as=mia`);
    expect(server.seen[0]?.body).toEqual({
      plan: 'starter',
      successUrl: `${SITE}/?as=mia&uxf-checkout=paid#/billing`,
      cancelUrl: `${SITE}/?as=mia&uxf-checkout=cancelled#/billing`,
    });
    expect(server.seen[0]?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/);

    const { replaced } = pageAt(`${SITE}/?as=mia&uxf-checkout=paid#/billing`, handle);
    expect(billingSourceAt('/api/billing').returned).toBe('paid');
    expect(replaced).toEqual([`${SITE}/?as=mia#/billing`]);
  });

  test('a refusal is an error with the code and the words of the API', async () => {
    await using server = await serve(problem(402, 'payment_failed'));
    pageAt(SITE, createBillingHandler(clientAt(server.url), { authorize: yes }));
    await expect(billingSourceAt('/api/billing').changePlan('starter')).rejects.toMatchObject({
      code: 'payment_failed',
      detail: 'It is payment_failed.',
    });
  });
});
