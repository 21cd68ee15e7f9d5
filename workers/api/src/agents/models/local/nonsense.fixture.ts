import { ENGLISH } from './en/lexicon.ts';
import { verbForm } from './en/verbs.ts';
import * as en from './en/words.ts';
import { GERMAN } from './de/lexicon.ts';
import { fromParticiple, isAuxiliary, isFunctionWord, isListedVerb } from './de/verbs.ts';
import * as de from './de/words.ts';
import type { Lexicon } from './lexicon.ts';
import type { Language } from './text/language.ts';

/**
 * Replaces the words of a text that are in none of the model's tables by words that do not exist, so that a test can
 * show that the tables carry cues and not a trade. What stays: function words, listed verbs, words of outcome
 * ("wrong", "gültig"), of place ("page", "-seite"), of message ("error", "-meldung"), of time, numbers and quotations.
 * Letters are exchanged one for one, so that words that share a part still share it, and endings stay, as they would
 * in any other word.
 */

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
  en: /(?:ations?|ments?|ings?|ness|ers?|ors?|ees?|ants?|ists?|ians?|ally|ly|able|ible|ful|ed|ies|es|ed-in|ed-out|s|y)$/,
  de: /(?:ungen|ung|heiten|heit|keiten|keit|schaft|innen|in|enden|ender|ende|er|ern|ierte|ierten|iert|eln|eten|ete|est|tes|ten|tem|ter|te|en|em|es|et|e|t|n|s|ant|ent|ist)$/,
};

const EXTRA = new Set(
  `time times second seconds minute minutes hour hours day days week weeks month months year years today morning evening step steps attempt attempts try tries mistake mistakes
  notes note story stories acceptance criteria user as flow below above older newer than first last metric success nice way tage tag tagen stunde stunden minute minuten woche wochen monat monate uhr jahr jahre schritt
  fehlversuch fehlversuche fehlversuchen versuch versuche versuchen mal akzeptanzkriterien notizen ablauf vorgang ende schluss start lang zeit fall beiden case cases others rest everybody optional max min lange teil
  new back how together anew down early late possible needed required missing live free ready neue neuen neues neuer neu andere anderen anderes anderer weitere weiteren weiterer
  ergebnis ergebnisse result results ja nein yes no ok sonst anfang beginn refund refunds reminder notification`.split(
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
  if (EXTRA.has(low) || low.length <= 2 || /\d/.test(low)) return true;
  const lexicon = language === 'en' ? ENGLISH : GERMAN;
  if (TABLES.some((table) => table.test(low)) || lexicon.badVerb.test(low)) return true;
  const phrases = language === 'en' ? en : de;
  for (const table of Object.values(phrases)) {
    if ((table instanceof Set || table instanceof Map) && table.has(low)) return true;
    if (
      Array.isArray(table) &&
      table.some((entry: unknown) => entry === low || (Array.isArray(entry) && entry.includes(low)))
    )
      return true;
  }
  if (language === 'en') return verbForm(low) !== null;
  return isFunctionWord(low) || isAuxiliary(low) || isListedVerb(low);
}

function nonsense(word: string, language: Language): string {
  const low = word.toLowerCase();
  if (isCue(low, language) || /n['’]t$|['’](?:re|ve|ll|d|m)$/.test(low)) return word;
  const lexicon = language === 'en' ? ENGLISH : GERMAN;
  if (/[-’']/.test(word))
    return word
      .split(/([-’'])/)
      .map((part) => (part.length > 2 ? nonsense(part, language) : part))
      .join('');
  // "-seite", "-meldung", "-mail": the part that says what kind of thing it is.
  let keep = 0;
  for (const table of [lexicon.place, lexicon.message, lexicon.sent]) {
    const found = table.exec(low);
    if (found) keep = Math.max(keep, low.length - found.index);
  }
  const participle = language === 'de' && /^\p{Ll}/u.test(word) ? fromParticiple(low) : null;
  if (participle !== null) return word;
  const ending = keep > 0 ? keep : (ENDINGS[language].exec(low)?.[0].length ?? 0);
  if (keep >= low.length) return word;
  const stem = word.slice(0, word.length - Math.min(ending, Math.max(0, word.length - 2)));
  let made = exchange(stem);
  for (let round = 0; round < 4 && isCue((made + word.slice(stem.length)).toLowerCase(), language); round++)
    made = exchange(made);
  return made + word.slice(stem.length);
}

const WORD =
  /"[^"\n]{1,120}"|“[^”\n]{1,120}”|„[^“”"\n]{1,120}[“”"]|[\p{L}][\p{L}\p{M}\p{N}]*(?:[-’'][\p{L}\p{N}]+)*/gu;

export function nonsenseText(text: string, language: Language): string {
  return text.replaceAll(WORD, (word) => (/^["“„]/.test(word) ? word : nonsense(word, language)));
}
