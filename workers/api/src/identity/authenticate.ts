import { TOKEN_SUBPROTOCOL_PREFIX } from '@uxflow/flow/sync';
import type { Context, MiddlewareHandler } from 'hono';
import { config } from '../platform/config.ts';
import { sameSecret } from '../platform/crypto.ts';
import type { AppEnv, Env } from '../platform/env.ts';
import { ApiError } from '../platform/errors.ts';
import { verifyClientToken } from './client-token.ts';
import type { ClientPrincipal, KeyPrincipal, Principal } from './principal.ts';
import { looksLikeSecretKey, parseSecretKey } from './secret-key.ts';
import { standingKey, tokenStands, touchKey } from './standing.ts';

export type CredentialKind = Principal['kind'];

/** Middleware: proves who is calling and refuses kinds of credential that the route does not list. */
export function authenticate(kinds: readonly CredentialKind[]): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const credential = bearer(c) ?? subprotocolToken(c);
    if (!credential) {
      throw new ApiError(
        'unauthenticated',
        'Send a credential: Authorization: Bearer <secret key or client token>.',
      );
    }
    const principal = await identify(c.env, credential, c.req.header('Origin'), (task) =>
      c.executionCtx.waitUntil(task),
    );
    c.set('principal', principal);
    if (!kinds.includes(principal.kind)) throw new ApiError('forbidden', wrongKind(principal.kind, kinds));
    await next();
  };
}

function bearer(c: Context<AppEnv>): string | undefined {
  return /^bearer +(\S+)$/i.exec(c.req.header('Authorization') ?? '')?.[1];
}

/** Browsers cannot set headers on a WebSocket: there the credential is offered as a subprotocol, which is not echoed. */
function subprotocolToken(c: Context<AppEnv>): string | undefined {
  if (c.req.header('Upgrade')?.toLowerCase() !== 'websocket') return undefined;
  const offered = (c.req.header('Sec-WebSocket-Protocol') ?? '').split(',').map((name) => name.trim());
  return offered
    .find((name) => name.startsWith(TOKEN_SUBPROTOCOL_PREFIX))
    ?.slice(TOKEN_SUBPROTOCOL_PREFIX.length);
}

async function identify(
  env: Env,
  credential: string,
  origin: string | undefined,
  later: (task: Promise<void>) => void,
): Promise<Principal> {
  if (looksLikeSecretKey(credential)) return identifyKey(env, credential, origin, later);
  if (credential.split('.').length === 3) return identifyToken(env, credential, origin);
  const { OPERATOR_TOKEN } = config(env);
  if (OPERATOR_TOKEN !== undefined && (await sameSecret(OPERATOR_TOKEN, credential)))
    return { kind: 'operator' };
  throw unknown();
}

async function identifyKey(
  env: Env,
  value: string,
  origin: string | undefined,
  later: (task: Promise<void>) => void,
): Promise<KeyPrincipal> {
  if (origin !== undefined) {
    throw new ApiError(
      'secret_key_in_browser',
      'Secret keys belong on servers. Mint a client token there (POST /v1/client-tokens) and revoke this key.',
    );
  }
  const shape = parseSecretKey(value);
  if (!shape || (shape.demo && !config(env).LOCAL_DEMO)) throw unknown();
  const now = Date.now();
  const row = await standingKey(env, value, now);
  if (!row) throw unknown();
  later(touchKey(env, row, now));
  return { kind: 'key', workspaceId: row.workspaceId, keyId: row.id, mode: row.mode };
}

/**
 * The bearer of a client token that is valid and not revoked.
 * @param origin of the request; a token that names origins is refused from others.
 */
export async function identifyToken(
  env: Env,
  token: string,
  origin: string | undefined,
): Promise<ClientPrincipal> {
  const now = Date.now();
  const principal = await verifyClientToken(token, config(env).TOKEN_SECRETS, now);
  const { workspaceId, keyId, jti, issuedAt, user, origins } = principal;
  if (!(await tokenStands(env, { workspaceId, keyId, jti, userId: user.id, issuedAt }, now))) throw unknown();
  if (origin !== undefined && origins && !origins.includes(origin)) {
    throw new ApiError('origin_not_allowed', 'This client token was minted for other origins.');
  }
  return principal;
}

function unknown(): ApiError {
  return new ApiError(
    'unauthenticated',
    'The credential is not known here. Check it, and which backend it is for.',
  );
}

const NAMES: Record<CredentialKind, string> = {
  key: 'a secret key',
  client: 'a client token',
  operator: 'the operator token',
};

function wrongKind(kind: CredentialKind, kinds: readonly CredentialKind[]): string {
  return `This route needs ${kinds.map((wanted) => NAMES[wanted]).join(' or ')}, not ${NAMES[kind]}.`;
}
