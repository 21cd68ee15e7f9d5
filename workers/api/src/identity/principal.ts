import type { Actor, Permission } from '@uxflow/flow/sync';

/** Who is calling, as far as a credential proves it. */
export type Principal = KeyPrincipal | ClientPrincipal | OperatorPrincipal;

/** The partner's server: may do everything in its workspace. */
export interface KeyPrincipal {
  kind: 'key';
  workspaceId: string;
  keyId: string;
  mode: 'live' | 'test';
}

/** One end user of the partner, in a browser: may do what the client token says. */
export interface ClientPrincipal {
  kind: 'client';
  workspaceId: string;
  /** The key that minted the token; revoking it revokes the token. */
  keyId: string;
  jti: string;
  /** Milliseconds since the epoch. */
  issuedAt: number;
  /** Seconds since the epoch. */
  exp: number;
  user: { id: string; name: string; avatarUrl?: string };
  /** The partner's own customer. Lists, search, usage and budgets stay inside it. */
  tenantId?: string;
  /** Flow id, `tenant:<id>` or `*` → permission. */
  flows: Record<string, Permission>;
  /** Which agents may be run: all, none, or these ids. */
  agents: boolean | string[];
  /** Micro-credits this user may spend in a window. */
  budget?: { credits: number; per: 'day' | 'month' };
  origins?: string[];
}

/** Us. */
export interface OperatorPrincipal {
  kind: 'operator';
}

const RANK: Record<Permission, number> = { view: 1, comment: 2, edit: 3 };

/**
 * The one door for permission on a flow: what `principal` may do with it, or null for nothing at all (answer 404).
 * The most generous matching entry wins; a tenant-bound token never reaches another tenant's flow.
 */
export function permissionOn(
  principal: Principal,
  flow: { id: string; workspaceId: string; tenantId: string | null },
): Permission | null {
  if (principal.kind === 'operator' || principal.workspaceId !== flow.workspaceId) return null;
  if (principal.kind === 'key') return 'edit';
  if (principal.tenantId !== undefined && principal.tenantId !== flow.tenantId) return null;
  const grants = [principal.flows[flow.id], principal.flows['*']];
  if (flow.tenantId !== null) grants.push(principal.flows[`tenant:${flow.tenantId}`]);
  let best: Permission | null = null;
  for (const grant of grants) if (grant && (!best || RANK[grant] > RANK[best])) best = grant;
  return best;
}

export function allows(held: Permission | null, needed: Permission): boolean {
  return held !== null && RANK[held] >= RANK[needed];
}

/** Whose name stands at edits made with this credential. */
export function actorOf(principal: KeyPrincipal | ClientPrincipal): Actor {
  if (principal.kind === 'key') return { id: `key:${principal.keyId}`, name: 'API' };
  const { id, name, avatarUrl } = principal.user;
  return { id: `user:${id}`, name, ...(avatarUrl !== undefined && { avatarUrl }) };
}

/** The key behind a route that only secret keys may call. */
export function keyOf(principal: Principal): KeyPrincipal {
  if (principal.kind !== 'key') throw new TypeError(`expected a secret key, got ${principal.kind}`);
  return principal;
}

/** The caller of a route that belongs to a workspace. */
export function memberOf(principal: Principal): KeyPrincipal | ClientPrincipal {
  if (principal.kind === 'operator') throw new TypeError('expected a workspace credential, got the operator');
  return principal;
}
