import type { Modal } from '../clause.ts';
import { lowAt, type Token, wordSet } from '../text/tokens.ts';
import { PASSIVE_CAUSERS } from './causation.ts';
import { guessBase, verbForm } from './verbs.ts';
import { ADVERBS, BE, DETERMINERS, DO, HAVE, MODALS } from './words.ts';

/** Verbs that only carry an infinitive: "needs to pay", "decides to leave" are about paying and leaving. */
const CARRIERS = wordSet(
  `need have want wish like try start begin continue decide choose opt agree go happen prefer intend plan remember forget
  refuse fail`,
);
const WANTS = wordSet('want wish like decide choose opt prefer intend plan');
/** Participles that look like the base form. */
const SAME_PARTICIPLES = wordSet('put set cut read reset shut split hit quit run');

/** The words of a predicate, read from its first auxiliary to its verb. */
export interface VerbGroup {
  /** Base form. */
  readonly verb: string;
  /** Index behind the group. */
  readonly end: number;
  readonly passive: boolean;
  readonly modal: Modal;
  readonly negated: boolean;
  readonly perfect: boolean;
  readonly state: boolean;
  /** Somebody was asked to do it. */
  readonly caused: boolean;
}

/** Whether a word behind "have" is a participle. */
const isParticiple = (low: string): boolean =>
  verbForm(low)?.form === 'past' ||
  SAME_PARTICIPLES.has(low) ||
  ['come', 'become', 'been'].includes(low) ||
  (low.endsWith('ed') && guessBase(low).form === 'past');

/** Whether "to" and an infinitive stand at `at`. */
const toInfinitive = (tokens: readonly Token[], at: number): boolean =>
  lowAt(tokens, at) === 'to' && verbForm(lowAt(tokens, at + 1))?.form === 'base';

/** The verb behind "to be": passive, progressive, or none, if what follows is an adjective or a noun. */
function afterBe(low: string): Pick<VerbGroup, 'verb' | 'passive' | 'state'> {
  const form = guessBase(low);
  const listed = verbForm(low) !== null;
  const participle =
    form.form === 'past' || SAME_PARTICIPLES.has(low) || low === 'let' || low === 'overwritten';
  if (participle && (listed || low.length > 4)) return { verb: form.base, passive: true, state: false };
  if (form.form === 'ing' && listed) return { verb: form.base, passive: false, state: false };
  return { verb: 'be', passive: false, state: true };
}

/** Reads the verb group that begins at `at`. */
export function verbGroup(tokens: readonly Token[], at: number): VerbGroup {
  let modal: Modal = null;
  let negated = false;
  let perfect = false;
  let caused = false;
  let be = false;
  let i = at;
  for (; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    const { low } = token;
    if (token.kind !== 'word') break;
    if (low === 'not' || low === 'never') {
      negated = true;
      continue;
    }
    const next = tokens[i + 1];
    if (ADVERBS.has(low) || ['both', 'either', 'all'].includes(low)) continue;
    if (MODALS.has(low)) {
      modal ??= MODALS.get(low) ?? null;
      continue;
    }
    if (BE.has(low)) {
      be = true;
      continue;
    }
    if (DO.has(low) && next && !DETERMINERS.has(next.low) && (verbForm(next.low) || next.low === 'not'))
      continue;
    if (HAVE.has(low) && next) {
      if (next.low === 'to') {
        modal ??= 'must';
        i++;
        continue;
      }
      const participle = next.low === 'not' || ADVERBS.has(next.low) ? tokens[i + 2] : next;
      if (participle && isParticiple(participle.low)) {
        perfect = true;
        continue;
      }
    }
    if (['able', 'going', 'about'].includes(low) && next?.low === 'to') {
      if (low === 'able') modal ??= 'can';
      be = false;
      i++;
      continue;
    }
    const listed = verbForm(low);
    if (be) {
      if (listed?.form === 'past' && PASSIVE_CAUSERS.has(listed.base) && toInfinitive(tokens, i + 1)) {
        modal ??= 'must';
        caused = true;
        be = false;
        i++;
        continue;
      }
      const found = afterBe(low);
      return { ...found, end: found.state ? i : i + 1, modal, negated, perfect, caused };
    }
    const { base } = guessBase(low);
    if (CARRIERS.has(base) && toInfinitive(tokens, i + 1) && !DETERMINERS.has(lowAt(tokens, i + 2))) {
      if (WANTS.has(base)) modal = 'want';
      else if (base === 'need' || base === 'have') modal ??= 'must';
      if (base === 'refuse' || base === 'fail') negated = !negated;
      i++;
      continue;
    }
    const gotten =
      base === 'get' &&
      next &&
      (verbForm(next.low)?.form === 'past' ||
        (next.low.endsWith('ed') && guessBase(next.low).form === 'past'));
    if (gotten)
      return {
        verb: guessBase(next.low).base,
        end: i + 2,
        passive: true,
        state: false,
        modal,
        negated,
        perfect,
        caused,
      };
    // A bare participle: "refunded", coordinated with a passive, or "slot taken".
    const passive = listed?.form === 'past' && listed.base !== low && !modal && !perfect && i === at;
    return { verb: base, end: i + 1, passive, state: false, modal, negated, perfect, caused };
  }
  const verb = be ? 'be' : HAVE.has(lowAt(tokens, at)) ? 'have' : '';
  return { verb, end: i, passive: false, state: be, modal, negated, perfect, caused };
}
