import type { Statement } from '../statement.ts';

/** "They go back and choose another one": the choosing says where, so the going back adds nothing (ANNOTATION 2.9). */
export function withoutIdleJumps(statements: readonly Statement[]): Statement[] {
  const out: Statement[] = [];
  for (const [i, statement] of statements.entries()) {
    const next = statements[i + 1];
    const idle =
      statement.kind === 'goto' &&
      statement.words === '' &&
      statement.number === undefined &&
      next?.kind === 'step' &&
      next.draft.person;
    if (idle) {
      next.draft.again = true;
      continue;
    }
    if ('body' in statement) {
      const body = withoutIdleJumps(statement.body);
      statement.body.splice(0, statement.body.length, ...body);
    }
    out.push(statement);
  }
  return out;
}
