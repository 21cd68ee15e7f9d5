import { DAY, type World } from '../world.ts';
import { collectInvoice } from './collection.ts';
import { expireSession } from './checkout.ts';
import { advanceDraft, endPeriod, periodEnd } from './cycle.ts';
import { expireIncomplete, expirePendingChange, INCOMPLETE_SECONDS } from './lifecycle.ts';
import { settleProcessing } from './payments.ts';
import { advanceSchedule } from './schedules.ts';
import { sayTrialEnds, type Subscription } from './subscriptions.ts';

/** Seconds a bank debit takes. */
const DEBIT_SECONDS = 5;
/** More steps than this at one moment would never end. */
const MAX_STEPS = 100_000;

interface Deadline {
  at: number;
  customer: string | null;
  run: () => void;
}

/** Everything that will happen by itself, unless something else happens first. */
function* deadlines(world: World): Generator<Deadline> {
  const { store } = world;
  // Schedules come first: what they change at the end of a period is billed in the next.
  for (const { id, customer, status, phases, current_phase } of store.all('subscription_schedule')) {
    const at =
      status === 'not_started' ? phases[0]?.start_date : status === 'active' ? current_phase?.end_date : null;
    if (typeof at === 'number') yield { at, customer, run: () => advanceSchedule(world, id) };
  }
  for (const subscription of store.all('subscription')) yield* ofSubscription(world, subscription);
  for (const {
    id,
    customer,
    status,
    automatically_finalizes_at: final,
    next_payment_attempt: next,
  } of store.all('invoice')) {
    if (status === 'draft' && final !== null)
      yield { at: final, customer, run: () => advanceDraft(world, id) };
    if (status === 'open' && next !== null) {
      yield { at: next, customer, run: () => void collectInvoice(world, id, { offSession: true }) };
    }
  }
  for (const { id, customer, status, expires_at } of store.all('checkout.session')) {
    if (status === 'open') yield { at: expires_at, customer, run: () => void expireSession(world, id) };
  }
  for (const { id, customer, status, latest_charge } of store.all('payment_intent')) {
    if (status !== 'processing') continue;
    const charged = store.get('charge', latest_charge ?? '')?.created ?? 0;
    yield { at: charged + DEBIT_SECONDS, customer, run: () => settleProcessing(world, id) };
  }
}

function* ofSubscription(world: World, subscription: Subscription): Generator<Deadline> {
  const { id, customer, status, created, trial_end, cancel_at, pending_update } = subscription;
  if (pending_update)
    yield { at: pending_update.expires_at, customer, run: () => expirePendingChange(world, id) };
  if (status === 'incomplete') {
    yield { at: created + INCOMPLETE_SECONDS, customer, run: () => expireIncomplete(world, id) };
    return;
  }
  if (!['active', 'past_due', 'unpaid', 'trialing'].includes(status)) return;
  if (status === 'trialing' && trial_end !== null) {
    const said = world.store.get('setting', `trial_will_end:${id}`)?.value === trial_end;
    if (!said) yield { at: trial_end - 3 * DAY, customer, run: () => sayTrialEnds(world, id) };
  }
  const end = periodEnd(subscription);
  yield {
    at: cancel_at === null ? end : Math.min(cancel_at, end),
    customer,
    run: () => endPeriod(world, id),
  };
}

/** Does what is due up to `until`, each at its own time, for customers on the given test clock (`null`: on none). */
function runDue(world: World, until: number, clock: string | null, moveTo: (time: number) => void): void {
  const clockOf = (customer: string | null) => {
    const found = customer === null ? undefined : world.store.get('customer', customer);
    return found && 'test_clock' in found ? (found.test_clock ?? null) : null;
  };
  for (let step = 0; step < MAX_STEPS; step++) {
    let next: Deadline | undefined;
    for (const deadline of deadlines(world)) {
      if (deadline.at <= until && (!next || deadline.at < next.at) && clockOf(deadline.customer) === clock)
        next = deadline;
    }
    if (!next) return;
    const { at, run } = next;
    moveTo(at);
    world.store.transaction(
      () => (clock === null ? world.at(at, run) : run()),
      () => false,
    );
  }
  throw new Error('what is due never ends: a deadline does not move on');
}

/** Does what the account's own clock has reached. */
export function tick(world: World): void {
  runDue(world, world.now(), null, () => undefined);
}

/** Moves the account's clock forward; renewals, trials, retries and expiries in between happen at their time. */
export function advanceClock(world: World, seconds: number): void {
  const target = world.now() + seconds;
  world.moveClock(seconds);
  runDue(world, target, null, () => undefined);
}

/** Moves a test clock to `target`, and with it the customers that are on it. */
export function advanceTestClock(world: World, id: string, target: number): void {
  const moveTo = (frozen_time: number) => void world.update('test_helpers.test_clock', id, { frozen_time });
  runDue(world, target, id, moveTo);
  moveTo(target);
}
