import type { Delivery, EventObject, ThinEvent } from '../kinds.ts';
import type { Random } from '../random.ts';
import type { World } from '../world.ts';
import { departures, type Faults, NO_FAULTS } from './faults.ts';
import { signatureHeader } from './signature.ts';

/** Milliseconds before each further attempt. Stripe takes days; here the first ones come at once. */
const RETRY_DELAYS = [250, 1_000, 5_000, 30_000, 120_000];
const TIMEOUT = 10_000;

/**
 * Brings events to their endpoints: signed, in a seeded order, with the faults it was told to make, and again until an
 * endpoint answers 2xx or the attempts are used up.
 */
export class Scheduler {
  faults: Faults = NO_FAULTS;
  readonly #world: World;
  readonly #random: Random;
  #published: (EventObject | ThinEvent)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #paused = false;
  #closed = false;

  constructor(world: World, random: Random) {
    this.#world = world;
    this.#random = random;
    world.publish = (event) => {
      this.#published.push(event);
      // Once the request is through: what it undid is not delivered.
      if (this.#published.length === 1) queueMicrotask(() => this.#accept());
    };
    this.#arm();
  }

  /** Nothing is sent until `resume`; events pile up. */
  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#arm();
  }

  /** Sends all that waits, in order of its time but without waiting for it; returns when nothing is left to send. */
  async drain(): Promise<void> {
    this.#accept();
    await this.#run(true);
  }

  /** Sends an event to its endpoints once more. */
  resend(eventId: string): void {
    const event = this.#world.store.get('event', eventId) ?? this.#world.store.get('thin_event', eventId);
    if (event) this.#schedule(event, [0]);
    this.#arm();
  }

  close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    return this.#running ?? Promise.resolve();
  }

  #accept(): void {
    const published = this.#published;
    this.#published = [];
    for (const event of published) {
      const { store } = this.#world;
      const kept =
        event.object === 'event' ? store.get('event', event.id) : store.get('thin_event', event.id);
      if (kept) this.#schedule(event, departures(this.faults, this.#random));
    }
    this.#arm();
  }

  #schedule(event: EventObject | ThinEvent, times: number[]): void {
    const thin = event.object === 'v2.core.event';
    for (const { id, url } of this.#targets(event.type, thin)) {
      for (const [copy, time] of times.entries()) {
        this.#world.store.put('delivery', {
          id: this.#world.newId('dlv'),
          event: event.id,
          endpoint: id,
          url,
          type: event.type,
          thin,
          copy,
          state: 'waiting',
          dueAt: Date.now() + time,
          attempts: [],
        });
      }
    }
  }

  #targets(type: string, thin: boolean): { id: string; url: string }[] {
    const wants = (enabled: string[]) =>
      enabled.some(
        (each) =>
          each === '*' || each === type || (each.endsWith('.*') && type.startsWith(each.slice(0, -1))),
      );
    const { store } = this.#world;
    const destinations = store
      .all('event_destination')
      .filter(
        ({ status, enabled_events, event_payload }) =>
          status === 'enabled' && (event_payload === 'thin') === thin && wants(enabled_events),
      )
      .flatMap(({ id, webhook_endpoint }) =>
        webhook_endpoint?.url ? [{ id, url: webhook_endpoint.url }] : [],
      );
    if (thin) return destinations;
    return [
      ...store
        .all('webhook_endpoint')
        .filter(({ status, enabled_events }) => status === 'enabled' && wants(enabled_events)),
      ...destinations,
    ];
  }

  #waiting(): Delivery[] {
    return this.#world.store
      .all('delivery')
      .filter(({ state }) => state === 'waiting')
      .toSorted((a, b) => a.dueAt - b.dueAt);
  }

  #arm(): void {
    clearTimeout(this.#timer);
    if (this.#closed || this.#paused || this.#running) return;
    const next = this.#waiting()[0];
    if (!next) return;
    this.#timer = setTimeout(() => void this.#run(false), Math.max(0, next.dueAt - Date.now()));
  }

  /** One delivery at a time, so that the order is the scheduled one. */
  async #run(all: boolean): Promise<void> {
    while (this.#running) await this.#running;
    this.#running = this.#work(all);
    await this.#running;
    this.#running = undefined;
    this.#arm();
  }

  async #work(all: boolean): Promise<void> {
    for (;;) {
      const next = this.#waiting()[0];
      if (!next || this.#closed || (!all && (this.#paused || next.dueAt > Date.now()))) return;
      await this.#attempt(next);
    }
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const { store } = this.#world;
    const dropped = this.faults.drop > 0 && this.#random.chance(this.faults.drop);
    const result = dropped ? { status: null, error: 'lost on its way' } : await this.#send(delivery);
    const attempts = [...delivery.attempts, { at: Date.now(), ...result, dropped }];
    const delivered = result.status !== null && result.status >= 200 && result.status < 300;
    const wait = RETRY_DELAYS[attempts.length - 1];
    const state = delivered ? 'delivered' : wait === undefined ? 'failed' : 'waiting';
    store.put('delivery', { ...delivery, attempts, state, dueAt: Date.now() + (wait ?? 0) });
  }

  async #send(delivery: Delivery): Promise<{ status: number | null; error: string | null }> {
    const { store } = this.#world;
    const secret = store.get('secret', delivery.endpoint)?.secret;
    const event = delivery.thin
      ? store.get('thin_event', delivery.event)
      : store.get('event', delivery.event);
    if (secret === undefined || !event) return { status: null, error: 'the endpoint or the event is gone' };
    const body = JSON.stringify(delivery.thin ? { ...event, data: undefined } : event, null, 2);
    try {
      const response = await fetch(delivery.url, {
        method: 'POST',
        body,
        headers: {
          'Content-Type': 'application/json; charset=utf-8',
          // Real time, whatever this account's clock says: the receiver compares it with its own.
          'Stripe-Signature': signatureHeader(body, secret, Math.floor(Date.now() / 1_000)),
          'User-Agent': 'Stripe/1.0 (stripe-local)',
        },
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT),
      });
      await response.arrayBuffer();
      return { status: response.status, error: null };
    } catch (error) {
      return { status: null, error: error instanceof Error ? error.message : String(error) };
    }
  }
}
