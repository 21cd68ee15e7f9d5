import type { Stripe } from 'stripe';
import type { WorkspaceAccountRpc } from '../credits/account.rpc.ts';
import type { Env } from '../platform/env.ts';
import { newId } from '../platform/ids.ts';
import { workspaceAccount } from '../platform/objects.ts';
import { PriceBook } from './prices.ts';
import { billingStore, type BillingStore } from './store.ts';
import { stripeOf } from './stripe.ts';
import { tellSubscription, type TellSubscription } from './tell.ts';

/** The part of a workspace's ledger that payments move. */
export type LedgerPort = Pick<WorkspaceAccountRpc, 'grant' | 'renewPlan' | 'reverse' | 'setPolicy'>;

/** All that billing touches outside itself, so that a simulation can stand in for each. */
export interface BillingPorts {
  stripe: Stripe;
  prices: PriceBook;
  ledger: (workspaceId: string) => LedgerPort;
  store: BillingStore;
  tell: TellSubscription;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** A text that nobody else has, naming who holds a lease. */
  newOwner: () => string;
}

const books = new WeakMap<Stripe, PriceBook>();

/** @throws ApiError `billing_unavailable` where no Stripe key is configured. */
export function billingPorts(env: Env): BillingPorts {
  const stripe = stripeOf(env);
  let prices = books.get(stripe);
  if (!prices) books.set(stripe, (prices = new PriceBook(stripe)));
  return {
    stripe,
    prices,
    ledger: (workspaceId) => workspaceAccount(env, workspaceId),
    store: billingStore(env),
    tell: tellSubscription(env),
    now: Date.now,
    newOwner: () => newId('req'),
  };
}
