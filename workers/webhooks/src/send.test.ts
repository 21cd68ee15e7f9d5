import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { DeliveryJob } from '@uxflow/api/entrypoint';
import { send } from './send.ts';

const servers: Server[] = [];

async function jobTo(answer: RequestListener): Promise<DeliveryJob> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    deliveryId: 'dlv_1',
    lease: 'l1',
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?a=1`,
    headers: { 'content-type': 'application/json', 'webhook-id': 'evt_1' },
    body: '{"type":"webhook.test"}',
  };
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

describe('an attempt to deliver', () => {
  it('POSTs the body as it is and tells what was answered', async () => {
    let seen: unknown;
    const job = await jobTo((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        seen = [request.method, request.url, request.headers['webhook-id'], body];
        response.end('thank you');
      });
    });
    expect(await send(job, 5_000)).toEqual({
      deliveryId: 'dlv_1',
      lease: 'l1',
      at: expect.any(Number),
      durationMs: expect.any(Number),
      status: 200,
      response: 'thank you',
    });
    expect(seen).toEqual(['POST', '/hook?a=1', 'evt_1', job.body]);
  });

  it('does not follow a redirect, so no public address sends us on to a private one', async () => {
    let reached = false;
    const inside = await jobTo((_request, response) => {
      reached = true;
      response.end();
    });
    const job = await jobTo((_request, response) => {
      response.writeHead(307, { location: inside.url }).end();
    });
    expect(await send(job, 5_000)).toMatchObject({ status: 307 });
    expect(reached).toBe(false);
  });

  it('ends when the endpoint does not answer in time, and when it never stops answering', async () => {
    const silent = await jobTo(() => {});
    expect(await send(silent, 50)).toMatchObject({ error: 'No answer within 0.05 s' });
    const dripping = await jobTo((_request, response) => {
      response.writeHead(500);
      response.write('x');
    });
    const { status, error, durationMs } = await send(dripping, 100);
    expect([status, error]).toEqual([500, 'Answered 500; No answer within 0.1 s']);
    expect(durationMs).toBeLessThan(5_000);
  });

  it('keeps the first kilobyte of an endless body and closes the connection', async () => {
    let closed = false;
    const job = await jobTo((_request, response) => {
      response.on('close', () => (closed = true));
      const more = (): void => {
        while (response.write('x'.repeat(65_536)));
        response.once('drain', more);
      };
      more();
    });
    const { status, response } = await send(job, 5_000);
    expect([status, response]).toEqual([200, 'x'.repeat(1_024)]);
    await expect.poll(() => closed).toBe(true);
  });

  it('tells a connection that breaks or cannot be made', async () => {
    const job = await jobTo((request) => request.socket.destroy());
    expect((await send(job, 5_000)).error).toMatch(/^The connection failed: /);
    const nobody = { ...job, url: 'http://127.0.0.1:1/' };
    expect((await send(nobody, 5_000)).error).toMatch(/^The connection failed: /);
  });

  it.each([
    ['120', 120],
    ['soon', undefined],
    ['-1', undefined],
  ])('reads Retry-After: %s', async (header, seconds) => {
    const job = await jobTo((_request, response) => {
      response.writeHead(429, { 'retry-after': header }).end();
    });
    expect((await send(job, 5_000)).retryAfter).toBe(seconds);
  });
});
