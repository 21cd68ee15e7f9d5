import type { Stripe } from 'stripe';
import type { Env } from '../platform/env.ts';
import { autoTopUpStore, type AutoTopUpRow } from './auto-top-up.store.ts';
import { monthOf } from './auto-top-up.ts';
import { type CheckoutInput, openCheckout, openPortal, type PortalInput } from './checkout.ts';
import { changePlan } from './plan-change.ts';
import type { PlanId, TopUpId } from './plans.ts';
import { billingPorts } from './ports.ts';
import { allowable } from './return-urls.ts';
import { inWords, planInForce } from './state.ts';
import { billingStore, type SubscriptionRow } from './store.ts';
import { sold, stripeOf } from './stripe.ts';

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** What a workspace's own people may do about what it pays. */
export function billingService(env: Env) {
  const store = billingStore(env);
  const settings = autoTopUpStore(env);

  async function subscription(workspaceId: string) {
    stripeOf(env);
    const [row, account, wish, notices] = await Promise.all([
      store.subscription(workspaceId),
      store.account(workspaceId),
      settings.get(workspaceId),
      store.notices(workspaceId, 20),
    ]);
    return {
      plan: planInForce(row),
      state: row?.state ?? ('none' as const),
      message: inWords(row),
      subscription: row ? toSubscription(row) : null,
      autoTopUp: toAutoTopUp(wish),
      returnUrls: account?.returnUrls ?? [],
      notices: notices.map(({ kind, detail, at }) => ({ kind, detail, at: new Date(at).toISOString() })),
    };
  }

  return {
    subscription,

    async setReturnUrls(workspaceId: string, urls: string[]) {
      stripeOf(env);
      const kept = allowable(urls);
      await store.putReturnUrls(workspaceId, kept);
      return { urls: kept };
    },

    async setAutoTopUp(
      workspaceId: string,
      wish: { enabled: boolean; topUp: TopUpId; threshold: number; monthlyCap: number },
    ) {
      stripeOf(env);
      await settings.put({ workspaceId, ...wish, month: monthOf(Date.now()) });
      return toAutoTopUp(await settings.get(workspaceId));
    },

    checkout: (input: CheckoutInput) => sold(openCheckout(billingPorts(env), input)),

    portal: (input: PortalInput) => sold(openPortal(billingPorts(env), input)),

    async changePlan(input: { workspaceId: string; plan: PlanId; operation: string }) {
      await sold(changePlan(billingPorts(env), input));
      return subscription(input.workspaceId);
    },

    /** Newest first. @param after id of the last invoice of the page before */
    async invoices(workspaceId: string, limit: number, after: string | undefined) {
      const stripe = stripeOf(env);
      const customer = await store.customerOf(workspaceId);
      if (customer === undefined) return { data: [], last: null };
      const page = await sold(
        stripe.invoices.list({ customer, limit, ...(after !== undefined && { starting_after: after }) }),
      );
      const last = page.has_more ? (page.data.at(-1)?.id ?? null) : null;
      return { data: page.data.map(toInvoice), last };
    },
  };
}

function toSubscription(row: SubscriptionRow) {
  return {
    plan: row.plan,
    pricePerMonth: row.monthlyCents,
    periodStart: new Date(row.periodStart).toISOString(),
    periodEnd: new Date(row.periodEnd).toISOString(),
    trialEndsAt: iso(row.trialEnd),
    endsAt: iso(row.cancelAt),
    nextPlan: row.nextPlan,
    pendingPlan: row.pendingPlan,
    owedSince: iso(row.pastDueSince),
    payUrl: row.actionUrl,
  };
}

function toAutoTopUp(row: AutoTopUpRow | undefined) {
  if (!row)
    return { enabled: false, topUp: 'small' as const, threshold: 0, monthlyCap: 0, spentThisMonth: 0 };
  const { enabled, topUp, threshold, monthlyCap, month, spent } = row;
  return { enabled, topUp, threshold, monthlyCap, spentThisMonth: month === monthOf(Date.now()) ? spent : 0 };
}

function toInvoice({
  id,
  number,
  status,
  total,
  currency,
  created,
  hosted_invoice_url,
  invoice_pdf,
}: Stripe.Invoice) {
  return {
    id,
    number,
    status: status ?? 'draft',
    total,
    currency,
    createdAt: new Date(created * 1_000).toISOString(),
    url: hosted_invoice_url ?? null,
    pdfUrl: invoice_pdf ?? null,
  };
}
