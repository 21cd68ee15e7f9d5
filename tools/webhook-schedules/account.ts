import { connectStripe } from '@uxflow/api/billing';
import type { Stripe } from 'stripe';
import { ROUTES } from '../stripe-local/api.ts';
import { apiApp } from '../stripe-local/app.ts';
import { checkoutReactions, paySession } from '../stripe-local/engine/checkout.ts';
import { testCard } from '../stripe-local/engine/cards.ts';
import { collectionReactions } from '../stripe-local/engine/collection.ts';
import { advanceClock } from '../stripe-local/engine/due.ts';
import { subscriptionReactions } from '../stripe-local/engine/lifecycle.ts';
import type { EventObject } from '../stripe-local/kinds.ts';
import { makeCard } from '../stripe-local/objects/payment-methods.ts';
import { Random } from '../stripe-local/random.ts';
import { Store } from '../stripe-local/store.ts';
import { World } from '../stripe-local/world.ts';
import { passFuse } from './fuse.ts';

/** A moment on the first of a month, in Unix seconds. */
const START = Date.UTC(2027, 0, 1, 12) / 1_000;

/** A Stripe account in this process, with its own clock; the same seed and the same requests make the same account. */
export interface Account {
  stripe: Stripe;
  /** Unix seconds. */
  now: () => number;
  advance: (seconds: number) => void;
  /** Events since the last time it was asked, oldest first. */
  newEvents: () => EventObject[];
  /** What a person does on the hosted page. */
  pay: (session: string, card: string) => void;
}

/** Reading must not change the ids of what is made later. */
class QuietWorld extends World {
  override newId(prefix: string): string {
    return prefix === 'req' ? 'req_000000000000000000' : super.newId(prefix);
  }
}

export function openAccount(seed: number): Account {
  const world = new QuietWorld({
    store: new Store(),
    random: new Random(seed),
    wall: () => START,
    dunning: { retryDays: [3, 5, 7], finally: 'cancel' },
  });
  collectionReactions(world);
  subscriptionReactions(world);
  checkoutReactions(world);
  let events: EventObject[] = [];
  world.publish = (event) => {
    if (event.object === 'event') events.push(structuredClone(event));
  };
  world.publicUrl = 'http://stripe.local';
  const app = apiApp(world, ROUTES);
  const stripe = connectStripe({
    secretKey: 'sk_test_schedules',
    apiBase: 'http://stripe.local',
    fetch: async (input, init) => {
      await passFuse();
      const answer = await app.fetch(new Request(input, init));
      await passFuse();
      return answer;
    },
  });
  return {
    stripe,
    now: () => world.now(),
    advance: (seconds) => advanceClock(world, seconds),
    newEvents: () => {
      const taken = events;
      events = [];
      return taken;
    },
    pay: (session, number) => {
      world.store.transaction(
        () => {
          const card = testCard(number);
          if (!card) throw new Error(`${number} is no test card`);
          const payer = { email: 'payer@example.com', name: 'Pat Payer' };
          paySession(world, session, { ...payer, method: makeCard(world, card, payer).id });
        },
        () => false,
      );
    },
  };
}
