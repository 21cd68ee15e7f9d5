import type { Context } from 'hono';
import { actorOf, memberOf } from '../identity/principal.ts';
import type { AppEnv } from '../platform/env.ts';
import { idempotencyKey } from '../platform/idempotency.ts';
import { newId } from '../platform/ids.ts';

/**
 * The room's key of a REST edit: the caller's `Idempotency-Key`, kept apart by caller and kind of edit. The room
 * remembers keys for as long as the flow lives, so these calls need no row of their own.
 */
export function commitKey(c: Context<AppEnv>, kind: 'commit' | 'undo' | 'redo'): string {
  const key = idempotencyKey(c);
  if (key === undefined) return newId('req');
  return `rest ${kind} ${actorOf(memberOf(c.var.principal)).id} ${key}`;
}
