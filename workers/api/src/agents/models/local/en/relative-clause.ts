import { isMark, isWord, lowAt, type Token } from '../text/tokens.ts';
import { verbForm } from './verbs.ts';
import { isAux, nominal, skippable, SUBJECT_PRONOUNS } from './word-classes.ts';
import { DETERMINERS, PREPOSITIONS } from './words.ts';

/** Relative clauses inside a clause: "guests who have paid get …". Their verbs are not the verb of the clause. */

const FINITE_BE = new Set(['is', 'are', 'was', 'were']);
const RELATIVE_PRONOUNS = new Set(['who', 'which', 'that', 'whose']);

/** Index after the verb group of a relative clause that begins at `at`, or `at` if none begins there. */
export function afterRelative(tokens: readonly Token[], at: number): number {
  const low = lowAt(tokens, at);
  if (at === 0 || !RELATIVE_PRONOUNS.has(low) || !nominal(tokens[at - 1])) return at;
  const inner = tokens[at + 1];
  if (!isWord(inner)) return at;
  // "problems that the agent can't solve": its subject comes first.
  if (low === 'whose' || (low !== 'who' && (DETERMINERS.has(inner.low) || SUBJECT_PRONOUNS.has(inner.low)))) {
    for (let i = at + 2; i < Math.min(tokens.length, at + 8); i++) {
      const word = tokens[i];
      if (!isWord(word) || PREPOSITIONS.has(word.low)) return at;
      if (!isAux(word.low) && !(verbForm(word.low) && nominal(tokens[i - 1]))) continue;
      let end = i;
      while (isWord(tokens[end]) && (isAux(lowAt(tokens, end)) || skippable(tokens[end] as Token))) end++;
      return end + 1;
    }
    return at;
  }
  let end = at + 1;
  while (
    isWord(tokens[end]) &&
    !(end > at + 2 && FINITE_BE.has(lowAt(tokens, end)) && !FINITE_BE.has(lowAt(tokens, at + 1))) &&
    (isAux(lowAt(tokens, end)) || skippable(tokens[end] as Token) || tokens[end]?.low === 'to')
  )
    end++;
  if (end > at + 1 && FINITE_BE.has(lowAt(tokens, end))) return end;
  return end > at + 1 || verbForm(inner.low) || inner.low.endsWith('s') ? end + 1 : at;
}

const relativeAt = (subject: readonly Token[]): number =>
  subject.findIndex(({ low }, i) => i > 0 && RELATIVE_PRONOUNS.has(low));

/** A subject without its relative clause and without commas. */
export function withoutRelative(subject: readonly Token[]): Token[] {
  const at = relativeAt(subject);
  return subject.slice(0, at > 0 ? at : undefined).filter((token) => !isMark(token, ','));
}

/** The words of the relative clause about a subject, without its pronoun. */
export function relativeOf(subject: readonly Token[]): Token[] {
  const at = relativeAt(subject);
  return at > 0 ? subject.slice(at + 1) : [];
}
