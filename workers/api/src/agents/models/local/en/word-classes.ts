import type { Token } from '../text/tokens.ts';
import { ADVERBS, BE, DETERMINERS, DO, HAVE, MODALS, NEGATIONS, PREPOSITIONS, PRONOUNS } from './words.ts';

/** What an English word can be by itself, whatever stands around it. */

export const isModal = (low: string): boolean => MODALS.has(low);
export const isAux = (low: string): boolean => BE.has(low) || HAVE.has(low) || DO.has(low) || isModal(low);

export const SUBJECT_PRONOUNS: ReadonlySet<string> = new Set(['he', 'she', 'they', 'we', 'i', 'you', 'it']);

/** Words that may stand between a subject and its verb. */
export const skippable = (token: Token): boolean =>
  ADVERBS.has(token.low) || token.low === 'not' || token.low === 'please';

/** A word that can be the last of a noun phrase. */
export function nominal(token: Token | undefined): boolean {
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

/** Whether a word begins a new phrase, so that the one before it is complete. */
export const opensPhrase = (token: Token | undefined): boolean =>
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

export const plural = (low: string): boolean =>
  /[^sui']s$/.test(low) || low === 'people' || low === 'staff' || low === 'children';
