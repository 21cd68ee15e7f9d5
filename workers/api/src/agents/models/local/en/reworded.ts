import { isMark, lowAt, phraseAt, type Token, wordToken } from '../text/tokens.ts';
import { verbForm } from './verbs.ts';
import { PARALLEL } from './words.ts';

/** Turns of phrase that are read as if they had been put more plainly. */

/** "Whoever wants it": those who want it. */
const withWho = (tokens: readonly Token[]): Token[] =>
  tokens.flatMap((token) => (token.low === 'whoever' ? [wordToken('those'), wordToken('who')] : [token]));

/** "send it while, at the same time, adding it": the second act, told in parallel. */
function withoutWhile(tokens: readonly Token[]): Token[] {
  const at = tokens.findIndex(({ low }) => low === 'while' || low === 'whilst');
  if (at < 0) return [...tokens];
  let next = at + 1;
  while (next < tokens.length && (isMark(tokens[next], ',') || phraseAt(tokens, PARALLEL, next) > 0))
    next += Math.max(1, phraseAt(tokens, PARALLEL, next));
  const form = verbForm(lowAt(tokens, next));
  if (form?.form !== 'ing') return [...tokens];
  const made = ['and', 'we', 'simultaneously', form.base].map(wordToken);
  return [...tokens.slice(0, at), ...made, ...tokens.slice(next + 1)];
}

/** A sentence in the plain words that the rules know. */
export const reworded = (tokens: readonly Token[]): Token[] => withoutWhile(withWho(tokens));
