import { type Clause, type Part } from '../clause.ts';
import { lowAt, type Token } from '../text/tokens.ts';
import { endsInInfinitive } from './find-verb.ts';
import { phraseEnd } from './noun-phrase.ts';
import { objectsOf } from './objects.ts';
import { isVerbal } from './predicate.ts';
import { fromParticiple, infinitive } from './verbs.ts';
import * as w from './words.ts';

/**
 * A clause without finite verb that ends in an infinitive or participle: notes ("Gutschein einlösen"), and the second of
 * two acts that share an auxiliary ("wird A gemeldet und B abgebrochen").
 * @param clause the clause as far as it is known.
 */
export function verbLastClause(tokens: readonly Token[], clause: Clause, part: Part): Clause {
  const last = tokens.at(-1) as Token;
  if (w.PREPOSITIONS.has(lowAt(tokens, 0)) && tokens.length > 3) {
    const end = phraseEnd(tokens, 1);
    if (end > 1 && (w.ARTICLES.has(lowAt(tokens, end)) || w.ADVERBS.has(lowAt(tokens, end))))
      return verbLastClause(tokens.slice(end), { ...clause, lead: tokens.slice(0, end) }, part);
  }
  const helper = tokens.at(-2);
  if (last.low === 'lassen' && helper && isVerbal(helper))
    return { ...clause, verb: `${helper.low} lassen`, rest: objectsOf(tokens.slice(0, -2), part.link) };
  const isInfinitive =
    part.shares === 'infinitive' ||
    (endsInInfinitive(tokens) && !/^ge|.ge/.test(last.low) && part.shares !== 'participle');
  const participle = isInfinitive ? null : fromParticiple(last.low);
  const words = tokens.slice(0, -1);
  const end = participle ? phraseEnd(words, 0) : 0;
  return {
    ...clause,
    subject: words.slice(0, end),
    verb: participle ?? infinitive(last.low),
    rest: objectsOf(words.slice(end), part.link),
    passive: participle !== null,
    negated: tokens.some(({ low }) => w.NEGATIONS.has(low)),
    perfect: participle !== null,
  };
}
