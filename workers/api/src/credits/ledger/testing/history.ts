import type { SqlRow, SqlValue, Store } from '@uxflow/flow/sync/server';
import type { GrantInput, HoldInput, RunUsage } from '../../account.rpc.ts';
import type { Outcome } from '../../../platform/errors.ts';
import { Ledger } from '../ledger.ts';
import type { Stream } from '../outbox.ts';
import { audit, fingerprint } from './audit.ts';
import { Model, type Verdict } from './model.ts';

/** One thing that happens to a ledger. Times in a history are relative (ms from its moment), so that any order makes sense. */
export type Step =
  | { do: 'grant'; key: string; source: GrantInput['source']; amount: number; lives: number | null }
  | {
      do: 'hold';
      batch: {
        id: string;
        amount: number;
        lives: number;
        user: string | null;
        budget: HoldInput['budget'] | null;
      }[];
    }
  | { do: 'settle'; batch: { id: string; share: number; tokens: number }[] }
  | { do: 'void'; batch: { id: string; outcome: 'failed' | 'cancelled' }[] }
  | { do: 'wait'; ms: number }
  | { do: 'expire' }
  /** An earlier operation arrives again, unchanged, `back` operations later. */
  | { do: 'repeat'; back: number }
  /** The next operation dies at its `at`-th statement; the ledger is opened again and the operation repeated. */
  | { do: 'crash'; at: number }
  /** The outbox is delivered; `lost` = the delivery arrives but its sender dies before it notes that. */
  | { do: 'deliver'; stream: Stream; most: number; lost: boolean };

type Call =
  | { op: 'grant'; input: GrantInput }
  | { op: 'hold'; inputs: HoldInput[] }
  | { op: 'settle' | 'void'; inputs: { holdId: string; usage: RunUsage }[] };

/** Where a ledger lives. `reopen` gives the same data to a new process. */
export interface World {
  store: Store;
  reopen(): Store;
}
export type Wrap = (store: Store) => Store;

class Divergence extends Error {}
class Crash extends Error {}

/** Dies in the middle of an operation when armed. */
class Fuse implements Store {
  readonly #inner: Store;
  armed = Infinity;

  constructor(inner: Store) {
    this.#inner = inner;
  }

  exec<Row extends SqlRow>(sql: string, ...params: SqlValue[]): Row[] {
    this.armed -= 1;
    if (this.armed < 0) throw new Crash('the process died');
    return this.#inner.exec<Row>(sql, ...params);
  }

  transaction<T>(body: () => T): T {
    return this.#inner.transaction(body);
  }
}

const LONGEST_BACKOFF = 300_000;
const START = Date.UTC(2026, 0, 30, 23, 59, 50);

/**
 * Plays a history against the ledger and the model and throws a `Divergence` at the first difference in an answer, the
 * balance, a law of the tables or what has been delivered. `mutate` plants a bug between the ledger and its storage.
 */
export function play(steps: readonly Step[], world: World, mutate: Wrap = (store) => store): void {
  let now = START;
  let ids = 0;
  const ports = { now: () => now, newId: (prefix: string) => `${prefix}_${(ids += 1)}` };
  let fuse = new Fuse(mutate(world.store));
  let ledger = new Ledger(fuse, ports);
  const model = new Model(now);
  const calls: Call[] = [];
  const received: Record<Stream, Map<number, SqlRow>> = { entry: new Map(), usage: new Map() };
  let crashAt: number | null = null;

  const compare = (call: Call, actual: Outcome<object>[]) => {
    const expected = judge(model, call);
    actual.forEach((outcome, i) =>
      same(`answer to ${JSON.stringify(call)}`, asVerdict(outcome), expected[i]),
    );
  };

  const perform = (call: Call) => {
    if (crashAt !== null) {
      const before = fingerprint(world.store);
      fuse.armed = crashAt;
      crashAt = null;
      try {
        // Short operations end before the fuse burns down: then only the answer gets lost.
        compare(call, run(ledger, call));
      } catch (error) {
        if (!(error instanceof Crash)) throw error;
        same('a crash leaves nothing half done', fingerprint(world.store), before);
      }
      fuse = new Fuse(mutate(world.reopen()));
      ledger = new Ledger(fuse, ports);
    }
    compare(call, run(ledger, call));
  };

  const deliver = (stream: Stream, most: number, lost: boolean) => {
    const rows = stream === 'entry' ? ledger.pendingEntries(most) : ledger.pendingUsage(most);
    for (const row of rows) if (!received[stream].has(row.seq)) received[stream].set(row.seq, row);
    const last = rows.at(-1);
    if (!lost && last) ledger.markDelivered(stream, last.seq);
    if (lost && last) ledger.markFailed(stream);
  };

  const alarmIsRight = () => {
    const [due, expiry] = [ledger.nextDue(), model.nextExpiry()];
    const undelivered = ledger.pendingEntries(1).length + ledger.pendingUsage(1).length > 0;
    if (due === null) return expiry === null && !undelivered;
    const latest = Math.min(expiry ?? Infinity, undelivered ? now + LONGEST_BACKOFF : Infinity);
    return due <= latest && (due > now || undelivered);
  };

  steps.forEach((step, index) => {
    if (step.do === 'wait') model.now = now += step.ms;
    else if (step.do === 'expire') ledger.expire();
    else if (step.do === 'crash') crashAt = step.at;
    else if (step.do === 'deliver') deliver(step.stream, step.most, step.lost);
    else if (step.do === 'repeat') {
      const call = calls.at(-1 - (step.back % Math.max(1, calls.length)));
      if (call) perform(call);
    } else {
      const call = callOf(step, now, model);
      calls.push(call);
      perform(call);
    }
    same(`balance after step ${index}`, ledger.balance(), model.balance());
    same(`alarm after step ${index}`, alarmIsRight(), true);
    if (index % 4 === 0) lawful(world.store);
  });

  lawful(world.store);
  for (const user of ['ann', 'bob']) {
    for (const per of ['day', 'month'] as const) {
      const { used, held } = ledger.budget({ scope: `user:${user}`, limit: 0, per });
      same(`${user}'s spending this ${per}`, used + held, model.spent(user, per));
    }
  }
  for (const stream of ['entry', 'usage'] as const) {
    for (let left = 1_000; left > 0 && ledger.deliveredUpTo(stream) < count(world.store, stream); left -= 1)
      deliver(stream, 3, false);
    const all = stream === 'entry' ? everyEntry(world.store) : model.ended;
    const arrived = [...received[stream]].toSorted(([a], [b]) => a - b);
    same(
      `${stream} numbers received`,
      arrived.map(([seq]) => seq),
      all.map((_, i) => i + 1),
    );
    if (stream === 'usage') {
      same(
        'usage received',
        arrived.map(([, r]) => [r.run_id, r.cost, r.outcome]),
        model.ended.map((id) => {
          const hold = model.holds.get(id);
          return [id, hold?.cost, hold?.outcome];
        }),
      );
    } else
      same(
        'entries received, those of grants with their source',
        arrived.map(([, { source, payment_intent, ...row }]) => [row, (source ?? payment_intent) !== null]),
        everyEntry(world.store).map((row) => [row, row['kind'] === 'grant']),
      );
  }
  // After everything is delivered and nothing expires any more, the ledger must want no alarm.
  now += 10 * 366 * 86_400_000;
  ledger.expire();
  for (const stream of ['entry', 'usage'] as const) ledger.markDelivered(stream, count(world.store, stream));
  same('nothing is due in the end', ledger.nextDue(), null);
}

function callOf(
  step: Extract<Step, { do: 'grant' | 'hold' | 'settle' | 'void' }>,
  now: number,
  model: Model,
): Call {
  switch (step.do) {
    case 'grant':
      return {
        op: 'grant',
        input: {
          key: step.key,
          source: step.source,
          amount: step.amount,
          ...(step.lives !== null && { expiresAt: now + step.lives }),
        },
      };
    case 'hold':
      return {
        op: 'hold',
        inputs: step.batch.map(({ id, amount, lives, user, budget }) => ({
          holdId: id,
          amount,
          expiresAt: now + lives,
          flowId: 'flw_1',
          agent: 'designer',
          model: 'local',
          keyId: 'key_1',
          ...(user !== null && { userId: user }),
          ...(user !== null && budget && { budget }),
        })),
      };
    case 'settle':
      return {
        op: 'settle',
        inputs: step.batch.map(({ id, share, tokens }) => ({
          holdId: id,
          usage: usage(
            'succeeded',
            Math.floor(((model.holds.get(id)?.input.amount ?? 10) * share) / 4),
            tokens,
          ),
        })),
      };
    case 'void':
      return {
        op: 'void',
        inputs: step.batch.map(({ id, outcome }) => ({ holdId: id, usage: usage(outcome, 0, 0) })),
      };
  }
}

function usage(outcome: RunUsage['outcome'], cost: number, tokens: number): RunUsage {
  return { outcome, cost, inputTokens: tokens, cachedTokens: 0, outputTokens: tokens, latency: 5 };
}

function run(ledger: Ledger, call: Call): Outcome<object>[] {
  if (call.op === 'grant') return [ledger.grant(call.input)];
  if (call.op === 'hold') return ledger.holdMany(call.inputs);
  return call.op === 'settle' ? ledger.settleMany(call.inputs) : ledger.voidMany(call.inputs);
}

/** The ledger admits holds one after another but says what is available after a whole batch of endings. */
function judge(model: Model, call: Call): Verdict[] {
  if (call.op === 'grant') return [model.grant(call.input)];
  if (call.op === 'hold') return call.inputs.map((input) => model.hold(input));
  const { op } = call;
  const verdicts = call.inputs.map(({ holdId, usage: used }) => model[op](holdId, used));
  const { available } = model.balance();
  for (const verdict of verdicts) {
    if (verdict.ok && !model.told.has(verdict)) verdict.available = available;
    model.told.add(verdict);
  }
  return verdicts;
}

function asVerdict(outcome: Outcome<object>): Verdict {
  if (!outcome.ok) {
    const { required, available } = outcome.extra ?? {};
    return {
      ok: false,
      code: outcome.code,
      ...(typeof required === 'number' && { required }),
      ...(typeof available === 'number' && { available }),
    };
  }
  const { available, cost } = outcome as { available?: number; cost?: number };
  return { ok: true, ...(available !== undefined && { available }), ...(cost !== undefined && { cost }) };
}

function count(store: Store, stream: Stream): number {
  const sql =
    stream === 'entry'
      ? 'SELECT COUNT(*) AS n FROM entry'
      : `SELECT COUNT(*) AS n FROM hold WHERE state <> 'open'`;
  return Number(store.exec(sql)[0]?.n);
}

function everyEntry(store: Store): SqlRow[] {
  return store.exec('SELECT seq, id, kind, ref, debit, credit, amount, at FROM entry ORDER BY seq');
}

function lawful(store: Store): void {
  const broken = audit(store);
  if (broken.length > 0) throw new Divergence(`Broken: ${broken.join('; ')}`);
}

function same(what: string, actual: unknown, expected: unknown): void {
  const [a, e] = [canonical(actual), canonical(expected)];
  if (a !== e) throw new Divergence(`${what}: ledger ${a}, model ${e}`);
}

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, v: unknown) =>
      v !== null && typeof v === 'object' && !Array.isArray(v)
        ? Object.fromEntries(Object.entries(v).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : v,
    ) ?? 'undefined'
  );
}
