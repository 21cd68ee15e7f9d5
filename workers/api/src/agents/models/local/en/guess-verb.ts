import { isWord, type Token } from '../text/tokens.ts';
import { laterVerb } from './listed-verb.ts';
import { afterRelative } from './relative-clause.ts';
import { guessBase, verbForm } from './verbs.ts';
import { nominal, opensPhrase, plural, SUBJECT_PRONOUNS } from './word-classes.ts';
import { ADVERBS, DETERMINERS, PREPOSITIONS, PRONOUNS } from './words.ts';

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

/** Nouns of those who act. */
const AGENTIVE =
  /(?:.{2,}(?:er|or|ee|ist|ant|ian)|client|agent|patient|student|guest|host|system|app|bot|staff|admin|driver)$/;

/** A third person singular that is in no list: by its ending and by what stands around it. */
function unlistedVerb(tokens: readonly Token[], first: number): number {
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
    // "the lock beeps"
    if (i > first && alone && next === undefined && DETERMINERS.has(tokens[i - 2]?.low ?? '')) return i;
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
  return -1;
}

/** A participle without its auxiliary: "tickets sold out", "slot taken in the meantime". */
function bareParticiple(tokens: readonly Token[], first: number): number {
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

/**
 * Where the finite verb of a clause without a listed verb stands; -1 without one.
 * @param first index of the first word that is no adverb.
 */
export function guessVerb(tokens: readonly Token[], first: number): number {
  const at = unlistedVerb(tokens, first);
  return at >= 0 ? at : bareParticiple(tokens, first);
}
