import { FlowError, type FlowErrorCode } from './errors.ts';
import {
  COLLECTIONS,
  REFERENCES,
  elementIds,
  fieldRule,
  idsIn,
  requiredFields,
  startsAtElementOf,
  type AnyRecord,
} from './fields.ts';
import { isId } from './ids.ts';
import { jsonEqual } from './json.ts';
import { RecordTables } from './tables.ts';
import type { FlowDocument, JsonValue, Op, PutOp, RecordKind } from './types.ts';

/** What a series of ops did, as ops in their simplest form (see `DocumentState`). */
export interface Edit {
  /** Applied to the document before, gives the document after; referential clean-up included. */
  applied: Op[];
  /** Applied to the document after, gives the document before. */
  inverse: Op[];
}

interface JournalEntry {
  forward: Op;
  inverse: Op;
}

/**
 * A document being edited: the one place where ops are carried out and the graph's rules are kept.
 *
 * Each op is carried out whole or throws a FlowError and changes nothing. What is carried out is journalled in
 * simplest form, so that a series can be rolled back: a `put` only ever creates, a `patch` holds only fields that
 * really change, a `remove` only ever removes a record that nothing points at (the clean-up stands before it).
 * Collections are copied before their first write after `document` was read, so documents handed out never change.
 */
export class DocumentState {
  readonly #tables: RecordTables;
  #journal: JournalEntry[] = [];

  constructor(document: FlowDocument) {
    this.#tables = new RecordTables(document);
  }

  /** The document as it stands now; never changed by later ops. */
  get document(): FlowDocument {
    return this.#tables.document();
  }

  get name(): string {
    return this.#tables.name;
  }

  /** UTF-8 bytes of the document as JSON, counting one separator for each record. */
  get bytes(): number {
    return this.#tables.bytes;
  }

  get(kind: RecordKind, id: string): AnyRecord | undefined {
    return this.#tables.get(kind, id);
  }

  /** A point in the journal, for `rollback`. */
  mark(): number {
    return this.#journal.length;
  }

  /** The simplest ops carried out since `mark`. */
  since(mark: number): Op[] {
    return this.#journal.slice(mark).map((entry) => entry.forward);
  }

  /** Takes back everything carried out since `mark`. */
  rollback(mark: number): void {
    for (const entry of this.#journal.splice(mark).reverse()) this.#tables.write(entry.inverse);
  }

  /**
   * Ends the series: checks the document's limits and empties the journal.
   * Throws `limit_exceeded`; the series then still has to be rolled back.
   */
  seal(): Edit {
    this.#tables.checkLimits();
    const journal = this.#journal;
    this.#journal = [];
    return {
      applied: journal.map((entry) => entry.forward),
      inverse: journal.map((entry) => entry.inverse).reverse(),
    };
  }

  /** Carries out all ops or none. */
  applyAll(ops: readonly Op[]): Edit {
    const start = this.mark();
    try {
      ops.forEach((op, i) => this.apply(op, `ops.${i}`));
      return this.seal();
    } catch (error) {
      this.rollback(start);
      throw error;
    }
  }

  /** Carries out one op. `path` says where it stands in the request, for the error. */
  apply(op: Op, path: string): void {
    if (op.op === 'rename') {
      const before = this.#tables.name;
      if (before !== op.name) this.#record(op, { op: 'rename', name: before });
      return;
    }
    if (!Object.hasOwn(COLLECTIONS, op.kind)) {
      fail('invalid_request', `${path}.kind`, 'Give one of node, edge, frame, persona');
    }
    if (op.op === 'put') this.#put(op, path);
    else if (op.op === 'patch') this.#patch(op.kind, op.id, op.set, path);
    else if (op.op === 'remove') this.#remove(op.kind, op.id, path);
    else fail('invalid_request', `${path}.op`, 'Give one of put, patch, remove, rename');
  }

  #put(op: PutOp, path: string): void {
    const { kind } = op;
    const value = fieldsOf(op, `${path}.value`);
    const id = value['id'];
    if (!isId(id)) {
      fail(
        'invalid_request',
        `${path}.value.id`,
        'Start with a letter or digit, go on with letters, digits and _ . : -, at most 64 in all',
      );
    }
    this.#checkReferences(kind, id, value, value, `${path}.value`);
    const before = this.get(kind, id);
    if (before) {
      const set: Record<string, JsonValue> = { ...value };
      for (const field of Object.keys(before)) if (!(field in value)) set[field] = null;
      delete set['id'];
      this.#patch(kind, id, set, path);
      return;
    }
    // The fields were checked against FIELDS above; their types are the schema's business.
    this.#record({ op: 'put', kind, value } as unknown as PutOp, { op: 'remove', kind, id });
  }

  #patch(kind: RecordKind, id: string, set: Readonly<Record<string, JsonValue>>, path: string): void {
    const before = this.#require(kind, id, path);
    const next: Record<string, JsonValue> = {};
    const back: Record<string, JsonValue> = {};
    for (const [field, value] of Object.entries(set)) {
      const rule = fieldRule(kind, field);
      const at = `${path}.set.${field}`;
      if (field === 'id')
        fail('invalid_request', at, 'An id never changes: remove the record and put a new one');
      if (!rule)
        fail('invalid_request', at, `A ${kind} has no field "${field}"; own fields belong under data`);
      if (value === undefined) continue;
      if (value === null && rule === 'required') fail('invalid_request', at, 'This field cannot be removed');
      if (jsonEqual(before[field] ?? null, value)) continue;
      next[field] = value;
      back[field] = before[field] ?? null;
    }
    if (Object.keys(next).length === 0) return;
    const after = { ...before, ...next };
    this.#checkReferences(kind, id, next, after, `${path}.set`);
    if (kind === 'edge' && !('elementId' in next) && !this.hasElement(after)) {
      // The edge starts somewhere else now, where its old element does not exist.
      next['elementId'] = null;
      back['elementId'] = before['elementId'] ?? null;
    }
    if (kind === 'node' && 'screen' in next) this.#clearElements(id, elementIds(before), elementIds(after));
    this.#record({ op: 'patch', kind, id, set: next }, { op: 'patch', kind, id, set: back });
  }

  #remove(kind: RecordKind, id: string, path: string): void {
    const before = this.#require(kind, id, path);
    for (const [otherKind, otherId] of this.#tables.referrers(kind, id)) {
      const other = this.get(otherKind, otherId);
      if (!other) continue;
      const set: Record<string, JsonValue> = {};
      for (const [field, target] of Object.entries(REFERENCES[otherKind])) {
        if (target !== kind || !idsIn(other[field]).includes(id)) continue;
        const rest = idsIn(other[field]).filter((each) => each !== id);
        set[field] = rest.length > 0 ? rest : null;
      }
      // What cannot live without this record goes with it: only edges have required references.
      if (Object.keys(set).some((field) => fieldRule(otherKind, field) === 'required')) {
        this.#remove(otherKind, otherId, path);
      } else {
        this.#patch(otherKind, otherId, set, path);
      }
    }
    this.#record({ op: 'remove', kind, id }, { op: 'put', kind, value: before } as unknown as PutOp);
  }

  /** Checks what `fields`, a part of `record` as it is about to be, points at. */
  #checkReferences(kind: RecordKind, id: string, fields: AnyRecord, record: AnyRecord, path: string): void {
    for (const [field, target] of Object.entries(REFERENCES[kind])) {
      for (const ref of idsIn(fields[field])) {
        if (kind === 'frame' && ref === id)
          fail('frame_cycle', `${path}.${field}`, 'A frame cannot contain itself');
        if (!this.get(target, ref)) {
          fail('dangling_reference', `${path}.${field}`, `There is no ${target} "${ref}": put it first`);
        }
      }
    }
    if (kind === 'edge' && fields['elementId'] != null && !this.hasElement(record)) {
      fail(
        'dangling_reference',
        `${path}.elementId`,
        `The screen of node "${String(record['source'])}" has no element "${String(fields['elementId'])}"`,
      );
    }
    if (kind === 'frame') this.#checkCycle(id, fields['parentId'], `${path}.parentId`);
  }

  #checkCycle(id: string, parentId: JsonValue | undefined, path: string): void {
    for (let above = parentId; typeof above === 'string'; above = this.get('frame', above)?.['parentId']) {
      if (above === id) fail('frame_cycle', path, `Frame "${String(parentId)}" lies inside frame "${id}"`);
    }
  }

  /** True when the edge starts at no element in particular or at one that its source node has. */
  hasElement(edge: AnyRecord): boolean {
    return startsAtElementOf(this.get('node', String(edge['source'])), edge);
  }

  /** Clears `elementId` of the edges that start at an element of `nodeId` which is about to go. */
  #clearElements(nodeId: string, before: string[], after: string[]): void {
    const gone = new Set(before.filter((elementId) => !after.includes(elementId)));
    if (gone.size === 0) return;
    for (const [kind, id] of this.#tables.referrers('node', nodeId)) {
      const edge = this.get(kind, id);
      const elementId = edge?.['elementId'];
      if (edge?.['source'] !== nodeId || typeof elementId !== 'string' || !gone.has(elementId)) continue;
      this.#record(
        { op: 'patch', kind, id, set: { elementId: null } },
        { op: 'patch', kind, id, set: { elementId } },
      );
    }
  }

  #require(kind: RecordKind, id: string, path: string): AnyRecord {
    const record = this.get(kind, id);
    return record ?? fail('unknown_record', `${path}.id`, `There is no ${kind} "${id}"`);
  }

  #record(forward: Op, inverse: Op): void {
    this.#tables.write(forward);
    this.#journal.push({ forward, inverse });
  }
}

/** The fields of a record about to be put, after checking which ones are there. */
function fieldsOf(op: PutOp, path: string): AnyRecord {
  const given = op.value as unknown as Record<string, JsonValue | undefined>;
  if (typeof given !== 'object' || given === null)
    fail('invalid_request', path, 'Give the record as an object');
  const fields: Record<string, JsonValue> = {};
  for (const [field, value] of Object.entries(given)) {
    if (!fieldRule(op.kind, field)) {
      fail(
        'invalid_request',
        `${path}.${field}`,
        `A ${op.kind} has no field "${field}"; own fields belong under data`,
      );
    }
    if (value != null) fields[field] = value;
  }
  for (const field of requiredFields(op.kind)) {
    if (!(field in fields)) fail('invalid_request', `${path}.${field}`, `A ${op.kind} needs this field`);
  }
  return fields;
}

function fail(code: FlowErrorCode, path: string, message: string): never {
  throw new FlowError(code, [{ path, message }]);
}
