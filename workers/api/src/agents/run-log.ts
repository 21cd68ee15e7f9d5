import type { UIMessageChunk } from 'ai';
import type { Store } from '@uxflow/flow/sync/server';
import type { JournalEntry } from './loop/journal.ts';
import type { Journal, RunOutcome } from './loop/ports.ts';
import type { Run, RunItem, StartInput } from './run.rpc.ts';

/**
 * Where a run stands: `reserving` until the ledger has answered (nobody has been told of the run yet), `withdrawn` when
 * nobody waits for that answer any more; `queued` while its turn has not come; `open` while the loop works, `settling` once its outcome is known but not its
 * bill, `ended` when the bill is settled, `filed` when the index in D1 knows it too.
 */
export type RunPhase = 'reserving' | 'withdrawn' | 'queued' | 'open' | 'settling' | 'ended' | 'filed';

export interface RunRecord {
  phase: RunPhase;
  input: StartInput;
  run: Run;
  /** Milliseconds since the epoch: when it was asked for, or when its turn came. */
  startedAt: number;
  cancelRequested: boolean;
  outcome: RunOutcome | null;
  /** In the mode `propose`: the clock at which the run first saw the flow. */
  baseClock?: number;
  /** Decided once, before the ledger is asked, so that a repetition asks the same. */
  bill: Bill | null;
  /** Failed attempts of the present phase to get on. */
  attempts: number;
}

/** How a run's hold ends; `charged` is false when nothing of the run remains that could be paid for. */
export interface Bill {
  charged: boolean;
  items: RunItem[];
  cost: number;
  endedAt: number;
}

/** A run as it is asked for. */
export function newRecord(input: StartInput, startedAt: number): RunRecord {
  const { runId: id, flowId, agent, model, mode, prompt, quote } = input;
  return {
    phase: 'reserving',
    input,
    run: {
      id,
      flowId,
      agent,
      model,
      mode,
      prompt,
      status: 'queued',
      quote,
      cost: 0,
      items: [],
      commitIds: [],
      createdAt: new Date(startedAt).toISOString(),
    },
    startedAt,
    cancelRequested: false,
    outcome: null,
    bill: null,
    attempts: 0,
  };
}

/** Nobody has heard of this run: there is none until the ledger has said yes. */
export function isUntold({ phase }: RunRecord): boolean {
  return phase === 'reserving' || phase === 'withdrawn';
}

export function isOver({ phase }: RunRecord): boolean {
  return phase === 'ended' || phase === 'filed';
}

export interface StoredPart {
  seq: number;
  json: string;
}

const SCHEMA = [
  'CREATE TABLE IF NOT EXISTS run (one INTEGER PRIMARY KEY CHECK (one = 1), json TEXT NOT NULL) STRICT',
  'CREATE TABLE IF NOT EXISTS journal (seq INTEGER PRIMARY KEY AUTOINCREMENT, json TEXT NOT NULL) STRICT',
  'CREATE TABLE IF NOT EXISTS part (seq INTEGER PRIMARY KEY AUTOINCREMENT, json TEXT NOT NULL) STRICT',
];

/** The tables of one run: its record, its journal and the parts of its stream. */
export class RunLog implements Journal {
  readonly #store: Store;
  #record: RunRecord | null;

  constructor(store: Store) {
    this.#store = store;
    for (const statement of SCHEMA) store.exec(statement);
    const [row] = store.exec<{ json: string }>('SELECT json FROM run');
    this.#record = row ? (JSON.parse(row.json) as RunRecord) : null;
  }

  get record(): RunRecord | null {
    return this.#record;
  }

  save(record: RunRecord): void {
    this.#store.exec(
      'INSERT INTO run (one, json) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET json = excluded.json',
      JSON.stringify(record),
    );
    this.#record = record;
  }

  update(change: Partial<RunRecord>): RunRecord {
    if (!this.#record) throw new Error('the run has not begun');
    const record = { ...this.#record, ...change };
    this.save(record);
    return record;
  }

  /** As if the run had never been asked for. */
  forget(): void {
    this.#store.exec('DELETE FROM run');
    this.#record = null;
  }

  entries(): JournalEntry[] {
    const rows = this.#store.exec<{ json: string }>('SELECT json FROM journal ORDER BY seq');
    return rows.map(({ json }) => JSON.parse(json) as JournalEntry);
  }

  append(entry: JournalEntry): void {
    this.#store.exec('INSERT INTO journal (json) VALUES (?)', JSON.stringify(entry));
  }

  addPart(part: UIMessageChunk): void {
    this.#store.exec('INSERT INTO part (json) VALUES (?)', JSON.stringify(part));
  }

  partsAfter(seq: number, limit: number): StoredPart[] {
    const rows = this.#store.exec<{ seq: number; json: string }>(
      'SELECT seq, json FROM part WHERE seq > ? ORDER BY seq LIMIT ?',
      seq,
      limit,
    );
    return rows.map((row) => ({ seq: row.seq, json: row.json }));
  }
}
