import type { Clause } from '../../clause.ts';
import { contentStems } from '../likeness.ts';
import type { Statement } from '../statement.ts';
import { optionalOf } from './main-clause.ts';
import { isEnd } from './ends.ts';
import type { ClauseRule } from './sentence.ts';

/**
 * Text in brackets counts only if it says that something is optional (ANNOTATION 4.6), that the step belongs elsewhere
 * (4.8), or where the flow goes (5.2); the rest is an aside (2.9).
 */
export const readAside: ClauseRule = (clause, sentence) => {
  if (clause.link !== 'aside') return false;
  const { context, scope } = sentence;
  if (isOptional(clause)) {
    const last = scope.pop();
    if (last?.kind === 'step') scope.push(optionalOf(last.draft, sentence.previous ?? clause, context));
    else if (last) scope.push(last);
    return true;
  }
  const belongs = /^(?:gehört|kommt|comes|belongs|goes|happens|passiert|gilt|applies)$/;
  const after = belongs.test(clause.tokens[0]?.low ?? '')
    ? clause.tokens.find(({ kind }) => kind === 'number')
    : undefined;
  if (after) {
    sentence.top.push({ kind: 'move', after: after.text });
    return true;
  }
  const jump = context.jump(clause);
  if (!jump && isEnd(clause, context)) scope.push({ kind: 'end', anyway: clause.anyway });
  if (!jump) return true;
  const statement: Statement = { kind: 'goto', ...jump, stems: contentStems(jump.words) };
  const last = scope.at(-1);
  const into = last?.kind === 'choice' ? last.cases.at(-1)?.body : undefined;
  if (into && !into.some(({ kind }) => kind === 'goto')) into.push(statement);
  else scope.push(statement);
  return true;
};

function isOptional(clause: Clause): boolean {
  const words = clause.tokens.map(({ low }) => low);
  return (
    words.length === 0 ||
    clause.optional ||
    (words.length <= 2 && words.some((low) => ['optional', 'freiwillig'].includes(low))) ||
    (words.length <= 4 &&
      words.some((low) => /^(?:skip|skipped|überspringen|übersprungen|überspringbar)$/.test(low)))
  );
}
