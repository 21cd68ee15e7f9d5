import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { PLAN_IDS, TOP_UP_IDS } from './plans.ts';

/** Times are milliseconds since the epoch; money is US cents. */

/** What stands beside a workspace's subscription. */
export const billingAccount = sqliteTable('billing_account', {
  workspaceId: text('workspace_id').primaryKey(),
  /** Where a checkout or the portal may lead back to: URLs that the given one must begin with. */
  returnUrls: text('return_urls', { mode: 'json' }).$type<string[]>().notNull().default([]),
  /** When a bank last warned of fraud: nothing is charged automatically since. */
  fraudWarningAt: integer('fraud_warning_at'),
  /** Who is bringing this workspace in step with Stripe now, and until when: one at a time. */
  leaseOwner: text('lease_owner'),
  leaseUntil: integer('lease_until').notNull().default(0),
});

/** Customers in Stripe. A deleted one keeps its row, because news of its payments may still come. */
export const billingCustomer = sqliteTable(
  'billing_customer',
  {
    customerId: text('customer_id').primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    deletedAt: integer('deleted_at'),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [index('billing_customer_workspace').on(table.workspaceId)],
);

export const SUBSCRIPTION_STATES = [
  'trialing',
  'active',
  'past_due',
  'suspended',
  'incomplete',
  'paused',
  'canceled',
] as const;

/** What is known of a workspace's subscription: a copy of Stripe's present state, never the authority. */
export const billingSubscription = sqliteTable(
  'billing_subscription',
  {
    workspaceId: text('workspace_id').primaryKey(),
    subscriptionId: text('subscription_id').notNull(),
    /** What is subscribed to, whether it is paid for or not. */
    plan: text('plan', { enum: PLAN_IDS }).notNull(),
    state: text('state', { enum: SUBSCRIPTION_STATES }).notNull(),
    monthlyCents: integer('monthly_cents').notNull(),
    periodStart: integer('period_start').notNull(),
    periodEnd: integer('period_end').notNull(),
    trialEnd: integer('trial_end'),
    /** It ends then, and is not renewed. */
    cancelAt: integer('cancel_at'),
    /** The cheaper plan that begins with the next period. */
    nextPlan: text('next_plan', { enum: PLAN_IDS }),
    /** Since when a payment is owed. */
    pastDueSince: integer('past_due_since'),
    /** An upgrade waits for its payment, e.g. for the card holder to confirm it. */
    pendingPlan: text('pending_plan', { enum: PLAN_IDS }),
    /** Page on which the open invoice is paid or confirmed. */
    actionUrl: text('action_url'),
  },
  (table) => [index('billing_subscription_past_due').on(table.pastDueSince)],
);

/** Every change of what a workspace pays, append-only, for reports. */
export const subscriptionChange = sqliteTable(
  'subscription_change',
  {
    workspaceId: text('workspace_id').notNull(),
    seq: integer('seq').notNull(),
    at: integer('at').notNull(),
    fromPlan: text('from_plan', { enum: PLAN_IDS }).notNull(),
    toPlan: text('to_plan', { enum: PLAN_IDS }).notNull(),
    /** What is paid a month from then on. */
    monthlyCents: integer('monthly_cents').notNull(),
    reason: text('reason', {
      enum: ['new', 'upgrade', 'downgrade', 'canceled', 'unpaid', 'recovered', 'paused', 'resumed', 'price'],
    }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.seq] }),
    index('subscription_change_at').on(table.at),
  ],
);

export const autoTopUp = sqliteTable('auto_top_up', {
  workspaceId: text('workspace_id').primaryKey(),
  enabled: integer('enabled', { mode: 'boolean' }).notNull(),
  topUp: text('top_up', { enum: TOP_UP_IDS }).notNull(),
  /** Micro-credits: below that a pack is bought. */
  threshold: integer('threshold').notNull(),
  /** Cents in a calendar month (UTC) at most. */
  monthlyCap: integer('monthly_cap').notNull(),
  /** Calendar month of `spent`, e.g. `2026-11`. */
  month: text('month').notNull(),
  spent: integer('spent').notNull(),
  /** Number of the attempt in flight or of the last one; names it towards Stripe. */
  attempt: integer('attempt').notNull(),
  inFlightSince: integer('in_flight_since'),
  /** Declines in a row; each doubles the wait. */
  declines: integer('declines').notNull(),
  notBefore: integer('not_before').notNull(),
});

export const STRIPE_EVENT_STATES = ['stored', 'done', 'dead'] as const;

/** Events as they came in, kept before anything is done with them. */
export const stripeEvent = sqliteTable(
  'stripe_event',
  {
    id: text('id').primaryKey(),
    type: text('type').notNull(),
    kind: text('kind', { enum: ['snapshot', 'thin'] }).notNull(),
    state: text('state', { enum: STRIPE_EVENT_STATES }).notNull(),
    attempts: integer('attempts').notNull(),
    payload: text('payload').notNull(),
    /** What the last attempt failed of. */
    error: text('error'),
    receivedAt: integer('received_at').notNull(),
    doneAt: integer('done_at'),
  },
  (table) => [index('stripe_event_state').on(table.state, table.receivedAt)],
);

/** Moments that somebody should hear of, each once: what an e-mail would be sent for. */
export const billingNotice = sqliteTable(
  'billing_notice',
  {
    /** Made from what it is about, so that the same moment is noted once. */
    id: text('id').primaryKey(),
    /** null: for the operator alone. */
    workspaceId: text('workspace_id'),
    kind: text('kind').notNull(),
    detail: text('detail').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [index('billing_notice_workspace').on(table.workspaceId, table.at)],
);
