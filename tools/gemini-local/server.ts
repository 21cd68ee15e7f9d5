import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, type Behaviour, chunksOf, errorBody, sseEvent, wholeAnswer } from './protocol.ts';

export interface GeminiRequest {
  model: string;
  method: 'generateContent' | 'streamGenerateContent';
  headers: IncomingMessage['headers'];
  /** What was sent: `contents`, `systemInstruction`, `tools`, `generationConfig` … */
  body: { contents: { role: string; parts: Record<string, unknown>[] }[]; [field: string]: unknown };
  /** True when the client went away before the answer was complete. */
  aborted: boolean;
}

export interface GeminiServer {
  /** For `createGoogle({ baseURL })`. */
  url: string;
  /** Everything that was asked, oldest first. */
  requests: GeminiRequest[];
  close(): Promise<void>;
}

/** Answers the nth request (from 0), or every request by what it holds. */
export type Script = Behaviour[] | ((request: GeminiRequest, n: number) => Behaviour);

/**
 * A server that speaks Gemini's protocol on a random loopback port and behaves as scripted, faults included. A request
 * beyond the end of the script is answered with HTTP 500.
 */
export async function startGemini(script: Script): Promise<GeminiServer> {
  const requests: GeminiRequest[] = [];
  const server = createServer((incoming, response) => {
    void handle(incoming, response, script, requests).catch((error: unknown) =>
      response.destroy(error as Error),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1beta`,
    requests,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function handle(
  incoming: IncomingMessage,
  response: ServerResponse,
  script: Script,
  requests: GeminiRequest[],
): Promise<void> {
  const match = /^\/v1beta\/models\/([^/:]+):(generateContent|streamGenerateContent)/.exec(
    incoming.url ?? '',
  );
  if (incoming.method !== 'POST' || !match) return sendJson(response, 404, errorBody(404));
  const request: GeminiRequest = {
    model: match[1] ?? '',
    method: match[2] as GeminiRequest['method'],
    headers: incoming.headers,
    body: JSON.parse(await read(incoming)),
    aborted: false,
  };
  response.on('close', () => {
    request.aborted = !response.writableFinished;
  });
  const n = requests.push(request) - 1;
  const behaviour =
    typeof script === 'function' ? script(request, n) : (script[n] ?? { kind: 'status', status: 500 });
  await behave(response, request, behaviour);
}

async function behave(response: ServerResponse, request: GeminiRequest, behaviour: Behaviour): Promise<void> {
  switch (behaviour.kind) {
    case 'wait':
      await behaviour.until;
      return behave(response, request, behaviour.next);
    case 'status': {
      const { status, retryAfter } = behaviour;
      return sendJson(
        response,
        status,
        errorBody(status),
        retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) },
      );
    }
    case 'hang':
      return;
    case 'reset':
      response.destroy();
      return;
    default:
      if (request.method === 'generateContent') return sendJson(response, 200, wholeAnswer(behaviour));
      return sendStream(response, behaviour);
  }
}

async function sendStream(response: ServerResponse, behaviour: Answer & { kind: string }): Promise<void> {
  const { kind } = behaviour;
  const chunks = chunksOf(behaviour);
  const whole = kind === 'answer' || kind === 'bad-chunk';
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  if (kind === 'bad-chunk') response.write('data: {"candidates": [{\r\n\r\n');
  for (const chunk of whole ? chunks : chunks.slice(0, -1)) {
    response.write(sseEvent(chunk));
    // A turn of the event loop, so that chunks arrive as chunks.
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  if (kind === 'stall') return;
  if (kind === 'cut') {
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
    response.destroy();
    return;
  }
  response.end();
}

async function read(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
