import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Webhook } from 'standardwebhooks';
import { call, newWorkspace, type Workspace } from '../../test/client.ts';
import { later } from '../../test/clock.ts';
import { claimDeliveries, purgeDeliveries, reportAttempts, sweepDeliveries } from './deliveries.ts';
import { publish } from './publish.ts';
import { RETRY_SECONDS } from './schedule.ts';
import { deliveriesOf, jobsFor, newEndpoint, report } from './testing/endpoints.ts';

let acme: Workspace;
const HOUR = 3_600;
const DAY = 24 * HOUR;

beforeEach(async () => {
  // The sweep and the purge are about all workspaces.
  await env.DB.batch(['delivery', 'event'].map((name) => env.DB.prepare(`DELETE FROM webhook_${name}`)));
  acme = await newWorkspace('Acme');
});
afterEach(() => {
  vi.useRealTimers();
});

const low = (workspace: Workspace, key = 'low-1') =>
  publish(env, workspace.id, { type: 'credits.low', key, data: { available: 5, percentUsed: 80 } });
const endpointOf = async (id: string) => {
  const { body } = await call('GET /v1/webhook-endpoints', { as: acme.key });
  return Object.values(body.data ?? {}).find((endpoint) => String(endpoint.id) === id);
};

describe('a published event', () => {
  it('goes to the endpoints that want it, and to nobody else', async () => {
    const [all, family, exact, other] = await Promise.all(
      [['*'], ['credits.*'], ['run.failed', 'credits.low'], ['flow.*', 'credits.exhausted']].map(
        (eventTypes) => newEndpoint(acme, { eventTypes }),
      ),
    );
    const disabled = await newEndpoint(acme);
    await call(`PATCH /v1/webhook-endpoints/${disabled.id}`, { as: acme.key, body: { state: 'disabled' } });
    const globex = await newWorkspace('Globex');
    const foreign = await newEndpoint(globex);
    await low(acme);
    for (const endpoint of [all, family, exact]) {
      expect(await deliveriesOf(acme, endpoint?.id ?? '')).toMatchObject([{ eventType: 'credits.low' }]);
    }
    for (const endpoint of [other, disabled]) {
      expect(await deliveriesOf(acme, endpoint?.id ?? '')).toEqual([]);
    }
    expect(await deliveriesOf(globex, foreign.id)).toEqual([]);
  });

  it('is one event however often it is published under its key, in each workspace its own', async () => {
    const { id } = await newEndpoint(acme);
    const globex = await newWorkspace('Globex');
    const foreign = await newEndpoint(globex);
    await Promise.all([low(acme), low(acme), low(globex)]);
    await low(acme);
    const [mine, ...more] = await deliveriesOf(acme, id);
    expect(more).toEqual([]);
    const [theirs] = await deliveriesOf(globex, foreign.id);
    expect(theirs?.eventId).not.toBe(mine?.eventId);
  });

  it('is not kept when nobody wants it', async () => {
    await low(acme, 'unwanted');
    const kept = await env.DB.prepare("SELECT count(*) AS n FROM webhook_event WHERE key = 'unwanted'").first(
      'n',
    );
    expect(kept).toBe(0);
  });

  it('is signed as Standard Webhooks says: verified by its own library, refused when anything is changed', async () => {
    const { id, secret } = await newEndpoint(acme);
    await low(acme);
    const [job] = await jobsFor(acme, id);
    if (!job) throw new Error('no job');
    expect(job.url).toBe('https://acme.example/hook');
    const webhook = new Webhook(secret);
    expect(webhook.verify(job.body, job.headers)).toEqual({
      id: job.headers['webhook-id'],
      type: 'credits.low',
      timestamp: expect.any(String),
      data: { available: 5, percentUsed: 80 },
    });
    const changed = [
      { ...job, body: job.body.replace('80', '81') },
      { ...job, headers: { ...job.headers, 'webhook-id': 'evt_other' } },
      {
        ...job,
        headers: {
          ...job.headers,
          'webhook-timestamp': String(Number(job.headers['webhook-timestamp']) + 1),
        },
      },
    ];
    for (const { body, headers } of changed)
      expect(() => webhook.verify(body, headers)).toThrow('No matching signature found');
    const foreign = await newEndpoint(acme);
    expect(() => new Webhook(foreign.secret).verify(job.body, job.headers)).toThrow(
      'No matching signature found',
    );
  });
});

describe('an attempt', () => {
  it('is made by one sender only; a lost one can be made again after two minutes', async () => {
    const { id } = await newEndpoint(acme);
    await low(acme);
    const [first, second] = await Promise.all([jobsFor(acme, id), jobsFor(acme, id)]);
    expect([first.length + second.length, (await jobsFor(acme, id)).length]).toEqual([1, 0]);
    later(121);
    const again = await jobsFor(acme, id);
    expect(again).toHaveLength(1);
    // The one that was lost comes back after all: too late to count.
    await report([...first, ...second], { status: 200 });
    expect(await deliveriesOf(acme, id)).toMatchObject([{ state: 'pending', attempts: [] }]);
    await report(again, { status: 204 });
    expect(await deliveriesOf(acme, id)).toMatchObject([{ state: 'succeeded', attempts: [{ status: 204 }] }]);
  });

  it('that fails is followed by 20 more over three days, with the same id and body, then the delivery has failed', async () => {
    const { id, secret } = await newEndpoint(acme);
    await low(acme);
    const seen = new Set<string>();
    const began = Date.now();
    for (let tries = 1; tries <= RETRY_SECONDS.length + 1; tries += 1) {
      const jobs = await jobsFor(acme, id);
      expect(jobs, `attempt ${tries}`).toHaveLength(1);
      for (const { headers, body } of jobs) {
        seen.add(`${headers['webhook-id']} ${body}`);
        expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: 'credits.low' });
      }
      await report(jobs, { error: 'The connection failed: reset' });
      const [delivery] = await deliveriesOf(acme, id);
      if (tries > RETRY_SECONDS.length) break;
      const wait = (Date.parse(String(delivery?.nextAttemptAt)) - Date.now()) / 1000;
      const planned = RETRY_SECONDS[tries - 1] ?? 0;
      expect(wait / planned).toBeGreaterThan(0.85);
      expect(wait / planned).toBeLessThan(1.15);
      if (wait > 10) expect(await jobsFor(acme, id), 'not before it is due').toEqual([]);
      later(wait);
    }
    expect(seen.size).toBe(1);
    const days = (Date.now() - began) / 1000 / DAY;
    expect(days).toBeGreaterThan(2.5);
    expect(days).toBeLessThan(3.5);
    const [delivery] = await deliveriesOf(acme, id);
    expect(delivery).toMatchObject({ state: 'failed', nextAttemptAt: null, endedAt: expect.any(String) });
    expect(Object.values(delivery?.attempts ?? {})).toHaveLength(21);
    later(DAY);
    expect(await jobsFor(acme, id)).toEqual([]);
  });

  it('waits as long as Retry-After asks, and never less than planned or more than a day', async () => {
    const { id } = await newEndpoint(acme);
    const waits: number[] = [];
    for (const [at, retryAfter] of [600, 1, 10 * DAY].entries()) {
      await low(acme, `low-${at}`);
      await report(await jobsFor(acme, id), { status: 429, retryAfter });
      const [delivery] = await deliveriesOf(acme, id);
      waits.push(Math.round((Date.parse(String(delivery?.nextAttemptAt)) - Date.now()) / 1000));
    }
    expect(waits[0]).toBe(600);
    expect(waits[1]).toBeGreaterThanOrEqual(4);
    expect(waits[1]).toBeLessThanOrEqual(6);
    expect(waits[2]).toBe(DAY);
  });

  it.each([
    [{ status: 302 }, 'Answered 302: redirects are not followed'],
    [{ status: 404 }, 'Answered 404, not 2xx'],
    [{ error: 'No answer within 15 s' }, 'No answer within 15 s'],
    [{ status: 500, error: 'Answered 500; cut off' }, 'Answered 500; cut off'],
  ])('counts as failed: %j', async (result, error) => {
    const { id } = await newEndpoint(acme);
    await low(acme);
    await report(await jobsFor(acme, id), result);
    expect(await deliveriesOf(acme, id)).toMatchObject([{ state: 'pending', attempts: [{ error }] }]);
  });

  it('is not made to a URL that may no longer be called', async () => {
    const { id } = await newEndpoint(acme);
    await env.DB.prepare("UPDATE webhook_endpoint SET url = 'https://10.0.0.1/' WHERE id = ?").bind(id).run();
    await low(acme);
    expect(await jobsFor(acme, id)).toEqual([]);
    expect(await deliveriesOf(acme, id)).toMatchObject([
      { state: 'pending', attempts: [{ error: 'The URL must name a host, not an IP address' }] },
    ]);
  });
});

describe('an endpoint', () => {
  it('that answers 410 is disabled at once; what is on its way ends, and the others are told', async () => {
    const gone = await newEndpoint(acme);
    await low(acme, 'low-1');
    await low(acme, 'low-2');
    const other = await newEndpoint(acme, { eventTypes: ['webhook_endpoint.*'] });
    const [first] = await jobsFor(acme, gone.id);
    await report(
      [first].filter((job) => job !== undefined),
      { status: 410 },
    );
    expect(await endpointOf(gone.id)).toMatchObject({ state: 'disabled', disabledReason: 'gone' });
    const log = await deliveriesOf(acme, gone.id);
    expect(log.map(({ state }) => state)).toEqual(['failed', 'failed']);
    const [notice, ...more] = await jobsFor(acme, other.id);
    expect(more).toEqual([]);
    expect(JSON.parse(notice?.body ?? '{}')).toMatchObject({
      type: 'webhook_endpoint.disabled',
      data: { endpoint: { id: gone.id, reason: 'gone' } },
    });
  });

  it('that has only failed for five days is disabled; one success in between begins the count anew', async () => {
    const { id } = await newEndpoint(acme);
    const attempt = async (key: string, result: { status: number }) => {
      await low(acme, key);
      await report(await jobsFor(acme, id), result);
    };
    await attempt('1', { status: 500 });
    expect(await endpointOf(id)).toMatchObject({ failures: 1, failingSince: expect.any(String) });
    later(4 * DAY);
    await attempt('2', { status: 200 });
    expect(await endpointOf(id)).toMatchObject({ failures: 0, failingSince: null, state: 'enabled' });
    later(2 * DAY);
    await attempt('3', { status: 500 });
    later(5 * DAY - HOUR);
    await attempt('4', { status: 500 });
    expect(await endpointOf(id)).toMatchObject({ state: 'enabled' });
    later(2 * HOUR);
    await attempt('5', { status: 500 });
    expect(await endpointOf(id)).toMatchObject({ state: 'disabled', disabledReason: 'failing' });
    await low(acme, '6');
    expect((await deliveriesOf(acme, id)).map(({ state }) => state)).not.toContain('pending');

    const enabled = await call(`PATCH /v1/webhook-endpoints/${id}`, {
      as: acme.key,
      body: { state: 'enabled' },
    });
    expect(enabled.body).toMatchObject({ state: 'enabled', failures: 0, failingSince: null });
  });
});

describe('the sweep', () => {
  const swept = async (id: string) => {
    expect(await deliveriesOf(acme, id)).toHaveLength(1);
    return sweepDeliveries(env, Date.now());
  };

  it('finds what is overdue because the queue lost it, once, and not what is on time or being sent', async () => {
    const { id } = await newEndpoint(acme);
    await low(acme, 'lost');
    expect(await swept(id)).toBe(0);
    later(121);
    expect(await swept(id)).toBe(1);
    expect(await swept(id)).toBe(0);
    // Found again when that message is lost as well.
    later(121);
    expect(await swept(id)).toBe(1);
    const jobs = await jobsFor(acme, id);
    expect(jobs).toHaveLength(1);
    later(125);
    expect(await swept(id)).toBe(0);
    later(125);
    expect(await swept(id)).toBe(1);
    await report(await jobsFor(acme, id), { status: 200 });
    later(DAY);
    expect(await swept(id)).toBe(0);
  });

  it('sees to an event whose queue took no message, without failing whoever published it', async () => {
    const { id } = await newEndpoint(acme);
    const broken = { sendBatch: () => Promise.reject(new Error('queue is down')) };
    await publish(
      { ...env, WEBHOOK_DELIVERIES: broken as unknown as typeof env.WEBHOOK_DELIVERIES },
      acme.id,
      {
        type: 'credits.exhausted',
        key: 'exhausted',
        data: { available: 0 },
      },
    );
    later(121);
    expect(await swept(id)).toBe(1);
  });
});

it('events and deliveries are dropped after 30 days', async () => {
  const { id } = await newEndpoint(acme);
  await low(acme);
  await purgeDeliveries(env, Date.now() + 29 * DAY * 1000);
  expect(await deliveriesOf(acme, id)).toHaveLength(1);
  await purgeDeliveries(env, Date.now() + 31 * DAY * 1000);
  expect(await deliveriesOf(acme, id)).toEqual([]);
  expect(await env.DB.prepare('SELECT count(*) AS n FROM webhook_event').first('n')).toBe(0);
});

it('reports and claims of nothing known change nothing', async () => {
  expect(await claimDeliveries(env, ['dlv_none'])).toEqual([]);
  await reportAttempts(env, [{ deliveryId: 'dlv_none', lease: 'x', at: 0, durationMs: 0, status: 200 }]);
});
