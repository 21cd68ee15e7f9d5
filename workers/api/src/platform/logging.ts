import type { Context } from 'hono';
import type { AppEnv } from './env.ts';

export type LogLevel = 'info' | 'warn' | 'error';
export type LogFields = Record<string, string | number | boolean | null | undefined>;

/** Writes one JSON object to the log. Fields never hold credentials, bodies or names of people. */
export function logEvent(level: LogLevel, event: string, fields: LogFields): void {
  console[level](JSON.stringify({ level, event, at: new Date().toISOString(), ...fields }));
}

/** `logEvent` with the request's id and workspace. */
export function log(c: Context<AppEnv>, level: LogLevel, event: string, fields: LogFields = {}): void {
  const { principal } = c.var;
  const workspaceId = principal && 'workspaceId' in principal ? principal.workspaceId : undefined;
  logEvent(level, event, { requestId: c.var.requestId, workspaceId, ...fields });
}
