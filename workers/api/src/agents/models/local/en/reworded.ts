import { isMark, lowAt, phraseAt, type Token, wordToken } from '../text/tokens.ts';
import { thirdPerson, verbForm } from './verbs.ts';
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

/** "moves it before tapping the button": one act after the other. */
function withoutBefore(tokens: readonly Token[]): Token[] {
  if (tokens.some(({ low }) => /^(?:if|when|unless|once|whether)$/.test(low))) return [...tokens];
  return tokens.flatMap((token, i) => {
    const form = verbForm(lowAt(tokens, i));
    if (i > 2 && form?.form === 'ing' && lowAt(tokens, i - 1) === 'before')
      return [wordToken(thirdPerson(form.base))];
    const next = verbForm(lowAt(tokens, i + 1));
    return i > 1 && token.low === 'before' && next?.form === 'ing' ? [wordToken('and')] : [token];
  });
}

const UNIT = /^(?:minutes?|hours?|days?|weeks?|months?|years?|evening|morning|night)$/;

/** "One month before it ends": how long before does not matter. */
function withoutSpan(tokens: readonly Token[]): Token[] {
  const unit = tokens.findIndex(({ low }) => UNIT.test(low));
  const isSpan = unit >= 0 && unit <= 2 && ['before', 'after'].includes(lowAt(tokens, unit + 1));
  return isSpan && lowAt(tokens, 0) !== 'after' ? tokens.slice(unit + 1) : [...tokens];
}

/** "y: …", "If so show it": answers as notes write them. */
function withAnswer(tokens: readonly Token[]): Token[] {
  const [first, second, third] = tokens;
  const answer = first && { y: 'yes', n: 'no' }[first.low];
  if (answer !== undefined && isMark(second, ':')) return [wordToken(answer), ...tokens.slice(1)];
  if (first?.low === 'if' && /^(?:so|yes)$/.test(second?.low ?? '') && third?.kind === 'word')
    return [first, second as Token, { text: ',', low: ',', kind: 'mark' }, ...tokens.slice(2)];
  return [...tokens];
}

/** A sentence in the plain words that the rules know. */
export const reworded = (tokens: readonly Token[]): Token[] =>
  withoutBefore(withoutWhile(withWho(withAnswer(withoutSpan(tokens)))));
