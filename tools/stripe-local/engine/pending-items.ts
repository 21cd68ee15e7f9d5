import type { World } from '../world.ts';
import type { LineSpec } from './invoice-lines.ts';

/**
 * The invoice items of a customer that wait for an invoice, as its lines: those of one subscription and those of none.
 * `invoice` is filled in by `bindPending`.
 */
export function takePending(world: World, customer: string, subscription: string | null): LineSpec[] {
  const waiting = world.store.all('invoiceitem').filter((item) => {
    const of = item.parent?.subscription_details?.subscription ?? null;
    return item.customer === customer && item.invoice === null && (of === null || of === subscription);
  });
  return waiting.map((item) => {
    world.update('invoiceitem', item.id, { invoice: 'taken' });
    const price = item.pricing?.price_details?.price;
    return {
      amount: item.amount,
      description: item.description,
      period: item.period,
      quantity: item.quantity,
      price: price === undefined ? null : (world.store.get('price', price) ?? null),
      subscription: item.parent?.subscription_details?.subscription ?? null,
      subscriptionItem: item.parent?.subscription_details?.subscription_item ?? null,
      invoiceItem: item.id,
      proration: item.proration,
      metadata: item.metadata ?? {},
    };
  });
}

/** Says on which invoice each taken item ended up. */
export function bindPending(
  world: World,
  invoice: { id: string; lines: { data: { parent: unknown }[] } },
): void {
  for (const { parent } of invoice.lines.data) {
    const details = parent as {
      invoice_item_details?: { invoice_item: string } | null;
      subscription_item_details?: { invoice_item: string | null } | null;
    } | null;
    const id =
      details?.invoice_item_details?.invoice_item ?? details?.subscription_item_details?.invoice_item;
    if (id && world.store.get('invoiceitem', id)) world.update('invoiceitem', id, { invoice: invoice.id });
  }
}
