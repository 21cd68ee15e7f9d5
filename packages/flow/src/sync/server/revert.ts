import { FlowError } from '../../document/errors.ts';
import { REFERENCES, fieldRule, idsIn, type AnyRecord } from '../../document/fields.ts';
import type { JsonValue, Op, PatchOp, PutOp } from '../../document/types.ts';
import type { LiveFlow } from './live.ts';
import { isUntouched, originIn, stampOf, type Mark, type Origins } from './marks.ts';
import type { InverseStep } from './logged-commit.ts';

/** One step of a commit being taken back. */
export interface Reverted {
  /** In simplest form, as carried out. */
  op: Op;
  /** Where the values come from that it brought back. */
  origins: Origins | undefined;
}

/** Tells who wrote the commit `clock`, for a sentence: a name, `you`, or `someone else`. */
export type WhoWrote = (clock: number) => string;

/**
 * Takes one step of the commit `clock` back as far as nobody has built on it: fields written since stay, a record
 * made by the commit stays when anybody has edited it or linked to it, a removed record comes back unless what it
 * hangs on is gone. Changes the state, not the marks.
 *
 * @returns what was done, and sentences about what was not.
 */
export function revertStep(
  live: LiveFlow,
  step: InverseStep,
  clock: number,
  who: WhoWrote,
): { reverted: Reverted | undefined; skipped: string[] } {
  const skipped: string[] = [];
  const op = stillOurs(live, step, clock, who, skipped);
  if (!op) return { reverted: undefined, skipped };

  const { state } = live;
  const start = state.mark();
  const name = labelOf(live, op);
  try {
    state.apply(op, 'undo');
  } catch (error) {
    if (!(error instanceof FlowError)) throw error;
    return {
      reverted: undefined,
      skipped: [...skipped, `Left ${name} as it is: ${error.issues[0]?.message ?? error.code}.`],
    };
  }
  const [done, ...cleanup] = state.since(start);
  const more =
    done?.op === 'patch' && op.op === 'patch' && Object.keys(done.set).some((field) => !(field in op.set));
  if (more || cleanup.length > 0) {
    // Something that is not part of this step hangs on it, else it had been taken back before.
    state.rollback(start);
    return { reverted: undefined, skipped: [...skipped, `Kept ${name}: it has been linked to since.`] };
  }
  return { reverted: done && { op: done, origins: step.prior }, skipped };
}

/** The part of the step that still stands as the commit left it. */
function stillOurs(
  live: LiveFlow,
  step: InverseStep,
  clock: number,
  who: WhoWrote,
  skipped: string[],
): Op | undefined {
  const { op, left } = step;
  const mark = live.markOf(op);
  const name = labelOf(live, op);
  if (op.op === 'put') {
    if (mark) {
      skipped.push(`Left ${name} as it is: ${who(mark.made.origin)} put another in its place.`);
      return undefined;
    }
    const grave = live.grave(op.kind, op.value.id);
    if (grave && grave.origin !== originIn(left, '', clock)) {
      skipped.push(`Did not bring back ${name}: ${who(grave.origin)} has removed it since.`);
      return undefined;
    }
    return withoutLost(live, op, skipped);
  }
  if (!mark) {
    skipped.push(`Could not change ${name}: it has been removed since.`);
    return undefined;
  }
  if (op.op === 'remove') {
    if (isUntouched(mark, left, clock)) return op;
    skipped.push(`Kept ${name}: ${who(latestOrigin(mark))} has edited it since.`);
    return undefined;
  }
  if (op.op === 'rename') {
    const stamp = stampOf(mark, 'name');
    if (stamp.origin === originIn(left, 'name', clock)) return op;
    skipped.push(`Left the name of the flow as it is: ${who(stamp.origin)} has changed it since.`);
    return undefined;
  }
  const set: PatchOp['set'] = {};
  for (const [field, value] of Object.entries(op.set)) {
    const stamp = stampOf(mark, field);
    if (stamp.origin === originIn(left, field, clock)) set[field] = value;
    else skipped.push(`Left the ${field} of ${name} as it is: ${who(stamp.origin)} has changed it since.`);
  }
  return Object.keys(set).length > 0 ? { ...op, set } : undefined;
}

/** A record to be brought back without what it pointed at and is gone; undefined when it cannot be without it. */
function withoutLost(live: LiveFlow, op: PutOp, skipped: string[]): PutOp | undefined {
  const value: Record<string, JsonValue> = { ...(op.value as unknown as AnyRecord) };
  for (const [field, target] of Object.entries(REFERENCES[op.kind])) {
    const ids = idsIn(value[field]);
    const rest = ids.filter((id) => live.state.get(target, id));
    if (rest.length === ids.length) continue;
    if (fieldRule(op.kind, field) === 'required') {
      skipped.push(
        `Could not bring back ${labelOf(live, op)}: the ${target} it belongs to has been removed.`,
      );
      return undefined;
    }
    skipped.push(`Brought back ${labelOf(live, op)} without its ${target}, which has been removed.`);
    if (rest.length > 0) value[field] = rest;
    else delete value[field];
  }
  if (op.kind === 'edge' && !live.state.hasElement(value)) {
    skipped.push(`Brought back ${labelOf(live, op)} without its screen element, which has been removed.`);
    delete value['elementId'];
  }
  return { op: 'put', kind: op.kind, value } as unknown as PutOp;
}

function latestOrigin(mark: Mark): number {
  return Math.max(mark.made.origin, ...Array.from(mark.fields.values(), (stamp) => stamp.origin));
}

/** What people call the thing that `op` touches. */
function labelOf(live: LiveFlow, op: Op): string {
  if (op.op === 'rename') return 'the name of the flow';
  const id = op.op === 'put' ? op.value.id : op.id;
  const record = op.op === 'put' ? (op.value as unknown as AnyRecord) : live.state.get(op.kind, id);
  if (!record) return `${op.kind} ${id}`;
  if (op.kind === 'edge') {
    return `the edge from ${titleOf(live, String(record['source']))} to ${titleOf(live, String(record['target']))}`;
  }
  return `${op.kind} “${String(record['title'] ?? record['name']) || id}”`;
}

function titleOf(live: LiveFlow, id: string): string {
  return `“${String(live.state.get('node', id)?.['title'] ?? '') || id}”`;
}
