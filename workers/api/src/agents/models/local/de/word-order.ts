import type { Part } from '../clause.ts';
import { lowAt, type Token } from '../text/tokens.ts';
import { isNoun } from './find-verb.ts';
import { lastNoun, leadsToNoun, phraseEnd } from './noun-phrase.ts';
import * as w from './words.ts';

/** Which words of a clause are its subject. German has its verb second in a main clause and last in others. */
export interface Order {
  readonly subject: readonly Token[];
  readonly rest: readonly Token[];
  /** A phrase ahead of the verb that is neither subject nor object. */
  readonly lead: readonly Token[];
}

/** Pronouns that can only be subjects. */
const NOMINATIVE_ONLY = new Set(['er', 'wir', 'ich', 'man', 'es', 'der']);

/**
 * The order of a main clause, by what stands before and behind its finite verb.
 * @param mayOmit whether a clause that begins with its verb may lack a subject ("und schickt den Code").
 */
export function mainOrder(
  before: readonly Token[],
  after: readonly Token[],
  finite: Token,
  mayOmit: boolean,
): Order {
  const led = isLead(before);
  if (before.length > 0 && !led && !objectFirst(before, after, finite))
    return { subject: before, rest: after, lead: [] };
  if (before.length === 0 && mayOmit && !NOMINATIVE_ONLY.has(lowAt(after, 0)))
    return { subject: [], rest: after, lead: [] };
  const { subject, rest } = subjectBehind(after);
  return led ? { subject, rest, lead: before } : { subject, rest: [...before, ...rest], lead: [] };
}

/** The subject of a clause whose verb stands before it or at the end, behind recipients and adverbs. */
export const subjectBehind = (words: readonly Token[]): Order => subjectAt(words, fillers(words));

function subjectAt(words: readonly Token[], from: number): Order {
  const end = phraseEnd(words, from);
  return { subject: words.slice(from, end), rest: [...words.slice(0, from), ...words.slice(end)], lead: [] };
}

/** Number of recipients and adverbs that stand ahead of a subject: "wird *ihm dann* …". */
function fillers(words: readonly Token[]): number {
  const at = words.findIndex(
    ({ low }, i) =>
      !['ihn', 'einander', 'nicht'].includes(low) &&
      !(w.RECIPIENTS.has(low) && low !== 'ihr') &&
      !w.ADVERBS.has(low) &&
      !(low === 'ihr' && !leadsToNoun(words, i + 1)),
  );
  return at < 0 ? words.length : at;
}

/** The order of a relative clause; its pronoun stands for the noun it speaks about. */
export function relativeOrder(part: Part, words: readonly Token[]): Order {
  const noun = part.antecedent ? lastNoun(part.antecedent) : [];
  const pronoun = lowAt(words, 0);
  const behind = words.slice(1);
  const from = fillers(behind);
  const head = lowAt(behind, from);
  const nominative = NOMINATIVE_ONLY.has(head) || (head === 'sie' && !leadsToNoun(behind, from + 1));
  const object =
    (nominative && !pronoun.startsWith('wo')) ||
    ['den', 'dem'].includes(pronoun) ||
    (['die', 'das'].includes(pronoun) &&
      phraseEnd(behind, from) > from &&
      ['der', 'die', 'das', 'ein', 'eine', 'unser', 'unsere'].includes(head));
  if (object) {
    const { subject, rest } = subjectAt(behind, from);
    return { subject, rest: [...noun, ...rest], lead: [] };
  }
  if (!pronoun.startsWith('wo')) return { subject: noun, rest: behind, lead: [] };
  // "worauf in der App ein Hinweis erscheint"
  const led = w.PREPOSITIONS.has(head) ? phraseEnd(behind, from + 1) : from;
  if (led <= from + 1) return subjectAt(behind, from);
  const unled = [...behind.slice(0, from), ...behind.slice(led)];
  return { ...subjectAt(unled, from), lead: behind.slice(from, led) };
}

/** A phrase ahead of the verb that is no subject. */
function isLead(before: readonly Token[]): boolean {
  const head = before[0];
  if (head?.low === 'zu' && /^\p{Ll}+e[nrs]?$/u.test(before[1]?.text ?? '') && isNoun(before[2]))
    return false;
  return (
    head === undefined ||
    w.PREPOSITIONS.has(head.low) ||
    w.ADVERBS.has(head.low) ||
    ['dem', 'ihm', 'ihnen', 'mir', 'uns'].includes(head.low) ||
    (head.kind === 'number' && before.length < 3) ||
    ((head.kind === 'number' || w.NUMBERS.has(head.low)) &&
      /^(?:stunden?|minuten?|tage?|wochen?|monate?|jahre?|sekunden?)$/.test(lowAt(before, 1)))
  );
}

/** "Höhere Beträge prüft ein Mitarbeiter": the object stands first. */
function objectFirst(before: readonly Token[], after: readonly Token[], finite: Token): boolean {
  const next = lowAt(after, 0);
  if (['den', 'einen', 'dem', 'einem', 'keinen', 'diesen'].includes(lowAt(before, 0))) return true;
  if (['wir', 'er', 'ich', 'man'].includes(next)) return true;
  const noun = before.find((token) => isNoun(token));
  const many = !w.ARTICLES.has(lowAt(before, 0)) && /(?:en|e|s)$/.test(noun?.low ?? '') && before.length > 1;
  return (
    many && finite.low.endsWith('t') && ['ein', 'eine', 'der', 'die', 'das', 'unser', 'unsere'].includes(next)
  );
}
