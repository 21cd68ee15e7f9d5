import type { Token } from './text/tokens.ts';

/** Where a clause says that the flow goes on (ANNOTATION 5.2). */
export interface Jump {
  /** Words of the step named; empty if the text names none. */
  readonly words: string;
  /** Number or letter of the list item named, or `first`. */
  readonly number?: string;
  /** To a step that comes later in the text. */
  readonly forward: boolean;
  readonly again: boolean;
}

/** A jump to something that has been told before. */
export const backTo = (words: string, number?: string): Jump => ({
  words,
  ...(number !== undefined && { number }),
  forward: false,
  again: true,
});

/** A jump to the step that `words` name, which a number alone can do too. */
export const backToTarget = (words: string, number: RegExp): Jump => {
  const step = number.exec(words)?.[1];
  return step === undefined ? backTo(words) : backTo('', step);
};

/** The number that stands behind a word for a list item: "step 3b". */
export function stepNumber(
  tokens: readonly Token[],
  nouns: ReadonlySet<string>,
  number: RegExp,
): string | undefined {
  const at = tokens.findIndex(({ low }) => nouns.has(low));
  const next = at >= 0 ? tokens[at + 1] : undefined;
  return next && number.test(next.text) ? next.text.toLowerCase() : undefined;
}
