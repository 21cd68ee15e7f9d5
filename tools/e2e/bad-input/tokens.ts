import { createHmac, hkdfSync } from 'node:crypto';
import type { JsonObject } from '../black-box.ts';

/** Client tokens as a forger makes them; with the right key only to prove that it is the claims that are refused. */

export interface Parts {
  header: JsonObject;
  payload: JsonObject;
}

/** The keys that a forger is given. */
export interface Keys {
  /** Of the token's own workspace. */
  right: Uint8Array;
  /** Of another workspace. */
  foreign: Uint8Array;
  /** What both are derived from. */
  secret: Uint8Array;
}

const encode = (value: JsonObject): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = (): number => Math.floor(Date.now() / 1_000);

export function partsOf(token: string): Parts {
  const [header = '', payload = ''] = token.split('.');
  const decode = (text: string) => JSON.parse(Buffer.from(text, 'base64url').toString()) as JsonObject;
  return { header: decode(header), payload: decode(payload) };
}

/** @param key none for an unsigned token. */
export function signed({ header, payload }: Parts, key: Uint8Array | null, hash = 'sha256'): string {
  const text = `${encode(header)}.${encode(payload)}`;
  return `${text}.${key === null ? '' : createHmac(hash, key).update(text).digest('base64url')}`;
}

/** The keys of a backend with this token secret. */
export function keysOf(secret: string, workspaceId: string): Keys {
  const derive = (id: string) => new Uint8Array(hkdfSync('sha256', secret, id, 'uxflow client token', 32));
  return {
    right: derive(workspaceId),
    foreign: derive('ws_01KA3Y5V0D3T0X1W9G2B7C4M8Q'),
    secret: Buffer.from(secret),
  };
}

/** Changes claims and signs with the right key. */
const claims =
  (change: JsonObject) =>
  (token: string, { right }: Keys): string => {
    const { header, payload } = partsOf(token);
    return signed({ header, payload: { ...payload, ...change } }, right);
  };

/** Leaves a claim out and signs with the right key. */
const without =
  (claim: string) =>
  (token: string, { right }: Keys): string => {
    const { header, payload } = partsOf(token);
    return signed(
      { header, payload: Object.fromEntries(Object.entries(payload).filter(([name]) => name !== claim)) },
      right,
    );
  };

/** Changes the header and signs, or not. */
const headed =
  (change: JsonObject, sign: (keys: Keys) => Uint8Array | null, hash?: string) =>
  (token: string, keys: Keys): string => {
    const { header, payload } = partsOf(token);
    return signed({ header: { ...header, ...change }, payload }, sign(keys), hash);
  };

/** Changes claims under the old signature. */
const tampered =
  (change: JsonObject) =>
  (token: string): string => {
    const [header, , signature] = token.split('.');
    return `${header}.${encode({ ...partsOf(token).payload, ...change })}.${signature}`;
  };

interface Forgery {
  name: string;
  forge: (token: string, keys: Keys) => string;
  code: 'unauthenticated' | 'token_expired';
}
const unknown = (name: string, forge: Forgery['forge']): Forgery => ({
  name,
  forge,
  code: 'unauthenticated',
});

/** What a token can be that must open nothing. */
export const FORGERIES: Forgery[] = [
  { name: 'has expired', forge: claims({ iat: now() - 600, exp: now() - 1 }), code: 'token_expired' },
  { name: 'was minted an hour ago', forge: claims({ iat: now() - 3_600 }), code: 'token_expired' },
  unknown('never expires', without('exp')),
  unknown('is for another audience', claims({ aud: 'console' })),
  unknown('is for no audience', without('aud')),
  unknown('says nothing of its user', without('user')),
  unknown('claims another user', tampered({ user: { id: 'ceo', name: 'CEO' } })),
  unknown('claims more time', tampered({ exp: now() + 1e6 })),
  unknown('has no signature', (token) => `${token.split('.').slice(0, 2).join('.')}.`),
  unknown(
    'says alg none',
    headed({ alg: 'none' }, () => null),
  ),
  unknown(
    'says alg none above a signature',
    headed({ alg: 'none' }, ({ right }) => right),
  ),
  unknown(
    'is signed with another algorithm',
    headed({ alg: 'HS512' }, ({ right }) => right, 'sha512'),
  ),
  unknown(
    'is signed with the secret itself',
    headed({}, ({ secret }) => secret),
  ),
  unknown(
    'is signed with another workspace’s key',
    headed({}, ({ foreign }) => foreign),
  ),
  unknown(
    'names a key that nobody has',
    headed({ kid: 'nobody' }, ({ right }) => right),
  ),
];
