import type { Segment } from '../text/segments.ts';
import { isMark, lowAt, type Token } from '../text/tokens.ts';

const CONJUNCTIONS: ReadonlyMap<string, Segment['sep']> = new Map([
  ['und', 'and'],
  ['sowie', 'and'],
  ['u', 'and'],
  ['oder', 'or'],
  ['beziehungsweise', 'or'],
  ['bzw.', 'or'],
  ['aber', 'but'],
  ['sondern', 'but'],
]);

const signOf = (token: Token | undefined): Segment['sep'] | undefined =>
  isMark(token, '+', '&') ? 'and' : isMark(token, '/') ? 'or' : undefined;

/** Cuts at commas, which German sets before every subordinate clause, and at coordinating conjunctions and their signs. */
export function segmentsOf(tokens: readonly Token[]): Segment[] {
  const segments: Segment[] = [];
  let current: Segment = { sep: 'none', comma: false, tokens: [] };
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    const comma = isMark(token, ',');
    const at = comma ? i + 1 : i;
    const conjunction = CONJUNCTIONS.get(lowAt(tokens, at)) ?? signOf(tokens[at]);
    // "so oder so", "nach und nach": one phrase.
    const isPair = !comma && i > 0 && lowAt(tokens, i - 1) === lowAt(tokens, i + 1);
    if ((!comma && !conjunction) || isPair) {
      current.tokens.push(token);
      continue;
    }
    if (current.tokens.length > 0) segments.push(current);
    current = { sep: conjunction ?? 'comma', comma, tokens: [] };
    i = conjunction ? at : at - 1;
  }
  if (current.tokens.length > 0) segments.push(current);
  return segments;
}
