import { REFERENCES, fieldRule, idsIn, type AnyRecord } from '../../document/fields.ts';
import type { JsonValue, Op, PatchOp, PutOp, RecordKind } from '../../document/types.ts';
import type { Conflict } from '../messages.ts';
import type { LiveFlow } from './live.ts';
import { stampOf } from './marks.ts';

/**
 * Fits the ops of one commit, written against the flow at clock `base`, to what was removed since: whoever edits
 * offline must not lose all his edits because one of them touches a record that is gone. Changes of a removed
 * record and edges of a removed node are dropped, optional references to removed records are left out.
 *
 * What cannot be explained by a later removal is left as it is, to be refused.
 */
export class Adapter {
  readonly #live: LiveFlow;
  readonly #base: number;
  /** Edges that were never made, because a node of theirs is gone; with the clock of its removal. */
  readonly #lost = new Map<string, number>();
  /** What had to be left out. */
  readonly dropped: Conflict[] = [];

  constructor(live: LiveFlow, base: number) {
    this.#live = live;
    this.#base = base;
  }

  /** `op` as it can be carried out now; undefined when nothing of it remains. */
  fit(op: Op): Op | undefined {
    if (op.op === 'rename' || this.#base >= this.#live.clock) return op;
    if (op.op === 'put') return this.#fitPut(op);
    const gone = this.#goneSince(op.kind, op.id);
    if (gone !== undefined) {
      for (const field of op.op === 'patch' ? Object.keys(op.set) : ['id'])
        this.#drop(op.kind, op.id, field, gone);
      return undefined;
    }
    if (op.op === 'remove' || !pointsAnywhere(op)) return op;
    const before = this.#live.state.get(op.kind, op.id);
    if (!before) return op;
    const set = { ...op.set };
    this.#leaveOut(op.kind, op.id, set, { ...before, ...set });
    return Object.keys(set).length > 0 || Object.keys(op.set).length === 0 ? { ...op, set } : undefined;
  }

  /** Ids of edges that were dropped before they were made: their author may go on to edit them. */
  lostEdges(): string[] {
    return [...this.#lost.keys()];
  }

  #fitPut(op: PutOp): Op | undefined {
    const { kind } = op;
    const { id } = op.value;
    const value: Record<string, JsonValue> = { ...(op.value as unknown as AnyRecord) };
    const left = this.#leaveOut(kind, id, value, value);
    const fatal = left.find(({ field }) => fieldRule(kind, field) === 'required');
    if (fatal) {
      if (!this.#live.state.get(kind, id)) this.#lost.set(id, fatal.clock);
      return undefined;
    }
    return left.length === 0 ? op : ({ op: 'put', kind, value } as unknown as PutOp);
  }

  /** Takes out of `fields`, a part of `record`, what points at something gone, and says what. */
  #leaveOut(kind: RecordKind, id: string, fields: Record<string, JsonValue>, record: AnyRecord): Conflict[] {
    const first = this.dropped.length;
    for (const [field, target] of Object.entries(REFERENCES[kind])) {
      const value = fields[field];
      const gone = idsIn(value).map((ref) => ({ ref, clock: this.#goneSince(target, ref) }));
      const clocks = gone.flatMap(({ clock }) => clock ?? []);
      if (clocks.length === 0) continue;
      this.#drop(kind, id, field, Math.max(...clocks));
      const rest = gone.filter(({ clock }) => clock === undefined).map(({ ref }) => ref);
      if (Array.isArray(value) && rest.length > 0) fields[field] = rest;
      else delete fields[field];
    }
    if (kind === 'edge' && typeof fields['elementId'] === 'string' && !this.#live.state.hasElement(record)) {
      const mark = this.#live.mark('node', String(record['source']));
      const changed = mark ? stampOf(mark, 'screen').clock : 0;
      if (changed > this.#base) {
        this.#drop(kind, id, 'elementId', changed);
        delete fields['elementId'];
      }
    }
    if (kind === 'frame' && typeof fields['parentId'] === 'string') {
      const moved = this.#cycleSince(id, fields['parentId']);
      if (moved !== undefined) {
        this.#drop(kind, id, 'parentId', moved);
        delete fields['parentId'];
      }
    }
    return this.dropped.slice(first);
  }

  #goneSince(kind: RecordKind, id: string): number | undefined {
    const lost = kind === 'edge' && !this.#live.state.get(kind, id) ? this.#lost.get(id) : undefined;
    return lost ?? this.#live.goneSince(kind, id, this.#base);
  }

  /** When others moved frames such that `parentId` now lies inside `id`. */
  #cycleSince(id: string, parentId: string): number | undefined {
    let latest = 0;
    for (let at = parentId; at !== id;) {
      const above = this.#live.state.get('frame', at)?.['parentId'];
      const mark = this.#live.mark('frame', at);
      if (typeof above !== 'string') return undefined;
      // A frame without a mark was made by this very commit.
      latest = Math.max(latest, mark ? stampOf(mark, 'parentId').clock : 0);
      at = above;
    }
    return latest > this.#base ? latest : undefined;
  }

  #drop(kind: RecordKind, id: string, field: string, clock: number): void {
    this.dropped.push({ kind, id, field, clock, dropped: true });
  }
}

/** True when the patch sets what may point at something. */
function pointsAnywhere({ kind, set }: PatchOp): boolean {
  return 'elementId' in set || Object.keys(REFERENCES[kind]).some((field) => field in set);
}
