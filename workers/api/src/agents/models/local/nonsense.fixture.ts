import { ENGLISH } from './en/lexicon.ts';
import { verbForm } from './en/verbs.ts';
import * as en from './en/words.ts';
import { GERMAN } from './de/lexicon.ts';
import * as de from './de/words.ts';
import type { Lexicon } from './lexicon.ts';
import type { Language } from './text/language.ts';

/**
 * Replaces the nouns of a text by words that do not exist, so that a test can show that the rules follow cues and not a
 * trade. Letters are exchanged one for one: words that share a part still share it, and the ending, which carries number
 * and case, stays.
 *
 * Nouns that are cues themselves stay: those in the model's tables (places such as "page" and "-seite", messages such as
 * "error" and "-meldung", outcomes), measures ("minutes", "attempts"), the words by which a text speaks of itself
 * ("story", "scope"), and nouns made from a verb of the same text, because they name its step: "she pays … if the
 * payment fails", "sucht … zurück zur Suche".
 */
export function nonsenseNouns(text: string, nouns: readonly string[], language: Language): string {
  const listed = new Set(nouns.flatMap((noun) => noun.split(/\s+/)));
  const others = wordsOf(text).filter((word) => !listed.has(withoutGenitive(word)));
  const verbs = others.map((word) => stem(word)).filter((word) => word.length >= 3);
  return text.replaceAll(WORD, (word) => {
    const bare = withoutGenitive(word);
    if (!listed.has(bare) || namesStep(bare, verbs)) return word;
    return nonsense(bare, language) + word.slice(bare.length);
  });
}

/** A word, or a quotation, which is a name and stays. */
const WORD =
  /"[^"\n]{1,120}"|“[^”\n]{1,120}”|„[^“”"\n]{1,120}[“”"]|[\p{L}][\p{L}\p{M}\p{N}]*(?:[-’'][\p{L}\p{N}]+)*/gu;

const wordsOf = (text: string): string[] => text.match(WORD) ?? [];
const withoutGenitive = (word: string): string => word.replace(/['’]s$/, '');

const UMLAUTS: Readonly<Record<string, string>> = { ä: 'a', ö: 'o', ü: 'u', ß: 'ss' };
const fold = (word: string): string =>
  word.toLowerCase().replaceAll(/[äöüß]/g, (letter) => UMLAUTS[letter] ?? letter);
/** "pays" → "pay", "wählt" → "wahl", "abgeholt" → "abhol". */
const stem = (word: string): string =>
  fold(word)
    .replace(/(?:ed|ing|es|s|en|et|st|t|e|n)$/, '')
    .replace(/^(ab|an|auf|aus|ein|zu|vor|mit|nach|um|frei|zuruck)ge/, '$1');

function namesStep(noun: string, verbs: readonly string[]): boolean {
  const folded = fold(noun);
  return verbs.some((verb) => folded.startsWith(verb) || (verb.length >= 4 && folded.endsWith(verb)));
}

const MEASURES_AND_TEXT = new Set(
  `times second seconds minute minutes hour hours day days week weeks month months year years morning evening
  step steps attempt attempts try tries mistake mistakes note notes story stories acceptance criteria flow metric success scope people way
  sek std h tag tage tagen stunde stunden minute minuten woche wochen monat monate monaten uhr jahr jahre jahren
  schritt schritte fehlversuch fehlversuche fehlversuchen versuch versuche versuchen mal akzeptanzkriterien notizen ablauf vorgang
  user version umfang goal goals context problem background requirements ziel ziele kontext problem hintergrund anforderungen
  ende schluss fall fällen case cases others rest beginn ergebnis ergebnisse result results ja nein yes no anfang start end`.split(
    /\s+/,
  ),
);

const TABLES: readonly RegExp[] = ([ENGLISH, GERMAN] as const).flatMap((lexicon: Lexicon) => [
  lexicon.bad,
  lexicon.good,
  lexicon.numbers,
  lexicon.process,
  lexicon.system,
]);

function isCue(low: string, language: Language): boolean {
  if (MEASURES_AND_TEXT.has(low) || low.length <= 2 || /\d/.test(low)) return true;
  if (TABLES.some((table) => table.test(low)) || (language === 'en' && verbForm(low) !== null)) return true;
  return Object.values(language === 'en' ? en : de).some(
    (table: unknown) =>
      ((table instanceof Set || table instanceof Map) && table.has(low)) ||
      (Array.isArray(table) && table.some((entry) => [entry].flat().includes(low))),
  );
}

const CONSONANTS = 'bdfgklmnprtvwz';
const VOWELS = 'aeiou';

function exchange(text: string): string {
  return Array.from(text, (letter) => {
    const low = letter.toLowerCase();
    const set = CONSONANTS.includes(low) ? CONSONANTS : VOWELS.includes(low) ? VOWELS : '';
    if (set === '') return letter;
    const other = set[(set.indexOf(low) + (set === VOWELS ? 2 : 5)) % set.length] ?? low;
    return letter === low ? other : other.toUpperCase();
  }).join('');
}

const ENDINGS: Readonly<Record<Language, RegExp>> = {
  en: /(?:ations?|ments?|ings?|ness|ers?|ors?|ees?|ants?|ists?|ians?|ies|es|s|y)$/,
  de: /(?:ungen|ung|heiten|heit|keiten|keit|schaft|innen|in|ern|er|eln|en|em|es|e|n|s|ant|ent|ist)$/,
};

function nonsense(word: string, language: Language): string {
  const low = word.toLowerCase();
  if (isCue(low, language)) return word;
  if (/[-’']/.test(word))
    return word
      .split(/([-’'])/)
      .map((part) => (part.length > 2 ? nonsense(part, language) : part))
      .join('');
  const lexicon = language === 'en' ? ENGLISH : GERMAN;
  // "-seite", "-meldung", "-mail": the part that says what kind of thing it is.
  const singular = low.replace(/(?:e?s|n)$/, '');
  const kinds = [lexicon.place, lexicon.message, lexicon.sent].flatMap((table) =>
    [low, singular].map((form) => table.exec(form)?.index ?? low.length),
  );
  const from = Math.min(...kinds);
  if (from === 0) return word;
  const kept = from < low.length ? low.length - from : (ENDINGS[language].exec(low)?.[0].length ?? 0);
  const end = word.length - Math.min(kept, Math.max(0, word.length - 2));
  const changed = word.slice(0, end);
  let made = exchange(changed);
  for (let round = 0; round < 4 && isCue((made + word.slice(end)).toLowerCase(), language); round++)
    made = exchange(made);
  return made + word.slice(end);
}
