import type { Stripe } from 'stripe';
import type { Price } from '../objects/prices.ts';
import type { Wire } from '../wire.ts';
import type { World } from '../world.ts';
import { amountOf } from './amounts.ts';

export type InvoiceLine = Wire<Stripe.InvoiceLineItem>;
export type SubscriptionItem = Wire<Stripe.SubscriptionItem>;

export interface LineSpec {
  amount: number;
  description: string | null;
  period: { start: number; end: number };
  quantity: number | null;
  price: Price | null;
  subscription?: string | null;
  subscriptionItem?: string | null;
  invoiceItem?: string | null;
  proration?: boolean;
  metadata?: Record<string, string>;
}

export function makeLine(world: World, invoice: string, currency: string, spec: LineSpec): InvoiceLine {
  return {
    id: world.newId('il'),
    object: 'line_item',
    amount: spec.amount,
    currency,
    description: spec.description,
    discount_amounts: [],
    discountable: !spec.proration,
    discounts: [],
    invoice,
    livemode: false,
    metadata: spec.metadata ?? {},
    parent: parentOf(spec),
    period: spec.period,
    pretax_credit_amounts: [],
    pricing: spec.price
      ? {
          type: 'price_details',
          price_details: { price: spec.price.id, product: spec.price.product },
          unit_amount_decimal: spec.price.unit_amount_decimal,
        }
      : null,
    quantity: spec.quantity,
    quantity_decimal: spec.quantity === null ? null : String(spec.quantity),
    subscription: spec.subscription ?? null,
    subtotal: spec.amount,
    taxes: [],
  } satisfies InvoiceLine;
}

function parentOf(spec: LineSpec): InvoiceLine['parent'] {
  const { subscriptionItem, invoiceItem } = spec;
  const common = {
    proration: spec.proration ?? false,
    proration_details: spec.proration ? { credited_items: null } : null,
    subscription: spec.subscription ?? null,
  };
  if (subscriptionItem) {
    return {
      type: 'subscription_item_details',
      invoice_item_details: null,
      subscription_item_details: {
        ...common,
        invoice_item: invoiceItem ?? null,
        subscription_item: subscriptionItem,
      },
    };
  }
  if (!invoiceItem) return null;
  return {
    type: 'invoice_item_details',
    subscription_item_details: null,
    invoice_item_details: { ...common, invoice_item: invoiceItem },
  };
}

export function productName(world: World, price: Price): string {
  const product = world.store.get('product', price.product);
  return product && 'name' in product ? product.name : price.product;
}

export function isMetered(item: { price: Price }): boolean {
  return item.price.recurring?.usage_type === 'metered';
}

/** The line of one item for one period: in advance for what is licensed, in arrears for what is metered. */
export function itemLine(
  world: World,
  subscription: { id: string; customer: string; metadata: Record<string, string> },
  item: SubscriptionItem,
  period: { start: number; end: number },
): LineSpec {
  const metered = isMetered(item);
  const quantity = metered
    ? usage(world, item.price.recurring?.meter ?? '', subscription.customer, period.start, period.end)
    : (item.quantity ?? 1);
  const amount = amountOf(item.price, quantity);
  const name = productName(world, item.price);
  return {
    amount,
    description: `${quantity} × ${name}${metered ? '' : ` (at ${((item.price.unit_amount ?? 0) / 100).toFixed(2)} ${item.price.currency.toUpperCase()} / ${item.price.recurring?.interval ?? 'period'})`}`,
    period,
    quantity,
    price: item.price,
    subscription: subscription.id,
    subscriptionItem: item.id,
    metadata: subscription.metadata,
  };
}

/** What a meter counted for a customer from `start` up to, not including, `end`. */
export function usage(world: World, meter: string, customer: string, start: number, end: number): number {
  const events = world.store
    .all('meter_event')
    .filter(
      (event) =>
        event.meter === meter &&
        event.customer === customer &&
        event.timestamp >= start &&
        event.timestamp < end,
    );
  const { formula } = world.store.need('billing.meter', meter).default_aggregation;
  if (formula === 'count') return events.length;
  if (formula === 'last') return events.at(-1)?.value ?? 0;
  return events.reduce((sum, { value }) => sum + value, 0);
}
