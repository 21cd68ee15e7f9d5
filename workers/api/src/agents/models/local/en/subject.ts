import type { Part } from '../clause.ts';
import { isMark, lowAt, type Token } from '../text/tokens.ts';
import { findVerb } from './find-verb.ts';
import { withoutRelative } from './relative-clause.ts';
import { NOUN_TOO, verbForm } from './verbs.ts';
import { isAux, SUBJECT_PRONOUNS } from './word-classes.ts';
import * as w from './words.ts';

const TIME =
  /^(?:morning|evening|afternoon|night|day|week|month|year|time|moment|later|minutes?|hours?|days?|weeks?)$/;
const ARTICLES = new Set(['the', 'a', 'an', 'our', 'their', 'his', 'her']);

/** Takes a phrase ahead of the subject out of a clause, in place: "After the call, the agent …". */
export function takeLead(tokens: Token[]): Token[] {
  if (!w.PREPOSITIONS.has(lowAt(tokens, 0)) && lowAt(tokens, 0) !== 'depending') return [];
  return tokens.splice(0, leadEnd(tokens)).filter((token) => !isMark(token, ','));
}

function leadEnd(tokens: readonly Token[]): number {
  const comma = tokens.findIndex((token) => isMark(token, ','));
  if (comma > 0 && comma < 12) return comma + 1;
  // "after five wrong attempts selling is blocked"
  const counted =
    lowAt(tokens, 0) === 'after' && /^(?:\d+|two|three|four|five|six|ten)$/.test(lowAt(tokens, 1));
  const attempts = counted
    ? tokens.findIndex(
        ({ low }, i) =>
          /^(?:attempts|tries|times|failures|mistakes)$/.test(low) ||
          (i > 2 && low.endsWith('s') && verbForm(lowAt(tokens, i + 1))?.form === 'past'),
      )
    : -1;
  if (attempts > 0 && attempts < 6 && lowAt(tokens, attempts + 1) !== 'of') return attempts + 1;
  let found = 0;
  for (let i = 1; i < Math.min(tokens.length - 1, 12); i++) {
    const token = tokens[i] as Token;
    const previous = tokens[i - 1] as Token;
    if (
      w.PREPOSITIONS.has(previous.low) ||
      w.DETERMINERS.has(previous.low) ||
      ['and', 'or'].includes(previous.low)
    )
      continue;
    const starts = w.DETERMINERS.has(token.low) || SUBJECT_PRONOUNS.has(token.low);
    if (starts && findVerb(tokens.slice(i), false) > 0) found = i;
  }
  return found;
}

/** The words before the verb, parted into the subject and a phrase ahead of it. */
export function readSubject(
  before: readonly Token[],
  lead: readonly Token[],
): { subject: Token[]; lead: readonly Token[] } {
  const subject = withoutRelative(
    before.filter((token) => !w.ADVERBS.has(token.low) || token.low === 'first'),
  );
  const paired = subject.some(({ low }) => low === 'and' || low === 'or');
  if (subject.length > 1 && SUBJECT_PRONOUNS.has(lowAt(subject, subject.length - 1)) && !paired)
    return { subject: subject.slice(-1), lead: lead.length === 0 ? subject.slice(0, -1) : lead };
  // "The next morning the parcel …"
  const timed = subject.findIndex(
    ({ low }, i) => i > 1 && ARTICLES.has(low) && TIME.test(lowAt(subject, i - 1)),
  );
  return timed > 0 ? { subject: subject.slice(timed), lead: subject.slice(0, timed) } : { subject, lead };
}

/** Puts the noun that a relative clause speaks about in the place of its pronoun. */
export function resolveRelative(
  part: Part,
  subject: Token[],
  rest: Token[],
): { subject: Token[]; rest: Token[] } {
  if (part.link !== 'relative' || !part.antecedent) return { subject, rest };
  const noun = lastNoun(part.antecedent);
  const low = lowAt(subject, 0);
  if ((low === 'which' || low === 'who') && subject.length === 1) return { subject: noun, rest };
  return low === 'which' || low === 'whom'
    ? { subject: subject.slice(1), rest: [...noun, ...rest] }
    : { subject, rest };
}

/** The head noun phrase at the end of a clause. */
function lastNoun(tokens: readonly Token[]): Token[] {
  let start = tokens.length - 1;
  while (
    start > 0 &&
    !w.PREPOSITIONS.has(lowAt(tokens, start - 1)) &&
    !w.DETERMINERS.has(lowAt(tokens, start)) &&
    !isAux(lowAt(tokens, start - 1)) &&
    !(verbForm(lowAt(tokens, start - 1)) && !NOUN_TOO.has(lowAt(tokens, start - 1))) &&
    !isMark(tokens[start - 1], ',')
  )
    start--;
  return tokens.slice(Math.max(0, start));
}
