import type { Link } from '../clause.ts';
import { isMark, lowAt, trimEnd, type Token } from '../text/tokens.ts';
import { leadsToNoun, phraseEnd } from './noun-phrase.ts';
import * as w from './words.ts';

/** What belongs to the verb, reduced to what a title keeps: the object and a needed complement (ANNOTATION 3.1, 3.2). */

/** Adverbs that carry a meaning of their own. */
const KEPT_ADVERBS = new Set([
  'automatisch',
  'zurück',
  'weiter',
  'manuell',
  'online',
  'rechtzeitig',
  'nicht',
]);
const TIME_UNIT = /^(?:minuten?|stunden?|tage?n?|wochen?|monate?n?|sekunden?|jahre?n?)$/;
const TIME_PREPOSITIONS = new Set(['nach', 'vor', 'seit', 'während', 'innerhalb', 'binnen', 'bis']);
const UNIT_PREPOSITIONS = new Set(['nach', 'vor', 'seit', 'binnen', 'innerhalb']);

/** "von der Bank" in a passive: who acts, and what is left. */
export function takeAgent(rest: readonly Token[]): { agent: Token[]; rest: readonly Token[] } {
  const at = rest.findIndex(
    ({ low }, i) => (low === 'von' || low === 'vom' || low === 'durch') && leadsToNoun(rest, i + 1),
  );
  if (at < 0) return { agent: [], rest };
  const end = phraseEnd(rest, at + 1);
  return { agent: rest.slice(at + 1, end), rest: [...rest.slice(0, at), ...rest.slice(end)] };
}

/** Without recipients that are pronouns and adverbs, and, unless the clause is a condition, without times. */
export function objectsOf(rest: readonly Token[], link: Link): Token[] {
  const words = rest.filter(
    ({ low }, i) =>
      !(w.RECIPIENTS.has(low) && !(low === 'ihr' && leadsToNoun(rest, i + 1))) &&
      !(w.ADVERBS.has(low) && !KEPT_ADVERBS.has(low)),
  );
  const timeless = ['if', 'unless', 'when'].includes(link) ? words : withoutTime(words);
  const out = trimEnd(timeless, ['und', 'oder', 'dann']);
  const start = out.findIndex((token) => !isMark(token, ','));
  return out.slice(Math.max(0, start));
}

function withoutTime(words: readonly Token[]): readonly Token[] {
  const out = withoutSpan(words);
  const at = out.findIndex(
    ({ low }, i) =>
      i > 0 &&
      TIME_PREPOSITIONS.has(low) &&
      /^(?:\d.*|einer|einem|eine|zwei|drei|dem|der|wenigen|kurzer)$/.test(lowAt(out, i + 1)),
  );
  return at > 0 ? out.slice(0, at) : out;
}

/** Without "nach zwei Tagen" and, unless it opens the clause, what stands behind it. */
function withoutSpan(words: readonly Token[]): readonly Token[] {
  const at = words.findIndex(
    ({ low }, i) =>
      UNIT_PREPOSITIONS.has(low) && words.slice(i + 1, i + 4).some((word) => TIME_UNIT.test(word.low)),
  );
  if (at < 0) return words;
  if (at > 0) return words.slice(0, at);
  // What stands behind the time still belongs to the verb: "binnen 5 Tagen Stellung nehmen".
  const unit = words.findIndex(({ low }, i) => i > at && TIME_UNIT.test(low));
  const behind = words.slice(unit + 1);
  return w.PREPOSITIONS.has(lowAt(behind, 0)) ? [] : behind;
}
