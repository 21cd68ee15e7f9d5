import { UXFlowError } from './errors.ts';
import { jwsField } from './jws.ts';

/** What an auth endpoint answers and `getToken` returns. `expiresAt` is ISO 8601 or milliseconds since the epoch. */
export interface ClientToken {
  token: string;
  expiresAt: string | number;
}

/** Where credentials come from. One per client. */
export interface Credentials {
  /** A credential to send now. `refused` names one that the server has just refused, so that it is not given again. */
  get(refused?: string): Promise<string>;
  /** Milliseconds since the epoch from when `get` renews the current credential; null when nobody knows. */
  readonly renewAt: number | null;
  /** False for a fixed credential: there is nothing to renew. */
  readonly renewable: boolean;
}

/** A credential that was given once and for all. */
export function fixed(credential: string): Credentials {
  return { get: () => Promise.resolve(credential), renewAt: null, renewable: false };
}

/** Renewed when this share of its life is left, but at most this long before the end. */
const RENEW_SHARE = 0.2;
const RENEW_MS = 60_000;
/** A fresh token is used for this long whatever its `expiresAt` says, so that a wrong local clock cannot mint on every call. */
const MIN_USE_MS = 10_000;

/**
 * Tokens from `source`, cached, renewed shortly before they end, and asked for once however many callers wait.
 */
export function renewing(source: () => Promise<string | ClientToken>): Credentials {
  let current: { token: string; renewAt: number } | undefined;
  let pending: Promise<string> | undefined;

  const fetchToken = async (): Promise<string> => {
    const answer: unknown = await source();
    const receivedAt = Date.now();
    const { token, expiresAt } = readToken(answer);
    const life = expiresAt === null ? Infinity : expiresAt - receivedAt;
    const margin = Math.min(RENEW_MS, life * RENEW_SHARE);
    current = { token, renewAt: receivedAt + Math.max(MIN_USE_MS, life - margin) };
    return token;
  };

  return {
    renewable: true,
    get renewAt() {
      return current && Number.isFinite(current.renewAt) ? current.renewAt : null;
    },
    get(refused) {
      if (current && current.token !== refused && Date.now() < current.renewAt)
        return Promise.resolve(current.token);
      pending ??= fetchToken().finally(() => {
        pending = undefined;
      });
      return pending;
    },
  };
}

function readToken(answer: unknown): { token: string; expiresAt: number | null } {
  const bare = typeof answer === 'string';
  const token = bare ? answer : property(answer, 'token');
  if (typeof token !== 'string' || token === '') {
    throw new UXFlowError(
      'auth_failed',
      'The auth endpoint (or getToken) must give {token, expiresAt}; there is no token in its answer',
    );
  }
  const given = bare ? undefined : property(answer, 'expiresAt');
  const at = typeof given === 'number' ? given : typeof given === 'string' ? Date.parse(given) : NaN;
  return { token, expiresAt: Number.isNaN(at) ? expiryOf(token) : at };
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** `exp` of a JWS, in milliseconds; null for anything else. Read for timing only: the server alone judges a token. */
function expiryOf(token: string): number | null {
  const exp = jwsField(token.split('.')[1], 'exp');
  return typeof exp === 'number' ? exp * 1_000 : null;
}
