import { serve, type ServerType } from '@hono/node-server';
import { Hono } from 'hono';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { ROUTES } from './api.ts';
import { apiApp } from './app.ts';
import { Scheduler } from './delivery/scheduler.ts';
import { checkoutReactions, type Paid, type Payer, paySession } from './engine/checkout.ts';
import { collectionReactions } from './engine/collection.ts';
import { advanceClock, tick } from './engine/due.ts';
import { subscriptionReactions } from './engine/lifecycle.ts';
import { authenticateIntent } from './engine/payments.ts';
import { testCard } from './engine/cards.ts';
import { createEndpoint } from './objects/webhook-endpoints.ts';
import { makeCard } from './objects/payment-methods.ts';
import { Random } from './random.ts';
import { Store } from './store.ts';
import { type Dunning, World } from './world.ts';

export interface StripeLocalOptions {
  /** 0, the default, takes a free one. Loopback alone. */
  port?: number;
  /** Same seed, same ids and same faults of delivery. Random unless given. */
  seed?: number;
  /** Endpoints that get every snapshot event; their secrets are in `webhookSecrets`, in this order. */
  webhookUrls?: string[];
  /** The secret of each of `webhookUrls`, where it has to be known beforehand. */
  webhookSecret?: string;
  /** Where the clock stands, in Unix seconds; it then moves by `clock.advance` alone. Wall time unless given. */
  now?: number;
  /** SQLite file that keeps the state between runs. In memory unless given. */
  file?: string;
  dunning?: Dunning;
}

export interface StripeLocal {
  url: string;
  port: number;
  /** For `new Stripe(key, …)`: any test key does. */
  key: string;
  /** For `new Stripe(key, {...client})`. */
  client: { host: string; port: number; protocol: 'http' };
  webhookSecrets: string[];
  world: World;
  deliveries: Scheduler;
  clock: { now(): number; advance(by: { seconds?: number; days?: number } | { to: number }): void };
  /** What a person does on the hosted Checkout page: pays with a test card. */
  pay(session: string, how?: { card?: string; email?: string; name?: string; authenticate?: boolean }): Paid;
  /** What the owner of a card answers to 3-D Secure. */
  authenticate(intent: string, agreed: boolean): void;
  close(): Promise<void>;
}

/** How retries of failed renewals go unless told otherwise: as Stripe's default, four attempts in two weeks. */
const DUNNING: Dunning = { retryDays: [3, 5, 7], finally: 'cancel' };
const TICK = 1_000;

/** A Stripe account on this machine, listening on 127.0.0.1. */
export async function createStripeLocal(options: StripeLocalOptions = {}): Promise<StripeLocal> {
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31);
  const fixed = options.now;
  const world = new World({
    store: new Store(options.file),
    random: new Random(seed),
    wall: () => fixed ?? Math.floor(Date.now() / 1_000),
    dunning: options.dunning ?? DUNNING,
  });
  collectionReactions(world);
  subscriptionReactions(world);
  checkoutReactions(world);
  const deliveries = new Scheduler(world, new Random(seed + 1));

  const app = new Hono();
  app.route('/', apiApp(world, ROUTES));
  const { server, port } = await listen(app, options.port ?? 0);
  const url = `http://127.0.0.1:${port}`;
  world.publicUrl = url;

  const webhookSecrets = (options.webhookUrls ?? []).map((to) => register(world, to, options.webhookSecret));
  const timer = fixed === undefined ? setInterval(() => tick(world), TICK) : undefined;

  return {
    url,
    port,
    key: 'sk_test_stripelocal',
    client: { host: '127.0.0.1', port, protocol: 'http' },
    webhookSecrets,
    world,
    deliveries,
    clock: {
      now: () => world.now(),
      advance: (by) => {
        const seconds = 'to' in by ? by.to - world.now() : (by.seconds ?? 0) + (by.days ?? 0) * 86_400;
        if (seconds < 0) throw new Error('the clock goes forward alone');
        advanceClock(world, seconds);
      },
    },
    pay: (session, how = {}) =>
      world.store.transaction(
        () => {
          const card = testCard(how.card ?? '4242424242424242');
          if (!card) throw new Error(`${how.card} is no test card`);
          const { email = 'payer@example.com', name = 'Pat Payer', authenticate = false } = how;
          const method = makeCard(world, card, { email, name });
          const payer: Payer = { method: method.id, email, name };
          const first = paySession(world, session, payer);
          return first.kind === 'ask' && authenticate
            ? paySession(world, session, { ...payer, authenticated: true })
            : first;
        },
        () => false,
      ),
    authenticate: (intent, agreed) => {
      world.store.transaction(
        () => authenticateIntent(world, intent, agreed),
        () => false,
      );
    },
    close: async () => {
      clearInterval(timer);
      await deliveries.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      server.close();
      await once(server, 'close');
      world.store.close();
    },
  };
}

/** The endpoint at `url`, made at the first start and kept with the state; returns its secret. */
function register(world: World, url: string, secret: string | undefined): string {
  const known = world.store.all('webhook_endpoint').find((endpoint) => endpoint.url === url);
  const kept = known && world.store.get('secret', known.id)?.secret;
  if (kept !== undefined && (secret === undefined || secret === kept)) return kept;
  if (known) world.store.remove('webhook_endpoint', known.id);
  return createEndpoint(world, { url, enabled_events: ['*'] }, secret).secret ?? '';
}

async function listen(app: Hono, wanted: number): Promise<{ server: ServerType; port: number }> {
  const server = serve({ fetch: app.fetch, port: wanted, hostname: '127.0.0.1' });
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}
