/** Writes one JSON object to the log. Fields never hold secrets, bodies or URLs of partners. */
export function logEvent(
  level: 'info' | 'warn' | 'error',
  event: string,
  fields: Record<string, unknown>,
): void {
  console[level](JSON.stringify({ level, event, at: new Date().toISOString(), ...fields }));
}
