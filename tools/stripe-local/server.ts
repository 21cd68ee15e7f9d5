import { serve, type ServerType } from '@hono/node-server';
import { Hono } from 'hono';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { ROUTES } from './api.ts';
import { apiApp } from './app.ts';
import { Scheduler } from './delivery/scheduler.ts';
import { checkoutReactions, type Paid } from './engine/checkout.ts';
import { disputeReactions } from './engine/disputes.ts';
import { collectionReactions } from './engine/collection.ts';
import { advanceClock, tick } from './engine/due.ts';
import { subscriptionReactions } from './engine/lifecycle.ts';
import { authenticateIntent } from './engine/payments.ts';
import { createDestination } from './objects/event-destinations.ts';
import { createEndpoint } from './objects/webhook-endpoints.ts';
import { act } from './pages/act.ts';
import { checkoutPages } from './pages/checkout.ts';
import { controlPages } from './pages/control.ts';
import { intentPages } from './pages/intents.ts';
import { portalPages } from './pages/portal.ts';
import { sameOriginOnly } from './pages/guard.ts';
import { payAsPerson, type PayingPerson } from './person.ts';
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
  /** Destinations that get every thin event. */
  thinUrls?: string[];
  /** The secret of each of `webhookUrls` and `thinUrls`, where it has to be known beforehand. */
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
  pay(session: string, how?: PayingPerson): Paid;
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
  disputeReactions(world);
  const deliveries = new Scheduler(world, new Random(seed + 1));

  const app = new Hono();
  app.use('/pay/*', sameOriginOnly);
  app.use('/_local/*', sameOriginOnly);
  app.use('/', sameOriginOnly);
  for (const pages of [
    checkoutPages(world),
    intentPages(world),
    portalPages(world),
    controlPages(world, deliveries),
  ]) {
    app.route('/', pages);
  }
  app.route('/', apiApp(world, ROUTES));
  const { server, port } = await listen(app, options.port ?? 0);
  const url = `http://127.0.0.1:${port}`;
  world.publicUrl = url;

  const webhookSecrets = (options.webhookUrls ?? []).map((to) =>
    registerSnapshot(world, to, options.webhookSecret),
  );
  for (const to of options.thinUrls ?? []) registerThin(world, to, options.webhookSecret);
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
    pay: (session, how) => act(world, () => payAsPerson(world, session, how)),
    authenticate: (intent, agreed) => void act(world, () => authenticateIntent(world, intent, agreed)),
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
function registerSnapshot(world: World, url: string, secret: string | undefined): string {
  const known = world.store.all('webhook_endpoint').find((endpoint) => endpoint.url === url);
  const kept = known && world.store.get('secret', known.id)?.secret;
  if (kept !== undefined && (secret === undefined || secret === kept)) return kept;
  if (known) world.store.remove('webhook_endpoint', known.id);
  return createEndpoint(world, { url, enabled_events: ['*'] }, secret).secret ?? '';
}

function registerThin(world: World, url: string, secret: string | undefined): void {
  const known = world.store
    .all('event_destination')
    .find(({ webhook_endpoint, event_payload }) => event_payload === 'thin' && webhook_endpoint?.url === url);
  if (known && (secret === undefined || world.store.get('secret', known.id)?.secret === secret)) return;
  if (known) world.store.remove('event_destination', known.id);
  const name = 'Thin events';
  createDestination(
    world,
    {
      name,
      type: 'webhook_endpoint',
      event_payload: 'thin',
      enabled_events: ['*'],
      webhook_endpoint: { url },
    },
    secret,
  );
}

async function listen(app: Hono, wanted: number): Promise<{ server: ServerType; port: number }> {
  const server = serve({ fetch: app.fetch, port: wanted, hostname: '127.0.0.1' });
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}
