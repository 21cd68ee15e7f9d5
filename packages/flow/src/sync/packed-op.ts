import { KINDS } from '../document/fields.ts';
import type { JsonValue, Op, PutOp } from '../document/types.ts';

/**
 * An op as a list. `[name]` renames the flow; all others begin with the number of the kind, which is its place in
 * `KINDS`: `[kind, value]` puts, `[kind, id]` removes, `[kind, id, set]` patches, and `[kind, id, x, y]` patches the
 * position alone, which is what people do most.
 */
export type PackedOp = JsonValue[];

export function packOp(op: Op): PackedOp {
  if (op.op === 'rename') return [op.name];
  const kind = KINDS.indexOf(op.kind);
  if (op.op === 'put') return [kind, op.value as unknown as JsonValue];
  if (op.op === 'remove') return [kind, op.id];
  const { position } = op.set;
  if (isPoint(position) && Object.keys(op.set).length === 1) return [kind, op.id, position.x, position.y];
  return [kind, op.id, op.set];
}

/** The op that was packed; undefined when `packed` is none. Its values are for the document to judge. */
export function unpackOp(packed: unknown): Op | undefined {
  if (!Array.isArray(packed)) return undefined;
  const [first, second, third, y] = packed as unknown[];
  if (typeof first === 'string') return { op: 'rename', name: first };
  const kind = KINDS[Number(first)];
  if (!kind) return undefined;
  if (isObject(second)) return { op: 'put', kind, value: second } as unknown as PutOp;
  if (typeof second !== 'string') return undefined;
  if (typeof third === 'number' && typeof y === 'number')
    return { op: 'patch', kind, id: second, set: { position: { x: third, y } } };
  if (isObject(third)) return { op: 'patch', kind, id: second, set: third as Record<string, JsonValue> };
  return third === undefined ? { op: 'remove', kind, id: second } : undefined;
}

function isPoint(value: JsonValue | undefined): value is { x: number; y: number } {
  return (
    isObject(value) &&
    typeof value['x'] === 'number' &&
    typeof value['y'] === 'number' &&
    Object.keys(value).length === 2
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
