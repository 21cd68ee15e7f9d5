import type { Token } from '../text/tokens.ts';
import { finiteT, fromParticiple, isAuxiliary, isFunctionWord, verbLike } from './verbs.ts';
import { ADVERBS, ARTICLES, NOMINATIVE, NUMBERS, PREPOSITIONS, PRONOUNS, RECIPIENTS } from './words.ts';

const isWord = (token: Token | undefined): token is Token => token !== undefined && token.kind === 'word';
/** Capitals mark nouns, except at the beginning of a sentence. */
export const isNoun = (token: Token | undefined): boolean =>
  isWord(token) && /^[\p{Lu}\d]/u.test(token.text) && !isFunctionWord(token.low) && !isAuxiliary(token.low);

/** An adjective in front of a noun: "freie Zeit", "der neuen Rechnung". */
function attributive(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (!isWord(token) || !/(?:e|en|er|es|em)$/.test(token.low)) return false;
  let next = at + 1;
  while (
    isWord(tokens[next]) &&
    /(?:e|en|er|es|em)$/.test(tokens[next]?.low ?? '') &&
    !isNoun(tokens[next]) &&
    next < at + 3 &&
    !isFunctionWord(tokens[next]?.low ?? '')
  )
    next++;
  if (!isNoun(tokens[next])) return false;
  const previous = tokens[at - 1];
  if (!previous)
    return (
      !/(?:en)$/.test(token.low) ||
      tokens.slice(next + 1).some((later) => isWord(later) && !isNoun(later) && finiteT(later.low))
    );
  return (
    ARTICLES.has(previous.low) ||
    PREPOSITIONS.has(previous.low) ||
    previous.low === 'und' ||
    previous.low === 'oder' ||
    previous.kind === 'mark' ||
    previous.kind === 'number' ||
    NUMBERS.has(previous.low) ||
    (isWord(previous) &&
      !isNoun(previous) &&
      !NOMINATIVE.has(previous.low) &&
      /(?:e|en|er|es|em)$/.test(previous.low)) ||
    (!token.low.endsWith('en') && !NOMINATIVE.has(previous.low))
  );
}

const asVerb = (token: Token, first: boolean): boolean => !isNoun(token) || first;

/** Index of the finite verb of a main clause (first or second place); -1 without one. */
export function findFinite(tokens: readonly Token[], sentenceStart: boolean): number {
  let nouns = 0;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined) continue;
    if (token.kind !== 'word') {
      if (token.kind === 'quote') nouns++;
      continue;
    }
    const { low } = token;
    const previous = tokens[i - 1];
    const first = i === 0 && sentenceStart;
    if (isAuxiliary(low) && (!isNoun(token) || first)) return i;
    if (isNoun(token) && !(first && verbLike(low) && startsClause(tokens))) {
      nouns++;
      continue;
    }
    if (!asVerb(token, first) || !verbLike(low) || attributive(tokens, i)) continue;
    if (
      previous &&
      ((PREPOSITIONS.has(previous.low) && previous.low !== 'zu') ||
        (ARTICLES.has(previous.low) && !PRONOUNS.has(previous.low)))
    )
      continue;
    if (previous?.low === 'zu') continue;
    const strong =
      /^(?:ge|[a-zäöü]{2,6}ge).*(?:t|en)$/.test(low) &&
      fromParticiple(low) !== null &&
      !/^(?:gehört|gelangt|genügt|gewährt|gestaltet|gewinnt|gefällt|gehen|geben|gelten|gelangen|gehören|übergeben|angeben|eingeben|weitergeben|vergeben|ausgeben|zugehen|umgehen)$/.test(
        low,
      );
    if (strong && i === tokens.length - 1 && nouns > 0) continue;
    const last = i === tokens.length - 1;
    // "Gutschein einlösen": an infinitive at the end is no finite verb, unless a plural subject stands before it.
    if (
      /(?:en|ern|eln)$/.test(low) &&
      last &&
      i > 0 &&
      !(i <= 2 && previous && (NOMINATIVE.has(previous.low) || pluralSubject(tokens, i)))
    )
      continue;
    if (
      low.endsWith('e') &&
      !NOMINATIVE.has(previous?.low ?? '') &&
      tokens[i + 1]?.low !== 'ich' &&
      !(i === 0 && tokens.length > 1 && !tokens.some((other) => isAuxiliary(other.low)))
    )
      continue;
    return i;
  }
  return -1;
}

const pluralSubject = (tokens: readonly Token[], at: number): boolean =>
  tokens[0] !== undefined &&
  ARTICLES.has(tokens[0].low) &&
  ['die', 'alle', 'beide', 'unsere'].includes(tokens[0].low) &&
  isNoun(tokens[at - 1]);

/** A capitalised first word that can only be a verb: "Schlägt die …", "Klicke ich …". */
function startsClause(tokens: readonly Token[]): boolean {
  const next = tokens[1];
  if (!next) return false;
  if (
    NOMINATIVE.has(next.low) ||
    RECIPIENTS.has(next.low) ||
    ARTICLES.has(next.low) ||
    PRONOUNS.has(next.low)
  )
    return true;
  // "Kontostand über 500": a measure and its bound.
  if (PREPOSITIONS.has(next.low) && tokens[2]?.kind === 'number') return false;
  return (
    finiteT(tokens[0]?.low ?? '') &&
    !/(?:tt|keit|heit|schaft|ät|ung|ment|kraft|welt|zeit|wert|gast|dienst|text|punkt|cht)$/.test(
      tokens[0]?.low ?? '',
    ) &&
    (isNoun(next) || PREPOSITIONS.has(next.low) || ADVERBS.has(next.low))
  );
}

/** Index of the finite verb at the end of a subordinate clause; the last token that can be one. */
export function findFinal(tokens: readonly Token[]): number {
  for (let i = tokens.length - 1; i >= 0; i--) {
    const token = tokens[i];
    if (isWord(token) && !isNoun(token) && verbLike(token.low)) return i;
    if (isWord(token) && isAuxiliary(token.low)) return i;
  }
  return -1;
}

/** Ends in an infinitive: "Gutschein einlösen", "als Gast buchen". */
export function endsInInfinitive(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  return (
    isWord(last) &&
    !isNoun(last) &&
    /(?:en|ern|eln|tun|sein)$/.test(last.low) &&
    verbLike(last.low) &&
    tokens.length <= 9
  );
}

export function endsInParticiple(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  return isWord(last) && !isNoun(last) && fromParticiple(last.low) !== null;
}
