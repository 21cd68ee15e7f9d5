import { verbForm } from '../../en/verbs.ts';
import type { Clause } from '../../clause.ts';
import { type Context, headOf, kindOf } from '../context.ts';

const STATES =
  /^(?:empty|full|busy|free|late|open|low|high|ready|present|absent|offline|online|gone|over|leer|voll|frei|besetzt|offen|zu|da|weg|bereit|dabei|dran|leise|laut|nötig|möglich)$/;

const EXCESS = new Set(['too', 'zu']);
const MEASURES = new Set('after before above below over under nach vor über unter ab'.split(' '));

const isEnglishParticiple = (low: string): boolean =>
  /(?:ed|en)$/.test(low) || verbForm(low)?.form === 'past';

/** A state of affairs, as against something that is done: "tickets sold out", "code wrong". */
export function isState(clause: Clause, context: Context): boolean {
  const { lexicon } = context;
  if (
    clause.negated ||
    (lexicon.badVerb.test(clause.verb) &&
      kindOf(clause.subject, context) !== 'system' &&
      clause.subject.length > 0) ||
    clause.tokens.some(
      ({ low }) =>
        lexicon.bad.test(low) ||
        (lexicon.good.test(low) &&
          clause.verb === '' &&
          !/^(?:match|pass|work|fine|complete|correct)$/.test(low)),
    )
  )
    return true;
  // Signs: "price > 10 %"
  if (
    clause.tokens.some(
      ({ low }, i) => i > 0 && /^(?:greater|less|differs|größer|kleiner|abweicht)$/.test(low),
    )
  )
    return true;
  if (
    clause.tokens.some(
      ({ low }, i) =>
        /(?:er|more|less)$/.test(low) && ['than', 'als'].includes(clause.tokens[i + 1]?.low ?? ''),
    )
  )
    return true;
  // "Plank too thick", "Brett zu dick"
  if (clause.verb === '' && clause.tokens.length >= 3 && EXCESS.has(clause.tokens.at(-2)?.low ?? ''))
    return clause.tokens.at(-2)?.low === 'too' || /^\p{Ll}/u.test(clause.tokens.at(-1)?.text ?? '');
  // "Order after 8 o'clock": a measure.
  if (
    clause.verb === '' &&
    clause.tokens.some(({ low }, i) => i > 0 && MEASURES.has(low) && clause.tokens[i + 1]?.kind === 'number')
  )
    return true;
  if (clause.verb === '' && clause.tokens[0]?.low === 'too') return true;
  if (clause.verb === '' && clause.tokens.length <= 4 && STATES.test(clause.tokens.at(-1)?.low ?? ''))
    return true;
  if (
    clause.verb === '' &&
    clause.tokens.length === 1 &&
    (/^\p{Ll}{3,}(?:ed|en|t)$/u.test(clause.tokens[0]?.text ?? '') ||
      (lexicon.language === 'en' && isEnglishParticiple(clause.tokens[0]?.low ?? '')))
  )
    return true;
  if (clause.verb === '')
    return (
      clause.tokens.length > 1 &&
      clause.tokens.some(
        ({ low }, i) =>
          i > 0 &&
          (lexicon.language === 'en' ? isEnglishParticiple(low) : /(?:ed|en|t)$/.test(low)) &&
          clause.tokens.length <= 4 &&
          /^\p{Ll}/u.test(clause.tokens[i]?.text ?? ''),
      ) &&
      !lexicon.place.test(headOf(clause.tokens, lexicon))
    );
  if (
    /^(?:belong|fit|match|exist|contain|exceed|gehören|passen|enthalten|überschreiten|vorliegen)$/.test(
      clause.verb,
    )
  )
    return true;
  return (
    clause.state ||
    (clause.subject.length > 0 &&
      kindOf(clause.subject, context) === 'thing' &&
      (clause.passive || /^(?:run|time|sell)$/.test(clause.verb)) &&
      clause.rest.every((token) => token.kind === 'word'))
  );
}

const LACKS = /^(?:empty|full|busy|late|low|offline|absent|occupied)$/;

/** "When the account has been suspended": done, but not to everybody. */
const isFailure = ({ word, passive, tokens }: Clause, { lexicon }: Context): boolean =>
  /^(?:when|whenever)$/.test(word) && passive && lexicon.bad.test(tokens.at(-1)?.low ?? '');

/** "When the dose exceeds the limit": no act, so it need not happen. */
export function isContingent(clause: Clause, context: Context): boolean {
  if (
    clause.tokens.length === 0 ||
    (clause.perfect && !isFailure(clause, context)) ||
    !context.started ||
    /^(?:after|before|bevor)$/.test(clause.word) ||
    clause.word === 'nachdem'
  )
    return false;
  const { lexicon } = context;
  // "When it is larger than 5 MB": not always.
  const compares = clause.tokens.some(
    ({ low }, i) =>
      i > 0 &&
      ['than', 'als'].includes(low) &&
      /(?:er|more|less|mehr|weniger)$/.test(clause.tokens[i - 1]?.low ?? ''),
  );
  if (/^(?:when|whenever|wenn)$/.test(clause.word) && clause.state && compares) return true;
  if (
    /^(?:when|whenever|wenn)$/.test(clause.word) &&
    clause.state &&
    /^(?:something|anything|nothing|somebody|someone|nobody|etwas|jemand|niemand)$/.test(
      clause.subject[0]?.low ?? '',
    )
  )
    return true;
  if (/^(?:when|whenever)$/.test(clause.word) && clause.state && LACKS.test(clause.rest.at(-1)?.low ?? ''))
    return true;
  const acts = kindOf(clause.subject, context) === 'person' && !clause.state && !clause.passive;
  const bad = clause.tokens.some(
    ({ low }, i) =>
      lexicon.bad.test(low) &&
      !(acts && /e[nmrs]?$/.test(low) && /^\p{Lu}/u.test(clause.tokens[i + 1]?.text ?? '')),
  );
  if (bad) return true;
  return (
    /^(?:when|whenever)$/.test(clause.word) &&
    !clause.state &&
    !clause.passive &&
    clause.rest.length > 0 &&
    kindOf(clause.subject, context) === 'thing' &&
    !lexicon.show.has(clause.verb) &&
    !lexicon.open.has(clause.verb)
  );
}
