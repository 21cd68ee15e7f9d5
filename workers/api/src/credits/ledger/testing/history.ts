import type { SqlRow } from '@uxflow/flow/sync/server';
import type { Outcome } from '../../../platform/errors.ts';
import { Ledger } from '../ledger.ts';
import { STREAMS, type Stream } from '../outbox.ts';
import { audit, fingerprint } from './audit.ts';
import { type Call, callOf } from './calls.ts';
import type { Verdict } from './model-answers.ts';
import { nameOf } from './model-holds.ts';
import { Model } from './model.ts';
import type { Step } from './steps.ts';
import { Crash, Fuse, type World, type Wrap } from './world.ts';

class Divergence extends Error {}

const LONGEST_BACKOFF = 300_000;
const START = Date.UTC(2026, 0, 30, 23, 59, 50);
const SCOPES = ['user:ann', 'user:bob', 'key:key_1', 'tenant:acme', 'agent:designer'];

/**
 * Plays a history against the ledger and the model and throws a `Divergence` at the first difference in an answer, the
 * balance, a law of the tables or what has been delivered. `mutate` plants a bug between the ledger and its storage.
 */
export function play(steps: readonly Step[], world: World, mutate: Wrap = (store) => store): void {
  new Player(world, mutate).play(steps);
}

class Player {
  readonly #world: World;
  readonly #mutate: Wrap;
  readonly #model = new Model(START);
  readonly #calls: Call[] = [];
  readonly #received: Record<Stream, Map<number, SqlRow>> = {
    entry: new Map(),
    usage: new Map(),
    event: new Map(),
    meter: new Map(),
    start: new Map(),
  };
  #now = START;
  #ids = 0;
  #fuse: Fuse;
  #ledger: Ledger;
  #crashAt: number | null = null;

  constructor(world: World, mutate: Wrap) {
    this.#world = world;
    this.#mutate = mutate;
    this.#fuse = new Fuse(mutate(world.store));
    this.#ledger = this.#open();
  }

  play(steps: readonly Step[]): void {
    steps.forEach((step, index) => {
      this.#do(step);
      this.#compareBalance(`after step ${index}`);
      if (index % 3 === 2) this.#compareAlarm(`after step ${index}`);
    });
    this.#compareAlarm('in the end');
    this.#end(SCOPES[steps.length % SCOPES.length] ?? '');
  }

  #open(): Ledger {
    const newId = (prefix: string) => `${prefix}_${(this.#ids += 1)}`;
    return new Ledger(this.#fuse, { now: () => this.#now, newId });
  }

  #do(step: Step): void {
    switch (step.do) {
      case 'wait':
        this.#model.now = this.#now += step.ms;
        return;
      case 'expire':
        this.#ledger.expire();
        this.#model.letTimePass();
        return;
      case 'crash':
        this.#crashAt = step.at;
        return;
      case 'deliver':
        this.#deliver(step.stream, step.most, step.lost);
        return;
      case 'repeat': {
        const call = this.#calls.at(-1 - (step.back % Math.max(1, this.#calls.length)));
        if (call) this.#perform(call);
        return;
      }
      default: {
        const heldBy = (id: string) => this.#model.holds.all.get(id)?.amount ?? null;
        const call = callOf(step, this.#now, START, heldBy);
        this.#calls.push(call);
        this.#perform(call);
      }
    }
  }

  #perform(call: Call): void {
    if (this.#crashAt !== null) {
      const before = fingerprint(this.#world.store);
      this.#fuse.armed = this.#crashAt;
      this.#crashAt = null;
      try {
        // Short operations end before the fuse burns down: then only the answer gets lost.
        this.#compare(call, run(this.#ledger, call));
      } catch (error) {
        if (!(error instanceof Crash)) throw error;
        same('a crash leaves nothing half done', fingerprint(this.#world.store), before);
      }
      this.#fuse = new Fuse(this.#mutate(this.#world.reopen()));
      this.#ledger = this.#open();
    }
    this.#compare(call, run(this.#ledger, call));
  }

  #compare(call: Call, actual: readonly Outcome<object>[]): void {
    const expected = this.#model.judge(call);
    same(`number of answers to ${call.op}`, actual.length, expected.length);
    actual.forEach((outcome, i) => {
      const verdict = expected[i] ?? { ok: false };
      const told = asVerdict(outcome);
      for (const field of new Set([...Object.keys(verdict), ...Object.keys(told)]))
        same(`answer ${i} to ${JSON.stringify(call)}: ${field}`, told[field], verdict[field]);
    });
  }

  #compareBalance(when: string): void {
    const actual = this.#ledger.balance();
    this.#model.letTimePass();
    const expected = this.#model.balance();
    for (const name of Object.keys(expected) as (keyof typeof expected)[])
      same(`${name} ${when}`, actual[name], expected[name]);
    const { granted, debt, available, held, consumed, expired, clawedBack } = actual;
    same(`the sum ${when}`, granted + debt, available + held + consumed + expired + clawedBack);
  }

  #compareAlarm(when: string): void {
    const [due, expiry] = [this.#ledger.nextDue(), this.#model.nextExpiry()];
    const undelivered = STREAMS.some((stream) => this.#ledger.pending(stream, 1).length > 0);
    if (due === null) return same(`no alarm ${when}`, expiry === null && !undelivered, true);
    const latest = Math.min(expiry ?? Infinity, undelivered ? this.#now + LONGEST_BACKOFF : Infinity);
    same(`alarm ${when}`, due <= latest && (due > this.#now || undelivered), true);
  }

  #deliver(stream: Stream, most: number, lost: boolean): void {
    const rows = this.#ledger.pending(stream, most);
    const received = this.#received[stream];
    for (const row of rows) if (!received.has(row.seq)) received.set(row.seq, row);
    const last = rows.at(-1);
    if (!lost && last) this.#ledger.markDelivered(stream, last.seq);
    if (lost && last) this.#ledger.markFailed(stream);
  }

  /** What must be so when a history is over, whatever happened in it. `scope`: whose spending is compared. */
  #end(scope: string): void {
    const broken = audit(this.#world.store);
    if (broken.length > 0) throw new Divergence(`Broken: ${broken.join('; ')}`);
    for (const per of ['day', 'month'] as const) {
      const { used, held } = this.#ledger.budget({ scope, limit: 0, per });
      const spent = this.#model.holds.spent(scope, per, nameOf(per, this.#now));
      same(`${scope} this ${per}`, `${used} ${held}`, `${spent.used} ${spent.held}`);
    }
    this.#comparePlaces();
    const { rows, brokenAt } = this.#ledger.verifyAudit();
    same('audit rows', rows, this.#model.audited);
    same('audit chain', brokenAt, null);
    for (const stream of STREAMS) this.#compareStream(stream);
    // After everything is delivered and nothing expires any more, the ledger must want no alarm.
    this.#now += 10 * 366 * 86_400_000;
    for (let left = 100; left > 0 && this.#ledger.nextDue() !== null; left -= 1) {
      this.#ledger.expire();
      for (const stream of STREAMS) this.#deliver(stream, 1_000, false);
    }
    same('nothing is due in the end', this.#ledger.nextDue(), null);
  }

  /** Each credit lies in the grant where it should, and each open hold is as it should be. */
  #comparePlaces(): void {
    const { credits, holds } = this.#model;
    const grants = this.#world.store.exec(
      `SELECT source, payment_intent, priority, expires_at, remaining - held AS free, lost FROM "grant"
       WHERE source <> 'overage' ORDER BY id`,
    );
    const piles = credits.piles.map(({ source, payment, priority, expiresAt, free, lost }) => {
      return [source, payment, priority, expiresAt === Infinity ? null : expiresAt, free, lost];
    });
    same('grants', JSON.stringify(grants.map((row) => Object.values(row))), JSON.stringify(piles));
    const open = this.#world.store.exec(
      `SELECT id, amount, expires_at, overage, queue_seq IS NOT NULL AS queued FROM hold WHERE state = 'open' ORDER BY id`,
    );
    const expected = holds.open
      .map(({ input, amount, expiresAt, over, queued }) => [
        input.holdId,
        amount,
        expiresAt,
        over,
        queued === null ? 0 : 1,
      ])
      .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    same('open holds', JSON.stringify(open.map((row) => Object.values(row))), JSON.stringify(expected));
  }

  #compareStream(stream: Stream): void {
    const expected = this.#expected(stream);
    this.#deliver(stream, 1_000, false);
    same(`${stream} left over`, this.#ledger.pending(stream, 1).length, 0);
    const arrived = [...this.#received[stream]].toSorted(([a], [b]) => a - b);
    const numbers = arrived.map(([seq]) => seq);
    same(`${stream} numbers`, JSON.stringify(numbers), JSON.stringify(expected.map((_, i) => i + 1)));
    const rows = arrived.map(([, row]) => toldBy(stream, row));
    same(`${stream} received`, JSON.stringify(rows), JSON.stringify(expected));
  }

  #expected(stream: Stream): unknown[] {
    const { holds, ended, metered, started } = this.#model;
    switch (stream) {
      case 'entry':
        return this.#world.store
          .exec('SELECT seq, id, kind, ref, debit, credit, amount, at FROM entry ORDER BY seq')
          .map((row) => [...Object.values(row), row['kind'] === 'grant']);
      case 'usage':
        return ended.map((id) => [id, holds.all.get(id)?.cost, holds.all.get(id)?.outcome]);
      case 'event':
        return holds.events.map(({ type, data }) => [type, sorted(data)]);
      case 'meter':
        return metered;
      case 'start':
        return started;
    }
  }
}

/** Of a delivered row, what the model knows too. */
function toldBy(stream: Stream, row: SqlRow): unknown {
  if (stream === 'entry') {
    // Those of grants, and only they, tell their source.
    const { source, payment_intent: payment, ...line } = row;
    return [...Object.values(line), (source ?? payment) !== null];
  }
  if (stream === 'usage') return [row['run_id'], row['cost'], row['outcome']];
  if (stream === 'event') return [row['type'], sorted(JSON.parse(String(row['data'])) as object)];
  return stream === 'meter' ? [row['run_id'], row['amount']] : row['run_id'];
}

function sorted(data: object): unknown[] {
  return Object.entries(data).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function run(ledger: Ledger, call: Call): Outcome<object>[] {
  switch (call.op) {
    case 'grant':
      return [ledger.grant(call.input)];
    case 'renew':
      return [ledger.renewPlan(call.input)];
    case 'reverse':
      return [ledger.reverse(call.input)];
    case 'policy':
      return [ledger.setPolicy(call.input)];
    case 'budgets':
      return [ledger.setBudgets(call.input)];
    case 'hold':
      return ledger.holdMany(call.inputs);
    case 'settle':
      return ledger.settleMany(call.inputs);
    case 'void':
      return ledger.voidMany(call.inputs);
  }
}

/** Of an answer, what the model says too. */
function asVerdict(outcome: Outcome<object>): Verdict {
  if (!outcome.ok) {
    const { required, available } = outcome.extra ?? {};
    const { code } = outcome;
    return { ok: false, code, ...(required !== undefined && { required, available }) };
  }
  const { holdId: _hold, entryId: _entry, ...told } = outcome as Record<string, unknown> & { ok: true };
  return told;
}

function same(what: string, actual: unknown, expected: unknown): void {
  if (actual === expected) return;
  throw new Divergence(`${what}: ledger ${String(actual)}, model ${String(expected)}`);
}
