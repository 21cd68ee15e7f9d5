import { decodeProtectedHeader, errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { sha256 } from '../platform/crypto.ts';
import { ApiError } from '../platform/errors.ts';
import type { ClientPrincipal } from './principal.ts';

/** Client tokens: JWS HS256 under a key of the workspace's own, derived from `TOKEN_SECRETS`. Nothing is stored. */

/** Longest life of a token. Seconds. */
export const MAX_TOKEN_TTL = 900;
const AUDIENCE = 'uxflow';
const ALGORITHM = 'HS256';

/** What a token says about its bearer. */
export type TokenClaims = Pick<
  ClientPrincipal,
  'user' | 'tenantId' | 'flows' | 'agents' | 'budget' | 'origins'
>;

const permission = z.enum(['view', 'comment', 'edit']);
const payloadSchema = z.object({
  jti: z.string(),
  at: z.number(),
  exp: z.number(),
  key: z.string(),
  user: z.object({ id: z.string(), name: z.string(), avatarUrl: z.string().optional() }),
  tenantId: z.string().optional(),
  flows: z.record(z.string(), permission),
  agents: z.union([z.boolean(), z.array(z.string())]),
  budget: z.object({ credits: z.int(), per: z.enum(['day', 'month']) }).optional(),
  origins: z.array(z.string()).optional(),
});

export interface MintInput {
  /** Newest first; the first signs. */
  secrets: readonly string[];
  workspaceId: string;
  /** The minting key: its revocation revokes the token. */
  keyId: string;
  jti: string;
  claims: TokenClaims;
  /** Milliseconds since the epoch. */
  now: number;
  /** Seconds, at most `MAX_TOKEN_TTL`. */
  ttl: number;
}

export async function mintClientToken(input: MintInput): Promise<{ token: string; expiresAt: number }> {
  const { secrets, workspaceId, keyId, jti, claims, now, ttl } = input;
  const [secret] = secrets;
  if (secret === undefined) throw new Error('TOKEN_SECRETS is empty');
  const exp = Math.floor(now / 1000) + ttl;
  // `at` in milliseconds: "minted before the revocation" is decided finer than by the second.
  const token = await new SignJWT({ ...claims, key: keyId, at: now })
    .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT', kid: `${workspaceId}.${await secretId(secret)}` })
    .setAudience(AUDIENCE)
    .setJti(jti)
    .setIssuedAt(Math.floor(now / 1000))
    .setExpirationTime(exp)
    .sign(await workspaceKey(secret, workspaceId));
  return { token, expiresAt: exp * 1000 };
}

/**
 * The bearer of a token whose signature, audience and expiry hold. Revocation is looked up apart.
 * @throws ApiError `token_expired`, or `unauthenticated` for anything else that is wrong with it.
 */
export async function verifyClientToken(
  token: string,
  secrets: readonly string[],
  now: number,
): Promise<ClientPrincipal> {
  try {
    const [workspaceId = '', wanted] = (decodeProtectedHeader(token).kid ?? '').split('.');
    const secret = await findSecret(secrets, wanted);
    if (secret === undefined) throw unknownToken();
    const { payload } = await jwtVerify(token, await workspaceKey(secret, workspaceId), {
      algorithms: [ALGORITHM],
      audience: AUDIENCE,
      currentDate: new Date(now),
      maxTokenAge: MAX_TOKEN_TTL + 60,
    });
    const { jti, at, exp, key, user, tenantId, flows, agents, budget, origins } =
      payloadSchema.parse(payload);
    return {
      kind: 'client',
      workspaceId,
      keyId: key,
      jti,
      issuedAt: at,
      exp,
      flows,
      agents,
      user: {
        id: user.id,
        name: user.name,
        ...(user.avatarUrl !== undefined && { avatarUrl: user.avatarUrl }),
      },
      ...(tenantId !== undefined && { tenantId }),
      ...(budget && { budget }),
      ...(origins && { origins }),
    };
  } catch (cause) {
    if (cause instanceof ApiError) throw cause;
    if (cause instanceof errors.JWTExpired) {
      throw new ApiError(
        'token_expired',
        'The client token has expired: fetch a fresh one from your server.',
        { cause },
      );
    }
    throw unknownToken(cause);
  }
}

function unknownToken(cause?: unknown): ApiError {
  return new ApiError(
    'unauthenticated',
    'The credential is not known here. Check it, and which backend it is for.',
    {
      cause,
    },
  );
}

async function findSecret(secrets: readonly string[], id: string | undefined): Promise<string | undefined> {
  for (const secret of secrets) if ((await secretId(secret)) === id) return secret;
  return undefined;
}

/** Names a secret without telling it. */
async function secretId(secret: string): Promise<string> {
  return (await sha256(`uxflow token secret ${secret}`)).slice(0, 12);
}

async function workspaceKey(secret: string, workspaceId: string): Promise<Uint8Array> {
  const encoder = new TextEncoder();
  const material = await crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, [
    'deriveBits',
  ]);
  const bits = await crypto.subtle.deriveBits(
    {
      name: 'HKDF',
      hash: 'SHA-256',
      salt: encoder.encode(workspaceId),
      info: encoder.encode('uxflow client token'),
    },
    material,
    256,
  );
  return new Uint8Array(bits);
}
