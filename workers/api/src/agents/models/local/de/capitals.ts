import { isMark, type Token, tokenize } from '../text/tokens.ts';
import { GERMAN } from './lexicon.ts';
import { fromParticiple, infinitive, isAuxiliary, isFunctionWord, isListedVerb, verbLike } from './verbs.ts';
import {
  ARTICLES,
  BE,
  HAVE,
  MODALS,
  NOMINATIVE,
  PREPOSITIONS,
  PRONOUNS,
  SEPARABLE_SET,
  WERDEN,
} from './words.ts';

/**
 * Notes in small letters. Reading German leans on the capitals of nouns; where a text has none, they are put back by word
 * formation and by the place of a word in its clause.
 */

const JOINTS = new Set(['und', 'oder', 'sowie', 'dann', 'u.', 'bzw.']);
const NOUN_ENDING = /(?:ung|heit|keit|schaft|tion|tät|ment|ling|nis|eur|ist|ismus|erin)(?:en|e|s|innen)?$/;
/** Words that are neither nouns nor verbs and carry no inflection of an adjective. */
const OTHER =
  /^(?:zu|max\.?|min\.?|nochmal|ok|okay|gerade|mehr|weniger|länger|größer|kleiner|höher|als|pro|egal|alles|grob|außer|bis|ob|dass|\p{L}*(?:lich|ig|isch|bar|sam|los))$/u;

/** Whether the words of a text are written small throughout. */
export function isSmall(text: string): boolean {
  const inner = text
    .split(/\n|[.!?:]\s/)
    .flatMap((line) => tokenize(line, true).slice(1))
    .filter(
      ({ kind, low }) => kind === 'word' && low.length > 2 && !isFunctionWord(low) && !isAuxiliary(low),
    );
  const capitals = inner.filter(({ text: word }) => /^\p{Lu}/u.test(word)).length;
  return inner.length >= 8 && capitals <= inner.length / 12;
}

/** The text with capitals on its nouns; everything else stays as it is. */
export function withCapitals(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      let at = 0;
      let out = '';
      for (const clause of clausesIn(tokenize(line, true))) {
        const nouns = nounsOf(clause);
        for (const token of clause) {
          const found = line.indexOf(token.text, at);
          if (found < 0) continue;
          out += line.slice(at, found) + (nouns.has(token) ? capital(token.text) : token.text);
          at = found + token.text.length;
        }
      }
      return out + line.slice(at);
    })
    .join('\n');
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Tokens between two marks or conjunctions. */
function clausesIn(tokens: readonly Token[]): Token[][] {
  const clauses: Token[][] = [[]];
  for (const token of tokens) {
    const divides =
      token.kind === 'arrow' || JOINTS.has(token.low) || (token.kind === 'mark' && !isMark(token, '%'));
    if (divides) clauses.push([]);
    else clauses.at(-1)?.push(token);
  }
  return clauses;
}

const isContent = ({ kind, low }: Token): boolean =>
  kind === 'word' && !isFunctionWord(low) && !isAuxiliary(low) && !PRONOUNS.has(low) && !JOINTS.has(low);

/** The nouns of one clause: its content words but for its verbs and its adjectives. */
function nounsOf(clause: readonly Token[]): Set<Token> {
  const words = clause.filter(({ kind }) => kind === 'word' || kind === 'number' || kind === 'quote');
  const verbs = verbsOf(words);
  const { bad, good } = GERMAN;
  return new Set(
    words.filter((token, i) => {
      const { low } = token;
      if (!isContent(token) || verbs.has(token) || low.length < 3) return false;
      if (isSureNoun(low)) return true;
      if (
        OTHER.test(low) ||
        SEPARABLE_SET.has(low) ||
        words[i - 1]?.low === 'zu' ||
        bad.test(low) ||
        good.test(low) ||
        isListedVerb(low)
      )
        return false;
      const next = words[i + 1];
      const qualifies =
        /(?:e|en|er|es|em)$/.test(low) && next !== undefined && isContent(next) && !verbs.has(next);
      return !qualifies || PREPOSITIONS.has(next.low) || isPerson(low);
    }),
  );
}

const isPerson = (low: string): boolean => GERMAN.person.test(low) && !NOMINATIVE.has(low);
const isSureNoun = (low: string): boolean =>
  NOUN_ENDING.test(low) ||
  (!verbLike(low) && (GERMAN.place.test(low) || GERMAN.message.test(low) || GERMAN.sent.test(low)));

/** Finite verb, participle and infinitive of a clause, by form and place. */
function verbsOf(words: readonly Token[]): Set<Token> {
  const verbs = new Set<Token>();
  const auxiliary = words.find(({ low }) => isAuxiliary(low));
  const last = words.at(-1);
  const first = words.findIndex(isContent);
  const finite = words.find(
    (token, i) =>
      isContent(token) &&
      !isSureNoun(token.low) &&
      !followsArticle(words, i) &&
      (isFinite(token.low) || (i > first && isRegular(token.low) && i <= 4) || isPlural(words, i, first)),
  );
  if (finite && !auxiliary) verbs.add(finite);
  for (const [i, token] of words.entries()) {
    const { low } = token;
    if (!isContent(token) || isSureNoun(low) || followsArticle(words, i)) continue;
    const closes = token === last || isAuxiliary(words[i + 1]?.low ?? '');
    if (closes && isParticiple(low) && (auxiliary === undefined || !MODALS.has(auxiliary.low)))
      verbs.add(token);
    const isInfinitive = /(?:en|ern|eln)$/.test(low) && verbLike(low) && i > first;
    const governed = auxiliary !== undefined && (MODALS.has(auxiliary.low) || WERDEN.has(auxiliary.low));
    const besidePronoun = NOMINATIVE.has(words[i - 1]?.low ?? '') || NOMINATIVE.has(words[i + 1]?.low ?? '');
    if (
      low.endsWith('ieren') ||
      (/(?:en|ern|eln)$/.test(low) &&
        verbLike(low) &&
        (words.filter(isContent).length === 1 || besidePronoun))
    )
      verbs.add(token);
    if (closes && isInfinitive && (governed || finite === undefined || words[i - 1]?.low === 'zu'))
      verbs.add(token);
  }
  // "nimmt er an", "ist", "hat er bezahlt": participles of the perfect stand anywhere behind.
  if (auxiliary && (HAVE.has(auxiliary.low) || BE.has(auxiliary.low) || WERDEN.has(auxiliary.low)))
    for (const token of words)
      if (
        /^(?:\p{L}{0,6}ge\p{L}{2,}(?:t|en)|\p{L}+iert)$/u.test(token.low) &&
        fromParticiple(token.low) !== null
      )
        verbs.add(token);
  return verbs;
}

const followsArticle = (words: readonly Token[], at: number): boolean => {
  const before = words[at - 1]?.low ?? '';
  return (
    words[at - 1]?.kind === 'number' ||
    (ARTICLES.has(before) && !NOMINATIVE.has(before)) ||
    (PREPOSITIONS.has(before) && before !== 'zu')
  );
};

/** "eltern melden sich": a plural verb behind its subject and ahead of an article, a pronoun or a preposition. */
function isPlural(words: readonly Token[], at: number, first: number): boolean {
  const { low } = words[at] as Token;
  const next = words[at + 1]?.low ?? '';
  return (
    at === first + 1 &&
    /(?:en|ern|eln)$/.test(low) &&
    verbLike(low) &&
    (ARTICLES.has(next) || PRONOUNS.has(next) || PREPOSITIONS.has(next))
  );
}

/** An irregular form of the present. */
const isFinite = (low: string): boolean => infinitive(low) !== low && isListedVerb(low) && /t$|ß$/.test(low);
const isRegular = (low: string): boolean => /[^t]t$/.test(low) && verbLike(low) && !GERMAN.bad.test(low);
const isParticiple = (low: string): boolean =>
  /^(?:\p{L}{0,6}ge)?\p{L}{3,}(?:t|en)$/u.test(low) && fromParticiple(low) !== null;
