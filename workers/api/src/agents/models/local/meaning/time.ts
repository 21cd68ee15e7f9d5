import type { Clause } from '../clause.ts';
import { verbForm } from '../en/verbs.ts';
import { conditionOf } from './conditions.ts';
import { type Context, headOf, kindOf } from './context.ts';
import type { Statement } from './statement.ts';
import { stepOf } from './steps.ts';

/** What notes say of a thing without a verb: "room full". */
const ADJECTIVE = /^(?:full|empty|free|busy|low|high|off|offline|online|early|left|ready|absent|voll|leer|frei|belegt|niedrig|hoch|aus|fertig|besetzt|ausverkauft)$/;
const INDEFINITE = /^(?:something|anything|somebody|someone|nobody|anybody|anyone|etwas|jemand|niemand)$/;

/** A state of affairs, as against something that is done: "tickets sold out", "code wrong". */
export function isState(clause: Clause, context: Context): boolean {
  const { lexicon } = context;
  if (clause.negated || (lexicon.badVerb.test(clause.verb) && kindOf(clause.subject, context) !== 'system' && clause.subject.length > 0) || clause.tokens.some(({ low }) => lexicon.bad.test(low) || lexicon.good.test(low) && clause.verb === '' && !/^(?:match|pass|work|fine|complete|correct)$/.test(low))) return true;
  if (clause.tokens.some(({ low }, i) => /(?:er|more|less)$/.test(low) && ['than', 'als'].includes(clause.tokens[i + 1]?.low ?? ''))) return true;
  if (clause.tokens.some(({ low }, i) => i > 0 && /^(?:greater|less|least|most|differs|größer|kleiner|mindestens|höchstens|abweicht)$/.test(low) && (clause.verb === '' || clause.tokens[i + 1]?.kind === 'number'))) return true;
  if (clause.verb === '' && clause.tokens.length <= 5 && (clause.tokens.some(({ low }) => low === 'too' || low === 'zu') || clause.tokens.length > 1 && ADJECTIVE.test(clause.tokens.at(-1)?.low ?? ''))) return true;
  if (clause.verb === '' && clause.tokens.length === 1 && lexicon.language === 'en' && verbForm(clause.tokens[0]?.low ?? '')?.form === 'past') return true;
  if (clause.verb === '' && clause.tokens.length === 1 && /^\p{Ll}{3,}(?:ed|en|t)$/u.test(clause.tokens[0]?.text ?? '')) return true;
  if (clause.verb === '') return clause.tokens.length > 1 && clause.tokens.some(({ low }, i) => i > 0 && /(?:ed|en|t)$/.test(low) && clause.tokens.length <= 4 && /^\p{Ll}/u.test(clause.tokens[i]?.text ?? '')) && !lexicon.place.test(headOf(clause.tokens, lexicon));
  if (/^(?:belong|fit|match|exist|contain|exceed|gehören|passen|enthalten|überschreiten|vorliegen)$/.test(clause.verb)) return true;
  return clause.state || (clause.subject.length > 0 && kindOf(clause.subject, context) === 'thing' && (clause.passive || /^(?:run|time|sell)$/.test(clause.verb)) && clause.rest.every((token) => token.kind === 'word'));
}

/** "When the dose exceeds the limit": no act, so it need not happen. */
export function isContingent(clause: Clause, context: Context): boolean {
  if (clause.tokens.length === 0 || clause.perfect || !context.started || /^(?:after|before|bevor)$/.test(clause.word) || clause.word === 'nachdem') return false;
  const { lexicon } = context;
  const bad = clause.tokens.some(({ low }) => lexicon.bad.test(low));
  if (bad || INDEFINITE.test(clause.subject[0]?.low ?? '')) return true;
  if (clause.state && clause.tokens.some(({ low }, i) => /(?:er|more|less)$/.test(low) && ['than', 'als'].includes(clause.tokens[i + 1]?.low ?? ''))) return true;
  return /^(?:when|whenever)$/.test(clause.word) && !clause.state && !clause.passive && clause.rest.length > 0 && (kindOf(clause.subject, context) === 'thing' || clause.subject.every(({ low }) => low === 'it')) && !lexicon.show.has(clause.verb) && !lexicon.open.has(clause.verb);
}

/** "When the buyer clicks Pay, …": the act, unless it says what is known. */
export function timeClause(clause: Clause, context: Context): Statement[] {
  if (clause.tokens.length === 0) return [];
  const condition = conditionOf(clause, context, 'when');
  const hero = context.hero;
  const who = kindOf(clause.subject, context);
  const acts = who === 'person' && !clause.state && !clause.perfect && !clause.passive && clause.verb !== '' && clause.verb !== 'have' && clause.rest.length > 0;
  const draft = acts ? stepOf(clause, context) : null;
  context.hero = hero;
  const body: Statement[] = draft ? [{ kind: 'step', draft: { ...draft, inBranch: false, again: false }, fromTime: true }] : [];
  return [{ kind: 'if', condition, body }];
}

