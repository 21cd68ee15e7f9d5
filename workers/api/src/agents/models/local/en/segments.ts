import type { Link } from '../clause.ts';
import type { Segment } from '../text/segments.ts';
import { isMark, lowAt, phraseAt, type Token } from '../text/tokens.ts';
import { subordinate } from './subordinate.ts';
import { OPTIONAL } from './words.ts';

/** A segment of an English sentence, which a conjunction without comma can begin too. */
export interface EnglishSegment extends Segment {
  /** What its subordinating conjunction means; null without one. */
  readonly link: Link | null;
  readonly word: string;
}

const isConjunction = (low: string): low is 'and' | 'or' | 'but' =>
  low === 'and' || low === 'or' || low === 'but';

/** Whether a wish such as "if they want" stands by itself at `at`, as an adverb would. */
function isLoneWish(tokens: readonly Token[], at: number): boolean {
  const wish = phraseAt(tokens, OPTIONAL, at);
  const behind = tokens[at + wish];
  return wish > 0 && (behind === undefined || behind.kind === 'mark' || isConjunction(behind.low));
}

/** Cuts at commas, coordinating conjunctions and their signs, and where a subordinate clause begins. */
export function segmentsOf(tokens: readonly Token[]): EnglishSegment[] {
  const segments: EnglishSegment[] = [];
  let current: EnglishSegment = { sep: 'none', comma: false, link: null, word: '', tokens: [] };
  const close = (): void => {
    if (current.tokens.length > 0 || current.link) segments.push(current);
  };
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    const comma = isMark(token, ',');
    let at = comma ? i + 1 : i;
    let sep: Segment['sep'] | null = comma ? 'comma' : null;
    // "and, unless it is off, sends …": the comma only sets the condition off.
    if (comma && current.tokens.length === 0 && current.link === null && isConjunction(current.sep))
      sep = current.sep;
    const low = lowAt(tokens, at);
    if (isConjunction(low)) {
      sep = low;
      at++;
    }
    if (sep === null && isMark(tokens[at], '+', '&', '/')) {
      sep = isMark(tokens[at], '/') ? 'or' : 'and';
      at++;
    }
    let sub = isLoneWish(tokens, at) ? null : subordinate(tokens, at);
    if (sub?.link === 'else' && sep === 'or') sep = 'none';
    // "only if it fits" and "check whether it fits" begin a clause without a mark, "as soon as" inside a phrase does not.
    if (sep === null && sub && sub.link !== 'if' && ['of', 'as', 'and'].includes(lowAt(tokens, i - 1)))
      sub = null;
    if (sep === null && !sub) {
      current.tokens.push(token);
      continue;
    }
    close();
    current = {
      sep: sep ?? 'none',
      comma,
      link: sub?.link ?? null,
      word: sub ? lowAt(tokens, at) : '',
      tokens: [],
    };
    i = at + (sub?.length ?? 0) - 1;
  }
  close();
  return segments;
}
