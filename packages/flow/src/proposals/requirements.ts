import { COLLECTIONS, REFERENCES, elementIds, idsIn, type AnyRecord } from '../document/fields.ts';
import type { FlowDocument, JsonValue, Op, RecordKind } from '../document/types.ts';

/** One op of a proposal, under the id by which people accept or reject it. */
export interface NamedOp {
  opId: string;
  op: Op;
}

/**
 * Which ops of a proposal each of them needs, directly, because without them it could not land on `document` or would
 * lose something: what it points at is made by them, the screen element that its edge starts at is, or the frames
 * round it are rearranged by them.
 *
 * @param ops at most one for each record, as `diff` gives them.
 */
export function requirementsOf(document: FlowDocument, ops: readonly NamedOp[]): Map<string, string[]> {
  const proposal = new Proposed(document, ops);
  return new Map(ops.map(({ opId, op }) => [opId, [...proposal.needs(op)].filter((id) => id !== opId)]));
}

/** Ids of the ops that `chosen` need, directly or not, and that are not among them. */
export function missingFor(
  chosen: ReadonlySet<string>,
  requirements: ReadonlyMap<string, readonly string[]>,
): string[] {
  const missing = new Set<string>();
  const visit = (opId: string): void => {
    for (const needed of requirements.get(opId) ?? []) {
      if (chosen.has(needed) || missing.has(needed)) continue;
      missing.add(needed);
      visit(needed);
    }
  };
  for (const opId of chosen) visit(opId);
  return [...requirements.keys()].filter((opId) => missing.has(opId));
}

/** The record that an op is about, as a key; the flow itself for `rename`. */
export function targetOf(op: Op): string {
  return op.op === 'rename' ? 'document' : `${op.kind}:${op.op === 'put' ? op.value.id : op.id}`;
}

/** A document and the ops proposed for it. */
class Proposed {
  readonly #document: FlowDocument;
  readonly #byTarget: Map<string, NamedOp>;

  constructor(document: FlowDocument, ops: readonly NamedOp[]) {
    this.#document = document;
    this.#byTarget = new Map(ops.map((named) => [targetOf(named.op), named]));
  }

  needs(op: Op): Set<string> {
    const needed = new Set<string>();
    if (op.op === 'rename' || op.op === 'remove') {
      return needed;
    }
    const fields = (op.op === 'put' ? op.value : op.set) as unknown as AnyRecord;
    if (op.op === 'patch') this.#makerOf(op.kind, op.id, needed);
    for (const [field, target] of Object.entries(REFERENCES[op.kind])) {
      for (const id of idsIn(fields[field])) this.#makerOf(target, id, needed);
    }
    if (op.kind === 'edge') this.#element(op, fields, needed);
    if (op.kind === 'frame' && typeof fields['parentId'] === 'string')
      this.#frames(fields['parentId'], needed);
    return needed;
  }

  /** The op that makes a record which is not there yet. */
  #makerOf(kind: RecordKind, id: string, needed: Set<string>): void {
    const named = this.#byTarget.get(`${kind}:${id}`);
    if (named?.op.op === 'put' && !this.#now(kind, id)) needed.add(named.opId);
  }

  /** The op that gives the source node the element at which the edge starts. */
  #element(op: Exclude<Op, { op: 'rename' | 'remove' }>, fields: AnyRecord, needed: Set<string>): void {
    if (!('source' in fields) && !('elementId' in fields)) return;
    const before = op.op === 'patch' ? this.#now('edge', op.id) : undefined;
    const elementId = fields['elementId'] === undefined ? before?.['elementId'] : fields['elementId'];
    const source = fields['source'] ?? before?.['source'];
    if (typeof elementId !== 'string' || typeof source !== 'string') return;
    if (elementIds(this.#now('node', source)).includes(elementId)) return;
    const named = this.#byTarget.get(`node:${source}`);
    if (named && elementIds(recordIn(named.op)).includes(elementId)) needed.add(named.opId);
  }

  /** The ops that move frames round `parentId`: without them it may still lie inside the frame that is to go into it. */
  #frames(parentId: string, needed: Set<string>): void {
    const seen = new Set<string>();
    for (let at: JsonValue | undefined = parentId; typeof at === 'string' && !seen.has(at);) {
      seen.add(at);
      const named = this.#byTarget.get(`frame:${at}`);
      const set = named && recordIn(named.op);
      if (named && set && 'parentId' in set) needed.add(named.opId);
      at = set && 'parentId' in set ? set['parentId'] : this.#now('frame', at)?.['parentId'];
    }
  }

  #now(kind: RecordKind, id: string): AnyRecord | undefined {
    const records = this.#document[COLLECTIONS[kind]] as unknown as Readonly<Record<string, AnyRecord>>;
    return Object.hasOwn(records, id) ? records[id] : undefined;
  }
}

/** The fields that an op writes. */
function recordIn(op: Op): AnyRecord | undefined {
  if (op.op === 'put') return op.value as unknown as AnyRecord;
  return op.op === 'patch' ? op.set : undefined;
}
