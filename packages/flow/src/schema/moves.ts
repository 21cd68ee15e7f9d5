import { isId } from '../document/ids.ts';
import { LIMITS } from '../document/limits.ts';
import type { Op } from '../document/types.ts';
import type { ClientMessage } from '../sync/messages.ts';

/**
 * While people drag, nearly every message is one kind of commit. What is surely right is taken here, at a tenth of
 * what the schemas cost; of everything else they say whether it is right, and why not.
 */

const KEY = /^[A-Za-z0-9_-]{1,64}:[1-9]\d{0,14}$/;

/** `value` as a commit without a message; undefined when the schema has to look at it. */
export function plainCommit(value: unknown): Extract<ClientMessage, { type: 'commit' }> | undefined {
  if (!hasFields(value, 4) || value['type'] !== 'commit') return undefined;
  const { key, baseClock, ops } = value;
  if (typeof key !== 'string' || !KEY.test(key)) return undefined;
  if (!Number.isSafeInteger(baseClock) || Number(baseClock) < 0 || !Array.isArray(ops)) return undefined;
  return { type: 'commit', key, baseClock: Number(baseClock), ops: ops as Op[] };
}

/** `value` as ops that put nodes and frames somewhere else; undefined when the schema has to look at it. */
export function moves(value: unknown): Op[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const ops: Op[] = [];
  for (const each of value) {
    const op = move(each);
    if (!op) return undefined;
    ops.push(op);
  }
  return ops;
}

function move(value: unknown): Op | undefined {
  if (!hasFields(value, 4) || value['op'] !== 'patch') return undefined;
  const { kind, id, set } = value;
  if ((kind !== 'node' && kind !== 'frame') || !isId(id) || !hasFields(set, 1)) return undefined;
  const { position } = set;
  if (!hasFields(position, 2)) return undefined;
  const { x, y } = position;
  if (!isCoordinate(x) || !isCoordinate(y)) return undefined;
  return { op: 'patch', kind, id, set: { position: { x, y } } };
}

function isCoordinate(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= LIMITS.coordinate;
}

/** True when `value` is an object with so many fields. Those that are then found in it are thus all it has. */
function hasFields(value: unknown, count: number): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.getPrototypeOf(value) === Object.prototype &&
    Object.keys(value).length === count
  );
}
