import { type Context, nounPhrase, textOf } from '../meaning/context.ts';
import type { StepDraft } from '../meaning/statement.ts';
import { draftOf } from '../meaning/steps/draft.ts';
import type { Grammar } from './grammar.ts';

/** "Given she is on the start page": the place where the story begins (ANNOTATION.md, 2.9). */
export function givenPlace(sentence: string, grammar: Grammar, { lexicon }: Context): StepDraft | null {
  if (!/^(?:given|angenommen|gegeben)(?!\p{L})/iu.test(sentence)) return null;
  const tokens = grammar.tokensOf(sentence);
  const at = tokens.findIndex(({ low }) => /^(?:on|at|in|auf|im|am)$/.test(low));
  const phrase = at < 0 ? [] : nounPhrase(tokens.slice(at + 1), lexicon);
  return phrase.length > 0 && lexicon.place.test(phrase.at(-1)?.low ?? '')
    ? draftOf('screen', textOf(phrase), null)
    : null;
}
