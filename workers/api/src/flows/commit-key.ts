import type { Context } from 'hono';
import type { AppEnv } from '../platform/env.ts';
import { idempotencyKey } from '../platform/idempotency.ts';
import { newId } from '../platform/ids.ts';

/**
 * The room's key of a REST edit: the caller's `Idempotency-Key`, kept apart by kind of edit. The room keeps keys of
 * different actors apart and remembers them for as long as the flow lives, so these calls need no row of their own.
 */
export function commitKey(
  c: Context<AppEnv>,
  kind: 'commit' | 'undo' | 'redo' | 'restore' | 'accept',
): string {
  const key = idempotencyKey(c);
  return key === undefined ? newId('req') : `${kind} ${key}`;
}
