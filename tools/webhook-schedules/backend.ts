import {
  autoTopUpStore,
  billingStore,
  type BillingPorts,
  PriceBook,
  revenueOf,
  stripeInbox,
  sweepWith,
} from '@uxflow/api/billing';
import { Ledger } from '@uxflow/api/ledger';
import { nodeStore } from '@uxflow/flow/sync/node';
import type { Account } from './account.ts';
import { memoryD1 } from './d1.ts';
import { passFuse } from './fuse.ts';

const WORKSPACE = 'ws_1';

export type Backend = ReturnType<typeof openBackend>;

/** Ways to break it on purpose, to see that the comparison notices. */
export type Sabotage = 'credits keyed on the delivery' | 'clawback by deltas' | 'no lease';

/** Our side in this process: the product's own billing over databases in memory. */
export function openBackend({ stripe, now: seconds }: Account, customerId: string, sabotage?: Sabotage) {
  const { d1, sqlite } = memoryD1();
  const env = { DB: d1 };
  const now = () => seconds() * 1_000;
  const store = nodeStore(':memory:');
  let ids = 0;
  const ledger = new Ledger(store, { now, newId: (prefix) => `${prefix}_${(ids += 1)}` });
  const guarded = async <T>(work: () => T): Promise<T> => {
    await passFuse();
    const result = work();
    await passFuse();
    return result;
  };
  let owners = 0;
  let calls = 0;
  const keyOf = (key: string): string =>
    sabotage === 'credits keyed on the delivery' ? `${key}:${(calls += 1)}` : key;
  const taken = new Map<string, number>();
  const targetOf = (payment: string, target: number): number => {
    if (sabotage !== 'clawback by deltas') return target;
    taken.set(payment, (taken.get(payment) ?? 0) + target);
    return taken.get(payment) ?? 0;
  };
  const kept = billingStore(env);
  const ports = {
    stripe,
    prices: new PriceBook(stripe),
    store:
      sabotage === 'no lease' ? { ...kept, lease: async () => true, renewLease: async () => true } : kept,
    settings: autoTopUpStore(env),
    tell: () => passFuse(),
    ledger: () => ({
      grant: (input) => guarded(() => ledger.grant({ ...input, key: keyOf(input.key) })),
      renewPlan: (input) => guarded(() => ledger.renewPlan({ ...input, key: keyOf(input.key) })),
      reverse: (input) =>
        guarded(() => ledger.reverse({ ...input, target: targetOf(input.paymentIntent, input.target) })),
      setPolicy: (input) => guarded(() => ledger.setPolicy(input)),
    }),
    now,
    newOwner: () => `owner-${(owners += 1)}`,
  } satisfies BillingPorts & { settings: unknown };
  const inbox = stripeInbox(env, now);

  return {
    ports,
    inbox,
    begin: () => ports.store.insertCustomer({ customerId, workspaceId: WORKSPACE, createdAt: now() }),
    /** What alarms and the schedule do. */
    tick: async (): Promise<void> => {
      ledger.expire();
      await sweepWith(ports, inbox, now());
    },

    /** All that must not depend on how events came. */
    state: async () => {
      const subscription = await ports.store.subscription(WORKSPACE);
      const changes = await ports.store.changes(WORKSPACE);
      const last = changes.at(-1);
      return {
        subscription: subscription ?? null,
        policy: ledger.policy(),
        balance: ledger.balance(),
        grants: store.exec(
          `SELECT source, expires_at, SUM(remaining) AS remaining, SUM(held) AS held FROM "grant"
           WHERE remaining > 0 GROUP BY source, expires_at ORDER BY source, expires_at`,
        ),
        payments: store.exec(
          'SELECT payment_intent, granted, target, clawed FROM payment ORDER BY payment_intent',
        ),
        notices: sqlite.prepare('SELECT id, workspace_id, kind FROM billing_notice ORDER BY id').all(),
        events: sqlite.prepare('SELECT id, state FROM stripe_event ORDER BY id').all(),
        /** The log of changes, folded, is what is paid now. */
        revenue: { logged: last?.monthlyCents ?? 0, now: revenueOf(subscription) },
      };
    },
    close: () => {
      sqlite.close();
    },
  };
}
