import { isMark, lowAt, startsWith, type Token, wordToken } from '../text/tokens.ts';

/** "bei Ja löschen wir …" reads "wenn ja, löschen wir …". */
export function reworded(tokens: readonly Token[]): Token[] {
  return tokens
    .filter((_, i) => ![0, 1, 2].some((back) => startsWith(tokens, ['so', 'oder', 'so'], i - back)))
    .flatMap((token, i, tokens): Token[] => {
      const answer = /^(?:ja|nein)$/.test(lowAt(tokens, i + 1));
      if (token.low === 'bei' && answer) return [wordToken('wenn')];
      return i > 0 &&
        tokens[i - 1]?.low === 'bei' &&
        /^(?:ja|nein)$/.test(token.low) &&
        !isMark(tokens[i + 1], ',')
        ? [token, { text: ',', low: ',', kind: 'mark' }]
        : [token];
    });
}
