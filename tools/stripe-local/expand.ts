import { invalid } from './errors.ts';
import { whole } from './list.ts';
import type { World } from './world.ts';

const MAX_DEPTH = 4;

/** Fields that Stripe leaves out unless they are asked for, by kind of object. */
const INCLUDABLE: Record<
  string,
  Record<string, (world: World, object: Record<string, unknown>) => unknown>
> = {
  'checkout.session': {
    line_items: (world, { id }) =>
      whole(
        `/v1/checkout/sessions/${String(id)}/line_items`,
        world.store.get('checkout_plan', String(id))?.lines ?? [],
      ),
  },
  invoice: {
    payments: (world, { id }) =>
      whole(
        '/v1/invoice_payments',
        world.store.all('invoice_payment').filter(({ invoice }) => invoice === id),
      ),
    confirmation_secret: (world, { id }) => {
      const payment = world.store
        .all('invoice_payment')
        .findLast(({ invoice, is_default }) => invoice === id && is_default);
      const intent = payment?.payment.payment_intent;
      if (intent === undefined) return null;
      return {
        client_secret: world.store.need('payment_intent', intent).client_secret,
        type: 'payment_intent',
      };
    },
  },
  charge: {
    refunds: (world, { id }) =>
      whole(
        `/v1/charges/${String(id)}/refunds`,
        world.store.all('refund').filter(({ charge }) => charge === id),
      ),
  },
  customer: {
    subscriptions: (world, { id }) =>
      whole(
        `/v1/customers/${String(id)}/subscriptions`,
        world.store
          .all('subscription')
          .filter(
            ({ customer, status }) =>
              customer === id && status !== 'canceled' && status !== 'incomplete_expired',
          ),
      ),
    sources: (_world, { id }) => whole(`/v1/customers/${String(id)}/sources`, []),
  },
};

/** `object` with the ids at `paths` (`customer`, `data.latest_invoice.payments`) replaced by the objects themselves. */
export function expand(world: World, object: object, paths: readonly string[]): object {
  let result = object;
  for (const path of paths) {
    const parts = path.split('.');
    if (parts.filter((part) => part !== 'data').length > MAX_DEPTH) {
      throw invalid(
        `You cannot expand more than ${MAX_DEPTH} levels of a property. Property: ${path}`,
        'expand',
      );
    }
    result = expandAt(world, result, parts, path) as object;
  }
  return result;
}

function expandAt(world: World, value: unknown, [part, ...rest]: string[], path: string): unknown {
  if (part === undefined) return typeof value === 'string' ? (world.store.find(value) ?? value) : value;
  if (value === null || value === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => expandAt(world, item, [part, ...rest], path));
  const object = (typeof value === 'string' ? world.store.find(value) : value) as
    | Record<string, unknown>
    | undefined;
  if (object === undefined) return value;
  const include = INCLUDABLE[String(object['object'])]?.[part];
  if (include) return { ...object, [part]: expandAt(world, include(world, object), rest, path) };
  if (!(part in object)) {
    // In a list some objects may lack what others have; a plain object that lacks it was asked for the impossible.
    throw invalid(`This property cannot be expanded (${path}).`, 'expand');
  }
  return { ...object, [part]: expandAt(world, object[part], rest, path) };
}
