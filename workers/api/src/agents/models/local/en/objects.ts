import type { Link } from '../clause.ts';
import { lowAt, trimEnd, type Token } from '../text/tokens.ts';
import { NOUN_TOO, verbForm } from './verbs.ts';
import { isAux } from './word-classes.ts';
import * as w from './words.ts';

/** What stands behind the verb, reduced to what a title keeps: the object and a needed complement (ANNOTATION 3.1, 3.2). */

const TIME_PREPOSITIONS = new Set(['within', 'after', 'before', 'during', 'until', 'till', 'since']);
/** Adverbs that carry a meaning of their own. */
const KEPT_ADVERBS = new Set([
  'first',
  'up',
  'once',
  'twice',
  'here',
  'there',
  'automatically',
  'manually',
  'yet',
  'only',
]);
/** Verbs with a recipient before their object. */
const GIVING =
  /^(?:send|show|give|offer|mail|email|e-mail|tell|text|hand|grant|bring|charge|assign|present|issue|ask|forward|lend)$/;

/** "the customer a notification" → "a notification". */
function withoutRecipient(rest: Token[], verb: string): Token[] {
  if (!GIVING.test(verb)) return rest;
  const head = lowAt(rest, 0);
  if (
    w.OBJECT_PRONOUNS.has(head) &&
    rest.length > 1 &&
    head !== 'it' &&
    !w.PREPOSITIONS.has(lowAt(rest, 1)) &&
    !['this', 'that', 'these', 'those'].includes(head)
  )
    return rest.slice(1);
  if (!w.DETERMINERS.has(head)) return rest;
  for (let i = 2; i < Math.min(rest.length, 5); i++) {
    const token = rest[i];
    if (
      !token ||
      (token.kind !== 'word' && token.kind !== 'quote') ||
      w.PREPOSITIONS.has(token.low) ||
      ['and', 'or'].includes(token.low)
    )
      return rest;
    if (w.DETERMINERS.has(token.low) || token.kind === 'quote') return rest.slice(i);
  }
  return rest;
}

/** Cuts what only explains: relative clauses, purposes, means. */
function withoutExplanation(rest: Token[]): Token[] {
  for (let i = 1; i < rest.length; i++) {
    const token = rest[i] as Token;
    const next = rest[i + 1];
    const previous = rest[i - 1] as Token;
    if (token.kind !== 'word') continue;
    const low = token.low;
    if (
      ['who', 'which', 'whose', 'where', 'that'].includes(low) &&
      next &&
      (isAux(next.low) ||
        verbForm(next.low) ||
        (low === 'that' && w.DETERMINERS.has(next.low)) ||
        ['he', 'she', 'they', 'we', 'it', 'the', 'not'].includes(next.low))
    )
      return rest.slice(0, i);
    if (['he', 'she', 'they', 'we', 'i'].includes(low) && next && previous.kind === 'word')
      return rest.slice(0, i);
    if (
      low === 'to' &&
      next &&
      verbForm(next.low)?.form === 'base' &&
      !(NOUN_TOO.has(next.low) && rest[i + 2] === undefined) &&
      i > 0
    )
      return rest.slice(0, i);
    if (
      ['by', 'using', 'without'].includes(low) &&
      (low === 'using' || verbForm(next?.low ?? '')?.form === 'ing')
    )
      return rest.slice(0, i);
    if (low === 'how' || low === 'what' || low === 'why') return rest.slice(0, i);
  }
  return rest[0]?.low === 'using' ? [] : rest;
}

/** "by the agent" behind a passive: who acts, and what is left. */
export function takeAgent(rest: readonly Token[]): { agent: Token[]; rest: Token[] } {
  const at = rest.findIndex(
    ({ low }, i) =>
      low === 'by' && !w.OBJECT_PRONOUNS.has(lowAt(rest, i + 1)) && w.DETERMINERS.has(lowAt(rest, i + 1)),
  );
  return at < 0 ? { agent: [], rest: [...rest] } : { agent: rest.slice(at + 1), rest: rest.slice(0, at) };
}

/** Objects and complements without recipients, reasons, means and manners. */
export function objectsOf(rest: readonly Token[], verb: string): Token[] {
  const words = rest.filter(({ low }) => !w.ADVERBS.has(low) || KEPT_ADVERBS.has(low));
  return withoutExplanation(withoutRecipient(words, verb));
}

/** Objects without a time, unless the clause is a condition, which may be about it. */
export function withoutTime(rest: readonly Token[], link: Link): Token[] {
  const at = ['if', 'unless', 'when'].includes(link)
    ? -1
    : rest.findIndex(({ low }, i) => i > 0 && TIME_PREPOSITIONS.has(low));
  return trimEnd(at > 0 ? rest.slice(0, at) : rest, ['and', 'or', 'then', 'but']);
}
