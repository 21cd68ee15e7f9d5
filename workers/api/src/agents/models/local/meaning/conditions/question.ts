import type { Clause } from '../../clause.ts';
import { capital, type Token } from '../../text/tokens.ts';
import { antecedent } from '../antecedent.ts';
import { type Context, headOf, nounPhrase, plain, shorten, textOf } from '../context.ts';

const AUXILIARY = new Set(
  `is are was were be been being am has have had do does did will would shall should can could may might must
  ist sind war wird werden wurde wurden sei hat habe haben hatte kann können könnte muss müssen soll sollen sollte sollten möchte möchten will wollen würde würden darf dürfen worden lässt lassen sich`.split(
    /\s+/,
  ),
);
const NEGATION = new Set(
  'not no never nobody none nothing neither nicht kein keine keinen keinem keiner keines nie niemand niemanden nichts niemals'.split(
    ' ',
  ),
);
/** Words that point at the text around the condition. */
const POINTING = new Set('dann so yet there es then dabei bereits'.split(' '));

export const isNegation = ({ low }: Token): boolean => NEGATION.has(low);

const word = (text: string): Token => ({ text, low: text, kind: 'word' });
const question = (tokens: readonly Token[] | string): string => {
  const text = typeof tokens === 'string' ? tokens : textOf(tokens);
  return `${shorten(capital(text), 58) || '…'}?`;
};

/**
 * The title of a condition: its words as a short question (ANNOTATION 4.1), without the negation if the branches swap
 * (`flip`, 4.2).
 */
export function questionOf(clause: Clause, words: readonly Token[], flip: boolean, context: Context): string {
  const { lexicon } = context;
  const english = lexicon.language === 'en';
  const only = clause.subject.length === 1 ? (clause.subject[0]?.low ?? '') : '';
  const rest = plain(clause.rest, context).filter((token) => !isNegation(token) || !flip);
  // "they are wrong", "er ist abgelaufen": the thing named last.
  const isThing = english ? only === 'they' : /^(?:er|sie|es|diese[rs]?|they)$/.test(only);
  if (isThing && judges(clause, context) && context.thing.length > 0)
    return question([...antecedent(only, context), ...rest]);
  const done = (): Token => word(lexicon.participle(clause.verb));
  const acts = !clause.passive && !clause.state;
  // "someone reports a post" → "Post reported?"
  const someone = /^(?:somebody|someone|nobody|anybody|anyone|jemand|niemand)$/.test(only);
  if (english && someone && acts && lexicon.articles.has(clause.rest[0]?.low ?? '')) {
    const object = nounPhrase(clause.rest, lexicon);
    if (object.length > 0)
      return question([...object, done(), ...rest.filter((token) => !object.includes(token))]);
  }
  if (/^(?:geben|be)$/.test(clause.verb) && /^(?:es|there)$/.test(clause.subject[0]?.low ?? '')) {
    const there = rest.filter(({ low }) => !AUXILIARY.has(low));
    return question(there.length > 0 ? there : context.thing);
  }
  // "she finds any" → "Seat found?"
  const isAny =
    clause.rest.some(({ low }) => /^(?:any|some|one)$/.test(low)) &&
    clause.rest.every(({ low }) => /^(?:any|some|one|up)$/.test(low));
  if (english && !clause.passive && isAny && clause.verb !== 'have')
    return question([...context.thing, done()]);
  if (clause.modal === 'want' && clause.verb === 'haben' && rest.length === 0)
    return question([...context.thing, word('gewünscht')]);
  if (clause.modal === 'want' && clause.verb !== '') return question(lexicon.compose(clause.verb, rest));
  if (english && clause.verb !== '' && acts) {
    const finds = only === 'it' && /^(?:find|detect|discover|recogni[sz]e)$/.test(clause.verb);
    if ((only === 'we' || finds) && rest.length > 0) return question([...rest, done()]);
    if (clause.modal === 'can' && (clause.subject[0]?.low ?? '') !== '') {
      const act = lexicon.compose(clause.verb, rest);
      return question(`can ${act === '' ? clause.verb : act.charAt(0).toLowerCase() + act.slice(1)}`);
    }
  }
  return question([...subjectOf(clause, words, flip, context), ...predicateOf(clause, words, flip, context)]);
}

/** "is wrong", "ist zu groß": tells how something is. */
const judges = ({ state, rest }: Clause, { lexicon }: Context): boolean =>
  state &&
  rest.some(
    ({ low }) =>
      lexicon.bad.test(low) || lexicon.good.test(low) || low === 'zu' || /^\p{Ll}{2,}bar$/u.test(low),
  );

/** Who or what the condition is about; nothing for the main user and other people that pronouns stand for. */
function subjectOf(
  clause: Clause,
  words: readonly Token[],
  flip: boolean,
  context: Context,
): readonly Token[] {
  const { lexicon } = context;
  const { subject } = clause;
  const only = subject.length === 1 ? (subject[0]?.low ?? '') : '';
  const isHero =
    headOf(subject, lexicon) === context.hero &&
    (clause.state || clause.modal === 'want' || lexicon.language === 'en');
  // "it is possible", "es ist nötig"
  const isImpersonal =
    clause.state &&
    /^(?:it|es)$/.test(only) &&
    words.some(({ low }) =>
      /^(?:early|late|possible|necessary|required|needed|möglich|nötig|erforderlich|früh|spät)$/.test(low),
    );
  if (
    subject.length === 0 ||
    isHero ||
    isImpersonal ||
    lexicon.personPronouns.has(only) ||
    /^(?:wer|we|wir|man|es|jemand|somebody|someone)$/.test(only)
  )
    return [];
  // "none of them": of what was named last.
  const isBare = subject.every(
    (token) =>
      (isNegation(token) && !/^(?:nobody|niemand|niemanden)$/.test(token.low)) ||
      ['of', 'them'].includes(token.low),
  );
  return isBare && flip
    ? context.thing.slice(-1)
    : plain(subject, context).filter((token) => !isNegation(token));
}

/** "it", "einen": stands for a thing named before, if it stands alone. */
const isStandIn = (low: string, { lexicon }: Context): boolean =>
  lexicon.pronouns.has(low) || /^eine[nsr]?$/.test(low);

/** What is said of it, without auxiliaries, articles and words that point elsewhere. */
function predicateOf(clause: Clause, words: readonly Token[], flip: boolean, context: Context): Token[] {
  const { lexicon } = context;
  const subject = new Set(clause.subject);
  const body = words
    .filter((token, i) => {
      const { low } = token;
      if (subject.has(token) || (flip && isNegation(token)) || POINTING.has(low)) return false;
      const stays =
        i > 0 &&
        ((low === 'ein' && i === words.length - 1) ||
          (low === 'no' && /^says?$/.test(words[i - 1]?.low ?? '')));
      const standsAlone = isStandIn(low, context) && clause.rest.length === 1 && clause.rest[0] === token;
      if (lexicon.articles.has(low) && !stays && !standsAlone) return false;
      return !AUXILIARY.has(low) || (low === 'has' && clause.verb === 'have');
    })
    .flatMap((token) =>
      isStandIn(token.low, context) &&
      clause.rest.length === 1 &&
      clause.rest[0] === token &&
      context.thing.length > 0
        ? [...antecedent(token.low, context)]
        : [token],
    );
  return lexicon.language === 'en' ? body.map((token) => conjugated(token, clause, words)) : body;
}

/** "does not answer" loses its "does": the verb takes the ending over. */
function conjugated(token: Token, clause: Clause, words: readonly Token[]): Token {
  if (token.low !== clause.verb || !words.some(({ low }) => low === 'does')) return token;
  const text = /(?:s|x|z|ch|sh|o)$/.test(token.text)
    ? `${token.text}es`
    : /[^aeiou]y$/.test(token.text)
      ? `${token.text.slice(0, -1)}ies`
      : `${token.text}s`;
  return { ...token, text };
}
