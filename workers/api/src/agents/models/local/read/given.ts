import { type Context, nounPhrase, textOf } from '../meaning/context.ts';
import type { StepDraft } from '../meaning/statement.ts';
import { draftOf } from '../meaning/steps/draft.ts';
import type { Grammar } from './grammar.ts';

/** "Given she is on the start page": the place where the story begins (ANNOTATION.md, 2.9). */
export function givenPlace(sentence: string, grammar: Grammar, { lexicon }: Context): StepDraft | null {
  if (!/^(?:given|angenommen|gegeben)(?!\p{L})/iu.test(sentence)) return null;
  const tokens = grammar.tokensOf(sentence);
  const at = tokens.findIndex(({ low }) => /^(?:on|at|in|auf|im|am)$/.test(low));
  const from = at < 0 ? tokens.findIndex(({ low }) => /^(?:ist|is)$/.test(low)) : at;
  const phrase = from < 0 ? [] : nounPhrase(tokens.slice(from + 1), lexicon);
  const head = phrase.findLast(({ kind }) => kind === 'word');
  return head !== undefined && lexicon.place.test(head.low) ? draftOf('screen', textOf(phrase), null) : null;
}

/** What a sentence tells behind the place where the story begins. */
export const behindGiven = (sentence: string): string => /^[^:]*:\s+(.*)$/s.exec(sentence)?.[1] ?? '';
