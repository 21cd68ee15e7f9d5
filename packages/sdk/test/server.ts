import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a scripted server has been asked. */
export interface Seen {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: unknown;
}
export type Handler = (request: Seen, response: ServerResponse, raw: IncomingMessage) => unknown;

export interface ScriptedServer extends AsyncDisposable {
  url: string;
  seen: Seen[];
}

/** A loopback server that answers the n-th request with the n-th handler, and all further ones with the last. */
export async function serve(...handlers: Handler[]): Promise<ScriptedServer> {
  const seen: Seen[] = [];
  const server = createServer((raw, response) => {
    const chunks: Buffer[] = [];
    raw.on('data', (chunk: Buffer) => chunks.push(chunk));
    raw.on('end', () => {
      const url = new URL(raw.url ?? '/', 'http://localhost');
      const text = Buffer.concat(chunks).toString();
      const request: Seen = {
        method: raw.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: raw.headers,
        body: text === '' ? undefined : JSON.parse(text),
      };
      const handler = handlers[Math.min(seen.length, handlers.length - 1)];
      seen.push(request);
      void handler?.(request, response, raw);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Handler {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req_1', ...headers });
    response.end(JSON.stringify(body));
  };
}

export function problem(
  status: number,
  code: string,
  extra: object = {},
  headers: Record<string, string> = {},
): Handler {
  return json(
    {
      type: `urn:uxflow:error:${code}`,
      title: code,
      status,
      code,
      detail: `It is ${code}.`,
      requestId: 'req_9',
      ...extra,
    },
    status,
    { 'content-type': 'application/problem+json', ...headers },
  );
}

export function noContent(): Handler {
  return (_request, response) => response.writeHead(204).end();
}

/** Breaks the connection without an answer. */
export const reset: Handler = (_request, _response, raw) => {
  raw.socket.resetAndDestroy();
};

/** Never answers. */
export const hang: Handler = () => undefined;

/** An event stream of these parts, numbered from `firstId`; `cut` breaks it off instead of ending it. */
export function events(
  parts: unknown[],
  { firstId = 1, done = true, cut = false }: { firstId?: number; done?: boolean; cut?: boolean } = {},
): Handler {
  return (_request, response, raw) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const frames = parts
      .map((part, index) => `id: ${firstId + index}\ndata: ${JSON.stringify(part)}\n\n`)
      .join('');
    // The bytes must be out before the connection breaks, or the client never sees them.
    if (cut)
      response.write(`${frames}id: 99\ndata: {"half`, () =>
        setTimeout(() => raw.socket.resetAndDestroy(), 20),
      );
    else response.end(done ? `${frames}data: [DONE]\n\n` : frames);
  };
}
