import type { SqlRow, Store } from '../store.ts';
import type { NumberedCommit } from './logged-commit.ts';
import type { OpLog } from './oplog.ts';
import { refuse, type Committed, type Outcome, type Refusal } from './outcome.ts';
import { readSettled } from './tables.ts';

/** Who sends what under which key. */
export interface Request {
  actor: number;
  key: string;
  fingerprint: string;
  /** Set when the key is one of a client's running numbers. */
  sequence: Sequence | undefined;
}

interface Sequence {
  client: string;
  seq: number;
}

/** What is kept of an answer. Applied ops are read from the log, so that nothing is kept twice. */
type Kept = Refusal | (Omit<Committed, 'applied' | 'change'> & { ok: true; written: boolean });

/** An answer, and to which request. */
interface Answered {
  fingerprint: string;
  kept: Kept;
}

interface KeptRow extends SqlRow {
  fingerprint: string;
  result: string;
}

/** A client's highest number answered, and the clock of its latest commit. */
interface Mark {
  actor: number;
  client: string;
  high: number;
  seen: number;
}

/** Results kept of each client; older numbers are only known to have been answered. */
const RESULTS_PER_CLIENT = 128;
/** High-water marks held in memory. */
const HELD = 1_000;
/** Clients, latest first, whose results are kept. The high-water mark is kept of all, for ever. */
const CLIENTS_WITH_RESULTS = 500;

/**
 * The answers given under each key, so that a repeated request is never carried out twice.
 *
 * The plain answer to a client's running number is the commit itself: nothing is written for it, and its high-water
 * mark is known from the log until `settle` stores it. Refusals and answers that say more have a row of their own, and
 * so has a plain one whose commit leaves the log.
 */
export class Keys {
  readonly #store: Store;
  readonly #ops: OpLog;
  /** High-water marks of the clients last heard of: a number above needs no look at the tables. */
  readonly #high = new Map<string, number>();
  /** Those that only the log knows; read from it when first needed. */
  #unsettled: Map<string, Mark> | undefined;

  constructor(store: Store, ops: OpLog) {
    this.#store = store;
    this.#ops = ops;
  }

  /** The answer given before under this key, or undefined when the request is new. */
  answer(request: Request): Outcome<Committed> | undefined {
    const { actor, sequence } = request;
    if (sequence) {
      const high = this.highWater(actor, sequence.client);
      if (sequence.seq > high) return undefined;
      if (sequence.seq <= high - RESULTS_PER_CLIENT) return DONE;
    }
    const found = this.#find(request);
    if (!found) return sequence ? DONE : undefined;
    if (found.fingerprint !== request.fingerprint) {
      return refuse(
        'idempotency_conflict',
        `The key "${request.key}" was used for another request: take a new key`,
      );
    }
    if (!found.kept.ok) return found.kept;
    const { written, ...committed } = found.kept;
    return { ...committed, applied: written ? (this.#ops.forward(committed.clock) ?? []) : [] };
  }

  /** Keeps an answer given at `clock`. Call inside the transaction that carries the request out. */
  remember(request: Request, outcome: Outcome<Committed>, clock: number): void {
    const { actor, key, fingerprint, sequence } = request;
    if (sequence) {
      const { client, seq } = sequence;
      const mark = { actor, client, high: seq, seen: clock };
      const isCommit = outcome.ok && outcome.change !== undefined;
      if (isCommit) this.#marks().set(nameOf(mark), mark);
      else this.#storeMark(mark);
      if (!isCommit || !isPlain(outcome)) this.#keep(actor, sequence, fingerprint, keptOf(outcome));
      return;
    }
    // A refused request changed nothing, so it may be tried again; a client's numbers however only count upwards.
    if (!outcome.ok) return;
    this.#store.exec(
      'INSERT INTO commit_key (actor, key, fingerprint, result) VALUES (?, ?, ?, ?)',
      actor,
      key,
      fingerprint,
      JSON.stringify(keptOf(outcome)),
    );
  }

  /** The highest number of this client that was answered; 0 when none. */
  highWater(actor: number, client: string): number {
    const name = nameOf({ actor, client });
    return (
      this.#marks().get(name)?.high ?? this.#high.get(name) ?? this.#hold(name, this.#stored(actor, client))
    );
  }

  /** Writes the marks that only the log knows; in a transaction, together with `LiveFlow.settle`. */
  settle(): void {
    for (const mark of this.#marks().values()) this.#storeMark(mark);
    this.#marks().clear();
  }

  /** To be called before the commits up to `floor` are forgotten: keeps the answers that they are. */
  keep(floor: number): void {
    for (const commit of this.#ops.numberedBetween(0, floor)) {
      const { actor, key, print } = commit;
      const sequence = parseSequence(key);
      if (!sequence || sequence.seq <= this.highWater(actor, sequence.client) - RESULTS_PER_CLIENT) continue;
      this.#keep(actor, sequence, print, plainly(commit));
    }
  }

  /** Forgets the results, not the high-water marks, of clients not heard of for long. */
  prune(): void {
    this.#store.exec(
      `DELETE FROM client_result WHERE (actor, client) IN
         (SELECT actor, client FROM client ORDER BY seen DESC LIMIT -1 OFFSET ?)`,
      CLIENTS_WITH_RESULTS,
    );
  }

  /** Forgets what was read, after a transaction failed. */
  forget(): void {
    this.#high.clear();
    this.#unsettled = undefined;
  }

  #marks(): Map<string, Mark> {
    return (this.#unsettled ??= this.#read());
  }

  /** All of them or, when the store fails, none: where one is missing a request would be carried out twice. */
  #read(): Map<string, Mark> {
    const marks = new Map<string, Mark>();
    for (const { clock, actor, key } of this.#ops.numberedBetween(readSettled(this.#store))) {
      const sequence = parseSequence(key);
      if (!sequence) continue;
      const mark = { actor, client: sequence.client, high: sequence.seq, seen: clock };
      marks.set(nameOf(mark), mark);
    }
    // A refusal was stored at once, and may be the later answer.
    for (const [name, { actor, client, high }] of marks)
      if (high <= this.#stored(actor, client)) marks.delete(name);
    return marks;
  }

  #stored(actor: number, client: string): number {
    const [row] = this.#store.exec<{ high: number }>(
      'SELECT high FROM client WHERE actor = ? AND client = ?',
      actor,
      client,
    );
    return row?.high ?? 0;
  }

  #storeMark(mark: Mark): void {
    const { actor, client, high, seen } = mark;
    this.#store.exec(
      `INSERT INTO client (actor, client, high, seen) VALUES (?, ?, ?, ?)
       ON CONFLICT (actor, client) DO UPDATE SET high = max(high, excluded.high), seen = excluded.seen`,
      actor,
      client,
      high,
      seen,
    );
    this.#marks().delete(nameOf(mark));
    this.#hold(nameOf(mark), high);
  }

  #hold(name: string, high: number): number {
    if (this.#high.size >= HELD) this.#high.clear();
    this.#high.set(name, high);
    return high;
  }

  /** Writes a result in its own row, and drops those of the client that are too old. */
  #keep(actor: number, { client, seq }: Sequence, print: string, kept: Kept): void {
    this.#store.exec(
      `INSERT INTO client_result (actor, client, seq, fingerprint, result) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO NOTHING`,
      actor,
      client,
      seq,
      print,
      JSON.stringify(kept),
    );
    this.#store.exec(
      'DELETE FROM client_result WHERE actor = ? AND client = ? AND seq <= ?',
      actor,
      client,
      this.highWater(actor, client) - RESULTS_PER_CLIENT,
    );
  }

  #find({ actor, key, sequence }: Request): Answered | undefined {
    const [row] = sequence
      ? this.#store.exec<KeptRow>(
          'SELECT fingerprint, result FROM client_result WHERE actor = ? AND client = ? AND seq = ?',
          actor,
          sequence.client,
          sequence.seq,
        )
      : this.#store.exec<KeptRow>(
          'SELECT fingerprint, result FROM commit_key WHERE actor = ? AND key = ?',
          actor,
          key,
        );
    if (row) return { fingerprint: row.fingerprint, kept: JSON.parse(row.result) as Kept };
    const commit = sequence && this.#ops.numbered(actor, key);
    return commit && { fingerprint: commit.print, kept: plainly(commit) };
  }
}

/** What is told of a number of which no more is known than that it was answered. */
const DONE: Outcome<Committed> = {
  ok: true,
  clock: 0,
  commitId: '',
  applied: [],
  conflicts: [],
  skipped: [],
  adapted: false,
};

/** True when the answer says nothing that the commit does not say itself. */
function isPlain({ conflicts, skipped, adapted }: Committed): boolean {
  return conflicts.length === 0 && skipped.length === 0 && !adapted;
}

/** The plain answer that a commit is. */
function plainly({ clock, commitId }: NumberedCommit): Kept {
  return { ok: true, clock, commitId, conflicts: [], skipped: [], adapted: false, written: true };
}

/** The name of a client in memory. */
function nameOf({ actor, client }: { actor: number; client: string }): string {
  return `${actor}:${client}`;
}

function keptOf(outcome: Outcome<Committed>): Kept {
  if (!outcome.ok) return outcome;
  const { clock, commitId, conflicts, skipped, adapted } = outcome;
  return { ok: true, clock, commitId, conflicts, skipped, adapted, written: commitId !== '' };
}

/** Takes `clientId:seq` apart; undefined when `key` is not of that form. */
export function parseSequence(key: string): Sequence | undefined {
  const match = /^(.+):([1-9]\d{0,14})$/.exec(key);
  return match?.[1] !== undefined ? { client: match[1], seq: Number(match[2]) } : undefined;
}
