import { html } from 'hono/html';
import { TEST_CARDS, testCard } from '../engine/cards.ts';
import { invalid } from '../errors.ts';
import { makeCard } from '../objects/payment-methods.ts';
import type { World } from '../world.ts';
import type { Html } from './layout.ts';

/** Saved cards to choose from, and the fields of a new one. */
export function cardFields(
  world: World,
  customer: string | null,
  who: { email?: string | null; name?: string | null },
): Html {
  const saved = world.store
    .all('payment_method')
    .filter((each) => customer !== null && each.customer === customer);
  return html`
    ${
      saved.length > 0
        ? html`<fieldset style="border:0;padding:0;margin:0">
            <legend><strong>Pay with</strong></legend>
            ${saved.map(
              ({ id, card }, index) =>
                html`<label class="choice"
                  ><input type="radio" name="saved" value="${id}" ${index === 0 ? 'checked' : ''} />
                  ${card?.brand ?? 'Account'} ending in ${card?.last4 ?? '····'}</label
                >`,
            )}
            <label class="choice"><input type="radio" name="saved" value="" /> Another card</label>
          </fieldset>`
        : html``
    }
    <label for="email">E-mail</label>
    <input id="email" name="email" type="email" autocomplete="email" value="${who.email ?? ''}" required />
    <div class="new-card">
      <label for="card">Card number</label>
      <input
        id="card"
        name="card"
        inputmode="numeric"
        autocomplete="off"
        value="4242 4242 4242 4242"
        list="test-cards"
        aria-describedby="card-note"
      />
      <datalist id="test-cards">
        ${TEST_CARDS.map(({ number, does }) => html`<option value="${spaced(number)}">${does}</option>`)}
      </datalist>
      <div class="row">
        <div>
          <label for="expiry">Expiry</label
          ><input id="expiry" name="expiry" autocomplete="off" value="12 / 34" />
        </div>
        <div>
          <label for="cvc">Security code</label><input id="cvc" name="cvc" autocomplete="off" value="123" />
        </div>
      </div>
      <label for="name">Name on card</label>
      <input id="name" name="name" autocomplete="name" value="${who.name ?? ''}" />
    </div>
    <details style="margin-top:1rem" id="card-note">
      <summary>Test cards and what they do</summary>
      <ul class="lines">
        ${TEST_CARDS.map(({ number, does }) => html`<li><code>${spaced(number)}</code><span>${does}</span></li>`)}
      </ul>
    </details>
  `;
}

function spaced(number: string): string {
  return number.replaceAll(/(\d{4})(?=\d)/g, '$1 ');
}

/** The payment method that the form chose. @throws StripeError for a number that is no test card. */
export function chosenMethod(world: World, form: Record<string, string>): string {
  if (form['saved']) return world.store.need('payment_method', form['saved'], 'saved').id;
  const card = testCard(form['card'] ?? '');
  if (!card)
    throw invalid('That is no test card. Choose one of the list below the form.', 'card', 'incorrect_number');
  return makeCard(world, card, { email: form['email'] ?? '', name: form['name'] ?? '' }).id;
}
