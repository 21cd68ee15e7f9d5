import { and, eq, lt, sql } from 'drizzle-orm';
import type { Context, MiddlewareHandler } from 'hono';
import { ulid } from 'ulid';
import type { Principal } from '../identity/principal.ts';
import { sha256 } from './crypto.ts';
import { database } from './database.ts';
import type { AppEnv, Env } from './env.ts';
import { ApiError } from './errors.ts';
import { type IdPrefix, newId } from './ids.ts';
import { idempotency } from './tables.ts';

/** A call that may be repeated: its key, and the seed of the ids that it makes. */
export interface Operation {
  key: string;
  seed: string;
}

/**
 * How a POST answers a repeated `Idempotency-Key`:
 * - `stored`: with the stored response;
 * - `secret`: the response shows a secret once and is never stored, a repeat is 409 `secret_already_shown`;
 * - `own`: the capability's own log answers (flow commits); only the header is checked here.
 */
export type IdempotencyMode = 'stored' | 'secret' | 'own';

/** Kept longer than the promised 24 hours. Milliseconds. */
const KEEP = 48 * 3_600_000;
/** After that an operation that never answered (crash) may be run again under the same key. Milliseconds. */
const LOCK = 60_000;
/** Bytes; a longer response is made again by running the (idempotent) operation with its seed. */
const MAX_STORED = 1024 * 1024;

/**
 * The id of what this call creates: the same one when the call is run again under its `Idempotency-Key`, so that a
 * repeat after a crash finds what the first attempt left instead of making a second one.
 */
export function operationId(c: Context<AppEnv>, prefix: IdPrefix): string {
  const { operation } = c.var;
  return operation ? `${prefix}_${operation.seed}` : newId(prefix);
}

/** `Idempotency-Key` of the request, checked; undefined when there is none. */
export function idempotencyKey(c: Context): string | undefined {
  const key = c.req.header('idempotency-key');
  if (key !== undefined && !/^[\x21-\x7e]{1,180}$/.test(key)) {
    throw new ApiError('invalid_request', 'Idempotency-Key must be 1 to 180 printable ASCII characters.', {
      param: 'Idempotency-Key',
    });
  }
  return key;
}

/** Who the key belongs to: the same end user keeps their keys across tokens. */
function principalId(principal: Principal): string {
  if (principal.kind === 'operator') return 'operator';
  const who = principal.kind === 'key' ? `key:${principal.keyId}` : `user:${principal.user.id}`;
  return `${principal.workspaceId} ${who}`;
}

/** Middleware after authorisation and before the handler. */
export function idempotent(mode: IdempotencyMode): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const key = idempotencyKey(c);
    if (key === undefined || mode === 'own') return next();
    const db = database(c.env);
    const scope = `${principalId(c.var.principal)} ${c.req.method} ${c.req.path}`;
    const requestHash = await sha256(await c.req.arrayBuffer());
    const row = and(eq(idempotency.scope, scope), eq(idempotency.key, key));
    const now = Date.now();

    const claim = {
      scope,
      key,
      requestHash,
      seed: ulid(now),
      state: 'open' as const,
      lockedUntil: now + LOCK,
      createdAt: now,
    };
    const [claimed] = await db
      .insert(idempotency)
      .values(claim)
      .onConflictDoUpdate({
        target: [idempotency.scope, idempotency.key],
        set: {
          lockedUntil: claim.lockedUntil,
          state: 'open',
          // A row past its keeping time counts as gone.
          requestHash: sql`excluded.request_hash`,
          seed: sql`iif(${idempotency.createdAt} < ${now - KEEP}, excluded.seed, ${idempotency.seed})`,
          createdAt: sql`iif(${idempotency.createdAt} < ${now - KEEP}, excluded.created_at, ${idempotency.createdAt})`,
        },
        setWhere: sql`${idempotency.createdAt} < ${now - KEEP} or (${idempotency.requestHash} = ${requestHash} and (
          ${idempotency.state} = 'rerun' or (${idempotency.state} = 'open' and ${idempotency.lockedUntil} < ${now})))`,
      })
      .returning({ seed: idempotency.seed, createdAt: idempotency.createdAt });

    if (!claimed) {
      const [known] = await db.select().from(idempotency).where(row);
      return replay(known, requestHash);
    }

    c.set('operation', { key, seed: claimed.seed });
    await next();
    const rerun = claimed.createdAt !== now;
    if (rerun && c.res.ok) c.header('Idempotency-Replayed', 'true');

    if (c.res.status >= 500) {
      // Part of the effect may stand: keep the seed, so that a retry completes instead of doubling it.
      await db.update(idempotency).set({ lockedUntil: 0 }).where(row);
    } else if (!c.res.ok) {
      await db.delete(idempotency).where(row);
    } else if (mode === 'secret') {
      await db.update(idempotency).set({ state: 'secret' }).where(row);
    } else {
      await db
        .update(idempotency)
        .set(await settled(c.res))
        .where(row);
    }
  };
}

interface StoredResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What is kept of a response; a stream or a very long one is not, and its repeat runs the operation again. */
async function settled(
  response: Response,
): Promise<{ state: 'rerun' } | { state: 'stored'; response: string }> {
  const type = response.headers.get('Content-Type') ?? '';
  if (type.startsWith('text/event-stream')) return { state: 'rerun' };
  const body = await response.clone().text();
  if (body.length > MAX_STORED) return { state: 'rerun' };
  const headers: Record<string, string> = {};
  for (const name of ['Content-Type', 'Location']) {
    const value = response.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  const stored: StoredResponse = { status: response.status, headers, body };
  return { state: 'stored', response: JSON.stringify(stored) };
}

function replay(known: typeof idempotency.$inferSelect | undefined, requestHash: string): Response {
  if (known && known.requestHash !== requestHash) {
    throw new ApiError(
      'idempotency_conflict',
      'This Idempotency-Key was used with another body. Use a new key.',
    );
  }
  if (known?.state === 'secret') {
    throw new ApiError(
      'secret_already_shown',
      'This call succeeded before and its secret was shown then. Create another one, or revoke the first.',
    );
  }
  if (known?.state === 'stored' && known.response !== null) {
    const { status, headers, body } = JSON.parse(known.response) as StoredResponse;
    return new Response(status === 204 ? null : body, {
      status,
      headers: { ...headers, 'Idempotency-Replayed': 'true' },
    });
  }
  throw new ApiError(
    'idempotency_in_progress',
    'The first call with this Idempotency-Key has not answered yet. Retry.',
    {
      retryAfter: 1,
    },
  );
}

/** Deletes rows past their keeping time. */
export async function purgeIdempotency(env: Env, now: number): Promise<void> {
  await database(env)
    .delete(idempotency)
    .where(lt(idempotency.createdAt, now - KEEP));
}
