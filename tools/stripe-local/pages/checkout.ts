import { Hono } from 'hono';
import { html } from 'hono/html';
import { type CheckoutSession, paySession } from '../engine/checkout.ts';
import { addIntervals } from '../engine/periods.ts';
import type { World } from '../world.ts';
import { attempt, formOf } from './act.ts';
import { cardFields, chosenMethod } from './card-form.ts';
import { alert, day, type Html, layout, money } from './layout.ts';

/** The hosted Checkout page: what a buyer sees, pays on or turns back from. */
export function checkoutPages(world: World): Hono {
  const app = new Hono();

  app.get('/pay/checkout/:id', (context) => {
    const session = world.store.get('checkout.session', context.req.param('id'));
    if (!session)
      return context.html(layout('Unknown session', html`<h1>There is no such Checkout session</h1>`), 404);
    return context.html(session.status === 'open' ? payPage(world, session) : closedPage(session));
  });

  app.post('/pay/checkout/:id', async (context) => {
    const id = context.req.param('id');
    const form = await formOf(context);
    const agreed = form['agreed'];
    if (agreed === 'no') {
      const session = world.store.need('checkout.session', id);
      return context.html(
        payPage(world, session, 'Your bank could not confirm that it was you. Try another card.'),
        402,
      );
    }
    const result = attempt(world, () => {
      const method = form['method'] ?? chosenMethod(world, form);
      const who = { email: form['email'] ?? null, name: form['name'] || null };
      return {
        method,
        ...who,
        paid: paySession(world, id, { method, ...who, authenticated: agreed === 'yes' }),
      };
    });
    const session = world.store.get('checkout.session', id);
    if (!session) return context.notFound();
    if ('message' in result) return context.html(payPage(world, session, result.message), 402);
    const { paid, method, email, name } = result.value;
    if (paid.kind === 'refused') return context.html(payPage(world, session, paid.message), 402);
    if (paid.kind === 'ask')
      return context.html(askPage(session, { method, email: email ?? '', name: name ?? '' }));
    return context.redirect((session.success_url ?? '/').replaceAll('{CHECKOUT_SESSION_ID}', id), 303);
  });

  return app;
}

function summary(world: World, session: CheckoutSession): Html {
  const plan = world.store.need('checkout_plan', session.id);
  const recurring = plan.lines.find(({ price }) => price?.recurring)?.price?.recurring;
  const trialDays = plan.subscription.trial_days;
  const currency = session.currency ?? 'usd';
  return html`<section aria-label="What you buy">
    ${
      recurring && trialDays !== null
        ? html`<p class="total">${money(0, currency)} <span class="quiet">today</span></p>
            <p>
              Free until ${day(addIntervals(world.now(session.customer), 'day', trialDays))}, then
              ${money(session.amount_total ?? 0, currency)} per ${recurring.interval}.
            </p>`
        : html`<p class="total">
            ${session.mode === 'setup' ? 'Save a card' : money(session.amount_total ?? 0, currency)}
            ${recurring ? html`<span class="quiet">per ${recurring.interval}</span>` : ''}
          </p>`
    }
    <ul class="lines">
      ${plan.lines.map(
        ({ description, quantity, amount_total, price }) =>
          html`<li>
            <span>${description}${quantity !== null && quantity > 1 ? ` × ${quantity}` : ''}</span
            ><span
              >${price?.recurring?.usage_type === 'metered' ? 'by use' : money(amount_total, currency)}</span
            >
          </li>`,
      )}
    </ul>
  </section>`;
}

function payPage(world: World, session: CheckoutSession, problem?: string): Html {
  const customer = session.customer === null ? undefined : world.store.get('customer', session.customer);
  const who =
    customer && 'email' in customer
      ? { email: customer.email, name: customer.name ?? null }
      : { email: session.customer_email };
  const verb = { subscription: 'Subscribe', payment: 'Pay', setup: 'Save card' }[session.mode];
  const amount =
    session.mode === 'payment' ? ` ${money(session.amount_total ?? 0, session.currency ?? 'usd')}` : '';
  return layout(
    'Checkout',
    html`<h1>${verb === 'Pay' ? 'Payment' : verb}</h1>
      ${alert(problem)} ${summary(world, session)}
      <section>
        <form method="post">
          ${cardFields(world, session.customer, who)}
          <div class="actions full"><button class="primary" type="submit">${verb}${amount}</button></div>
        </form>
        ${session.cancel_url ? html`<p><a href="${session.cancel_url}">Cancel and go back</a></p>` : ''}
      </section>`,
  );
}

function askPage(session: CheckoutSession, payer: Record<string, string>): Html {
  return layout(
    'Confirm it is you',
    html`<h1>Your bank asks: is it you?</h1>
      <section>
        <p>This stands for the 3-D Secure page of a bank.</p>
        <form method="post" action="/pay/checkout/${session.id}">
          ${Object.entries(payer).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
          <div class="actions">
            <button class="primary" name="agreed" value="yes">Yes, it is me</button>
            <button name="agreed" value="no">No, refuse</button>
          </div>
        </form>
      </section>`,
  );
}

function closedPage(session: CheckoutSession): Html {
  const done = session.status === 'complete';
  const back = done
    ? session.success_url?.replaceAll('{CHECKOUT_SESSION_ID}', session.id)
    : session.cancel_url;
  return layout(
    'Checkout',
    html`<h1>${done ? 'This has been paid' : 'This session has expired'}</h1>
      <p>${done ? 'There is nothing left to pay here.' : 'Go back and start again.'}</p>
      ${back ? html`<p><a href="${back}">Go back</a></p>` : ''}`,
  );
}
