import { type ClientPrincipal, type KeyPrincipal } from '../identity/principal.ts';
import type { OpenCredential } from '../identity/standing.ts';

/** Who watches credits through a socket, as the Worker has proved it. It survives hibernation in the socket's attachment. */
export interface CreditsViewer extends OpenCredential {
  /** Seconds since the epoch; only when a client token connected. */
  exp?: number;
  /** The end user of a client token, who sees what is left of his own budget and nothing else. */
  user?: { id: string; budget: { credits: number; per: 'day' | 'month' } | null };
}

/** The request header that carries the viewer from the Worker to the account. */
export const VIEWER_HEADER = 'X-Uxflow-Viewer';

export function creditsViewer(principal: KeyPrincipal | ClientPrincipal): CreditsViewer {
  const { keyId } = principal;
  if (principal.kind === 'key') return { keyId };
  const { jti, issuedAt, exp, user, budget } = principal;
  return {
    keyId,
    token: { jti, userId: user.id, issuedAt },
    exp,
    user: { id: user.id, budget: budget ?? null },
  };
}

/** Header values are ASCII; ids of end users need not be. */
export function encodeViewer(viewer: CreditsViewer): string {
  return encodeURIComponent(JSON.stringify(viewer));
}

export function decodeViewer(header: string): CreditsViewer {
  return JSON.parse(decodeURIComponent(header)) as CreditsViewer;
}
