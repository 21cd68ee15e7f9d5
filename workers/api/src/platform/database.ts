import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1';
import type { Env } from './env.ts';

/** The one place that opens D1; one database a shard of workspaces would be chosen here. */
export function database(env: Pick<Env, 'DB'>): DrizzleD1Database {
  return drizzle(env.DB);
}
