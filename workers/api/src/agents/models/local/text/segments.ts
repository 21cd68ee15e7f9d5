import { type Token, wordToken } from './tokens.ts';

/** Words between two commas or conjunctions, and what separates them from those before. */
export interface Segment {
  readonly sep: 'comma' | 'and' | 'or' | 'but' | 'none';
  /** Whether a comma stands there, alone or before a conjunction. */
  readonly comma: boolean;
  readonly tokens: Token[];
}

/** A language's words for the separators that mean something inside a clause. */
export type Conjunctions = Readonly<Partial<Record<Segment['sep'], string>>>;

/** The separator ahead of a segment as words again, for a segment that belongs to the clause before it. */
export function separatorOf({ comma, sep }: Segment, conjunctions: Conjunctions): Token[] {
  const word = conjunctions[sep];
  return [
    ...(comma ? [{ text: ',', low: ',', kind: 'mark' as const }] : []),
    ...(word === undefined ? [] : [wordToken(word)]),
  ];
}
