import type { Clause } from '../../clause.ts';
import { wordToken } from '../../text/tokens.ts';
import { type Context, headOf, kindOf, nounPhrase } from '../context.ts';
import { isEnd } from './ends.ts';

/** "We point out that X", "note that X": without an object of its own, what is said is the object (ANNOTATION 3.1). */
const tellsThat = (clause: Clause, teller: Clause, { lexicon }: Context): boolean =>
  clause.word === 'dass' &&
  nounPhrase(clause.tokens, lexicon).length > 0 &&
  (teller.verb === ''
    ? lexicon.message.test(teller.tokens.at(-1)?.low ?? '')
    : !teller.passive && teller.subject.length > 0 && nounPhrase(teller.rest, lexicon).length === 0);

const said = ({ tokens, word }: Clause): Clause['tokens'] => [
  wordToken(word),
  ...tokens.filter(({ low }) => !/^(?:mehr|ist|sind|wird|werden)$/.test(low)),
];

/** "Not sold before the start -> …": the time is part of what the notes ask. */
function withTimes(clauses: readonly Clause[]): Clause[] {
  const [first, time, next, ...further] = clauses;
  if (first?.verb !== '' || time?.link !== 'when' || !time.postposed || next?.link !== 'arrow')
    return [...clauses];
  const tokens = [...first.tokens, wordToken(time.word), ...time.tokens];
  return [{ ...first, tokens, rest: tokens }, next, ...further];
}

const isPerson = ({ subject }: Clause, context: Context): boolean => kindOf(subject, context) === 'person';

/** "No matter how it ends, …" */
const WHATEVER = new Set('egal gleichgültig no'.split(' '));

/** Fills in what a clause leaves to the one before it. */
export function completed(told: readonly Clause[], context: Context): Clause[] {
  const { lexicon } = context;
  const given = withTimes(told);
  const out: Clause[] = [];
  let optional = false;
  let anyway = false;
  for (const clause of given) {
    if (clause.link === 'reason') {
      const teller = out.at(-1);
      if (teller && tellsThat(clause, teller, context))
        out[out.length - 1] = {
          ...teller,
          tokens: [...teller.tokens, ...said(clause)],
          rest: [...teller.rest, ...said(clause)],
        };
      anyway ||= WHATEVER.has(clause.word);
      continue;
    }
    if (clause.tokens.length === 0 && clause.optional && clause.link !== 'else' && clause.link !== 'aside') {
      optional = true;
      continue;
    }
    let next = optional || anyway ? { ...clause, optional: clause.optional || optional, anyway } : clause;
    optional = false;
    anyway = false;
    const before = out.at(-1);
    const head = headOf(next.tokens, lexicon);
    // Without a subject of its own, the one before acts, or is acted on.
    const shared = next.link === 'and' || next.link === 'or' || next.link === 'arrow';
    if (
      shared &&
      next.subject.length === 0 &&
      next.verb !== '' &&
      before !== undefined &&
      before.verb !== '' &&
      before.subject.length > 0 &&
      !before.state &&
      (next.passive
        ? before.passive || (isPerson(before, context) && !isEnd(next, context))
        : !before.passive) &&
      !['relative', 'if', 'when', 'unless', 'whether'].includes(before.link)
    ) {
      next = { ...next, subject: before.subject };
    }
    // "chooses the day and then the time".
    if (
      next.verb === '' &&
      next.link === 'and' &&
      before !== undefined &&
      before.verb !== '' &&
      !before.state &&
      !before.passive &&
      before.rest.length > 0 &&
      head !== '' &&
      nounPhrase(next.tokens, lexicon).length > 0 &&
      !lexicon.message.test(head) &&
      !lexicon.place.test(head) &&
      !lexicon.sent.test(head) &&
      !next.negated &&
      context.jump(next) === null &&
      !isEnd(next, context) &&
      lexicon.articles.has(next.tokens[0]?.low ?? '')
    ) {
      next = { ...next, verb: before.verb, subject: before.subject, rest: next.tokens, modal: before.modal };
    }
    out.push(next);
  }
  return out;
}
