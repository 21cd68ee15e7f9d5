import { type BillingSource, billingSourceAt } from '@uxflow/sdk/billing';
import { type CreditsWatch, watchCreditsAt } from '@uxflow/sdk/credits';
import type { User } from '../users.ts';

/** Acme's own server, as the page calls it. */

export interface Session {
  user: User;
  baseUrl: string;
}
export interface FlowItem {
  id: string;
  name: string;
}

const as = new URLSearchParams(location.search).get('as');

/** Says who this window is, so that two windows of one browser can be two people. */
export function withUser(path: string): string {
  return as === null ? path : `${path}?as=${encodeURIComponent(as)}`;
}

async function call<T>(path: string, method = 'GET'): Promise<T> {
  const response = await fetch(withUser(path), { method });
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`);
  return response.json() as Promise<T>;
}

export const getSession = (): Promise<Session> => call('/api/session');
export const listFlows = (): Promise<FlowItem[]> => call('/api/flows');
export const createFlow = (): Promise<FlowItem> => call('/api/flows', 'POST');
/** The workspace's balance, which Acme's server relays: the secret key stays there. */
export const watchCredits = (): CreditsWatch => watchCreditsAt(withUser('/api/credits'));
/** What Acme pays, by way of its server, which answers admins alone. */
export const billingSource = (): BillingSource => billingSourceAt(withUser('/api/billing'));
