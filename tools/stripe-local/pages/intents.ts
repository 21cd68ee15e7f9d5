import { Hono } from 'hono';
import { html } from 'hono/html';
import { payInvoice } from '../engine/collection.ts';
import type { Invoice } from '../engine/invoices.ts';
import { authenticateIntent } from '../engine/payments.ts';
import { confirmSetup } from '../engine/setups.ts';
import type { World } from '../world.ts';
import { attempt, formOf } from './act.ts';
import { cardFields, chosenMethod } from './card-form.ts';
import { alert, day, type Html, layout, money } from './layout.ts';

/** The page of an invoice, and the bank's page where the owner of a card says that it is them. */
export function intentPages(world: World): Hono {
  const app = new Hono();

  app.get('/pay/authenticate/:id', (context) => {
    const id = context.req.param('id');
    const intent = world.store.get('payment_intent', id) ?? world.store.get('setup_intent', id);
    if (!intent) return context.html(layout('Unknown payment', html`<h1>There is no such payment</h1>`), 404);
    if (intent.status !== 'requires_action') {
      return context.html(layout('Nothing to confirm', html`<h1>There is nothing to confirm any more</h1>`));
    }
    return context.html(
      layout(
        'Confirm it is you',
        html`<h1>Your bank asks: is it you?</h1>
          <section>
            <p>This stands for the 3-D Secure page of a bank.</p>
            <form method="post">
              <div class="actions">
                <button class="primary" name="agreed" value="yes">Yes, it is me</button>
                <button name="agreed" value="no">No, refuse</button>
              </div>
            </form>
          </section>`,
      ),
    );
  });

  app.post('/pay/authenticate/:id', async (context) => {
    const id = context.req.param('id');
    const agreed = (await formOf(context))['agreed'] === 'yes';
    const intent = world.store.get('payment_intent', id) ?? world.store.get('setup_intent', id);
    const back = intent?.next_action?.redirect_to_url?.return_url;
    const result = attempt(world, () =>
      world.store.get('payment_intent', id)
        ? authenticateIntent(world, id, agreed)
        : confirmSetup(world, id, agreed ? { authenticated: true } : { method: 'pm_card_chargeDeclined' }),
    );
    if ('message' in result) return context.html(layout('Not possible', alert(result.message)), 400);
    if (back) return context.redirect(back, 303);
    return context.html(
      layout(
        'Done',
        html`<h1>${agreed ? 'Thank you' : 'Refused'}</h1>
          <p>You can close this page.</p>`,
      ),
    );
  });

  app.get('/pay/invoice/:id', (context) => {
    const invoice = world.store.get('invoice', context.req.param('id'));
    if (!invoice)
      return context.html(layout('Unknown invoice', html`<h1>There is no such invoice</h1>`), 404);
    return context.html(invoicePage(world, invoice));
  });

  app.post('/pay/invoice/:id', async (context) => {
    const id = context.req.param('id');
    const form = await formOf(context);
    const result = attempt(world, () =>
      payInvoice(world, id, { method: chosenMethod(world, form), offSession: false }),
    );
    const invoice = world.store.get('invoice', id);
    if (!invoice) return context.notFound();
    if ('value' in result) return context.redirect(`/pay/invoice/${id}`, 303);
    const payment = world.store.all('invoice_payment').findLast((each) => each.invoice === id);
    const intent = world.store.get('payment_intent', payment?.payment.payment_intent ?? '');
    if (intent?.status === 'requires_action') return context.redirect(`/pay/authenticate/${intent.id}`, 303);
    return context.html(invoicePage(world, invoice, result.message), 402);
  });

  return app;
}

const STATES: Record<string, string> = {
  draft: 'A draft: not due yet.',
  open: 'Open: not paid yet.',
  paid: 'Paid. Thank you.',
  uncollectible: 'Given up as uncollectible.',
  void: 'Void: nothing is owed.',
};

function invoicePage(world: World, invoice: Invoice, problem?: string): Html {
  const { currency } = invoice;
  return layout(
    `Invoice ${invoice.number ?? ''}`,
    html`<h1>Invoice ${invoice.number ?? '(draft)'}</h1>
      ${alert(problem)}
      <section>
        <p class="total">${money(invoice.amount_due, currency)}</p>
        <p>${STATES[invoice.status ?? 'draft']} <span class="quiet">${day(invoice.created)}</span></p>
        <ul class="lines">
          ${invoice.lines.data.map(
            ({ description, amount }) =>
              html`<li><span>${description ?? ''}</span><span>${money(amount, currency)}</span></li>`,
          )}
        </ul>
      </section>
      ${
        invoice.status === 'open'
          ? html`<section>
              <form method="post">
                ${cardFields(world, invoice.customer, { email: invoice.customer_email, name: invoice.customer_name })}
                <div class="actions full">
                  <button class="primary">Pay ${money(invoice.amount_remaining, currency)}</button>
                </div>
              </form>
            </section>`
          : ''
      }`,
  );
}
