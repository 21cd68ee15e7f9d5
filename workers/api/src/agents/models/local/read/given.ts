import { type Context, nounPhrase, textOf } from '../meaning/context.ts';
import type { StepDraft } from '../meaning/statement.ts';
import { draftOf } from '../meaning/steps/draft.ts';
import type { Grammar } from './grammar.ts';

/** The place, and what the sentence goes on with. */
interface Given {
  readonly draft: StepDraft;
  readonly rest: string;
}

const GIVEN = /^(?:given|angenommen|gegeben)(?!\p{L}):?([^,:]*)(?:[,:]\s+(.*))?$/isu;

/**
 * "Given she is on the start page", "Given the start page, she …", "Gegeben: …": where the story begins
 * (ANNOTATION.md, 2.9).
 */
export function givenPlace(sentence: string, grammar: Grammar, { lexicon }: Context): Given | null {
  const [, words, rest = ''] = GIVEN.exec(sentence) ?? [];
  if (words === undefined) return null;
  const tokens = grammar.tokensOf(words);
  const at = tokens.findIndex(({ low }) => /^(?:on|at|in|auf|im|am)$/.test(low));
  const from = at < 0 ? tokens.findIndex(({ low }) => /^(?:ist|is)$/.test(low)) : at;
  const isNamed = from >= 0 || lexicon.articles.has(tokens[0]?.low ?? '');
  const phrase = isNamed ? nounPhrase(tokens.slice(from + 1), lexicon) : [];
  const head = phrase.findLast(({ kind }) => kind === 'word');
  return head !== undefined && lexicon.place.test(head.low)
    ? { draft: draftOf('screen', textOf(phrase), null), rest }
    : null;
}
