import type { Clause } from '../clause.ts';
import { dropPhrases, isMark, lowAt, phraseAt, type Token } from '../text/tokens.ts';
import * as w from './words.ts';

/** What the words of manner and order say about a clause. */
type Marks = Pick<Clause, 'optional' | 'inBranch' | 'anyway' | 'latter' | 'parallel' | 'again' | 'direct'>;

const LONG_LEADS = w.LEADS.filter((phrase) => phrase.length > 1);
/** Adverbs that say more than the order of steps. */
const KEPT_ADVERBS = new Set(['zurück', 'weiter', 'maximal', 'max.']);

/** Takes the words of manner and order out of a clause: optional (ANNOTATION 4.6), again (5.2), in parallel (5.6), … */
export function readMarks(words: readonly Token[]): { tokens: Token[]; marks: Marks } {
  const tokens = [...words];
  const optional = dropPhrases(tokens, w.OPTIONAL);
  const inBranch = dropPhrases(tokens, w.IN_BRANCH);
  const anyway = dropPhrases(tokens, w.ANYWAY);
  const latter = dropPhrases(tokens, w.LATTER);
  const parallel = dropPhrases(tokens, w.PARALLEL);
  // "Ist die Karte neu, …" names a state, "neu eingeben" repeats.
  const state = tokens.some(({ low }) => w.BE.has(low));
  const again = dropPhrases(tokens, state ? w.AGAIN.filter(([first]) => first !== 'neu') : w.AGAIN);
  const onlyDirect = tokens.every(({ low }) => w.DIRECT.some(([word]) => word === low));
  const direct = !onlyDirect && dropPhrases(tokens, w.DIRECT);
  dropPhrases(tokens, LONG_LEADS);
  dropExplanation(tokens);
  dropOrder(tokens);
  return { tokens, marks: { optional, inBranch, anyway, latter, parallel, again, direct } };
}

/** Takes away, in place, ", also die Rechnung,": it only explains. */
function dropExplanation(tokens: Token[]): void {
  const from = tokens.findIndex(
    (token, i) => isMark(token, ',') && ['also', 'nämlich', 'sprich'].includes(lowAt(tokens, i + 1)),
  );
  const to = from < 0 ? -1 : tokens.findIndex((token, i) => i > from && isMark(token, ','));
  if (to > 0) tokens.splice(from, to - from + 1);
}

/** "ja: …" */
const isAnswer = (tokens: readonly Token[]): boolean =>
  tokens.length === 1 && ['ja', 'nein'].includes(lowAt(tokens, 0));

/** Takes away, in place, what only orders the clause: "und dann", "danach". */
function dropOrder(tokens: Token[]): void {
  while (tokens.length > 0) {
    const length = phraseAt(tokens, w.LEADS);
    const low = lowAt(tokens, 0);
    if (length > 0) tokens.splice(0, length);
    else if (
      (w.ADVERBS.has(low) && !KEPT_ADVERBS.has(low) && !isAnswer(tokens)) ||
      isMark(tokens[0], ',') ||
      ['und', 'aber', 'oder'].includes(low)
    )
      tokens.shift();
    else break;
  }
}
