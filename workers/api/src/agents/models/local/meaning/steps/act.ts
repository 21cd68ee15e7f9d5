import type { Clause } from '../../clause.ts';
import { infinitive } from '../../de/verbs.ts';
import type { Token } from '../../text/tokens.ts';
import {
  concernsPeople,
  type Context,
  type Kind,
  kindOf,
  nounPhrase,
  plain,
  remember,
  textOf,
  withPeople,
} from '../context.ts';
import { contentStems, stem } from '../likeness.ts';
import type { StepDraft, StepType } from '../statement.ts';
import { antecedent } from '../antecedent.ts';
import { draftOf, isRenewed } from './draft.ts';

/** Somebody or something acts: the verb with all its objects (ANNOTATION 2.1), typed by who acts (2.2). */
export function actStep(clause: Clause, who: Kind, context: Context): StepDraft {
  const { lexicon } = context;
  const { verb } = clause;
  const subject = plain(clause.subject, context);
  const rest = objectsOf(clause, subject, context);
  // "das Rad": an article.
  const isPronoun = ({ low }: Token, at: number, all: readonly Token[]): boolean =>
    lexicon.pronouns.has(low) && !(lexicon.articles.has(low) && at < all.length - 1);
  const pronounObject = clause.rest.length <= 2 && clause.rest.some(isPronoun);
  const keepsSubject =
    !clause.passive &&
    who === 'thing' &&
    !pronounObject &&
    (verb === 'werden' ||
      verb === 'become' ||
      clause.rest.length === 0 ||
      nounPhrase(clause.rest, lexicon).length === 0 ||
      isAdjectival(clause.rest, context));
  const object = nounPhrase(rest, lexicon);
  const acted = nounPhrase(subject, lexicon);
  if (clause.passive && acted.length > 0) remember(context, acted);
  else if (object.length > 0 && !pronounObject) remember(context, object);
  else if (keepsSubject) remember(context, acted);
  const type = typeOf(clause, who, keepsSubject, context);
  const common = {
    verb,
    can: clause.modal === 'can' || clause.modal === 'may',
    person: type === 'action',
    closing: lexicon.closing.has(verb) && !(type === 'action' && /^(?:close|schließen)$/.test(verb)),
    pronounObject,
    renewed:
      isRenewed(clause.rest) ||
      (pronounObject && isRenewed(rest)) ||
      (clause.passive && isRenewed(clause.subject)),
  };
  const preposition = clause.rest[0]?.low ?? '';
  const asks = lexicon.ask.has(verb) && !clause.passive;
  const isAsked = clause.passive && lexicon.ask.has(verb) && clause.agent.length === 0;
  if ((isAsked || (asks && who !== 'person')) && ['for', 'nach', 'um'].includes(preposition)) {
    const again = clause.rest.length <= 2 && (clause.again || clause.rest.some(isPronoun));
    return askedFor(clause, common, again, context);
  }
  const title = keepsSubject
    ? textOf([...subject, ...finiteForm(clause, context)])
    : lexicon.compose(verb, rest);
  const names = clause.rest.length > 0 && !['about', 'nach', 'um', 'for'].includes(preposition);
  return draftOf(type, title, clause, {
    ...common,
    object: contentStems(textOf(rest.length > 0 ? rest : who === 'thing' ? subject : [])),
    keepsSubject,
    asks: (asks && !(names && clause.rest[0]?.kind !== 'quote')) || lexicon.offer.has(verb),
  });
}

/** What a title names behind its verb: people only if somebody else is meant, what is acted on first. */
function objectsOf(clause: Clause, subject: readonly Token[], context: Context): Token[] {
  const { lexicon } = context;
  const { verb } = clause;
  const given = plain(withPeople(clause.rest, verb, context), context);
  const rest =
    /^(?:click|tap|press|klicken|tippen|drücken)$/.test(verb) &&
    ['on', 'auf'].includes(given[0]?.low ?? '') &&
    given.length > 1
      ? given.slice(1)
      : given;
  if (!clause.passive || clause.subject.length === 0) return rest;
  // "she is invited": nobody new is named.
  const [first] = clause.subject;
  if (clause.subject.length > 1 || !lexicon.personPronouns.has(first?.low ?? ''))
    return [...subject, ...rest];
  if (lexicon.language === 'de' && ['er', 'sie', 'es'].includes(first?.low ?? ''))
    return context.thing.length > 0 && !concernsPeople(verb) && clause.rest.length > 0
      ? [...antecedent(first?.low ?? '', context), ...rest]
      : rest;
  const meansThings = first?.low === 'they' && context.thing.at(-1)?.low.endsWith('s') === true;
  return meansThings ? [...context.thing, ...rest] : rest;
}

/** A person acts → `action`; the product, an automatic party or a passive → `system`. */
function typeOf(clause: Clause, who: Kind, keepsSubject: boolean, context: Context): StepType {
  const actor = clause.agent.length > 0 ? kindOf(clause.agent, context) : clause.passive ? 'system' : who;
  if (actor === 'person' || (actor === 'none' && !clause.passive)) return 'action';
  // English names that act, such as "Stripe", are products; an unknown noun that does something is somebody.
  const isName = context.lexicon.language === 'en' && /^\p{Lu}/u.test(clause.subject.at(-1)?.text ?? '');
  return actor === 'thing' && !keepsSubject && !isName ? 'action' : 'system';
}

/** "We ask for X" is the entering of X (ANNOTATION 2.5); "we ask for it again" only points to it. */
function askedFor(clause: Clause, common: Partial<StepDraft>, again: boolean, context: Context): StepDraft {
  const { lexicon } = context;
  const asked = plain(clause.rest.slice(1), context);
  const words = textOf(asked);
  if (again)
    return draftOf('action', words, clause, {
      ...common,
      verb: '',
      object: [],
      pronounObject: true,
      again: true,
    });
  context.thing = nounPhrase(asked, lexicon);
  const english = lexicon.language === 'en';
  return draftOf('action', english ? `Enter ${words}` : `${words} angeben`, clause, {
    ...common,
    verb: english ? 'enter' : 'angeben',
    asked: true,
    object: contentStems(words),
  });
}

/** "goes live", "wird frei": nothing that somebody could do to a thing. */
function isAdjectival(rest: readonly Token[], context: Context): boolean {
  const first = rest[0];
  return (
    first !== undefined &&
    first.kind === 'word' &&
    rest.length <= 2 &&
    !context.lexicon.articles.has(first.low) &&
    ['live', 'out', 'automatically', 'automatisch', 'frei'].includes(first.low)
  );
}

/** The verb as the text conjugates it, for a title that keeps its subject: `Link expires`. */
function finiteForm(clause: Clause, context: Context): Token[] {
  const { tokens, verb } = clause;
  const rest = plain(clause.rest, context);
  const finite = tokens.find(
    ({ low }) =>
      (verb === 'werden' && /^(?:wird|werden)$/.test(low)) ||
      stem(low) === stem(verb) ||
      low.startsWith(verb),
  );
  if (finite) return [finite, ...rest];
  // "springt auf": a prefix that stands apart.
  const apart =
    context.lexicon.language === 'de'
      ? tokens.find(({ low, kind }) => {
          const base = infinitive(low);
          return kind === 'word' && verb.endsWith(base) && verb.length > base.length && base !== low;
        })
      : undefined;
  if (apart) {
    const prefix = verb.slice(0, -infinitive(apart.low).length);
    return [apart, ...rest, { text: prefix, low: prefix, kind: 'word' }];
  }
  return [{ text: verb, low: verb, kind: 'word' }, ...rest];
}
