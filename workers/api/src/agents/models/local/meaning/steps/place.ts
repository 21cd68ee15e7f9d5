import type { Clause } from '../../clause.ts';
import type { Token } from '../../text/tokens.ts';
import { type Context, headOf, type Kind, nounPhrase, plain, remember, textOf } from '../context.ts';
import { contentStems } from '../likeness.ts';
import type { StepDraft } from '../statement.ts';
import { draftOf, worded } from './draft.ts';

const TOWARDS = new Set('to on at into in onto zu zur zum auf im ins bei beim an'.split(' '));
const MOVES =
  /^(?:redirect|take|send|forward|lead|bring|transfer|weiterleiten|leiten|führen|umleiten|bringen)$/;
const ARRIVES = /^(?:land|reach|visit|gelangen|landen|zurückkommen|zurückkehren|zurückgehen)$/;
const HANDED = /^(?:send|give|show|offer|grant|hand|issue|assign|email|mail|text)$/;

/**
 * Places that are opened, reached or shown are screens, messages are what the product shows (ANNOTATION 2.3). Null when
 * the clause tells an act of another kind.
 */
export function placeStep(clause: Clause, who: Kind, context: Context): StepDraft | null {
  const { lexicon } = context;
  const alone = nounPhrase(clause.rest, lexicon).length === 0;
  const opens = lexicon.open.has(clause.verb) && !clause.passive;
  // "Employees open the list": an unknown noun with an object acts; "the page opens": a known one without does not.
  const acts = who === 'thing' && opens && !alone && lexicon.language === 'de';
  const appears =
    who === 'system' &&
    opens &&
    clause.rest.length === 0 &&
    lexicon.place.test(headOf(clause.subject, lexicon));
  return clause.passive ||
    (who === 'thing' && !acts) ||
    appears ||
    (who === 'none' && clause.rest.length === 0)
    ? placeActing(clause, who, context)
    : placeActedOn(clause, who, context);
}

/** "The page opens", "a form is shown", "she is taken to the lobby". */
function placeActing(clause: Clause, who: Kind, context: Context): StepDraft | null {
  const { lexicon } = context;
  const { verb, rest } = clause;
  if (lexicon.show.has(verb) || lexicon.open.has(verb)) {
    if ((who === 'person' || who === 'none') && rest.length > 0) return placeOrMessage(rest, clause, context);
    const subject = plain(clause.subject, context);
    const what = subject.length > 0 ? subject : plain(rest, context);
    if (what.length > 0 && lexicon.open.has(verb) && !clause.passive) {
      context.thing = nounPhrase(what, lexicon);
      if (!lexicon.message.test(headOf(clause.subject, lexicon)))
        return draftOf('screen', textOf(what), clause, { object: contentStems(textOf(what)) });
    }
    const shown =
      subject.length > 0 &&
      (clause.passive ||
        nounPhrase(rest, lexicon).length === 0 ||
        (lexicon.isFunction(rest[0] as Token) && !lexicon.articles.has(rest[0]?.low ?? '')));
    return placeOrMessage(shown ? subject : rest, clause, context);
  }
  if (!clause.passive) return null;
  // "is sent a code": what is sent is the object.
  if (who === 'person' && lexicon.articles.has(rest[0]?.low ?? '') && HANDED.test(verb)) {
    remember(context, nounPhrase(rest, lexicon));
    return draftOf('system', lexicon.compose(verb, plain(rest, context)), clause, {
      verb,
      object: contentStems(textOf(plain(rest, context))),
    });
  }
  if (
    lexicon.reach.has(verb) &&
    rest.length > 0 &&
    (who === 'person' || who === 'none') &&
    lexicon.isFunction(rest[0] as Token)
  ) {
    const target = goal(rest, verb, context);
    if (lexicon.place.test(headOf(target, lexicon)) || who === 'person') {
      context.thing = nounPhrase(target, lexicon);
      return draftOf('screen', textOf(target), clause);
    }
  }
  return null;
}

/** "She opens the list", "they land on the home page", "we show a hint". */
function placeActedOn(clause: Clause, who: Kind, context: Context): StepDraft | null {
  const { lexicon } = context;
  const { verb, rest } = clause;
  if (rest.length === 0) return null;
  const opens = who !== 'system' || lexicon.place.test(headOf(nounPhrase(rest, lexicon), lexicon));
  if (lexicon.open.has(verb) && !/^(?:start|load|launch|starten|laden)$/.test(verb) && opens) {
    context.thing = nounPhrase(rest, lexicon);
    return draftOf('screen', textOf(plain(rest, context)), clause, { person: who !== 'system' });
  }
  if (!lexicon.reach.has(verb) && !lexicon.show.has(verb)) return null;
  const target = goal(rest, verb, context);
  const place = nounPhrase(target, lexicon);
  const goes =
    ARRIVES.test(verb) ||
    (/^(?:go|gehen)$/.test(verb) &&
      who === 'person' &&
      /^(?:to|onto|into|zu|zur|zum|auf|in|ins)$/.test(rest[0]?.low ?? ''));
  const reached =
    lexicon.reach.has(verb) &&
    goes &&
    place.length > 0 &&
    rest[0] !== undefined &&
    lexicon.isFunction(rest[0]);
  // "enters the code" and "sends the form" are acts, "enters the room" is none.
  const handles =
    verb === 'send' ||
    verb === 'bring' ||
    (verb === 'enter' && !place.some(({ low }) => /room|lobby|raum/.test(low)));
  if ((place.some(({ low }) => lexicon.place.test(low)) || reached) && !handles) {
    context.thing = place;
    return draftOf('screen', textOf(target), clause, { person: who === 'person' });
  }
  return lexicon.show.has(verb) && who !== 'system' && verb !== 'present'
    ? placeOrMessage(rest, clause, context)
    : null;
}

/** The noun phrase that a verb of motion or showing leads to. */
function goal(rest: readonly Token[], verb: string, context: Context): Token[] {
  const at = rest.findIndex(({ low }) => TOWARDS.has(low));
  return plain(at === 0 || (at > 0 && MOVES.test(verb)) ? rest.slice(at + 1) : rest, context);
}

function placeOrMessage(tokens: readonly Token[], clause: Clause, context: Context): StepDraft {
  const { lexicon } = context;
  const what = plain(tokens, context);
  const phrase = nounPhrase(what, lexicon);
  const head = headOf(phrase, lexicon);
  if (!/(?:error|message|hint|fehler|meldung|hinweis)$/.test(head)) context.thing = phrase;
  if (phrase.some(({ low }) => lexicon.place.test(low)) && !lexicon.message.test(head))
    return draftOf('screen', textOf(what), clause);
  return draftOf('system', worded('show', what, context), clause, { verb: 'show' });
}
