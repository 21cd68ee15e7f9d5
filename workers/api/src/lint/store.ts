import { eq } from 'drizzle-orm';
import { database } from '../platform/database.ts';
import type { Env } from '../platform/env.ts';
import { lintConfig } from './tables.ts';

export type LintConfigRow = typeof lintConfig.$inferSelect;

export function lintStore(env: Env) {
  const db = database(env);
  return {
    byWorkspace: async (workspaceId: string): Promise<LintConfigRow | undefined> =>
      (await db.select().from(lintConfig).where(eq(lintConfig.workspaceId, workspaceId)))[0],
    put: async (row: LintConfigRow): Promise<void> => {
      const { rules, updatedAt } = row;
      await db
        .insert(lintConfig)
        .values(row)
        .onConflictDoUpdate({ target: lintConfig.workspaceId, set: { rules, updatedAt } });
    },
  };
}
