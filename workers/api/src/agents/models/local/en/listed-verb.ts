import { isWord, lowAt, type Token } from '../text/tokens.ts';
import { afterRelative } from './relative-clause.ts';
import { NOUN_TOO, verbForm } from './verbs.ts';
import { isAux, nominal, opensPhrase, plural, skippable, SUBJECT_PRONOUNS } from './word-classes.ts';
import { DETERMINERS, PREPOSITIONS, PRONOUNS } from './words.ts';

/** Nouns and pronouns without an ending that take a plural verb. */
const PLURAL_SUBJECTS = new Set([
  'they',
  'we',
  'you',
  'i',
  'people',
  'who',
  'staff',
  'team',
  'everybody',
  'those',
  'others',
  'both',
  'police',
]);

/** Verbs of operating an interface: in front of a noun they are verbs. */
const UI_VERBS = new Set([
  'open',
  'view',
  'visit',
  'pick',
  'select',
  'choose',
  'enter',
  'click',
  'tap',
  'press',
  'show',
  'type',
  'fill',
  'check',
  'change',
  'send',
  'buy',
  'book',
  'pay',
  'print',
  'upload',
  'call',
  'complete',
  'confirm',
  'hit',
]);

/** A title such as "Order form" is no order to order. */
const PLACE_NAME = /^(?:page|screen|form|dialog|list|overview|view|dashboard|menu|window|chooser|room|map)$/;
const MESSAGES = new Set(['hint', 'note', 'message', 'notice', 'text', 'mail', 'email']);
/** Particles and prepositions that belong to the verb before them. */
const VERB_PARTICLES = new Set(['back', 'in', 'up', 'out', 'off', 'to', 'for', 'down', 'over']);

/** Words that only a noun follows. */
const DESCRIBES = /^(?:further|more|new|other|additional|missing|same|different)$/;

/** Whether something finite that is no doubtful noun stands behind `at`. */
export function laterVerb(tokens: readonly Token[], at: number): boolean {
  for (let i = at + 1; i < tokens.length; i++) {
    const token = tokens[i];
    if (!isWord(token)) continue;
    if (isAux(token.low) && token.low !== 'do') return true;
    const form = verbForm(token.low);
    if (form?.form === 's' && !NOUN_TOO.has(form.base) && nominal(tokens[i - 1])) return true;
    if (
      form?.form === 's' &&
      i > at + 1 &&
      !DESCRIBES.test(lowAt(tokens, i - 1)) &&
      nominal(tokens[i - 1]) &&
      opensPhrase(tokens[i + 1])
    )
      return true;
  }
  return false;
}

/** A plural subject's verb behind `at`: "people who want to add a bag select …". */
const laterBase = (tokens: readonly Token[], at: number): boolean =>
  tokens.some(
    (token, i) =>
      i > at + 1 &&
      isWord(token) &&
      verbForm(token.low)?.form === 'base' &&
      !PREPOSITIONS.has(token.low) &&
      !DETERMINERS.has(tokens[i - 1]?.low ?? '') &&
      opensPhrase(tokens[i + 1]),
  );

/** A verb form that is being weighed, and where it stands. */
interface Candidate {
  readonly tokens: readonly Token[];
  readonly at: number;
  readonly token: Token;
  readonly base: string;
  /** Index of the first word that is no adverb. */
  readonly first: number;
  /** The noun that a phrase or relative clause in between belongs to. */
  readonly head: Token | undefined;
  /** Whether the clause may begin with a base form. */
  readonly bare: boolean;
}

/** "sends": the verb, or the plural of a noun ("orders", "the order requests"). */
function isFiniteS({ tokens, at, base, first, head, bare }: Candidate): boolean {
  const previous = tokens[at - 1];
  const next = tokens[at + 1];
  const noun = NOUN_TOO.has(base);
  if (at === first) {
    if (isWord(next) && (isAux(next.low) || (noun && isCertainS(next)))) return false;
    if (next?.low === 'of') return false;
    if (
      noun &&
      (!DETERMINERS.has(next?.low ?? '') || startsThatClause(tokens, at + 1)) &&
      next?.kind !== 'quote' &&
      laterVerb(tokens, at)
    )
      return false;
    return !(noun && tokens.length === first + 1 && !bare);
  }
  if (noun && isWord(next) && (isAux(next.low) || isCertainS(next))) return false;
  // "approval for outgoing transfers": the phrase needs its noun.
  if (noun && previous?.low.endsWith('ing') && PREPOSITIONS.has(lowAt(tokens, at - 2))) return false;
  // "nothing more happens"
  if (
    /^(?:more|else|further)$/.test(previous?.low ?? '') &&
    /^(?:no|some|any|every)thing$/.test(lowAt(tokens, at - 2))
  )
    return true;
  if (head && previous && PREPOSITIONS.has(previous.low) && opensPhrase(next)) return true;
  if (nominal(previous) && !(previous?.low.endsWith("'s") ?? false))
    return !(isWord(previous) && plural(previous.low) && noun && !opensPhrase(next));
  return previous !== undefined && skippable(previous);
}

/** A third person singular that is no noun. */
function isCertainS(token: Token): boolean {
  const form = verbForm(token.low);
  return form?.form === 's' && !NOUN_TOO.has(form.base);
}

/** "that" followed by a verb: "requests that are open". */
function startsThatClause(tokens: readonly Token[], at: number): boolean {
  const verb = tokens[at + 1];
  return lowAt(tokens, at) === 'that' && isWord(verb) && (verbForm(verb.low) !== null || isAux(verb.low));
}

/** An imperative, or the verb of a subject left out: "enter the code". */
function isFiniteFirst({ tokens, at, token: { low }, bare }: Candidate): boolean {
  const next = tokens[at + 1];
  if (!bare || next?.low === 'ones') return false;
  // "by card or direct debit"
  if (low === 'direct' && !opensPhrase(next)) return false;
  // "hint that it is over"
  if (next?.low === 'that' && MESSAGES.has(low)) return false;
  if (!NOUN_TOO.has(low)) return true;
  const last = lowAt(tokens, tokens.length - 1);
  const named = isWord(next) && !opensPhrase(next) && !UI_VERBS.has(low);
  if (named && (verbForm(last)?.form === 'past' || tokens.some((other, k) => other.low === 'than' && k > at)))
    return false;
  if (named && PLACE_NAME.test(last) && tokens.length <= 4) return false;
  if (laterVerb(tokens, at)) return false;
  const phrase = isWord(next) && PREPOSITIONS.has(next.low);
  return !(phrase && low !== 'log' && low !== 'sign' && !VERB_PARTICLES.has(next.low));
}

/** "the guests pay": a base form behind a plural subject. */
function isFiniteBase({ tokens, at, token: { low }, first, head }: Candidate): boolean {
  const previous = tokens[at - 1];
  const next = tokens[at + 1];
  const subject = previous && skippable(previous) && at >= 2 ? tokens[at - 2] : previous;
  if (
    head &&
    previous?.low === 'to' &&
    /^(?:want|wish|like|prefer|wants)$/.test(lowAt(tokens, at - 2)) &&
    !laterVerb(tokens, at) &&
    !laterBase(tokens, at)
  )
    return true;
  if (!isWord(subject) && !head) return false;
  const headed =
    head !== undefined &&
    plural(head.low) &&
    previous?.low !== 'to' &&
    !DETERMINERS.has(previous?.low ?? '') &&
    opensPhrase(next);
  const many =
    headed ||
    (isWord(subject) && (PLURAL_SUBJECTS.has(subject.low) || plural(subject.low))) ||
    (nominal(subject) &&
      tokens.slice(first, at).some((word) => word.low === 'and') &&
      !PREPOSITIONS.has(lowAt(tokens, first)));
  return many && (!NOUN_TOO.has(low) || opensPhrase(next) || SUBJECT_PRONOUNS.has(subject?.low ?? ''));
}

function isFiniteVerb(candidate: Candidate, form: 'base' | 's' | 'past'): boolean {
  if (form === 's') return isFiniteS(candidate);
  const { tokens, at, first } = candidate;
  if (form === 'base') return at === first ? isFiniteFirst(candidate) : isFiniteBase(candidate);
  const previous = tokens[at - 1];
  return isWord(previous) && SUBJECT_PRONOUNS.has(previous.low);
}

/**
 * Where an auxiliary or a listed verb stands as the finite verb of a clause; -1 without one.
 * @param first index of the first word that is no adverb.
 * @param bare whether the clause may begin with a base form.
 */
export function findListedVerb(tokens: readonly Token[], first: number, bare: boolean): number {
  let head: Token | undefined;
  for (let at = first; at < tokens.length; at++) {
    const skipped = afterRelative(tokens, at);
    if (skipped > at) {
      head = tokens[at - 1];
      at = skipped - 1;
      continue;
    }
    const token = tokens[at];
    if (!isWord(token)) continue;
    const previous = tokens[at - 1];
    if (PREPOSITIONS.has(token.low) && !head && at > first) head = previous;
    const determined = previous && DETERMINERS.has(previous.low) && !PRONOUNS.has(previous.low);
    if (isAux(token.low) && !determined) return at;
    const known = verbForm(token.low);
    if (!known || known.form === 'ing') continue;
    if (isFiniteVerb({ tokens, at, token, base: known.base, first, head, bare }, known.form)) return at;
  }
  return -1;
}
