import { LIMITS } from '@uxflow/flow';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './env.ts';
import { ApiError } from './errors.ts';

/** Largest request bodies in bytes: ordinary ones, and those that carry a whole flow document plus its envelope. */
export const BODY_LIMITS = { ordinary: 256 * 1024, document: LIMITS.documentBytes + 256 * 1024 } as const;

/**
 * Reads the body, counting what really arrives (a declared length may lie or be missing), and refuses to read on
 * past `limit` bytes.
 */
export function readBody(limit: number): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const { body } = c.req.raw;
    if (body) {
      const bytes = await collect(body, limit);
      if (/json/i.test(c.req.header('Content-Type') ?? '')) requireUtf8(bytes);
      c.req.raw = new Request(c.req.raw, { method: c.req.method, body: bytes });
    }
    await next();
  };
}

/**
 * For a POST that takes no body. An empty object is let through, because many clients send one with every POST; anything
 * else would be ignored, and its sender would think it had an effect.
 */
export const refuseBody: MiddlewareHandler<AppEnv> = async (c, next) => {
  const text = c.req.raw.body ? (await c.req.text()).trim() : '';
  if (text !== '' && !/^\{\s*\}$/.test(text)) {
    throw new ApiError('invalid_request', 'This request takes no body: leave it out.', {
      issues: [{ path: '', message: 'Takes no body: leave it out' }],
    });
  }
  await next();
};

/** JSON is UTF-8. Read leniently, wrong bytes would be stored as replacement characters without a word. */
function requireUtf8(bytes: Uint8Array<ArrayBuffer>): void {
  try {
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch (cause) {
    throw new ApiError('malformed_json', 'The body is not UTF-8: encode the JSON text as UTF-8.', { cause });
  }
}

async function collect(stream: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    // Leaving the loop early cancels the stream.
    if (size > limit) throw new ApiError('payload_too_large', `The body may have at most ${limit} bytes.`);
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
