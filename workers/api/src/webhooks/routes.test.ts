import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Webhook } from 'standardwebhooks';
import { call, newToken, newWorkspace, type Workspace } from '../../test/client.ts';
import { later } from '../../test/clock.ts';
import { deliveriesOf, jobsFor, newEndpoint, report } from './testing/endpoints.ts';

const ROUTE = '/v1/webhook-endpoints';
let acme: Workspace;

beforeEach(async () => {
  acme = await newWorkspace('Acme');
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a webhook endpoint', () => {
  it('is created with a secret that is shown once and kept sealed', async () => {
    const { status, body } = await call(`POST ${ROUTE}`, {
      as: acme.key,
      body: { url: 'https://acme.example/hook', eventTypes: ['run.*', 'credits.low'] },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'enabled', eventTypes: ['run.*', 'credits.low'], failures: 0 });
    expect(String(body.secret)).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const listed = await call(`GET ${ROUTE}`, { as: acme.key });
    expect(listed.body.data).toMatchObject([{ id: body.id, url: 'https://acme.example/hook' }]);
    expect(listed.text).not.toContain('whsec_');
    const row = await env.DB.prepare('SELECT * FROM webhook_endpoint WHERE id = ?').bind(body.id).first();
    expect(JSON.stringify(row)).not.toContain(String(body.secret).slice(6, 30));
  });

  it('is made once for one Idempotency-Key, and its secret is not shown again', async () => {
    const request = {
      as: acme.key,
      body: { url: 'https://acme.example/hook' },
      headers: { 'Idempotency-Key': 'hook-1' },
    };
    expect((await call(`POST ${ROUTE}`, request)).status).toBe(201);
    expect((await call(`POST ${ROUTE}`, request)).body.code).toBe('secret_already_shown');
    expect(Object.values((await call(`GET ${ROUTE}`, { as: acme.key })).body.data ?? {})).toHaveLength(1);
  });

  it.each([
    [{ url: 'http://acme.example/' }, 'url'],
    [{ url: 'https://169.254.169.254/' }, 'url'],
    [{ url: 'https://127.0.0.1/' }, 'url'],
    [{ url: 'https://printer.local/' }, 'url'],
    [{ url: 'nowhere' }, 'url'],
    [{}, 'url'],
    [{ url: 'https://acme.example/', eventTypes: [] }, 'eventTypes'],
    [{ url: 'https://acme.example/', eventTypes: ['flow.moved'] }, 'eventTypes.0'],
    [{ url: 'https://acme.example/', secret: 'mine' }, 'secret'],
  ])('is refused with the field named: %j', async (body, param) => {
    const refused = await call(`POST ${ROUTE}`, { as: acme.key, body });
    expect([refused.status, refused.body.code, refused.body.param]).toEqual([422, 'invalid_request', param]);
    expect((await call(`GET ${ROUTE}`, { as: acme.key })).body.data).toEqual([]);
  });

  it('is no business of client tokens', async () => {
    const { token } = await newToken(acme);
    expect((await call(`GET ${ROUTE}`, { as: token })).status).toBe(403);
    const body = { url: 'https://acme.example/hook' };
    expect((await call(`POST ${ROUTE}`, { as: token, body })).status).toBe(403);
  });

  it('is one of at most 20', async () => {
    for (let at = 0; at < 20; at += 1) await newEndpoint(acme);
    const more = await call(`POST ${ROUTE}`, { as: acme.key, body: { url: 'https://acme.example/' } });
    expect([more.status, more.body.code]).toEqual([422, 'limit_exceeded']);
  });

  it('is changed, disabled, enabled and deleted', async () => {
    const { id } = await newEndpoint(acme);
    const patch = (body: unknown) => call(`PATCH ${ROUTE}/${id}`, { as: acme.key, body });
    const url = 'https://other.example/';
    expect((await patch({ url, description: 'Other' })).body).toMatchObject({ url, description: 'Other' });
    expect((await patch({ url: 'https://10.0.0.1/' })).body.code).toBe('invalid_request');
    expect((await patch({})).status).toBe(422);
    expect((await patch({ state: 'disabled' })).body).toMatchObject({
      url,
      state: 'disabled',
      disabledReason: 'request',
      disabledAt: expect.any(String),
    });
    expect((await call(`POST ${ROUTE}/${id}/test`, { as: acme.key })).body.code).toBe('conflict');
    expect((await patch({ state: 'enabled' })).body).toMatchObject({
      state: 'enabled',
      disabledReason: null,
    });
    expect((await call(`POST ${ROUTE}/${id}/test`, { as: acme.key })).status).toBe(202);
    expect((await call(`DELETE ${ROUTE}/${id}`, { as: acme.key })).status).toBe(204);
    expect((await call(`GET ${ROUTE}/${id}/deliveries`, { as: acme.key })).status).toBe(404);
    const left = await env.DB.prepare('SELECT count(*) AS n FROM webhook_delivery WHERE endpoint_id = ?')
      .bind(id)
      .first('n');
    expect(left).toBe(0);
  });
});

describe('rotating a secret', () => {
  const rotate = (id: string, body: unknown, headers = {}) =>
    call(`POST ${ROUTE}/${id}/rotate-secret`, { as: acme.key, body, headers });
  /** Which of the secrets verify the next test event. */
  async function verifying(id: string, ...secrets: string[]): Promise<boolean[]> {
    await call(`POST ${ROUTE}/${id}/test`, { as: acme.key });
    const [job] = await jobsFor(acme, id);
    return secrets.map((secret) => {
      try {
        return new Webhook(secret).verify(job?.body ?? '', job?.headers ?? {}) !== undefined;
      } catch {
        return false;
      }
    });
  }

  it('lets old and new sign until the overlap ends', async () => {
    const { id, secret: old } = await newEndpoint(acme);
    const { status, body } = await rotate(id, { overlapSeconds: 3_600 });
    expect([status, body.previousSecretUntil]).toEqual([201, expect.any(String)]);
    const fresh = String(body.secret);
    expect(fresh).not.toBe(old);
    expect(await verifying(id, fresh, old)).toEqual([true, true]);
    later(3_601);
    expect(await verifying(id, fresh, old)).toEqual([true, false]);
  });

  it('ends the old one at once without an overlap', async () => {
    const { id, secret: old } = await newEndpoint(acme);
    const { body } = await rotate(id, { overlapSeconds: 0 });
    expect(await verifying(id, String(body.secret), old)).toEqual([true, false]);
  });

  it('keeps two active: a second rotation pushes the oldest out', async () => {
    const { id, secret: first } = await newEndpoint(acme);
    const second = String((await rotate(id, {})).body.secret);
    const third = String((await rotate(id, {})).body.secret);
    expect(await verifying(id, first, second, third)).toEqual([false, true, true]);
  });

  it('that crashed before it answered does not push out the secret in use when it is sent again', async () => {
    const { id, secret: old } = await newEndpoint(acme);
    const key = { 'Idempotency-Key': 'rotate-1' };
    await rotate(id, {}, key);
    // As the crash would leave it: done, but not answered.
    await env.DB.prepare(
      "UPDATE idempotency SET state = 'open', locked_until = 0 WHERE key = 'rotate-1'",
    ).run();
    const again = await rotate(id, {}, key);
    expect(again.status).toBe(201);
    expect(await verifying(id, String(again.body.secret), old)).toEqual([true, true]);
  });
});

describe('the delivery log', () => {
  it('tells each attempt, filters by state and goes on by cursor', async () => {
    const { id } = await newEndpoint(acme);
    for (let at = 0; at < 3; at += 1) await call(`POST ${ROUTE}/${id}/test`, { as: acme.key });
    const [job, ...rest] = await jobsFor(acme, id);
    await report(
      [job].filter((one) => one !== undefined),
      { status: 200, response: 'fine' },
    );
    await report(rest, { status: 503, response: 'later' });
    const [newest] = await deliveriesOf(acme, id);
    expect(newest).toMatchObject({ eventType: 'webhook.test', eventId: expect.stringMatching(/^evt_/) });
    const failing = await call(`GET ${ROUTE}/${id}/deliveries?state=pending&limit=1`, { as: acme.key });
    expect(failing.body.data).toMatchObject([
      {
        state: 'pending',
        nextAttemptAt: expect.any(String),
        attempts: [{ status: 503, error: 'Answered 503, not 2xx', response: 'later', durationMs: 5 }],
      },
    ]);
    const cursor = String(failing.body.nextCursor);
    const next = await call(`GET ${ROUTE}/${id}/deliveries?state=pending&limit=1&cursor=${cursor}`, {
      as: acme.key,
    });
    expect([Object.keys(next.body.data ?? {}).length, next.body.nextCursor]).toEqual([1, null]);
    const done = await call(`GET ${ROUTE}/${id}/deliveries?state=succeeded`, { as: acme.key });
    expect(done.body.data).toMatchObject([
      { attempts: [{ status: 200, response: 'fine' }], nextAttemptAt: null, endedAt: expect.any(String) },
    ]);
  });

  it('lets a delivery be sent again by hand, under the same id, whatever became of it', async () => {
    const { id } = await newEndpoint(acme);
    const { body: delivery } = await call(`POST ${ROUTE}/${id}/test`, { as: acme.key });
    const first = await jobsFor(acme, id);
    await report(first, { status: 200 });
    expect(await jobsFor(acme, id)).toEqual([]);
    const retried = await call(`POST ${ROUTE}/${id}/deliveries/${delivery.id}/retry`, { as: acme.key });
    expect([retried.status, retried.body.state]).toEqual([202, 'pending']);
    const second = await jobsFor(acme, id);
    expect(second.map(({ headers }) => headers['webhook-id'])).toEqual([delivery.eventId]);
    expect(second[0]?.body).toBe(first[0]?.body);
    const other = await newEndpoint(acme);
    const elsewhere = await call(`POST ${ROUTE}/${other.id}/deliveries/${delivery.id}/retry`, {
      as: acme.key,
    });
    expect(elsewhere.status).toBe(404);
    await call(`PATCH ${ROUTE}/${id}`, { as: acme.key, body: { state: 'disabled' } });
    const disabled = await call(`POST ${ROUTE}/${id}/deliveries/${delivery.id}/retry`, { as: acme.key });
    expect(disabled.body.code).toBe('conflict');
  });

  it('a test event repeated under its Idempotency-Key is one delivery', async () => {
    const { id } = await newEndpoint(acme);
    const headers = { 'Idempotency-Key': 'test-1' };
    const first = await call(`POST ${ROUTE}/${id}/test`, { as: acme.key, headers });
    const again = await call(`POST ${ROUTE}/${id}/test`, { as: acme.key, headers });
    expect(again.body.id).toBe(first.body.id);
    expect(await deliveriesOf(acme, id)).toHaveLength(1);
  });
});
