import type { Stripe } from 'stripe';
import type { EventObject, Objects, ThinEvent } from './kinds.ts';
import type { Random } from './random.ts';
import type { Store } from './store.ts';

export const API_VERSION: string = '2026-10-28.endive';

type EventType = Stripe.Event['type'];
type Listener = (object: never) => void;

/** How failed renewals are retried: days after each failure, and what becomes of the subscription in the end. */
export interface Dunning {
  retryDays: number[];
  finally: 'cancel' | 'unpaid' | 'past_due';
}

export const DAY = 86_400;

/**
 * One Stripe account: its objects, its clock, and what happens when something happens. Everything in here is
 * synchronous, so a request is one step that other requests never see the middle of.
 */
export class World {
  readonly store: Store;
  readonly dunning: Dunning;
  /** Where the hosted pages are reached, without a slash at the end. */
  publicUrl = '';
  /** The request that is being answered: events name it. */
  request: { id: string; idempotencyKey: string | null } | null = null;
  readonly #random: Random;
  readonly #wall: () => number;
  readonly #listeners = new Map<string, Listener[]>();
  #stopped: number | undefined;
  /** Told of every new event; delivers it once the request that caused it is through. */
  publish: (event: EventObject | ThinEvent) => void = () => undefined;

  constructor(options: { store: Store; random: Random; wall: () => number; dunning: Dunning }) {
    this.store = options.store;
    this.#random = options.random;
    this.#wall = options.wall;
    this.dunning = options.dunning;
  }

  /** Unix seconds; for a customer on a test clock, that clock's. */
  now(customer?: string | null): number {
    const on = customer ? this.store.get('customer', customer) : undefined;
    const clock = on && 'test_clock' in on && on.test_clock ? on.test_clock : undefined;
    if (clock) return this.store.need('test_helpers.test_clock', clock).frozen_time;
    return this.#stopped ?? this.#wall() + this.offset;
  }

  /** Seconds by which this account's clock is ahead of the wall's. */
  get offset(): number {
    return this.store.get('setting', 'clock_offset')?.value ?? 0;
  }

  moveClock(seconds: number): void {
    this.store.put('setting', { id: 'clock_offset', value: this.offset + seconds });
  }

  /** Runs `work` while the clock stands at `time`: what was due in between happens at its own time. */
  at<T>(time: number, work: () => T): T {
    const before = this.#stopped;
    this.#stopped = time;
    try {
      return work();
    } finally {
      this.#stopped = before;
    }
  }

  newId(prefix: string): string {
    // A seeded stream starts anew with every run, over state that may be kept.
    for (;;) {
      const id = `${prefix}_${this.#random.letters(24)}`;
      if (!this.store.find(id)) return id;
    }
  }

  /** A number that goes up by one each time, from 1. */
  count(name: string): number {
    const value = (this.store.get('setting', name)?.value ?? 0) + 1;
    this.store.put('setting', { id: name, value });
    return value;
  }

  /** Changes an object and returns it as it is then. */
  update<K extends keyof Objects>(kind: K, id: string, patch: Partial<Objects[K]>): Objects[K] {
    return this.store.put(kind, { ...this.store.need(kind, id), ...patch } as Objects[K]);
  }

  /** Other parts of this account act on an event, before the request is answered. */
  on(type: EventType, listener: (object: never) => void): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  /** Records an event with the object as it is now; `before` is the object as it was, for `previous_attributes`. */
  emit(type: EventType, object: { id?: string }, before?: object): void {
    const event = {
      id: this.newId('evt'),
      object: 'event',
      api_version: API_VERSION,
      created: this.now(),
      data: before ? { object, previous_attributes: changed(before, object) } : { object },
      livemode: false,
      pending_webhooks: 0,
      request: this.#requestOfEvent(),
      type,
    } satisfies EventObject;
    this.store.put('event', event);
    this.publish(event);
    for (const listener of this.#listeners.get(type) ?? []) listener(object as never);
  }

  /** As `emit`, for an update: says nothing where nothing changed. */
  emitUpdate(type: EventType, object: { id?: string }, before: object): void {
    if (Object.keys(changed(before, object)).length > 0) this.emit(type, object, before);
  }

  emitThin(event: Omit<ThinEvent, 'id' | 'object' | 'created' | 'livemode'>): void {
    const whole = {
      id: this.newId('evt'),
      object: 'v2.core.event',
      created: new Date(this.now() * 1_000).toISOString(),
      livemode: false,
      ...event,
    } satisfies ThinEvent;
    this.store.put('thin_event', whole);
    this.publish(whole);
  }

  #requestOfEvent(): EventObject['request'] {
    return this.request === null
      ? { id: null, idempotency_key: null }
      : { id: this.request.id, idempotency_key: this.request.idempotencyKey };
  }
}

/** The old values of the fields that differ. */
function changed(before: object, after: object): object {
  const now = after as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(before).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(now[key])),
  );
}
