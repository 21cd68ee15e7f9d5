import { isMark, lowAt, type Token } from '../text/tokens.ts';
import { isNoun } from './find-verb.ts';
import { GERMAN } from './lexicon.ts';
import { isAuxiliary, isFunctionWord } from './verbs.ts';
import * as w from './words.ts';

/** Where German noun phrases begin and end. */

/** "blendet die App Hinweise ein": who acts and what is acted on stand side by side. */
const actsAlone = (low: string): boolean =>
  GERMAN.system.test(low) ? !GERMAN.place.test(low) : GERMAN.person.test(low);

/** Index behind the noun phrase that begins at `at`; `at` itself if none does. */
export function phraseEnd(tokens: readonly Token[], at: number): number {
  let i = at;
  if (
    w.PRONOUNS.has(lowAt(tokens, i)) &&
    !isNoun(tokens[i + 1]) &&
    !(w.ARTICLES.has(lowAt(tokens, i)) && leadsToNoun(tokens, i + 1))
  )
    return i + 1;
  while (i < tokens.length) {
    const token = tokens[i] as Token;
    if (isNoun(token) || token.kind === 'quote') {
      i++;
      if (tokens[i]?.kind === 'quote') i++;
      // "Profil einer Praxis", "Start, Ziel und Datum".
      if (
        ['des', 'der', 'eines', 'einer', 'ihres', 'seiner', 'unseres'].includes(lowAt(tokens, i)) &&
        leadsToNoun(tokens, i + 1)
      ) {
        i++;
        continue;
      }
      if (
        (isMark(tokens[i], ',') || ['und', 'oder'].includes(lowAt(tokens, i))) &&
        leadsToNoun(tokens, i + 1)
      ) {
        i++;
        continue;
      }
      if (isNoun(tokens[i]) && !(i - at === 2 && w.ARTICLES.has(lowAt(tokens, at)) && actsAlone(token.low)))
        continue;
      return i;
    }
    const attribute =
      token.kind === 'number' ||
      w.ARTICLES.has(token.low) ||
      (token.kind === 'word' && !isFunctionWord(token.low) && leadsToNoun(tokens, i + 1)) ||
      w.NEGATIONS.has(token.low);
    if (!attribute) return i > at && isNoun(tokens[i - 1]) ? i : at;
    i++;
  }
  return i > at && isNoun(tokens[i - 1]) ? i : at;
}

/** Whether a noun stands at `at` or behind the adjectives and numbers there. */
export function leadsToNoun(tokens: readonly Token[], at: number): boolean {
  for (let i = at; i < Math.min(at + 4, tokens.length); i++) {
    const token = tokens[i];
    if (!token) return false;
    if (isNoun(token) || token.kind === 'quote') return true;
    if (
      token.kind === 'number' ||
      (token.kind === 'word' &&
        /(?:e|en|er|es|em|r)$/.test(token.low) &&
        !w.PREPOSITIONS.has(token.low) &&
        !isAuxiliary(token.low) &&
        !['und', 'oder', 'wir', 'er', 'sie'].includes(token.low))
    )
      continue;
    return false;
  }
  return false;
}

/** The noun phrase at the end of a clause. */
export function lastNoun(tokens: readonly Token[]): Token[] {
  let inPhrase = -1;
  for (let end = tokens.length; end > 0; end--) {
    if (!isNoun(tokens[end - 1])) continue;
    if (
      inPhrase < 0 &&
      insidePhrase(tokens, end - 1) &&
      tokens.slice(0, end - 1).some((token, i) => isNoun(token) && !insidePhrase(tokens, i))
    ) {
      inPhrase = end;
      while (end > 0 && (insidePhrase(tokens, end - 1) || !isNoun(tokens[end - 1]))) end--;
      end++;
      continue;
    }
    let start = end - 1;
    while (
      start > 0 &&
      !w.ARTICLES.has(lowAt(tokens, start - 1)) &&
      !w.PREPOSITIONS.has(lowAt(tokens, start - 1)) &&
      (/(?:e|en|er|es|em)$/.test(lowAt(tokens, start - 1)) || isNoun(tokens[start - 1])) &&
      !isAuxiliary(lowAt(tokens, start - 1))
    )
      start--;
    return tokens.slice(start, end);
  }
  return [];
}

/** Whether a noun depends on a preposition. */
function insidePhrase(tokens: readonly Token[], at: number): boolean {
  for (let i = at - 1; i >= 0 && i >= at - 4; i--) {
    const low = lowAt(tokens, i);
    if (w.PREPOSITIONS.has(low)) return true;
    if (!w.ARTICLES.has(low) && !/(?:e|en|er|es|em)$/.test(low)) return false;
    if (isNoun(tokens[i])) return false;
  }
  return false;
}
