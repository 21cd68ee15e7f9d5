import type { FlowDocument, Op } from '../src/index.ts';
import type { Change } from '../src/sync/index.ts';
import { TRACE } from './random-ops.ts';

/** One value that a field has had, and the one it replaced. */
interface Value {
  author: string;
  json: string;
  before: Value | undefined;
}
interface RecordHistory {
  /** Who made the record that is there, or removed the one that was. */
  author: string;
  exists: boolean;
  /** The values it has; of a removed record, those it had then. */
  fields: Map<string, Value>;
  /** What was there before this making or removal. */
  before: RecordHistory | undefined;
}

/**
 * Reads a flow's commits and says where an undo or redo took away what somebody else had done later. Written from
 * the promise alone, without the log's marks: it keeps every value a field ever had, with its author. An undo may
 * only take away the author's own values, and gives the authorship of what was there before back to whom it was.
 */
export function undoViolations(
  commits: readonly Change[],
  reverts: ReadonlyMap<string, 'undo' | 'redo'>,
): string[] {
  const violations: string[] = [];
  const records = new Map<string, RecordHistory>();
  /** Values that an undo took away, which a redo may bring back. */
  const undone = new Map<string, Value[]>();
  const undoneRecords = new Map<string, RecordHistory[]>();

  const write = (
    record: RecordHistory,
    key: string,
    field: string,
    json: string,
    author: string,
    mode: 'undo' | 'redo' | undefined,
  ): void => {
    const now = record.fields.get(field);
    if (!mode) {
      record.fields.set(field, { author, json, before: now });
      return;
    }
    const popped = undone.get(`${key}.${field}`) ?? [];
    const again =
      mode === 'redo' &&
      popped.findLast(
        (value) => value.json === json && value.author === author && liesOn(value, now, author),
      );
    if (again) {
      popped.splice(popped.indexOf(again), 1);
      record.fields.set(field, again);
      return;
    }
    let back = now;
    while (back && back.author === author) {
      popped.push(back);
      back = back.before;
      if ((back?.json ?? 'null') === json) break;
    }
    undone.set(`${key}.${field}`, popped);
    if (back === now || (back?.json ?? 'null') !== json) {
      violations.push(`${author} overwrote ${key}.${field} of ${now?.author ?? 'nobody'} by undo`);
      return;
    }
    if (back) record.fields.set(field, back);
    else record.fields.delete(field);
  };

  for (const { ops, actor, key: commitKey } of commits) {
    const mode = reverts.get(commitKey ?? '');
    const author = actor.id;
    for (const op of ops) {
      const key = keyOf(op);
      const now = records.get(key);
      if (op.op === 'rename') {
        const name = now ?? {
          author,
          exists: true,
          fields: new Map<string, Value>([['name', { author: 'nobody', json: '"Flow"', before: undefined }]]),
          before: undefined,
        };
        records.set(key, name);
        write(name, key, 'name', JSON.stringify(op.name), author, mode);
      } else if (op.op === 'patch') {
        if (!now?.exists) violations.push(`${key} was patched but is not there`);
        else
          for (const [field, value] of Object.entries(op.set))
            write(now, key, field, JSON.stringify(value), author, mode);
      } else {
        const exists = op.op === 'put';
        const there = now ?? {
          author: 'nobody',
          exists: false,
          fields: new Map<string, Value>(),
          before: undefined,
        };
        const strangers = [
          there.author,
          ...(exists ? [] : Array.from(there.fields.values(), (value) => value.author)),
        ].filter((each) => each !== author);
        if (!mode) {
          const fields = exists
            ? Object.entries(op.value).map(([field, value]): [string, Value] => [
                field,
                { author, json: JSON.stringify(value), before: undefined },
              ])
            : there.fields;
          records.set(key, { author, exists, fields: new Map(fields), before: there });
          continue;
        }
        const popped = undoneRecords.get(key) ?? [];
        const again =
          mode === 'undo'
            ? undefined
            : popped.findLast(
                (record) => record.before === there && record.exists === exists && record.author === author,
              );
        if (again) popped.splice(popped.indexOf(again), 1);
        else popped.push(there);
        // Doing one's own making or removal again is fine over whatever was there when it was first done.
        const allowed =
          again !== undefined &&
          (exists ||
            (again.fields.size === there.fields.size &&
              [...again.fields].every(([field, value]) => there.fields.get(field) === value)));
        if (strangers.length > 0 && !allowed)
          violations.push(`${author} ${op.op} ${key} of ${strangers.join()} by undo`);
        undoneRecords.set(key, popped);
        records.set(key, again ?? there.before ?? { author, exists, fields: new Map(), before: undefined });
      }
    }
  }
  return violations;
}

/** Whether only values of `author`, which one commit may write several of, lie between `value` and `below`. */
function liesOn(value: Value, below: Value | undefined, author: string): boolean {
  let at = value.before;
  while (at !== below && at?.author === author) at = at.before;
  return at === below;
}

function keyOf(op: Op): string {
  return op.op === 'rename' ? 'name' : `${op.kind}:${op.op === 'put' ? op.value.id : op.id}`;
}

/** Traces of those who never undo that are missing, by the keys they were told are committed. */
export function missingTraces(document: FlowDocument, keys: readonly string[]): string[] {
  return keys.filter((key) => !Object.hasOwn(document.personas, `${TRACE}${key.replace(':', '.')}`));
}
