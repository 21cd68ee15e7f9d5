import type { Op } from '../../document/types.ts';
import type { Conflict } from '../messages.ts';
import type { LiveFlow } from './live.ts';
import { fieldsOf, keyOf, stampOf, type Mark } from './marks.ts';

/**
 * What of others' changes after `base` the ops `applied`, in simplest form and not yet noted, overwrite or remove.
 *
 * @param isOthers tells whether the commit at that clock is somebody else's.
 */
export function overwritten(
  live: LiveFlow,
  applied: readonly Op[],
  base: number,
  isOthers: (clock: number) => boolean,
): Conflict[] {
  if (base >= live.clock) return [];
  const found = new Map<string, Conflict>();
  for (const op of applied) {
    const mark = live.markOf(op);
    if (!mark) continue;
    const fields = op.op === 'remove' ? changedFields(mark) : fieldsOf(op);
    for (const field of fields) {
      const clock = field === 'id' ? mark.made.clock : stampOf(mark, field).clock;
      if (clock <= base || !isOthers(clock)) continue;
      const [kind, id] =
        op.op === 'rename' ? ['document', 'document'] : [op.kind, op.op === 'put' ? op.value.id : op.id];
      found.set(`${keyOf(op)}.${field}`, { kind, id, field, clock });
    }
  }
  return [...found.values()];
}

function changedFields(mark: Mark): string[] {
  return ['id', ...mark.fields.keys()];
}
