import type { Actor, Permission } from '@uxflow/flow/sync';
import { actorOf, type ClientPrincipal, type KeyPrincipal, permissionOn } from '../identity/principal.ts';

/**
 * Who stands behind a socket, as the Worker has proved it. It travels to the room with the upgrade and stays in the
 * socket's attachment, where it survives hibernation.
 */
export interface LiveIdentity {
  actor: Actor;
  permission: Permission;
  /** The secret key that connected, or that minted the token. */
  keyId: string;
  /** Only when a client token connected. */
  token?: { jti: string; userId: string; /** Milliseconds since the epoch. */ issuedAt: number };
  /** Seconds since the epoch; only when a client token connected. */
  exp?: number;
  /** The page that connected; a renewed token has to be good for it too. */
  origin?: string;
}

/** What the room needs to know of its own flow. */
export interface FlowIdentity {
  id: string;
  workspaceId: string;
  tenantId: string | null;
}

/** The request header that carries the identity from the Worker to the room. */
export const LIVE_HEADER = 'X-Uxflow-Live';

/** Who `principal` is in this flow's room; null when it may not even look. */
export function liveIdentity(
  principal: KeyPrincipal | ClientPrincipal,
  flow: FlowIdentity,
  origin: string | undefined,
): LiveIdentity | null {
  const permission = permissionOn(principal, flow);
  if (permission === null) return null;
  const identity = { actor: actorOf(principal), permission, keyId: principal.keyId };
  if (principal.kind === 'key') return identity;
  const { jti, issuedAt, exp, user } = principal;
  return {
    ...identity,
    token: { jti, userId: user.id, issuedAt },
    exp,
    ...(origin !== undefined && { origin }),
  };
}

/** Header values are ASCII; names are not. */
export function encodeLive(identity: LiveIdentity): string {
  return encodeURIComponent(JSON.stringify(identity));
}

export function decodeLive(header: string): LiveIdentity {
  return JSON.parse(decodeURIComponent(header)) as LiveIdentity;
}
