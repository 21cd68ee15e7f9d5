import type { SqlRow, Store } from '../store.ts';
import { refuse, type Committed, type Outcome, type Refusal } from './outcome.ts';

/** Who sends what under which key. */
export interface Request {
  actor: number;
  key: string;
  fingerprint: string;
  /** Set when the key is one of a client's running numbers. */
  sequence: { client: string; seq: number } | undefined;
}

/** What is kept of an answer. Applied ops are read from the log, so that nothing is kept twice. */
type Kept = Refusal | (Omit<Committed, 'applied' | 'change'> & { ok: true; written: boolean });

interface KeptRow extends SqlRow {
  fingerprint: string;
  result: string;
}

/** Results kept of each client; older numbers are only known to have been answered. */
const RESULTS_PER_CLIENT = 128;
const PRUNE_EVERY = 16;
/** High-water marks held in memory. */
const HELD = 1_000;
/** Clients, latest first, whose results are kept. The high-water mark is kept of all, for ever. */
const CLIENTS_WITH_RESULTS = 500;

/** The answers given under each key, so that a repeated request is never carried out twice. */
export class Keys {
  readonly #store: Store;
  readonly #applied: (clock: number) => Committed['applied'];
  /** High-water marks of the clients last heard of: a number above needs no look at the tables. */
  readonly #high = new Map<string, number>();

  /** @param applied reads the ops of a commit; none when it is no longer retained. */
  constructor(store: Store, applied: (clock: number) => Committed['applied']) {
    this.#store = store;
    this.#applied = applied;
  }

  /** The answer given before under this key, or undefined when the request is new. */
  answer(request: Request): Outcome<Committed> | undefined {
    const { actor, sequence } = request;
    if (sequence && sequence.seq > this.highWater(actor, sequence.client)) return undefined;
    const row = this.#find(request);
    if (!row) {
      return sequence
        ? { ok: true, clock: 0, commitId: '', applied: [], conflicts: [], skipped: [], adapted: false }
        : undefined;
    }
    if (row.fingerprint !== request.fingerprint) {
      return refuse(
        'idempotency_conflict',
        `The key "${request.key}" was used for another request: take a new key`,
      );
    }
    const kept = JSON.parse(row.result) as Kept;
    if (!kept.ok) return kept;
    const { written, ...committed } = kept;
    return { ...committed, applied: written ? this.#applied(committed.clock) : [] };
  }

  /** Keeps an answer given at `clock`. Call inside the transaction that carries the request out. */
  remember(request: Request, outcome: Outcome<Committed>, clock: number): void {
    const { actor, key, fingerprint, sequence } = request;
    // A refused request changed nothing, so it may be tried again; a client's numbers however only count upwards.
    if (!outcome.ok && !sequence) return;
    const result = JSON.stringify(keptOf(outcome));
    if (!sequence) {
      this.#store.exec(
        'INSERT INTO commit_key (actor, key, fingerprint, result) VALUES (?, ?, ?, ?)',
        actor,
        key,
        fingerprint,
        result,
      );
      return;
    }
    const { client, seq } = sequence;
    this.#store.exec(
      `INSERT INTO client (actor, client, high, seen) VALUES (?, ?, ?, ?)
       ON CONFLICT (actor, client) DO UPDATE SET high = max(high, excluded.high), seen = excluded.seen`,
      actor,
      client,
      seq,
      clock,
    );
    this.#hold(actor, client, Math.max(seq, this.highWater(actor, client)));
    this.#store.exec(
      'INSERT INTO client_result (actor, client, seq, fingerprint, result) VALUES (?, ?, ?, ?, ?)',
      actor,
      client,
      seq,
      fingerprint,
      result,
    );
    if (seq % PRUNE_EVERY === 0) {
      this.#store.exec(
        'DELETE FROM client_result WHERE actor = ? AND client = ? AND seq <= ?',
        actor,
        client,
        seq - RESULTS_PER_CLIENT,
      );
    }
  }

  /** The highest number of this client that was answered; 0 when none. */
  highWater(actor: number, client: string): number {
    const held = this.#high.get(`${actor}:${client}`);
    if (held !== undefined) return held;
    const [row] = this.#store.exec<{ high: number }>(
      'SELECT high FROM client WHERE actor = ? AND client = ?',
      actor,
      client,
    );
    return this.#hold(actor, client, row?.high ?? 0);
  }

  /** Forgets what was read, after a transaction failed. */
  forget(): void {
    this.#high.clear();
  }

  /** Forgets the results, not the high-water marks, of clients not heard of for long. */
  prune(): void {
    this.#store.exec(
      `DELETE FROM client_result WHERE (actor, client) IN
         (SELECT actor, client FROM client ORDER BY seen DESC LIMIT -1 OFFSET ?)`,
      CLIENTS_WITH_RESULTS,
    );
  }

  #hold(actor: number, client: string, high: number): number {
    if (this.#high.size >= HELD) this.#high.clear();
    this.#high.set(`${actor}:${client}`, high);
    return high;
  }

  #find({ actor, key, sequence }: Request): KeptRow | undefined {
    return sequence
      ? this.#store.exec<KeptRow>(
          'SELECT fingerprint, result FROM client_result WHERE actor = ? AND client = ? AND seq = ?',
          actor,
          sequence.client,
          sequence.seq,
        )[0]
      : this.#store.exec<KeptRow>(
          'SELECT fingerprint, result FROM commit_key WHERE actor = ? AND key = ?',
          actor,
          key,
        )[0];
  }
}

function keptOf(outcome: Outcome<Committed>): Kept {
  if (!outcome.ok) return outcome;
  const { clock, commitId, conflicts, skipped, adapted } = outcome;
  return { ok: true, clock, commitId, conflicts, skipped, adapted, written: commitId !== '' };
}

/** Takes `clientId:seq` apart; undefined when `key` is not of that form. */
export function parseSequence(key: string): { client: string; seq: number } | undefined {
  const match = /^(.+):([1-9]\d{0,14})$/.exec(key);
  return match?.[1] !== undefined ? { client: match[1], seq: Number(match[2]) } : undefined;
}
