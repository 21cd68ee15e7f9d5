import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
  /** Whether it was answered 200. */
  accepted: boolean;
}

/** A partner's server that fails as `fails` says: with an error, without an answer, or by dropping the connection. */
export async function startReceiver(fails: () => 'no' | 'error' | 'silence' | 'reset') {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const failure = fails();
      received.push({ headers: request.headers, body, accepted: failure === 'no' });
      if (failure === 'no') response.end('ok');
      else if (failure === 'error') response.writeHead(500).end('try again');
      else if (failure === 'reset') request.socket.resetAndDestroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    stop: (): void => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Numbers from 0 to 1 that the seed decides (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
