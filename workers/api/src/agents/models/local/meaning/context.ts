import { clip } from '@uxflow/flow';
import { antecedent, isPlural } from './antecedent.ts';
import type { Clause } from '../clause.ts';
import type { Jump } from '../jump.ts';
import type { Lexicon } from '../lexicon.ts';
import { capital, join, type Token } from '../text/tokens.ts';

/** What reading has gathered so far: who acts, and what "it" means. */
export interface Context {
  readonly lexicon: Lexicon;
  /** The thing named last, without article. */
  thing: readonly Token[];
  /** The things named last, the latest at the end. */
  readonly things: readonly (readonly Token[])[];
  /** German nouns and the genders that the text shows them in. */
  genders: ReadonlyMap<string, string>;
  /** Who the flow is about: its name is dropped from titles. */
  hero: string;
  /** Nouns that act on things somewhere in the text. */
  actors: ReadonlySet<string>;
  /** Names of the cases that the last choice left open. */
  caseLabels: readonly (readonly string[])[];
  /** Whether a step has been read. */
  started: boolean;
  readonly jump: (clause: Clause) => Jump | null;
}

/** Remembers what "it" will mean; people are not things. */
export function remember(context: Context, phrase: readonly Token[]): void {
  const head = phrase.at(-1)?.low ?? '';
  if (
    /^(?:stunden?|minuten?|tage?n?|wochen?|monate?n?|jahre?n?|sekunden?|euro|hours?|minutes?|days?|weeks?|months?|years?|seconds?)$/.test(
      head,
    )
  )
    return;
  if (
    phrase.length === 0 ||
    context.lexicon.person.test(head) ||
    head === context.hero ||
    /(?:error|hint|fehler|fehlermeldung|hinweis)$/.test(head)
  )
    return;
  context.thing = phrase;
}

/** How many things back a pronoun may reach. */
const MOST_THINGS = 3;

export function newContext(lexicon: Lexicon, jump: Context['jump']): Context {
  let things: (readonly Token[])[] = [];
  return {
    lexicon,
    get thing() {
      return things.at(-1) ?? [];
    },
    set thing(phrase) {
      const head = phrase.at(-1)?.low;
      things = [...things.filter((thing) => thing.at(-1)?.low !== head), phrase].slice(-MOST_THINGS);
    },
    get things() {
      return things;
    },
    genders: new Map(),
    hero: '',
    actors: new Set<string>(),
    caseLabels: [],
    started: false,
    jump,
  };
}

/** At most 60 characters, cut between words. */
export function shorten(text: string, limit = 60): string {
  const plain = text.replaceAll(/\s+/g, ' ').replace(/^[\s,.;:+\-–]+|[\s,.;:+\-–]+$/g, '');
  if (clip(plain, limit) === plain) return plain;
  const cut = clip(plain, limit + 1);
  const at = cut.lastIndexOf(' ');
  return at > 20 ? cut.slice(0, at).replace(/[\s,]+$/, '') : clip(plain, limit);
}

/** The title of a decision. */
export const asQuestion = (text: string): string => `${shorten(capital(text), 58)}?`;

/** The tokens of a noun phrase without article, up to where the next phrase begins. */
export function nounPhrase(tokens: readonly Token[], lexicon: Lexicon): Token[] {
  const out: Token[] = [];
  for (const token of tokens) {
    if (token.kind === 'mark' && token.text !== '%') {
      if (out.length > 0) break;
      continue;
    }
    if (out.length === 0 && (lexicon.articles.has(token.low) || lexicon.isFunction(token))) continue;
    if (
      out.length > 0 &&
      (lexicon.isFunction(token) ||
        lexicon.articles.has(token.low) ||
        ['and', 'or', 'und', 'oder'].includes(token.low))
    )
      break;
    out.push(token);
  }
  if (lexicon.language !== 'de') return out;
  // What follows the noun is no part of its phrase: "Foto lesbar".
  const last = out.findLastIndex((token) => /^[\p{Lu}\d"„]/u.test(token.text));
  return last < 0 ? out : out.slice(0, last + 1);
}

export function headOf(tokens: readonly Token[], lexicon: Lexicon): string {
  const phrase = nounPhrase(tokens, lexicon);
  return (
    (lexicon.language === 'de' ? phrase.findLast((token) => /^\p{Lu}/u.test(token.text)) : undefined)?.low ??
    phrase.at(-1)?.low ??
    tokens.at(-1)?.low ??
    ''
  );
}

export type Kind = 'person' | 'system' | 'thing' | 'none';

export function kindOf(subject: readonly Token[], context: Context): Kind {
  if (subject.length === 0) return 'none';
  const { lexicon } = context;
  const only = subject.length === 1 ? (subject[0]?.low ?? '') : '';
  if (lexicon.system.test(only)) return 'system';
  if (lexicon.personPronouns.has(only)) return 'person';
  const head = headOf(subject, lexicon);
  if (lexicon.system.test(head)) return 'system';
  if (lexicon.person.test(head) || head === context.hero || context.actors.has(head)) return 'person';
  return 'thing';
}

/** "notify them": the people of the flow, not the thing named last. */
const DIRECTED =
  /^(?:notify|inform|text|tell|ask|remind|warn|refer|call|contact|email|e-mail|mail|message|alert|invite|redirect|connect|erinnern|informieren|benachrichtigen|anrufen|verbinden|einladen|bitten|fragen|warnen|kontaktieren|weiterleiten|anschreiben|begrüßen)$/;

export const concernsPeople = (verb: string): boolean => DIRECTED.test(verb);

export function withPeople(rest: readonly Token[], verb: string, context: Context): Token[] {
  const german = context.lexicon.language === 'de' && DIRECTED.test(verb);
  const at = rest.findIndex(
    ({ low }) => low === 'them' || low === 'him' || low === 'her' || (german && ['ihn', 'sie'].includes(low)),
  );
  const next = rest[at + 1];
  if (at < 0 || (rest[at]?.low === 'her' && next?.kind === 'word' && !context.lexicon.isFunction(next)))
    return [...rest];
  if (
    !DIRECTED.test(verb) &&
    rest[at]?.low === 'them' &&
    rest.length === 1 &&
    isPlural(antecedent('them', context).at(-1)?.low ?? '')
  )
    return [...antecedent('them', context)];
  const hero: Token = { text: context.hero, low: context.hero, kind: 'word' };
  return [
    ...rest.slice(0, at),
    ...(DIRECTED.test(verb) && context.hero !== '' && rest.length === 1 ? [hero] : []),
    ...rest.slice(at + 1),
  ];
}

/** Words without articles and marks at the ends; "it" becomes the thing named last. */
export function plain(tokens: readonly Token[], context: Context): Token[] {
  const { lexicon } = context;
  const kept = tokens.filter(
    (token, i) =>
      !lexicon.articles.has(token.low) ||
      keepsArticle(tokens, i) ||
      (tokens.length === 1 &&
        (lexicon.pronouns.has(token.low) || /^(?:eine[nsmr]?|eins)$/.test(token.low))) ||
      (token.low === 'ein' && i > 0 && i === tokens.length - 1),
  );
  // "schlägt einen anderen vor": another what.
  const only = kept.length === 1 && /^(?:andere[nrs]?|neue[nrs]?|weitere[nrs]?)$/.test(kept[0]?.low ?? '');
  const out = only ? [...kept, ...context.thing] : kept;
  return out.flatMap((token, i) => {
    const stands =
      (lexicon.pronouns.has(token.low) || (out.length === 1 && /^(?:eine[nsmr]?|eins)$/.test(token.low))) &&
      (i === 0 || out.length <= 3) &&
      (!lexicon.articles.has(token.low) || out.length === 1);
    const number =
      (token.low === 'one' && ['or', 'of', 'after', 'more'].includes(out[i + 1]?.low ?? '')) ||
      (token.low === 'one' && i > 1);
    return stands && !number && out.length <= 4 && context.thing.length > 0 && !isBeforeNoun(out, i, lexicon)
      ? [...antecedent(token.low, context)]
      : [token];
  });
}

const isBeforeNoun = (tokens: readonly Token[], at: number, lexicon: Lexicon): boolean => {
  const next = tokens[at + 1];
  return (
    next !== undefined &&
    next.kind === 'word' &&
    !lexicon.isFunction(next) &&
    lexicon.language === 'en' &&
    !['again', 'and', 'or', 'up'].includes(next.low)
  );
};

/** "another", "no", "all" change what a phrase means. */
const keepsArticle = (tokens: readonly Token[], at: number): boolean =>
  (['another', 'all', 'some', 'each', 'every', 'alle', 'jede', 'jeden', 'jedes'].includes(
    tokens[at]?.low ?? '',
  ) &&
    tokens[at + 1] !== undefined &&
    tokens[at]?.low !== 'some') ||
  (tokens[at]?.low === 'more' && tokens[at + 1]?.low === 'than') ||
  // "Liste der Aufträge": a genitive.
  (['der', 'des', 'einer', 'eines'].includes(tokens[at]?.low ?? '') &&
    at > 0 &&
    /^\p{Lu}/u.test(tokens[at - 1]?.text ?? '') &&
    tokens[at + 1] !== undefined);

export const textOf = (tokens: readonly Token[]): string => join(tokens);
