import { emptyDocument } from '../../document/empty.ts';
import { COLLECTIONS, type AnyRecord } from '../../document/fields.ts';
import { DocumentState } from '../../document/state.ts';
import { RecordTables } from '../../document/tables.ts';
import type { FlowDocument, Op, RecordKind } from '../../document/types.ts';
import type { Written } from '../../history/blame.ts';
import type { SqlRow, Store } from '../store.ts';
import {
  DOCUMENT_KEY,
  keyOf,
  newMark,
  originIn,
  originsOf,
  readMark,
  stampOf,
  writeMark,
  type Mark,
  type Origins,
  type Stamp,
} from './marks.ts';
import type { OpLog } from './oplog.ts';
import { readMeta, readSettled, writeMeta } from './tables.ts';

interface RecordRow extends SqlRow {
  kind: RecordKind;
  id: string;
  json: string;
  clock: number;
  fields: string;
}

/**
 * The flow as it stands, held in memory between commits: the document, its clock and the mark of each record.
 *
 * A commit writes its row in the log and nothing else. What it does to records, marks and removals stays in memory
 * until `settle` writes all of it at once, and is carried out again from the log when it was lost meanwhile.
 */
export class LiveFlow {
  readonly state: DocumentState;
  readonly #store: Store;
  readonly #marks: Map<string, Mark>;
  /** Removals not yet stored; null where a removed record was made again. */
  readonly #graves = new Map<string, Stamp | null>();
  /** Keys of what was touched and is not yet stored. */
  readonly #touched = new Set<string>();
  /** Some removal does not stand in the log. */
  #mustSettle = false;
  #settled: number;
  #unsettledBytes = 0;
  #clock: number;

  private constructor(store: Store, document: FlowDocument, marks: Map<string, Mark>, ops: OpLog) {
    this.#store = store;
    this.#marks = marks;
    this.#settled = readSettled(store);
    this.#clock = this.#settled;
    const tables = new RecordTables(document);
    for (const { clock, forward, inverse, bytes } of ops.since(this.#settled)) {
      if (clock !== this.#clock + 1) throw new Error(`Commit ${this.#clock + 1} is not in the log`);
      forward.forEach((op, i) => {
        tables.write(op);
        this.note(op, clock, inverse[forward.length - 1 - i]?.left);
      });
      this.committed(clock, bytes);
    }
    this.state = new DocumentState(tables.document());
  }

  /** Reads the flow from its tables and its log; undefined when it was never created. */
  static load(store: Store, ops: OpLog): LiveFlow | undefined {
    const name = readMeta(store, 'name');
    if (name === undefined) return undefined;
    const document = emptyDocument(name);
    const marks = new Map<string, Mark>();
    for (const row of store.exec<RecordRow>('SELECT kind, id, json, clock, fields FROM record')) {
      const records = document[COLLECTIONS[row.kind]] as unknown as Record<string, AnyRecord>;
      records[row.id] = JSON.parse(row.json) as AnyRecord;
      marks.set(`${row.kind}:${row.id}`, readMark(row.clock, row.fields));
    }
    marks.set(DOCUMENT_KEY, readMark(0, readMeta(store, 'name_fields') ?? '{}'));
    return new LiveFlow(store, document, marks, ops);
  }

  get clock(): number {
    return this.#clock;
  }

  /** The commit `clock`, of which every op was noted, is in the log; its ops take so many bytes there and back. */
  committed(clock: number, bytes: number): void {
    this.#clock = clock;
    this.#unsettledBytes += bytes;
  }

  mark(kind: RecordKind | typeof DOCUMENT_KEY, id = ''): Mark | undefined {
    return this.#marks.get(kind === DOCUMENT_KEY ? kind : `${kind}:${id}`);
  }

  markOf(op: Op): Mark | undefined {
    return this.#marks.get(keyOf(op));
  }

  /** When the name and each record were last written, for blame. */
  written(): { name: number; record: (kind: RecordKind, id: string) => Written } {
    const of = (key: string): Written => {
      const mark = this.#marks.get(key);
      if (!mark) throw new Error(`The record ${key} has no mark`);
      return { made: mark.made.clock, fields: new Map([...mark.fields].map(([f, { clock }]) => [f, clock])) };
    };
    return {
      name: of(DOCUMENT_KEY).fields.get('name') ?? 0,
      record: (kind, id) => of(`${kind}:${id}`),
    };
  }

  /** Clocks of all commits to which a value of the document goes back. */
  stampedClocks(): Set<number> {
    const clocks = new Set<number>();
    for (const { made, fields } of this.#marks.values()) {
      for (const { clock, origin } of [made, ...fields.values()]) clocks.add(clock).add(origin);
    }
    return clocks;
  }

  /**
   * Notes that `op`, in simplest form, was carried out by the commit `clock`.
   *
   * @param origins where the written values come from, when the commit brought them back.
   * @returns where the values that it overwrote or removed came from; for a record that had been removed before,
   *   where its removal came from.
   */
  note(op: Op, clock: number, origins?: Origins): Origins | undefined {
    const key = keyOf(op);
    const before = this.#marks.get(key);
    this.#touched.add(key);
    if (op.op === 'put') {
      const grave = this.grave(op.kind, op.value.id);
      this.#marks.set(key, newMark(clock, origins));
      if (!grave) return undefined;
      this.#graves.set(key, null);
      return { '': grave.origin };
    }
    if (!before) throw new Error(`The record ${key} has no mark`);
    if (op.op === 'remove') {
      this.#marks.delete(key);
      this.#graves.set(key, { clock, origin: originIn(origins, '', clock) });
      return originsOf(before);
    }
    const prior: Origins = {};
    for (const field of op.op === 'rename' ? ['name'] : Object.keys(op.set)) {
      prior[field] = stampOf(before, field).origin;
      before.fields.set(field, { clock, origin: originIn(origins, field, clock) });
    }
    return prior;
  }

  /** The clock up to which all that is known is stored in the records. */
  get settled(): number {
    return this.#settled;
  }

  /** How much `settle` has to write, and the log to be read for when it is lost; infinite when it must not wait. */
  get unsettled(): { commits: number; bytes: number; records: number } {
    return {
      commits: this.#mustSettle ? Number.POSITIVE_INFINITY : this.#clock - this.#settled,
      bytes: this.#unsettledBytes,
      records: this.#touched.size,
    };
  }

  /** Writes all that was touched since the last time; in a transaction, together with `Keys.settle`. */
  settle(): void {
    for (const key of this.#touched) this.#write(key);
    this.#touched.clear();
    this.#graves.clear();
    this.#mustSettle = false;
    this.#settled = this.#clock;
    this.#unsettledBytes = 0;
    writeMeta(this.#store, 'settled', this.clock);
  }

  #write(key: string): void {
    const mark = this.#marks.get(key);
    if (key === DOCUMENT_KEY) {
      writeMeta(this.#store, 'name', this.state.name);
      writeMeta(this.#store, 'name_fields', writeMark(mark ?? newMark(0)));
      return;
    }
    const colon = key.indexOf(':');
    const kind = key.slice(0, colon) as RecordKind;
    const id = key.slice(colon + 1);
    const record = this.state.get(kind, id);
    if (record && mark) {
      this.#store.exec(
        `INSERT INTO record (kind, id, json, clock, fields) VALUES (?, ?, ?, ?, ?) ON CONFLICT (kind, id)
         DO UPDATE SET json = excluded.json, clock = excluded.clock, fields = excluded.fields`,
        kind,
        id,
        JSON.stringify(record),
        mark.made.clock,
        writeMark(mark),
      );
    } else {
      this.#store.exec('DELETE FROM record WHERE kind = ? AND id = ?', kind, id);
    }
    const grave = this.#graves.get(key);
    if (grave) {
      this.#store.exec(
        `INSERT INTO tombstone (kind, id, clock, origin) VALUES (?, ?, ?, ?)
         ON CONFLICT (kind, id) DO UPDATE SET clock = excluded.clock, origin = excluded.origin`,
        kind,
        id,
        grave.clock,
        grave.origin,
      );
    } else if (grave === null) {
      this.#store.exec('DELETE FROM tombstone WHERE kind = ? AND id = ?', kind, id);
    }
  }

  /** Remembers that a record is gone of which no commit says so: it was never made. */
  bury(kind: RecordKind, id: string): void {
    this.#graves.set(`${kind}:${id}`, { clock: this.clock, origin: this.clock });
    this.#touched.add(`${kind}:${id}`);
    this.#mustSettle = true;
  }

  /** The stamp of a record's removal, while it is remembered and the record has not been made again. */
  grave(kind: RecordKind, id: string): Stamp | undefined {
    const noted = this.#graves.get(`${kind}:${id}`);
    if (noted !== undefined) return noted ?? undefined;
    return this.#store.exec<{ clock: number; origin: number }>(
      'SELECT clock, origin FROM tombstone WHERE kind = ? AND id = ?',
      kind,
      id,
    )[0];
  }

  /** When the record was removed, if that was after `base`; undefined when it is there or was gone before. */
  goneSince(kind: RecordKind, id: string, base: number): number | undefined {
    if (this.state.get(kind, id)) return undefined;
    const grave = this.grave(kind, id);
    if (grave) return grave.clock > base ? grave.clock : undefined;
    // So far back nothing is known any more; to believe the author loses less than to refuse all he did.
    const floor = Number(readMeta(this.#store, 'tombstone_floor') ?? 0);
    return base < floor ? floor : undefined;
  }

  /** Forgets removals at or before `clock`, and the oldest of more than `most`. */
  forgetRemovals(clock: number, most: number): void {
    const [excess] = this.#store.exec<{ clock: number }>(
      'SELECT clock FROM tombstone ORDER BY clock DESC LIMIT 1 OFFSET ?',
      most,
    );
    const floor = Math.max(clock, excess?.clock ?? 0);
    if (floor <= 0) return;
    this.#store.exec('DELETE FROM tombstone WHERE clock <= ?', floor);
    writeMeta(this.#store, 'tombstone_floor', floor);
  }
}
