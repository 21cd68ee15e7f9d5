import type { Token } from '../text/tokens.ts';
import { guessBase, verbForm } from './verbs.ts';
import { isModal } from './word-classes.ts';
import { BE, DETERMINERS } from './words.ts';

/** The form of a verb that continues a clause: "can open and *close*", "opens and *closes*". */
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
