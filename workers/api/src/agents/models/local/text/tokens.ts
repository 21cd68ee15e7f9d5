/** Text as words, numbers, quotations and marks. Everything after this stage works on tokens, never on characters. */

export interface Token {
  /** As written; a quotation with its marks. */
  readonly text: string;
  /** Lower case, plain apostrophes. */
  readonly low: string;
  readonly kind: 'word' | 'number' | 'quote' | 'mark' | 'arrow';
}

const PATTERN = new RegExp(
  [
    /(?<arrow>(?:-|–|=)+>|→|⇒|➔|⟶)/,
    /(?<quote>"[^"\n]{1,120}"|“[^”\n]{1,120}”|„[^“”"\n]{1,120}[“”"]|«[^»\n]{1,120}»|»[^«\n]{1,120}«|(?<![\p{L}\p{N}])['‘][^'’\n]{1,80}['’](?![\p{L}\p{N}]))/u,
    /(?<number>\d+(?:[.,:]\d+)*(?:\s?%|(?:st|nd|rd|th|x)\b)?(?![\p{L}\d]))/u,
    /(?<word>(?:z\.\s?B\.|d\.\s?h\.|u\.\s?a\.|e\.g\.|i\.e\.|etc\.|bzw\.|ggf\.|max\.|min\.|ca\.|usw\.|inkl\.|evtl\.|[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’&\-‐‑*:](?=\p{L})[\p{L}\p{M}\p{N}]+)*-?))/iu,
    /(?<mark>[^\s])/u,
  ]
    .map((part) => part.source)
    .join('|'),
  'giu',
);

const CONTRACTIONS: Readonly<Record<string, readonly [string, string]>> = {
  "can't": ['can', 'not'],
  cannot: ['can', 'not'],
  "won't": ['will', 'not'],
  "shan't": ['shall', 'not'],
  "i'd": ['I', 'would'],
  "i'm": ['I', 'am'],
  "let's": ['let', 'us'],
};
const CLITICS: Readonly<Record<string, string>> = {
  s: 'is',
  re: 'are',
  ve: 'have',
  ll: 'will',
  d: 'would',
  m: 'am',
};
const CLITIC_HOSTS = new Set(
  'it that he she there here what who we they you i this where everything nothing'.split(' '),
);

/** A table's own entry; words such as "constructor" are inherited by every object and mean nothing. */
const entryOf = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

function expand(text: string): Token[] {
  const low = text.toLowerCase().replaceAll('’', "'");
  const whole = entryOf(CONTRACTIONS, low);
  if (whole) return whole.map(wordToken);
  if (low.endsWith("n't") && low.length > 3) return [wordToken(text.slice(0, -3)), wordToken('not')];
  const es = /^(wenn|falls|ob|ist|gibt|geht|hat|wird|passt|klappt|war|sobald)'s$/.exec(low);
  if (es) return [wordToken(text.slice(0, -2)), wordToken('es')];
  const at = low.indexOf("'");
  if (at > 0) {
    const clitic = entryOf(CLITICS, low.slice(at + 1));
    if (clitic && CLITIC_HOSTS.has(low.slice(0, at)))
      return [wordToken(text.slice(0, at)), wordToken(clitic)];
  }
  return [{ text, low, kind: 'word' }];
}

const SIGNS: Readonly<Record<string, readonly [string, string]>> = {
  '>': ['greater', 'größer'],
  '<': ['less', 'kleiner'],
  '≠': ['differs', 'abweicht'],
  '≥': ['least', 'mindestens'],
  '≤': ['most', 'höchstens'],
};

export function tokenize(text: string, german = false): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(PATTERN)) {
    const raw = match[0];
    const groups = match.groups ?? {};
    const sign = entryOf(SIGNS, raw);
    if (sign) tokens.push(wordToken(sign[german ? 1 : 0]));
    else if (groups['word'] !== undefined) tokens.push(...expand(raw));
    else {
      const kind =
        groups['arrow'] !== undefined
          ? 'arrow'
          : groups['quote'] !== undefined
            ? 'quote'
            : groups['number'] !== undefined
              ? 'number'
              : 'mark';
      tokens.push({ text: raw, low: raw.toLowerCase(), kind });
    }
  }
  return tokens;
}

const CLOSING = new Set([',', '.', ';', ':', '?', '!', ')', ']', '%']);

/** Tokens as running text. */
export function join(tokens: readonly Token[]): string {
  let out = '';
  for (const [i, token] of tokens.entries()) {
    const before = tokens[i - 1];
    const tight =
      i === 0 ||
      CLOSING.has(token.text) ||
      before?.text === '(' ||
      before?.text === '/' ||
      token.text === '/';
    out += (tight ? '' : ' ') + token.text;
  }
  return out;
}

export const isMark = (token: Token | undefined, ...marks: string[]): boolean =>
  token !== undefined && token.kind === 'mark' && marks.includes(token.text);

const startsWith = (tokens: readonly Token[], words: readonly string[], at = 0): boolean =>
  words.every((wanted, i) => tokens[at + i]?.low === wanted);

/** Length of the longest of the phrases (words separated by blanks) that begins at `at`; 0 without one. */
export function phraseAt(tokens: readonly Token[], phrases: readonly (readonly string[])[], at = 0): number {
  let best = 0;
  for (const phrase of phrases) {
    if (phrase.length > best && startsWith(tokens, phrase, at)) best = phrase.length;
  }
  return best;
}

/** `"a b|c"` → the phrases a-b and c. */
export const phrases = (list: string): string[][] =>
  list
    .split('|')
    .map((phrase) => phrase.trim().split(/\s+/))
    .filter((phrase) => phrase[0] !== '');

export const wordSet = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

export const findPhrase = (
  tokens: readonly Token[],
  list: readonly (readonly string[])[],
): { at: number; length: number } | null => {
  for (let at = 0; at < tokens.length; at++) {
    const length = phraseAt(tokens, list, at);
    if (length > 0) return { at, length };
  }
  return null;
};

/** A word that the text leaves to be understood. */
export const wordToken = (text: string): Token => ({ text, low: text.toLowerCase(), kind: 'word' });

export const isWord = (token: Token | undefined): token is Token => token?.kind === 'word';

/** Lower-case text of the token at `at`; empty beyond the ends. */
export const lowAt = (tokens: readonly Token[], at: number): string => tokens[at]?.low ?? '';

/** Takes every phrase of a list out of `tokens`, in place; true if there was one. */
export function dropPhrases(tokens: Token[], list: readonly (readonly string[])[]): boolean {
  let found = false;
  for (let hit = findPhrase(tokens, list); hit; hit = findPhrase(tokens, list)) {
    tokens.splice(hit.at, hit.length);
    found = true;
  }
  return found;
}

/** Without the commas and the `dangling` words at the end: "the code and" → "the code". */
export function trimEnd(tokens: readonly Token[], dangling: readonly string[]): Token[] {
  let end = tokens.length;
  while (end > 0 && (isMark(tokens[end - 1], ',') || dangling.includes(lowAt(tokens, end - 1)))) end--;
  return tokens.slice(0, end);
}

/** With a capital letter first. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
