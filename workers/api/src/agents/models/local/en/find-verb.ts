import type { Token } from '../text/tokens.ts';
import { guessBase, NOUN_TOO, verbForm } from './verbs.ts';
import { ADVERBS, BE, DETERMINERS, DO, HAVE, MODALS, NEGATIONS, PREPOSITIONS, PRONOUNS } from './words.ts';

export const isModal = (low: string): boolean => MODALS.has(low);
export const isAux = (low: string): boolean => BE.has(low) || HAVE.has(low) || DO.has(low) || isModal(low);
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
const SINGULAR_PRONOUNS = new Set([
  'he',
  'she',
  'it',
  'somebody',
  'someone',
  'nobody',
  'everyone',
  'everybody',
  'anyone',
  'who',
  'which',
  'that',
  'this',
  'one',
  'nothing',
  'something',
]);
const SUBJECT_PRONOUNS = new Set(['he', 'she', 'they', 'we', 'i', 'you', 'it']);

const isWord = (token: Token | undefined): token is Token => token !== undefined && token.kind === 'word';
const skippable = (token: Token): boolean =>
  ADVERBS.has(token.low) || token.low === 'not' || token.low === 'please';

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

/** A word that can be the last of a noun phrase. */
function nominal(token: Token | undefined): boolean {
  if (!token) return false;
  if (token.kind === 'quote' || token.kind === 'number') return true;
  if (token.text === ')' || token.text === '%') return true;
  if (token.kind !== 'word') return false;
  if (PRONOUNS.has(token.low)) return true;
  return (
    !DETERMINERS.has(token.low) &&
    !PREPOSITIONS.has(token.low) &&
    !isAux(token.low) &&
    token.low !== 'and' &&
    token.low !== 'or' &&
    token.low !== 'to'
  );
}

const opensPhrase = (token: Token | undefined): boolean =>
  token === undefined ||
  token.kind !== 'word' ||
  DETERMINERS.has(token.low) ||
  PREPOSITIONS.has(token.low) ||
  PRONOUNS.has(token.low) ||
  ADVERBS.has(token.low) ||
  NEGATIONS.has(token.low) ||
  token.low === 'to' ||
  token.low === 'them' ||
  token.low === 'him' ||
  token.low === 'us' ||
  token.low === 'whether' ||
  token.low === 'if' ||
  token.low === 'and' ||
  token.low === 'or';

const plural = (low: string): boolean =>
  /[^sui']s$/.test(low) || low === 'people' || low === 'staff' || low === 'children';

/** Index after the verb group of a relative clause that begins at `at`, or `at` if none begins there. */
function afterRelative(tokens: readonly Token[], at: number): number {
  const low = tokens[at]?.low ?? '';
  if (at === 0 || !['who', 'which', 'that', 'whose'].includes(low) || !nominal(tokens[at - 1])) return at;
  const inner = tokens[at + 1];
  if (!isWord(inner)) return at;
  // "problems that the agent can't solve": its subject comes first.
  if (low === 'whose' || (low !== 'who' && (DETERMINERS.has(inner.low) || SUBJECT_PRONOUNS.has(inner.low)))) {
    for (let i = at + 2; i < Math.min(tokens.length, at + 8); i++) {
      const word = tokens[i];
      if (!isWord(word) || PREPOSITIONS.has(word.low)) return at;
      if (!isAux(word.low) && !(verbForm(word.low) && nominal(tokens[i - 1]))) continue;
      let end = i;
      while (isWord(tokens[end]) && (isAux(tokens[end]?.low ?? '') || skippable(tokens[end] as Token))) end++;
      return end + 1;
    }
    return at;
  }
  let end = at + 1;
  while (
    isWord(tokens[end]) &&
    (isAux(tokens[end]?.low ?? '') || skippable(tokens[end] as Token) || tokens[end]?.low === 'to')
  )
    end++;
  return end > at + 1 || verbForm(inner.low) || inner.low.endsWith('s') ? end + 1 : at;
}

/** Whether something finite that is no doubtful noun stands behind `at`. */
function laterVerb(tokens: readonly Token[], at: number): boolean {
  for (let i = at + 1; i < tokens.length; i++) {
    const token = tokens[i];
    if (!isWord(token)) continue;
    if (isAux(token.low) && token.low !== 'do') return true;
    const form = verbForm(token.low);
    if (form?.form === 's' && !NOUN_TOO.has(form.base) && nominal(tokens[i - 1])) return true;
    if (form?.form === 's' && i > at + 1 && nominal(tokens[i - 1]) && opensPhrase(tokens[i + 1])) return true;
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

/**
 * Where the finite verb of a clause stands; -1 without one.
 * @param bare whether a clause may begin with a base form (imperatives, and after "can", "we", "they").
 */
export function findVerb(tokens: readonly Token[], bare: boolean): number {
  let first = 0;
  let head: Token | undefined;
  while (first < tokens.length && skippable(tokens[first] as Token)) first++;
  for (let i = first; i < tokens.length; i++) {
    const skipped = afterRelative(tokens, i);
    if (skipped > i) {
      head = tokens[i - 1];
      i = skipped - 1;
      continue;
    }
    const token = tokens[i];
    if (!isWord(token)) continue;
    const { low } = token;
    const previous = tokens[i - 1];
    const next = tokens[i + 1];
    if (PREPOSITIONS.has(low) && !head && i > first) head = tokens[i - 1];
    if (isAux(low) && !(previous && DETERMINERS.has(previous.low) && !PRONOUNS.has(previous.low))) return i;
    const known = verbForm(low);
    if (!known || known.form === 'ing') continue;
    const nextVerb =
      isWord(next) &&
      (isAux(next.low) ||
        (verbForm(next.low)?.form === 's' && !NOUN_TOO.has(verbForm(next.low)?.base ?? '')));
    if (known.form === 's') {
      if (nextVerb && (NOUN_TOO.has(known.base) || (i === first && isAux(next.low)))) continue;
      if (i === first && next?.low === 'of') continue;
      if (
        i === first &&
        NOUN_TOO.has(known.base) &&
        (!DETERMINERS.has(next?.low ?? '') ||
          (next?.low === 'that' &&
            isWord(tokens[i + 2]) &&
            (verbForm(tokens[i + 2]?.low ?? '') !== null || isAux(tokens[i + 2]?.low ?? '')))) &&
        next?.kind !== 'quote' &&
        laterVerb(tokens, i)
      )
        continue;
      if (i === first && NOUN_TOO.has(known.base) && tokens.length === first + 1 && !bare) continue;
      if (i === first) return i;
      if (head && previous && PREPOSITIONS.has(previous.low) && opensPhrase(next)) return i;
      if (nominal(previous) && !(previous?.low.endsWith("'s") ?? false)) {
        if (isWord(previous) && plural(previous.low) && NOUN_TOO.has(known.base) && !opensPhrase(next))
          continue;
        return i;
      }
      if (previous && skippable(previous) && i > 0) return i;
      continue;
    }
    if (known.form === 'base') {
      if (i === first && next?.low === 'ones') continue;
      if (i === first) {
        if (!bare) continue;
        const named = NOUN_TOO.has(low) && isWord(next) && !opensPhrase(next) && !UI_VERBS.has(low);
        if (
          named &&
          (verbForm(tokens.at(-1)?.low ?? '')?.form === 'past' ||
            tokens.some((t, k) => t.low === 'than' && k > i))
        )
          continue;
        if (
          named &&
          /^(?:page|screen|form|dialog|list|overview|view|dashboard|menu|window|chooser|room|map)$/.test(
            tokens.at(-1)?.low ?? '',
          ) &&
          tokens.length <= 4
        )
          continue;
        if (NOUN_TOO.has(low) && (laterVerb(tokens, i) || (!opensPhrase(next) && next === undefined)))
          continue;
        if (
          NOUN_TOO.has(low) &&
          isWord(next) &&
          PREPOSITIONS.has(next.low) &&
          low !== 'log' &&
          low !== 'sign' &&
          !['back', 'in', 'up', 'out', 'off', 'to', 'for', 'down', 'over'].includes(next.low)
        )
          continue;
        return i;
      }
      let subject = previous;
      if (subject && skippable(subject) && i >= 2) subject = tokens[i - 2];
      if (
        head &&
        previous?.low === 'to' &&
        /^(?:want|wish|like|prefer|wants)$/.test(tokens[i - 2]?.low ?? '') &&
        !laterVerb(tokens, i) &&
        !laterBase(tokens, i)
      )
        return i;
      if (!isWord(subject) && !head) continue;
      const plurals =
        head !== undefined &&
        plural(head.low) &&
        previous?.low !== 'to' &&
        !DETERMINERS.has(previous?.low ?? '') &&
        opensPhrase(next);
      const many =
        plurals ||
        (isWord(subject) && (PLURAL_SUBJECTS.has(subject.low) || plural(subject.low))) ||
        (nominal(subject) &&
          tokens.slice(first, i).some(({ low: w }) => w === 'and') &&
          !PREPOSITIONS.has(tokens[first]?.low ?? ''));
      if (many && (!NOUN_TOO.has(low) || opensPhrase(next) || SUBJECT_PRONOUNS.has(subject?.low ?? '')))
        return i;
    }
    if (known.form === 'past' && isWord(previous) && SUBJECT_PRONOUNS.has(previous.low)) return i;
  }
  return guessVerb(tokens, first);
}

const AGENTIVE =
  /(?:.{2,}(?:er|or|ee|ist|ant|ian)|client|agent|patient|student|guest|host|system|app|bot|staff|admin|driver)$/;

/** A verb that is in no list: by its ending and by what stands around it. */
function guessVerb(tokens: readonly Token[], first: number): number {
  for (let i = first; i < tokens.length; i++) {
    const skipped = afterRelative(tokens, i);
    if (skipped > i) {
      i = skipped - 1;
      continue;
    }
    const token = tokens[i];
    if (!isWord(token) || verbForm(token.low)?.form === 'ing') continue;
    const { low } = token;
    const previous = tokens[i - 1];
    const next = tokens[i + 1];
    if (PRONOUNS.has(low) || DETERMINERS.has(low) || PREPOSITIONS.has(low) || ADVERBS.has(low)) continue;
    if (isWord(previous) && SUBJECT_PRONOUNS.has(previous.low) && !verbForm(low)) return i;
    const ending = /[^sui']s$/.test(low) && guessBase(low).form === 's';
    if (!ending || verbForm(low)) continue;
    const alone =
      isWord(previous) &&
      (SINGULAR_PRONOUNS.has(previous.low) || (nominal(previous) && !plural(previous.low)));
    // "caller dials number": notes leave the article out.
    if (
      i === first + 1 &&
      isWord(previous) &&
      AGENTIVE.test(previous.low) &&
      next !== undefined &&
      tokens.length <= 6
    )
      return i;
    if (
      i > first &&
      alone &&
      next !== undefined &&
      opensPhrase(next) &&
      !(isWord(next) && PREPOSITIONS.has(next.low) && next.low === 'of')
    )
      return i;
    if (
      i === first &&
      next !== undefined &&
      isWord(next) &&
      (DETERMINERS.has(next.low) ||
        ['it', 'them', 'him', 'her', 'to', 'into', 'for', 'with', 'at', 'on'].includes(next.low)) &&
      !laterVerb(tokens, i)
    )
      return i;
  }
  // Left out: "tickets sold out", "slot taken in the meantime".
  for (let i = first + 1; i < tokens.length; i++) {
    const token = tokens[i];
    if (!isWord(token) || !nominal(tokens[i - 1]) || DETERMINERS.has(tokens[i - 1]?.low ?? '')) continue;
    if (isWord(tokens[i - 1]) && verbForm(tokens[i - 1]?.low ?? '')?.form === 'ing') continue;
    if (
      verbForm(token.low)?.form === 'past' &&
      verbForm(token.low)?.base !== token.low &&
      opensPhrase(tokens[i + 1])
    )
      return i;
  }
  return -1;
}

export type Agreement = 'base' | 's' | 'participle';

/** What a following clause without subject of its own continues with. */
export function agreement(tokens: readonly Token[], verb: number): Agreement {
  const { low = '' } = tokens[verb] ?? {};
  const after = tokens[verb + 1]?.low === 'not' ? tokens[verb + 2] : tokens[verb + 1];
  if (isModal(low) && after?.low === 'be') return 'participle';
  if (isModal(low) || low === 'do') return 'base';
  for (let i = verb; i < Math.min(tokens.length, verb + 6); i++) {
    const token = tokens[i];
    if (
      token?.low === 'to' &&
      i > verb &&
      verbForm(tokens[i + 1]?.low ?? '')?.form === 'base' &&
      !DETERMINERS.has(tokens[i + 1]?.low ?? '')
    )
      return 'base';
  }
  if (BE.has(low)) return 'participle';
  if (low === 'let' || low === 'lets') return 'base';
  return guessBase(low).form === 'base' ? 'base' : 's';
}

/** Where a second subject with its verb begins inside a clause; -1 without one. */
export function secondSubject(tokens: readonly Token[], from: number): number {
  for (let i = from; i < tokens.length - 1; i++) {
    const token = tokens[i];
    if (!isWord(token)) continue;
    const previous = tokens[i - 1];
    if (
      isWord(previous) &&
      (PREPOSITIONS.has(previous.low) ||
        ['that', 'who', 'which', 'whether', 'and', 'or'].includes(previous.low))
    )
      continue;
    if (SUBJECT_PRONOUNS.has(token.low)) {
      let j = i + 1;
      while (j < tokens.length && skippable(tokens[j] as Token)) j++;
      const verb = tokens[j];
      if (isWord(verb) && (isAux(verb.low) || (verbForm(verb.low) && verbForm(verb.low)?.form !== 'ing')))
        return i;
    }
    if (['the', 'a', 'an', 'our', 'your', 'my', 'their', 'his'].includes(token.low)) {
      for (let j = i + 2; j < Math.min(i + 6, tokens.length); j++) {
        const verb = tokens[j];
        if (
          !isWord(verb) ||
          PREPOSITIONS.has(verb.low) ||
          DETERMINERS.has(verb.low) ||
          PRONOUNS.has(verb.low)
        )
          break;
        const form = verbForm(verb.low);
        if (
          (isAux(verb.low) ||
            (form?.form === 's' && !NOUN_TOO.has(form.base)) ||
            (form?.form === 's' && opensPhrase(tokens[j + 1]))) &&
          nominal(tokens[j - 1])
        )
          return i;
      }
    }
  }
  return -1;
}
