import type { Stripe } from 'stripe';
import { invalid } from '../errors.ts';
import type { Objects } from '../kinds.ts';
import { page } from '../list.ts';
import { bool, currency, id, int, mergeMetadata, metadata, PAGE, params, text } from '../params.ts';
import { route } from '../route.ts';
import { needCustomer } from './customers.ts';
import { needSubscription } from './subscriptions.ts';

type InvoiceItem = Objects['invoiceitem'];

export const invoiceItemRoutes = [
  route(
    'POST',
    '/v1/invoiceitems',
    params<Stripe.InvoiceItemCreateParams>()({
      customer: id,
      amount: int.optional(),
      currency: currency.optional(),
      description: text.optional(),
      invoice: id.optional(),
      metadata: metadata.optional(),
      subscription: id.optional(),
    }),
    (world, input) => {
      const customer = needCustomer(world, input.customer);
      if (input.amount === undefined)
        throw invalid('Missing required param: amount.', 'amount', 'parameter_missing');
      if (input.invoice !== undefined) {
        throw invalid(
          'stripe-local adds invoice items to the next invoice alone; leave `invoice` out.',
          'invoice',
        );
      }
      if (input.subscription !== undefined) needSubscription(world, input.subscription, 'subscription');
      const now = world.now(customer.id);
      const item = {
        id: world.newId('ii'),
        object: 'invoiceitem',
        amount: input.amount,
        currency: input.currency ?? 'usd',
        customer: customer.id,
        customer_account: null,
        date: now,
        description: input.description ?? null,
        discountable: true,
        discounts: [],
        invoice: null,
        livemode: false,
        metadata: mergeMetadata(null, input.metadata),
        parent:
          input.subscription === undefined
            ? null
            : { type: 'subscription_details', subscription_details: { subscription: input.subscription } },
        period: { start: now, end: now },
        pricing: null,
        proration: false,
        quantity: 1,
        quantity_decimal: '1',
        tax_rates: [],
        test_clock: customer.test_clock ?? null,
      } satisfies InvoiceItem;
      world.store.put('invoiceitem', item);
      world.emit('invoiceitem.created', item);
      return item;
    },
  ),
  route('GET', '/v1/invoiceitems/:id', params<object>()({}), (world, _input, { id }) =>
    world.store.need('invoiceitem', id),
  ),
  route('DELETE', '/v1/invoiceitems/:id', params<object>()({}), (world, _input, { id }) => {
    const item = world.store.need('invoiceitem', id);
    if (item.invoice !== null) throw invalid('This invoice item is on an invoice already.', 'id');
    world.store.remove('invoiceitem', id);
    world.emit('invoiceitem.deleted', item);
    return { id, object: 'invoiceitem', deleted: true } satisfies Stripe.DeletedInvoiceItem;
  }),
  route(
    'GET',
    '/v1/invoiceitems',
    params<Stripe.InvoiceItemListParams>()({ ...PAGE, customer: id.optional(), pending: bool.optional() }),
    (world, input) => {
      const found = world.store
        .all('invoiceitem')
        .filter(
          ({ customer, invoice }) =>
            (input.customer === undefined || customer === input.customer) &&
            (input.pending === undefined || (invoice === null) === input.pending),
        );
      return page('/v1/invoiceitems', found, input);
    },
  ),
];
