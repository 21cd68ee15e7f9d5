import {
  LOOKUP_KEYS,
  PAID_PLAN_IDS,
  type PaidPlanId,
  planOf,
  TOP_UP_IDS,
  TOP_UPS,
} from '@uxflow/api/billing';
import { Stripe } from 'stripe';
import type { Random } from '../stripe-local/random.ts';
import type { Account } from './account.ts';

/** What people do with one customer's money. Steps that make no sense just then do nothing. */
export type Step =
  | { do: 'wait'; days: number }
  | { do: 'subscribe'; plan: PaidPlanId; trial: boolean }
  | { do: 'top up'; pack: (typeof TOP_UP_IDS)[number] }
  | { do: 'change plan'; plan: PaidPlanId; now: boolean }
  | { do: 'cancel'; now: boolean }
  | { do: 'keep' }
  | { do: 'refund'; which: number; share: number }
  | { do: 'card'; works: boolean };

const GOOD = '4242424242424242';
/** Can be saved, then every charge fails. */
const BAD = 'pm_card_chargeCustomerFail';

export function makeHistory(random: Random): Step[] {
  const plan = (): PaidPlanId => PAID_PLAN_IDS[random.between(0, PAID_PLAN_IDS.length - 1)] ?? 'starter';
  const makers: (() => Step)[] = [
    () => ({ do: 'wait', days: random.between(1, 40) }),
    () => ({ do: 'wait', days: random.between(5, 20) }),
    () => ({ do: 'top up', pack: TOP_UP_IDS[random.between(0, 2)] ?? 'small' }),
    () => ({ do: 'change plan', plan: plan(), now: random.chance(0.7) }),
    () => ({ do: 'cancel', now: random.chance(0.3) }),
    () => ({ do: 'keep' }),
    () => ({ do: 'refund', which: random.between(0, 9), share: random.between(1, 4) / 4 }),
    () => ({ do: 'card', works: random.chance(0.5) }),
    () => ({ do: 'subscribe', plan: plan(), trial: random.chance(0.3) }),
  ];
  const steps: Step[] = [{ do: 'subscribe', plan: plan(), trial: random.chance(0.3) }];
  const length = random.between(4, 10);
  while (steps.length < length) {
    const step = makers[random.between(0, makers.length - 1)]?.();
    if (step) steps.push(step);
  }
  return steps;
}

/** Does a step in Stripe, as a person on the hosted pages or an operator in the dashboard would. */
export async function doStep(
  { stripe, pay }: Account,
  customer: string,
  step: Step,
  at: number,
): Promise<void> {
  const [live] = (await stripe.subscriptions.list({ customer, limit: 1 })).data;
  const common = { customer, success_url: 'https://a.example/', cancel_url: 'https://a.example/' };
  switch (step.do) {
    case 'wait':
      return;
    case 'subscribe': {
      if (live) return;
      const session = await stripe.checkout.sessions.create({
        ...common,
        mode: 'subscription',
        line_items: [{ price: await priceOf(stripe, LOOKUP_KEYS.plan(step.plan)), quantity: 1 }],
        ...(step.trial && { subscription_data: { trial_period_days: planOf(step.plan).trial?.days ?? 7 } }),
      });
      return pay(session.id, GOOD);
    }
    case 'top up': {
      const metadata = {
        top_up_id: `step-${at}`,
        top_up: step.pack,
        credits: String(TOP_UPS[step.pack].credits),
      };
      const session = await stripe.checkout.sessions.create({
        ...common,
        mode: 'payment',
        line_items: [{ price: await priceOf(stripe, LOOKUP_KEYS.topUp(step.pack)), quantity: 1 }],
        metadata,
        payment_intent_data: { metadata, setup_future_usage: 'off_session' },
        invoice_creation: { enabled: true },
      });
      return pay(session.id, GOOD);
    }
    case 'change plan': {
      const item = live?.items.data[0];
      if (!live || !item || live.status !== 'active') return;
      const price = await priceOf(stripe, LOOKUP_KEYS.plan(step.plan));
      await tolerant(
        stripe.subscriptions.update(live.id, {
          items: [{ id: item.id, price }],
          ...(step.now
            ? { proration_behavior: 'always_invoice', payment_behavior: 'pending_if_incomplete' }
            : { proration_behavior: 'create_prorations' }),
        }),
      );
      return;
    }
    case 'cancel':
      if (!live) return;
      await tolerant(
        step.now
          ? stripe.subscriptions.cancel(live.id)
          : stripe.subscriptions.update(live.id, { cancel_at_period_end: true }),
      );
      return;
    case 'keep':
      if (live?.cancel_at_period_end)
        await tolerant(stripe.subscriptions.update(live.id, { cancel_at_period_end: false }));
      return;
    case 'refund': {
      const { data } = await stripe.charges.list({ customer, limit: 10 });
      const charge = data[step.which % Math.max(1, data.length)];
      const left = charge ? charge.amount_captured - charge.amount_refunded : 0;
      if (!charge || charge.status !== 'succeeded' || left <= 0) return;
      await tolerant(
        stripe.refunds.create({ charge: charge.id, amount: Math.max(1, Math.round(left * step.share)) }),
      );
      return;
    }
    case 'card': {
      const method = await stripe.paymentMethods.attach(step.works ? 'pm_card_visa' : BAD, { customer });
      await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
      if (live) await tolerant(stripe.subscriptions.update(live.id, { default_payment_method: method.id }));
      if (!step.works) return;
      for (const { id } of (await stripe.invoices.list({ customer, status: 'open', limit: 10 })).data) {
        await tolerant(stripe.invoices.pay(id, { payment_method: method.id }));
      }
      return;
    }
  }
}

/** A refusal is an answer too: the person sees it and goes on. */
async function tolerant(request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (
      !(
        error instanceof Stripe.errors.StripeCardError ||
        error instanceof Stripe.errors.StripeInvalidRequestError
      )
    )
      throw error;
  }
}

async function priceOf(stripe: Stripe, key: string): Promise<string> {
  const [price] = (await stripe.prices.list({ lookup_keys: [key], active: true })).data;
  if (!price) throw new Error(`no price ${key}`);
  return price.id;
}
