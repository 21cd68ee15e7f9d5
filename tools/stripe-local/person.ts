import { testCard } from './engine/cards.ts';
import { type Paid, paySession } from './engine/checkout.ts';
import { invalid } from './errors.ts';
import { makeCard } from './objects/payment-methods.ts';
import type { World } from './world.ts';

export interface PayingPerson {
  /** A test card's number or name; 4242… unless given. */
  card?: string | undefined;
  email?: string | undefined;
  name?: string | undefined;
  /** Agrees when the bank asks. */
  authenticate?: boolean | undefined;
}

/** What a person does on the hosted Checkout page, without the page. */
export function payAsPerson(world: World, session: string, how: PayingPerson = {}): Paid {
  const { card: name = '4242424242424242', email = 'payer@example.com', authenticate = false } = how;
  const card = testCard(name);
  if (!card) throw invalid(`${name} is no test card.`, 'card', 'incorrect_number');
  const who = { email, name: how.name ?? 'Pat Payer' };
  const payer = { method: makeCard(world, card, who).id, ...who };
  const first = paySession(world, session, payer);
  if (first.kind !== 'ask' || !authenticate) return first;
  return paySession(world, session, { ...payer, authenticated: true });
}
