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
  token?: { jti: string; userId: string; /** Milliseconds since the epoch. */ issuedAt: number; exp: number };
}

/** What the room needs to know of its own flow. */
export interface LiveFlow { id: string; workspaceId: string; tenantId: string | null }

/** The request header that carries `{flow, identity}` from the Worker to the room. Never accepted from outside. */
export const LIVE_HEADER = 'X-Uxflow-Live';

export function liveIdentity(principal: KeyPrincipal | ClientPrincipal, flow: LiveFlow): LiveIdentity | null {
  const permission = permissionOn(principal, flow);
  if (permission === null) return null;
  const identity = { actor: actorOf(principal), permission, keyId: principal.keyId };
  if (principal.kind === 'key') return identity;
  const { jti, issuedAt, exp, user } = principal;
  return { ...identity, token: { jti, userId: user.id, issuedAt, exp: exp * 1000 } };
}

/** Header values are ASCII; names are not. */
export function encodeLive(value: { flow: LiveFlow; identity: LiveIdentity }): string {
  return encodeURIComponent(JSON.stringify(value));
}

export function decodeLive(header: string): { flow: LiveFlow; identity: LiveIdentity } {
  return JSON.parse(decodeURIComponent(header)) as { flow: LiveFlow; identity: LiveIdentity };
}
