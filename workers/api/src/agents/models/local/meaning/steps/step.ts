import type { Clause } from '../../clause.ts';
import { type Context, headOf, type Kind, kindOf, nounPhrase, plain } from '../context.ts';
import type { StepDraft } from '../statement.ts';
import { actStep } from './act.ts';
import { draftOf, isRenewed, worded } from './draft.ts';
import { fragment } from './fragment.ts';
import { placeStep } from './place.ts';

/** The one step that a clause tells (ANNOTATION 2.1): a place, something received, or an act. Null without one. */
export function stepOf(clause: Clause, context: Context): StepDraft | null {
  if (clause.verb === '') return fragment(clause, context);
  const lapsed = lapsing(clause, context);
  if (lapsed) return actStep(lapsed, 'thing', context);
  const who = kindOf(clause.subject, context);
  meetHero(clause, who, context);
  return (
    placeStep(clause, who, context) ?? deliveryStep(clause, who, context) ?? actStep(clause, who, context)
  );
}

/** What only things do: a pronoun ahead of it stands for the thing named last. */
const LAPSES = new Set('ablaufen verfallen erlöschen auslaufen expire lapse'.split(' '));

function lapsing(clause: Clause, { lexicon, thing }: Context): Clause | null {
  const [pronoun, ...further] = clause.subject;
  const stands =
    pronoun !== undefined &&
    further.length === 0 &&
    (lexicon.personPronouns.has(pronoun.low) || lexicon.pronouns.has(pronoun.low));
  return stands && thing.length > 0 && LAPSES.has(clause.verb) && !clause.passive
    ? { ...clause, subject: thing }
    : null;
}

/** The first person that acts is who the flow is about. */
function meetHero(clause: Clause, who: Kind, context: Context): void {
  const { lexicon } = context;
  if (
    who === 'person' &&
    context.hero === '' &&
    !clause.passive &&
    clause.subject.length > 0 &&
    !lexicon.personPronouns.has(clause.subject[0]?.low ?? '')
  )
    context.hero = headOf(clause.subject, lexicon);
}

/** Things that are received by the verb of what the product does. */
const VERB_OF_NOUN: ReadonlyMap<string, string> = new Map([
  ['notification', 'notify'],
  ['refund', 'refund'],
  ['reminder', 'remind'],
  ['invitation', 'invite'],
  ['benachrichtigung', 'benachrichtigen'],
  ['erstattung', 'erstatten'],
  ['erinnerung', 'erinnern'],
  ['einladung', 'einladen'],
]);

/** "X gets N", "N goes out" is what the product does (ANNOTATION 2.6). */
function deliveryStep(clause: Clause, who: Kind, context: Context): StepDraft | null {
  const { lexicon } = context;
  const { verb, rest } = clause;
  const subject = plain(clause.subject, context);
  if (lexicon.receive.has(verb) && !clause.passive && who !== 'system') {
    const received = nounPhrase(rest, lexicon);
    const act = VERB_OF_NOUN.get(headOf(rest, lexicon).replace(/s$/, ''));
    if (act !== undefined && received.length === 1)
      return draftOf('system', lexicon.compose(act, subject), clause, {
        verb: act,
        closing: lexicon.closing.has(act),
      });
    if (received.length > 0 && !/^(?:in|on|out|up|off|to|back)$/.test(rest[0]?.low ?? '')) {
      context.thing = received;
      return draftOf('system', worded('send', rest, context), clause, {
        verb: 'send',
        renewed: isRenewed(rest),
      });
    }
  }
  const [particle] = clause.rest;
  const goesOut =
    verb === 'go' &&
    (particle?.low === 'out' ||
      (['to', 'by'].includes(particle?.low ?? '') && lexicon.sent.test(headOf(clause.subject, lexicon))));
  if (goesOut && who !== 'person') {
    context.thing = nounPhrase(clause.subject, lexicon);
    return draftOf(
      'system',
      worded('send', [...subject, ...(particle?.low === 'out' ? rest.slice(1) : rest)], context),
      clause,
      { verb: 'send' },
    );
  }
  const isSent = lexicon.sent.test(headOf(clause.subject, lexicon));
  const arrives = verb === 'kommen' && (isSent || ['per', 'via'].includes(rest[0]?.low ?? ''));
  if (
    (arrives && who !== 'person') ||
    (/^(?:raus|hinaus|heraus)gehen$/.test(verb) && (who === 'thing' || isSent))
  ) {
    context.thing = nounPhrase(clause.subject, lexicon);
    return draftOf('system', worded('send', [...subject, ...rest], context), clause, { verb: 'send' });
  }
  return null;
}
