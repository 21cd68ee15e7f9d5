import type { World } from '../world.ts';
import { amountOf, prorated } from './amounts.ts';
import { isMetered, type LineSpec, productName, type SubscriptionItem } from './invoice-lines.ts';
import type { Subscription } from './subscriptions.ts';

/** Lines for what changed: credit for the unused time of the old, a charge for the rest of the period of the new. */
export function differences(
  world: World,
  before: Subscription,
  after: SubscriptionItem[],
  { proration, prorationDate }: { proration: string; prorationDate?: number | undefined },
  reset: boolean,
): LineSpec[] {
  const now = prorationDate ?? world.now(before.customer);
  const lines: LineSpec[] = [];
  const same = (a: SubscriptionItem, b: SubscriptionItem | undefined) =>
    b !== undefined && a.price.id === b.price.id && a.quantity === b.quantity;
  for (const old of before.items.data) {
    if (isMetered(old) || proration === 'none') continue;
    if (
      !reset &&
      same(
        old,
        after.find(({ id }) => id === old.id),
      )
    )
      continue;
    lines.push(prorationLine(world, before, old, now, -1));
  }
  for (const item of after) {
    if (isMetered(item)) continue;
    const old = before.items.data.find(({ id }) => id === item.id);
    if (reset) {
      const { quantity = 1, price } = item;
      lines.push({
        amount: amountOf(price, quantity),
        description: `${quantity} × ${productName(world, price)}`,
        period: { start: item.current_period_start, end: item.current_period_end },
        quantity,
        price,
        subscription: before.id,
        subscriptionItem: item.id,
        metadata: before.metadata,
      });
    } else if (!same(item, old) && proration !== 'none')
      lines.push(prorationLine(world, before, item, now, 1));
  }
  return lines;
}

function prorationLine(
  world: World,
  subscription: Subscription,
  item: SubscriptionItem,
  now: number,
  sign: 1 | -1,
): LineSpec {
  const { current_period_start: start, current_period_end: end, price, quantity = 1 } = item;
  const amount = prorated(amountOf(price, quantity), Math.max(0, end - now), end - start);
  const day = new Date(now * 1_000).toISOString().slice(0, 10);
  return {
    amount: sign * amount,
    description:
      sign < 0
        ? `Unused time on ${productName(world, price)} after ${day}`
        : `Remaining time on ${productName(world, price)} after ${day}`,
    period: { start: now, end },
    quantity,
    price,
    subscription: subscription.id,
    subscriptionItem: item.id,
    proration: true,
    metadata: subscription.metadata,
  };
}

/** A line that waits for the next invoice. */
export function addPending(world: World, subscription: Subscription, line: LineSpec): void {
  const item = world.store.put('invoiceitem', {
    id: world.newId('ii'),
    object: 'invoiceitem',
    amount: line.amount,
    currency: subscription.currency,
    customer: subscription.customer,
    customer_account: null,
    date: world.now(subscription.customer),
    description: line.description,
    discountable: false,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: {},
    parent: {
      type: 'subscription_details',
      subscription_details: {
        subscription: subscription.id,
        ...(line.subscriptionItem ? { subscription_item: line.subscriptionItem } : {}),
      },
    },
    period: line.period,
    pricing: line.price
      ? {
          type: 'price_details',
          price_details: { price: line.price.id, product: line.price.product },
          unit_amount_decimal: line.price.unit_amount_decimal,
        }
      : null,
    proration: true,
    quantity: line.quantity ?? 1,
    quantity_decimal: String(line.quantity ?? 1),
    tax_rates: [],
    test_clock: subscription.test_clock,
  });
  world.emit('invoiceitem.created', item);
}
