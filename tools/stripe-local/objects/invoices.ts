import type { Stripe } from 'stripe';
import { z } from 'zod';
import { changeItems } from '../engine/changes.ts';
import { collectInvoice, markUncollectible, payInvoice, voidInvoice } from '../engine/collection.ts';
import { renew } from '../engine/cycle.ts';
import { draftInvoice, finalizeInvoice, type Invoice, subscriptionOf } from '../engine/invoices.ts';
import { takePending } from '../engine/pending-items.ts';
import { createSubscription } from '../engine/subscriptions.ts';
import { invalid } from '../errors.ts';
import { cut, page } from '../list.ts';
import {
  bool,
  count,
  currency,
  id,
  int,
  mergeMetadata,
  metadata,
  PAGE,
  params,
  seconds,
  text,
  time,
  unsettable,
} from '../params.ts';
import { route } from '../route.ts';
import type { World } from '../world.ts';
import { needCustomer } from './customers.ts';
import { needSubscription } from './subscriptions.ts';

const preview = params<Stripe.InvoiceCreatePreviewParams>()({
  customer: id.optional(),
  subscription: id.optional(),
  subscription_details: z
    .strictObject({
      items: z
        .array(
          z.strictObject({
            id: id.optional(),
            price: id.optional(),
            quantity: count.optional(),
            deleted: bool.optional(),
          }),
        )
        .optional(),
      billing_cycle_anchor: z.enum(['now', 'unchanged']).optional(),
      proration_behavior: z.enum(['always_invoice', 'create_prorations', 'none']).optional(),
      proration_date: time.optional(),
    })
    .optional(),
});

/** The next invoice, or the one that a change would make, without making it: it is made and undone. */
function previewInvoice(world: World, input: z.output<typeof preview>): Invoice {
  const {
    items,
    proration_behavior: proration = 'create_prorations',
    ...details
  } = input.subscription_details ?? {};
  const price = (name: string | undefined) =>
    name === undefined ? undefined : world.store.need('price', name, 'subscription_details[items][0][price]');
  const invoice = world.store.dryRun(() => {
    if (input.subscription === undefined) {
      const customer = needCustomer(world, input.customer ?? '').id;
      const wanted = (items ?? []).flatMap((item) => {
        const of = price(item.price);
        return of ? [{ price: of, quantity: item.quantity }] : [];
      });
      const made = createSubscription(world, { customer, items: wanted, behavior: 'default_incomplete' });
      return world.store.need('invoice', made.latest_invoice ?? '');
    }
    const subscription = needSubscription(world, input.subscription, 'subscription');
    if (items) {
      changeItems(world, subscription.id, {
        items: items.map((item) => ({ ...item, price: price(item.price) })),
        reset: details.billing_cycle_anchor === 'now',
        proration,
        behavior: 'default_incomplete',
        offSession: true,
        prorationDate: details.proration_date,
      });
    }
    const after = needSubscription(world, subscription.id);
    if (after.latest_invoice !== subscription.latest_invoice) {
      return world.store.need('invoice', after.latest_invoice ?? '');
    }
    return renew(world, subscription.id);
  });
  return {
    ...invoice,
    id: `upcoming_${invoice.id}`,
    status: 'draft',
    number: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
  };
}

function createManual(world: World, input: z.output<typeof create>): Invoice {
  const customer = needCustomer(world, input.customer);
  const subscription =
    input.subscription === undefined
      ? undefined
      : needSubscription(world, input.subscription, 'subscription');
  const waiting =
    input.pending_invoice_items_behavior === 'include'
      ? takePending(world, customer.id, subscription?.id ?? null)
      : [];
  return draftInvoice(world, {
    customer: customer.id,
    currency: input.currency ?? customer.currency ?? 'usd',
    reason: 'manual',
    lines: waiting,
    subscription,
    autoAdvance: input.auto_advance ?? false,
    finalizeAfter: input.auto_advance ? 3_600 : null,
    collection: input.collection_method ?? 'charge_automatically',
    daysUntilDue: input.days_until_due ?? null,
    defaultMethod: input.default_payment_method ?? null,
    description: input.description ?? null,
    footer: input.footer ?? null,
    metadata: mergeMetadata(null, input.metadata),
  });
}

const create = params<Stripe.InvoiceCreateParams>()({
  customer: id,
  auto_advance: bool.optional(),
  collection_method: z.enum(['charge_automatically', 'send_invoice']).optional(),
  currency: currency.optional(),
  days_until_due: int.optional(),
  default_payment_method: id.optional(),
  description: text.optional(),
  footer: text.optional(),
  metadata: metadata.optional(),
  pending_invoice_items_behavior: z.enum(['exclude', 'include']).optional(),
  subscription: id.optional(),
});

export const invoiceRoutes = [
  route('POST', '/v1/invoices/create_preview', preview, previewInvoice),
  route('POST', '/v1/invoices', create, createManual),
  route('GET', '/v1/invoices/:id', params<object>()({}), (world, _input, { id }) =>
    world.store.need('invoice', id),
  ),
  route(
    'POST',
    '/v1/invoices/:id',
    params<Stripe.InvoiceUpdateParams>()({
      auto_advance: bool.optional(),
      default_payment_method: text.optional(),
      description: text.optional(),
      footer: text.optional(),
      metadata: metadata.optional(),
    }),
    (world, input, { id }) => {
      const before = world.store.need('invoice', id);
      const after = world.update('invoice', id, {
        auto_advance: input.auto_advance ?? before.auto_advance ?? false,
        default_payment_method: unsettable(input.default_payment_method, before.default_payment_method),
        description: unsettable(input.description, before.description),
        footer: unsettable(input.footer, before.footer),
        metadata: mergeMetadata(before.metadata, input.metadata),
      });
      world.emitUpdate('invoice.updated', after, before);
      return after;
    },
  ),
  route('DELETE', '/v1/invoices/:id', params<object>()({}), (world, _input, { id }) => {
    const invoice = world.store.need('invoice', id);
    if (invoice.status !== 'draft')
      throw invalid('You can only delete draft invoices.', 'id', 'invoice_not_editable');
    world.store.remove('invoice', id);
    world.emit('invoice.deleted', invoice);
    return { id, object: 'invoice', deleted: true } satisfies Stripe.DeletedInvoice;
  }),
  route(
    'POST',
    '/v1/invoices/:id/finalize',
    params<Stripe.InvoiceFinalizeInvoiceParams>()({ auto_advance: bool.optional() }),
    (world, input, { id }) => {
      const open = finalizeInvoice(world, id);
      const advances = input.auto_advance ?? open.auto_advance;
      return open.status === 'open' && advances && open.collection_method === 'charge_automatically'
        ? collectInvoice(world, id, { offSession: true })
        : open;
    },
  ),
  route(
    'POST',
    '/v1/invoices/:id/pay',
    params<Stripe.InvoicePayParams>()({
      off_session: bool.optional(),
      paid_out_of_band: bool.optional(),
      payment_method: id.optional(),
      forgive: bool.optional(),
    }),
    (world, input, { id }) =>
      payInvoice(world, id, {
        method: input.payment_method,
        offSession: input.off_session ?? false,
        outOfBand: input.paid_out_of_band ?? false,
      }),
  ),
  route('POST', '/v1/invoices/:id/void', params<object>()({}), (world, _input, { id }) =>
    voidInvoice(world, id),
  ),
  route('POST', '/v1/invoices/:id/mark_uncollectible', params<object>()({}), (world, _input, { id }) =>
    markUncollectible(world, id),
  ),
  route('POST', '/v1/invoices/:id/send', params<object>()({}), (world, _input, { id }) => {
    const invoice = world.store.need('invoice', id);
    const open = invoice.status === 'draft' ? finalizeInvoice(world, id) : invoice;
    world.emit('invoice.sent', open);
    return open;
  }),
  route(
    'GET',
    '/v1/invoices/:id/lines',
    params<Stripe.InvoiceListLineItemsParams>()(PAGE),
    (world, input, { id }) =>
      cut(`/v1/invoices/${id}/lines`, world.store.need('invoice', id).lines.data, input),
  ),
  route(
    'GET',
    '/v1/invoices',
    params<Stripe.InvoiceListParams>()({
      ...PAGE,
      collection_method: text.optional(),
      created: seconds.optional(),
      customer: id.optional(),
      status: z.enum(['draft', 'open', 'paid', 'uncollectible', 'void']).optional(),
      subscription: id.optional(),
    }),
    (world, input) => {
      const found = world.store
        .all('invoice')
        .filter(
          (invoice) =>
            (input.customer === undefined || invoice.customer === input.customer) &&
            (input.status === undefined || invoice.status === input.status) &&
            (input.collection_method === undefined ||
              invoice.collection_method === input.collection_method) &&
            (input.subscription === undefined || subscriptionOf(invoice) === input.subscription),
        );
      return page('/v1/invoices', found, input);
    },
  ),
  route(
    'GET',
    '/v1/invoice_payments',
    params<Stripe.InvoicePaymentListParams>()({
      ...PAGE,
      invoice: id.optional(),
      payment: z
        .strictObject({ type: z.literal('payment_intent'), payment_intent: id.optional() })
        .optional(),
      status: z.enum(['canceled', 'open', 'paid']).optional(),
    }),
    (world, input) => {
      const intent = input.payment?.payment_intent;
      const found = world.store
        .all('invoice_payment')
        .filter(
          (payment) =>
            (input.invoice === undefined || payment.invoice === input.invoice) &&
            (input.status === undefined || payment.status === input.status) &&
            (intent === undefined || payment.payment.payment_intent === intent),
        );
      return page('/v1/invoice_payments', found, input);
    },
  ),
  route('GET', '/v1/invoice_payments/:id', params<object>()({}), (world, _input, { id }) =>
    world.store.need('invoice_payment', id),
  ),
];
