import { config } from '../platform/config.ts';
import type { Env } from '../platform/env.ts';
import { hashSecretKey } from './secret-key.ts';
import { identityStore, type KeyRow, type RevocationRow } from './store.ts';

/**
 * Whether a credential still stands, remembered per isolate for at most `CACHE_MS`, so that a revocation takes effect
 * everywhere within a minute while an ordinary request costs no query.
 */
const CACHE_MS = 30_000;
const MAX_ENTRIES = 5_000;
/** How often `lastUsedAt` is written. */
const TOUCH_MS = 60_000;

interface Cached<T> {
  at: number;
  value: T;
}
const keysByHash = new Map<string, Cached<KeyRow>>();
const tokenStanding = new Map<string, Cached<boolean>>();
const touched = new Map<string, number>();

function remembered<T>(cache: Map<string, Cached<T>>, name: string, now: number): T | undefined {
  const entry = cache.get(name);
  return entry && now - entry.at < CACHE_MS && now >= entry.at ? entry.value : undefined;
}

function remember<T>(cache: Map<string, T>, name: string, value: T): void {
  if (cache.size >= MAX_ENTRIES) cache.clear();
  cache.set(name, value);
}

/** The key of this value, if it is known and stands at `now` (milliseconds). */
export async function standingKey(env: Env, value: string, now: number): Promise<KeyRow | undefined> {
  const hash = await hashSecretKey(config(env).KEY_PEPPER, value);
  let row = remembered(keysByHash, hash, now);
  if (!row) {
    row = await identityStore(env).keyByHash(hash);
    // Unknown values are not remembered: nobody may fill the cache with guesses.
    if (row) remember(keysByHash, hash, { at: now, value: row });
  }
  return row && keyStands(row, now) ? row : undefined;
}

function keyStands(row: KeyRow, now: number): boolean {
  return row.revokedAt === null && (row.expiresAt === null || row.expiresAt > now);
}

/** Notes that a key was used, at most once a minute and isolate. */
export async function touchKey(env: Env, row: KeyRow, now: number): Promise<void> {
  if (now - (touched.get(row.id) ?? 0) < TOUCH_MS) return;
  remember(touched, row.id, now);
  await identityStore(env).touchKey(row.workspaceId, row.id, now);
}

export interface TokenIdentity {
  workspaceId: string;
  keyId: string;
  jti: string;
  userId: string;
  issuedAt: number;
}

/** Whether neither the token, nor its user, nor the key that minted it has been revoked. */
export async function tokenStands(env: Env, token: TokenIdentity, now: number): Promise<boolean> {
  const name = `${token.workspaceId} ${token.jti}`;
  const known = remembered(tokenStanding, name, now);
  if (known !== undefined) return known;
  const stands = await lookUpToken(env, token, now);
  remember(tokenStanding, name, { at: now, value: stands });
  return stands;
}

async function lookUpToken(env: Env, token: TokenIdentity, now: number): Promise<boolean> {
  const store = identityStore(env);
  const [key, revocations] = await Promise.all([
    store.key(token.workspaceId, token.keyId),
    store.revocations(token.workspaceId, token.jti, token.userId),
  ]);
  return key !== undefined && keyStands(key, now) && !isRevoked(revocations, token);
}

function isRevoked(
  revocations: RevocationRow[],
  token: Pick<TokenIdentity, 'jti' | 'userId' | 'issuedAt'>,
): boolean {
  return revocations.some(({ kind, value, revokedAt }) =>
    kind === 'jti' ? value === token.jti : value === token.userId && revokedAt >= token.issuedAt,
  );
}

/** Credentials behind an open socket: a secret key, or a token that a key has minted. */
export interface OpenCredential {
  keyId: string;
  token?: Pick<TokenIdentity, 'jti' | 'userId' | 'issuedAt'>;
}

/** Asks D1, past the cache and in two queries for any number of sockets, which credentials of a workspace still stand. */
export async function standingOf(
  env: Env,
  workspaceId: string,
  now: number,
): Promise<(credential: OpenCredential) => boolean> {
  const store = identityStore(env);
  const [ended, revocations] = await Promise.all([
    store.endedKeyIds(workspaceId, now),
    store.workspaceRevocations(workspaceId, now),
  ]);
  const endedKeys = new Set(ended);
  return ({ keyId, token }) => !endedKeys.has(keyId) && !(token && isRevoked(revocations, token));
}

/** Whether a secret key still stands, past the cache, by its id. */
export async function lookUpKey(env: Env, workspaceId: string, keyId: string, now: number): Promise<boolean> {
  const key = await identityStore(env).key(workspaceId, keyId);
  return key !== undefined && keyStands(key, now);
}

/** Drops what this isolate remembers of a workspace's credentials after it has changed one of them itself. */
export function forgetCredentials(): void {
  keysByHash.clear();
  tokenStanding.clear();
}
