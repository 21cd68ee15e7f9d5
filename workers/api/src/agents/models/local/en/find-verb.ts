import type { Token } from '../text/tokens.ts';
import { guessVerb } from './guess-verb.ts';
import { findListedVerb } from './listed-verb.ts';
import { skippable } from './word-classes.ts';

/**
 * Where the finite verb of a clause stands; -1 without one. Verbs that are in no list count only where no listed one does.
 * @param bare whether a clause may begin with a base form (imperatives, and after "can", "we", "they").
 */
export function findVerb(tokens: readonly Token[], bare: boolean): number {
  const start = tokens.findIndex((token) => !skippable(token));
  const first = start < 0 ? tokens.length : start;
  const listed = findListedVerb(tokens, first, bare);
  return listed >= 0 ? listed : guessVerb(tokens, first);
}
