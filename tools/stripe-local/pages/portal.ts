import { Hono } from 'hono';
import { html } from 'hono/html';
import { periodEnd } from '../engine/cycle.ts';
import { amountOf } from '../engine/amounts.ts';
import { isMetered, productName } from '../engine/invoice-lines.ts';
import type { Subscription } from '../engine/subscriptions.ts';
import { cancelSubscription } from '../engine/subscriptions.ts';
import { invalid } from '../errors.ts';
import type { Objects } from '../kinds.ts';
import { needCustomer, updateCustomer } from '../objects/customers.ts';
import { attach } from '../objects/payment-methods.ts';
import type { Price } from '../objects/prices.ts';
import { createSchedule, updateSchedule } from '../objects/subscription-schedules.ts';
import { updateSubscription } from '../objects/subscriptions.ts';
import type { World } from '../world.ts';
import { attempt, formOf } from './act.ts';
import { cardFields, chosenMethod } from './card-form.ts';
import { alert, day, type Html, layout, money } from './layout.ts';

type Session = Objects['billing_portal.session'];
type Configuration = Objects['billing_portal.configuration'];

/** The customer portal: plan, cards and invoices of one customer, as far as its configuration allows. */
export function portalPages(world: World): Hono {
  const app = new Hono();

  app.get('/pay/portal/:id', (context) => {
    const session = world.store.get('billing_portal.session', context.req.param('id'));
    if (!session)
      return context.html(layout('Unknown session', html`<h1>There is no such portal session</h1>`), 404);
    return context.html(portalPage(world, session));
  });

  app.post('/pay/portal/:id', async (context) => {
    const session = world.store.get('billing_portal.session', context.req.param('id'));
    if (!session) return context.notFound();
    const form = await formOf(context);
    const result = attempt(world, () => perform(world, session, form));
    if ('message' in result) return context.html(portalPage(world, session, result.message), 402);
    return context.redirect(`/pay/portal/${session.id}`, 303);
  });

  return app;
}

function perform(world: World, session: Session, form: Record<string, string>): void {
  const { features } = world.store.need('billing_portal.configuration', session.configuration);
  const own = () => {
    const subscription = world.store.need('subscription', form['subscription'] ?? '', 'subscription');
    if (subscription.customer !== session.customer)
      throw invalid('That is not your subscription.', 'subscription');
    return subscription;
  };
  const allowed = (feature: { enabled: boolean }) => {
    if (!feature.enabled) throw invalid('The portal configuration does not allow this.');
  };
  switch (form['do']) {
    case 'cancel': {
      allowed(features.subscription_cancel);
      if (features.subscription_cancel.mode === 'immediately') {
        cancelSubscription(world, own().id, { reason: 'cancellation_requested' });
      } else updateSubscription(world, own().id, { cancel_at_period_end: true });
      return;
    }
    case 'keep':
      updateSubscription(world, own().id, { cancel_at_period_end: false });
      return;
    case 'change':
      allowed(features.subscription_update);
      changePlan(world, own(), form['price'] ?? '', features);
      return;
    case 'add-card': {
      allowed(features.payment_method_update);
      const method = attach(world, chosenMethod(world, form), session.customer);
      updateCustomer(world, session.customer, { invoice_settings: { default_payment_method: method.id } });
      for (const subscription of world.store.all('subscription')) {
        if (subscription.customer === session.customer && subscription.default_payment_method !== null) {
          world.update('subscription', subscription.id, { default_payment_method: method.id });
        }
      }
      return;
    }
    default:
      throw invalid('Unknown action.');
  }
}

/** Up at once and prorated; down at the end of the period where the configuration says so. */
function changePlan(
  world: World,
  subscription: Subscription,
  priceId: string,
  features: Configuration['features'],
): void {
  const price = world.store.need('price', priceId, 'price');
  const item = subscription.items.data.find((each) => !isMetered(each));
  if (!item || !offered(world, features).some(({ id }) => id === priceId)) {
    throw invalid('This plan is not offered here.', 'price');
  }
  const { conditions } = features.subscription_update.schedule_at_period_end;
  const later = conditions.some(({ type }) => type === 'decreasing_item_amount');
  if (later && amountOf(price, 1) < amountOf(item.price, 1)) {
    const schedule = createSchedule(world, { from_subscription: subscription.id });
    const [now] = schedule.phases;
    const rest = subscription.items.data.filter((each) => each.id !== item.id);
    const others = rest.map((each) => ({ price: each.price.id, quantity: each.quantity }));
    updateSchedule(world, schedule.id, {
      phases: [
        {
          start_date: now?.start_date,
          end_date: now?.end_date,
          items: subscription.items.data.map((each) => ({ price: each.price.id, quantity: each.quantity })),
        },
        { items: [{ price: priceId, quantity: 1 }, ...others] },
      ],
    });
    return;
  }
  updateSubscription(world, subscription.id, {
    items: [{ id: item.id, price: priceId }],
    proration_behavior: 'always_invoice',
    payment_behavior: 'error_if_incomplete',
  });
}

function offered(world: World, features: Configuration['features']): Price[] {
  return (features.subscription_update.products ?? [])
    .flatMap(({ prices }) => prices)
    .flatMap((id) => world.store.get('price', id) ?? [])
    .filter(({ active }) => active);
}

function portalPage(world: World, session: Session, problem?: string): Html {
  const { features, business_profile: profile } = world.store.need(
    'billing_portal.configuration',
    session.configuration,
  );
  const customer = needCustomer(world, session.customer);
  const subscriptions = world.store
    .all('subscription')
    .filter((each) => each.customer === session.customer && each.status !== 'incomplete_expired')
    .toReversed();
  const invoices = world.store
    .all('invoice')
    .filter((each) => each.customer === session.customer && each.status !== 'draft')
    .toReversed();
  const cards = world.store.all('payment_method').filter((each) => each.customer === session.customer);
  return layout(
    'Customer portal',
    html`<h1>${profile.headline ?? 'Your plan and invoices'}</h1>
      ${alert(problem)}
      ${subscriptions.length === 0 ? html`<section><p>You have no subscription.</p></section>` : ''}
      ${subscriptions.map((each) => subscriptionSection(world, each, features))}
      <section>
        <h2>Cards</h2>
        <ul class="lines">
          ${cards.map(
            ({ id, card }) =>
              html`<li>
                <span>${card?.brand ?? 'Account'} ending in ${card?.last4 ?? '····'}</span>
                ${id === customer.invoice_settings.default_payment_method ? html`<span class="tag">default</span>` : ''}
              </li>`,
          )}
        </ul>
        ${
          features.payment_method_update.enabled
            ? html`<details>
                <summary>Use another card</summary>
                <form method="post">
                  <input type="hidden" name="do" value="add-card" />
                  ${cardFields(world, null, { email: customer.email, name: customer.name ?? null })}
                  <div class="actions full"><button class="primary">Save card</button></div>
                </form>
              </details>`
            : ''
        }
      </section>
      ${
        features.invoice_history.enabled
          ? html`<section>
              <h2>Invoices</h2>
              <ul class="lines">
                ${invoices.map(
                  ({ id, number, total, currency, status, created }) =>
                    html`<li>
                      <a href="/pay/invoice/${id}">${number ?? id}</a>
                      <span
                        >${money(total, currency)} <span class="tag">${status}</span>
                        <span class="quiet">${day(created)}</span></span
                      >
                    </li>`,
                )}
              </ul>
            </section>`
          : ''
      }
      ${session.return_url ? html`<p><a href="${session.return_url}">Back to where you came from</a></p>` : ''}`,
  );
}

const STATES: Record<string, string> = {
  active: 'Active',
  trialing: 'Free trial',
  past_due: 'Payment overdue',
  unpaid: 'Unpaid',
  incomplete: 'Waiting for the first payment',
  paused: 'Paused',
  canceled: 'Ended',
};

function subscriptionSection(
  world: World,
  subscription: Subscription,
  features: Configuration['features'],
): Html {
  const item = subscription.items.data.find((each) => !isMetered(each)) ?? subscription.items.data[0];
  const end = periodEnd(subscription);
  const running = ['active', 'trialing', 'past_due'].includes(subscription.status);
  const plans = offered(world, features).filter(({ id }) => id !== item?.price.id);
  const scheduled = world.store.get('subscription_schedule', subscription.schedule ?? '')?.phases.at(-1)
    ?.items[0]?.price;
  const next = scheduled === undefined ? undefined : world.store.get('price', scheduled);
  const label = (price: Price) =>
    `${price.nickname ?? productName(world, price)} — ${money(price.unit_amount ?? 0, price.currency)} a ${price.recurring?.interval ?? 'period'}`;
  return html`<section>
    <h2>
      ${item ? (item.price.nickname ?? productName(world, item.price)) : 'Subscription'}
      <span class="tag">${STATES[subscription.status]}</span>
    </h2>
    <p>
      ${item ? money(amountOf(item.price, item.quantity ?? 1), item.price.currency) : ''} a
      ${item?.price.recurring?.interval ?? 'period'}.
      ${
        !running
          ? ''
          : subscription.cancel_at_period_end
            ? `Ends on ${day(end)}.`
            : next && next.id !== item?.price.id
              ? `Changes to ${label(next)} on ${day(end)}.`
              : `Renews on ${day(end)}.`
      }
    </p>
    ${
      running
        ? html`<div class="actions">
            ${
              subscription.cancel_at_period_end
                ? button(subscription.id, 'keep', 'Keep my plan')
                : features.subscription_cancel.enabled
                  ? button(subscription.id, 'cancel', 'Cancel plan')
                  : ''
            }
            ${
              features.subscription_update.enabled && plans.length > 0
                ? html`<form method="post">
                    <input type="hidden" name="do" value="change" />
                    <input type="hidden" name="subscription" value="${subscription.id}" />
                    <label for="price-${subscription.id}">Change plan</label>
                    <select id="price-${subscription.id}" name="price">
                      ${plans.map((price) => html`<option value="${price.id}">${label(price)}</option>`)}
                    </select>
                    <div class="actions"><button>Change plan</button></div>
                  </form>`
                : ''
            }
          </div>`
        : ''
    }
  </section>`;
}

function button(subscription: string, action: string, label: string): Html {
  return html`<form method="post" class="inline">
    <input type="hidden" name="do" value="${action}" />
    <input type="hidden" name="subscription" value="${subscription}" />
    <button>${label}</button>
  </form>`;
}
