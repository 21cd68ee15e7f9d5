import { FlowError } from './errors.ts';
import { COLLECTIONS, KINDS, REFERENCES, idsIn, type AnyRecord, type Collection } from './fields.ts';
import { jsonBytes } from './json.ts';
import { LIMITS } from './limits.ts';
import type { FlowDocument, JsonValue, Op, RecordKind } from './types.ts';

type Table = Record<string, AnyRecord>;

/** Sizes of documents measured before: measuring one anew means writing all of it as JSON. */
const measured = new WeakMap<FlowDocument, number>();

/**
 * The records of a document with what makes edits cheap: collections copied only before their first write, a lazy
 * index of who points at whom, running counts and bytes. It carries out ops in simplest form and checks nothing.
 */
export class RecordTables {
  name: string;
  readonly #tables: Record<Collection, Table>;
  /** Collections that nobody else holds, so that they may be written in place. */
  readonly #owned = new Set<Collection>();
  #document: FlowDocument | undefined;
  /** `kind:id` → keys of the records that point at it. Built at the first question. */
  #referrers: Map<string, Set<string>> | undefined;
  #bytes: number | undefined;
  /** Change of `#bytes` since the document was opened, so that most edits need not measure at all. */
  #grown = 0;
  readonly #opened: FlowDocument;
  readonly #counts: Partial<Record<RecordKind, number>> = {};
  readonly #created = new Set<RecordKind>();

  constructor(document: FlowDocument) {
    this.name = document.name;
    this.#opened = document;
    this.#document = document;
    // Records of every kind are objects of JSON values; only their field names differ.
    const { nodes, edges, frames, personas } = document as unknown as Record<Collection, Table>;
    this.#tables = { nodes, edges, frames, personas };
  }

  document(): FlowDocument {
    if (!this.#document) {
      this.#document = { format: 'uxflow/1', name: this.name, ...this.#tables } as unknown as FlowDocument;
      this.#owned.clear();
      if (this.#bytes !== undefined) measured.set(this.#document, this.#bytes);
    }
    return this.#document;
  }

  get(kind: RecordKind, id: string): AnyRecord | undefined {
    const table = this.#tables[COLLECTIONS[kind]];
    return Object.hasOwn(table, id) ? table[id] : undefined;
  }

  get bytes(): number {
    if (this.#bytes === undefined) {
      let before = measured.get(this.#opened);
      if (before === undefined) measured.set(this.#opened, (before = measure(this.#opened)));
      this.#bytes = before + this.#grown;
    }
    return this.#bytes;
  }

  /** Who points at this record, as `[kind, id]`. */
  referrers(kind: RecordKind, id: string): [RecordKind, string][] {
    const keys = this.#index().get(`${kind}:${id}`) ?? [];
    return Array.from(keys, (key) => {
      const colon = key.indexOf(':');
      return [key.slice(0, colon) as RecordKind, key.slice(colon + 1)];
    });
  }

  /** Throws `limit_exceeded` when what was written since the last check takes the document past a limit. */
  checkLimits(): void {
    for (const kind of this.#created) {
      const most = LIMITS[COLLECTIONS[kind]];
      if (this.#count(kind) > most) {
        throw tooLarge(COLLECTIONS[kind], `At most ${most} ${COLLECTIONS[kind]} fit into one flow: split it`);
      }
    }
    // A document that only shrinks is never refused, however it came to be so large.
    if (this.#grown > 0 && this.bytes > LIMITS.documentBytes) {
      throw tooLarge(
        '',
        `The document would have ${this.bytes} bytes of JSON, at most ${LIMITS.documentBytes} are allowed`,
      );
    }
    this.#created.clear();
  }

  /** Carries out one op in simplest form. */
  write(op: Op): void {
    this.#grow(op);
    if (op.op === 'rename') {
      this.#document = undefined;
      this.name = op.name;
      return;
    }
    const table = this.#writable(COLLECTIONS[op.kind]);
    if (op.op === 'put') {
      const record = op.value as unknown as AnyRecord;
      table[op.value.id] = record;
      this.#counted(op.kind, 1);
      this.#link(op.kind, op.value.id, record);
      return;
    }
    const before = table[op.id];
    if (!before) return;
    this.#unlink(op.kind, op.id, before);
    if (op.op === 'remove') {
      delete table[op.id];
      this.#counted(op.kind, -1);
      return;
    }
    const after: Record<string, JsonValue> = { ...before, ...op.set };
    for (const [field, value] of Object.entries(op.set)) if (value === null) delete after[field];
    table[op.id] = after;
    this.#link(op.kind, op.id, after);
  }

  #writable(collection: Collection): Table {
    this.#document = undefined;
    if (!this.#owned.has(collection)) {
      this.#tables[collection] = { ...this.#tables[collection] };
      this.#owned.add(collection);
    }
    return this.#tables[collection];
  }

  #count(kind: RecordKind): number {
    return (this.#counts[kind] ??= Object.keys(this.#tables[COLLECTIONS[kind]]).length);
  }

  #counted(kind: RecordKind, change: 1 | -1): void {
    const known = this.#counts[kind];
    if (known !== undefined) this.#counts[kind] = known + change;
    if (change > 0) this.#created.add(kind);
  }

  #grow(op: Op): void {
    let change: number;
    if (op.op === 'rename') change = jsonBytes(op.name) - jsonBytes(this.name);
    else if (op.op === 'put') change = recordBytes(op.value.id, op.value);
    else {
      const before = this.get(op.kind, op.id);
      if (!before) return;
      if (op.op === 'remove') change = -recordBytes(op.id, before);
      else {
        change = 0;
        for (const [field, value] of Object.entries(op.set)) {
          change += fieldBytes(field, value) - fieldBytes(field, before[field] ?? null);
        }
      }
    }
    this.#grown += change;
    if (this.#bytes !== undefined) this.#bytes += change;
  }

  #index(): Map<string, Set<string>> {
    if (!this.#referrers) {
      this.#referrers = new Map();
      for (const kind of KINDS) {
        for (const [id, record] of Object.entries(this.#tables[COLLECTIONS[kind]]))
          this.#link(kind, id, record);
      }
    }
    return this.#referrers;
  }

  #link(kind: RecordKind, id: string, record: AnyRecord): void {
    if (!this.#referrers) return;
    for (const target of targets(kind, record)) {
      const keys = this.#referrers.get(target);
      if (keys) keys.add(`${kind}:${id}`);
      else this.#referrers.set(target, new Set([`${kind}:${id}`]));
    }
  }

  #unlink(kind: RecordKind, id: string, record: AnyRecord): void {
    if (!this.#referrers) return;
    for (const target of targets(kind, record)) {
      const keys = this.#referrers.get(target);
      keys?.delete(`${kind}:${id}`);
      if (keys?.size === 0) this.#referrers.delete(target);
    }
  }
}

function targets(kind: RecordKind, record: AnyRecord): string[] {
  return Object.entries(REFERENCES[kind]).flatMap(([field, target]) =>
    idsIn(record[field]).map((id) => `${target}:${id}`),
  );
}

/** `"id":value,` */
function recordBytes(id: string, record: unknown): number {
  return id.length + 4 + jsonBytes(record);
}

/** `"field":value,`; null stands for an absent field. */
function fieldBytes(field: string, value: JsonValue): number {
  return value === null ? 0 : field.length + 4 + jsonBytes(value);
}

function measure(document: FlowDocument): number {
  let bytes = jsonBytes({ ...document, nodes: {}, edges: {}, frames: {}, personas: {} });
  for (const kind of KINDS) {
    for (const [id, record] of Object.entries(document[COLLECTIONS[kind]])) bytes += recordBytes(id, record);
  }
  return bytes;
}

function tooLarge(path: string, message: string): FlowError {
  return new FlowError('limit_exceeded', [{ path, message }]);
}
