import { applyEvent } from '@uxflow/api/billing';
import type { EventObject } from '../stripe-local/kinds.ts';
import { Random } from '../stripe-local/random.ts';
import { setUpStripe } from '../stripe-setup/setup.ts';
import { type Account, openAccount } from './account.ts';
import { type Backend, openBackend, type Sabotage } from './backend.ts';
import { killedAfter } from './fuse.ts';
import { doStep, makeHistory, type Step } from './history.ts';

const HOUR = 3_600;
/** Time moves in steps of so many seconds; in each, what is due is delivered. */
const TICK = 6 * HOUR;
const TICKS_A_DAY = 4;
/** Stripe tries to deliver for three days. */
const LONGEST_DELAY = 3 * 24 * HOUR;
/** After the last step, long enough for everything to arrive. */
const TAIL = 6;

export type State = Awaited<ReturnType<Backend['state']>>;

/** How events come: once, in order and at once; or as a seed says. */
export type Schedule = 'in order' | number;

export interface Counted {
  events: number;
  deliveries: number;
  killed: number;
  busy: number;
}

/** One history from its start to its end under a schedule. */
export async function play(
  seed: number,
  schedule: Schedule,
  sabotage?: Sabotage,
): Promise<{ steps: Step[]; state: State; counted: Counted }> {
  const account = openAccount(seed);
  await setUpStripe(account.stripe, { tell: () => undefined });
  const { id: customer } = await account.stripe.customers.create({ metadata: { workspace_id: 'ws_1' } });
  const backend = openBackend(account, customer, sabotage);
  await backend.begin();
  account.newEvents();
  const steps = makeHistory(new Random(seed * 7 + 1));
  const post =
    schedule === 'in order'
      ? new Courier(account, backend)
      : new Postman(account, backend, new Random(schedule));
  for (const [at, step] of [...steps, { do: 'wait' as const, days: TAIL }].entries()) {
    await doStep(account, customer, step, at);
    await post.deliver();
    const ticks = step.do === 'wait' ? (step.days * 24 * HOUR) / TICK : 1;
    for (let tick = 0; tick < ticks; tick++) {
      account.advance(TICK);
      if (tick % TICKS_A_DAY === 0) await backend.tick();
      await post.deliver();
    }
  }
  await post.finish();
  await backend.tick();
  const state = await backend.state();
  backend.close();
  return { steps, state, counted: post.counted };
}

const HANDLED =
  /^(checkout\.session|customer\.(updated|deleted|subscription)|invoice|charge|refund|payment_intent)\b/;

/** Every event once, in order, right after it happened. */
class Courier {
  protected readonly account: Account;
  protected readonly backend: Backend;
  readonly counted: Counted = { events: 0, deliveries: 0, killed: 0, busy: 0 };

  constructor(account: Account, backend: Backend) {
    this.account = account;
    this.backend = backend;
  }

  protected taken(): EventObject[] {
    const events = this.account.newEvents().filter(({ type }) => HANDLED.test(type));
    this.counted.events += events.length;
    return events;
  }

  protected store(event: EventObject): Promise<unknown> {
    const { id, type } = event;
    return this.backend.inbox.store({ id, type, kind: 'snapshot', payload: JSON.stringify(event) });
  }

  async deliver(): Promise<void> {
    for (const event of this.taken()) {
      this.counted.deliveries += 1;
      await this.store(event);
      const applied = await this.backend.inbox.apply(() => this.backend.ports, event.id);
      if (applied.state !== 'done') throw new Error(`${event.type}: ${JSON.stringify(applied)}`);
    }
  }

  async finish(): Promise<void> {}
}

interface Copy {
  event: EventObject;
  /** Unix seconds. */
  due: number;
}

/** Each event one to six times, late, in any order, two at a time, and the Worker dies now and then. */
class Postman extends Courier {
  readonly #random: Random;
  #waiting: Copy[] = [];

  constructor(account: Account, backend: Backend, random: Random) {
    super(account, backend);
    this.#random = random;
  }

  override async deliver(): Promise<void> {
    const now = this.account.now();
    for (const event of this.taken()) {
      const copies = 1 + this.#random.between(0, 5);
      for (let copy = 0; copy < copies; copy++) this.#waiting.push({ event, due: now + this.#delay() });
    }
    const due = this.#shuffled(this.#waiting.filter((copy) => copy.due <= now));
    this.#waiting = this.#waiting.filter((copy) => copy.due > now);
    while (due.length > 0) {
      const together = due.splice(0, this.#random.chance(0.2) ? 2 : 1);
      const failed = await Promise.all(together.map((copy) => this.#attempt(copy)));
      this.#waiting.push(...failed.filter((copy) => copy !== null));
    }
  }

  override async finish(): Promise<void> {
    // Whoever was killed has left a lease that has run out by now or runs out here.
    while (this.#waiting.length > 0) {
      for (const copy of this.#waiting) copy.due = 0;
      await this.deliver();
      await this.backend.tick();
      this.account.advance(120);
    }
  }

  /** @returns the copy when it has to be tried again. */
  async #attempt({ event }: Copy): Promise<Copy | null> {
    this.counted.deliveries += 1;
    const { inbox, ports } = this.backend;
    const calls = this.#random.chance(0.25) ? this.#random.between(1, 40) : Number.POSITIVE_INFINITY;
    // One that has forgotten what is done has to do no harm either.
    const forgetful = this.#random.chance(0.3);
    const later = this.account.now() + this.#random.between(1, 4) * TICK;
    const result = await killedAfter(calls, async () => {
      await this.store(event);
      if (forgetful) {
        try {
          const { id, type, created, data } = event;
          await applyEvent(ports, { id, type, created, objectId: (data.object as { id: string }).id });
        } catch (error) {
          if (!(error instanceof Error && error.name === 'Busy')) throw error;
          return 'busy' as const;
        }
      }
      const applied = await inbox.apply(() => ports, event.id);
      if (applied.state === 'retry' && applied.error.includes('by somebody else')) return 'busy' as const;
      if (applied.state !== 'done') throw new Error(`${event.type}: ${JSON.stringify(applied)}`);
      return 'done' as const;
    });
    if (result === 'done') return null;
    this.counted[result] += 1;
    return { event, due: later };
  }

  #delay(): number {
    const dice = this.#random.next();
    if (dice < 0.4) return 0;
    return dice < 0.8 ? this.#random.between(0, 12) * HOUR : this.#random.between(0, LONGEST_DELAY);
  }

  #shuffled<T>(list: T[]): T[] {
    const left = [...list];
    const shuffled: T[] = [];
    while (left.length > 0) shuffled.push(...left.splice(this.#random.between(0, left.length - 1), 1));
    return shuffled;
  }
}
