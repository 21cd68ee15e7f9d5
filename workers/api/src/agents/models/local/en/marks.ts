import type { Clause } from '../clause.ts';
import { dropPhrases, isMark, lowAt, phraseAt, type Token } from '../text/tokens.ts';
import * as w from './words.ts';

/** What the words of manner and order say about a clause. */
type Marks = Pick<Clause, 'optional' | 'inBranch' | 'anyway' | 'latter' | 'parallel' | 'again' | 'direct'> & {
  /** "Sometimes": the clause is a condition. */
  readonly sometimes: boolean;
};

/** Takes the words of manner and order out of a clause: optional (ANNOTATION 4.6), again (5.2), in parallel (5.6), … */
export function readMarks(words: readonly Token[]): { tokens: Token[]; marks: Marks } {
  const tokens = words.filter((token) => token.low !== 'please');
  const optional =
    dropPhrases(tokens, w.OPTIONAL) || tokens.some(({ low }) => low === 'optionally' || low === 'optional');
  const inBranch = dropPhrases(tokens, w.IN_CASE);
  const anyway = dropPhrases(tokens, w.ANYWAY);
  const latter = dropPhrases(tokens, w.LATTER);
  const told = dropPhrases(tokens, w.PARALLEL) || tokens.some(({ low }) => low === 'meanwhile');
  const sometimes = /^(?:sometimes|occasionally)$/.test(lowAt(tokens, 0));
  // "by mail and in the app at the same time" is about the two, not about the step before.
  const own =
    phraseAt(words, w.PARALLEL, Math.max(0, words.length - 4)) > 0 && tokens.some(({ low }) => low === 'and');
  const again = dropPhrases(tokens, w.AGAIN);
  const direct = dropPhrases(tokens, w.DIRECT);
  dropOrder(tokens);
  return {
    tokens,
    marks: { optional, inBranch, anyway, latter, parallel: told && !own, again, direct, sometimes },
  };
}

/** Takes away, in place, what only orders the clause: "and then", "after that", "in the end". */
function dropOrder(tokens: Token[]): void {
  while (tokens.length > 0) {
    const tail = w.LEADS.find(
      (phrase) =>
        phrase.length > 1 &&
        phrase.length < tokens.length &&
        phrase.every((word, i) => tokens[tokens.length - phrase.length + i]?.low === word),
    );
    if (tail) tokens.splice(tokens.length - tail.length, tail.length);
    const lead = phraseAt(tokens, w.LEADS);
    const low = lowAt(tokens, 0);
    if (lead > 0) tokens.splice(0, lead);
    else if (
      low === 'too' &&
      /^(?:many|much|few|little|long|late|early|old|young|big|large|small|high|low)$/.test(lowAt(tokens, 1))
    )
      break;
    else if (
      (w.ADVERBS.has(low) && low !== 'yet' && low !== 'once') ||
      isMark(tokens[0], ',') ||
      ['and', 'but', 'so', 'then', 'both', 'either', 'or'].includes(low)
    )
      tokens.shift();
    else break;
  }
}
