import type { Token } from '../text/tokens.ts';

/** Words by what they may stand for: m(asculine), f(eminine), n(euter), p(lural). */
const table = (rows: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(rows).flatMap(([words, genders]) => words.split(' ').map((word) => [word, genders])),
  );

const ARTICLES = table({
  'das ins fürs': 'n',
  'ein kein sein ihr mein': 'mn',
  'einen keinen seinen ihren meinen': 'mp',
  'dem einem keinem seinem ihrem zum im am beim vom': 'mn',
  'zur einer keiner': 'f',
  der: 'mfp',
  eine: 'f',
  'die seine ihre meine keine': 'fp',
});

const PRONOUNS = table({
  'es eins keins eines dieses': 'n',
  'ihn er einen keinen': 'm',
  diesen: 'mp',
  'ihm diesem': 'mn',
  'sie diese': 'fp',
  'eine keine': 'f',
});

const FEMININE = /(?:ung|heit|keit|schaft|ion|tät|enz|anz)$/;
const NEUTER = /(?:chen|lein)$/;

/** How many words may stand between an article and its noun. */
const BETWEEN = 2;

/** The genders of the nouns of a text, as far as its articles show them. */
export function gendersOf(tokens: readonly Token[]): ReadonlyMap<string, string> {
  const genders = new Map<string, string>();
  for (const [at, { low }] of tokens.entries()) {
    const shown = ARTICLES.get(low);
    if (shown === undefined) continue;
    const behind = tokens.slice(at + 1, at + 2 + BETWEEN);
    const noun = behind.find(({ text }) => /^\p{Lu}/u.test(text));
    if (!noun || behind.slice(0, behind.indexOf(noun)).some(({ text }) => !/^\p{Ll}+e[nmrs]?$/u.test(text)))
      continue;
    const known = genders.get(noun.low) ?? 'mfnp';
    const both = [...known].filter((gender) => shown.includes(gender)).join('');
    genders.set(noun.low, both === '' ? known : both);
  }
  return genders;
}

/** Whether a pronoun can stand for a noun; also when nothing shows the noun's gender. */
export function agrees(pronoun: string, noun: string, genders: ReadonlyMap<string, string>): boolean {
  const meant = PRONOUNS.get(pronoun);
  if (meant === undefined) return true;
  const known =
    genders.get(noun) ??
    (FEMININE.test(noun) ? 'f' : NEUTER.test(noun) ? 'n' : noun.endsWith('ungen') ? 'p' : 'mfnp');
  // "Die Artikel" may be several: one of them can be of any gender.
  return known === 'fp' || [...known].some((gender) => meant.includes(gender));
}
