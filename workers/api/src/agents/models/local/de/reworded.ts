import { isMark, lowAt, phraseAt, phrases, type Token, wordToken } from '../text/tokens.ts';

const MEANWHILE = phrases('während gleichzeitig|während zugleich|während parallel');

/** "…, während gleichzeitig die Liste gedruckt wird" tells a step of its own (ANNOTATION 5.6): "und gleichzeitig wird …". */
function withoutMeanwhile(tokens: readonly Token[]): readonly Token[] {
  const at = tokens.findIndex((token, i) => isMark(token, ',') && phraseAt(tokens, MEANWHILE, i + 1) > 0);
  const end = tokens.at(-1)?.kind === 'mark' ? tokens.length - 1 : tokens.length;
  const finite = tokens[end - 1];
  const clause = tokens.slice(at + 3, end - 1);
  if (at < 0 || !finite || clause.some((token) => isMark(token, ','))) return tokens;
  return [
    ...tokens.slice(0, at + 1),
    wordToken('und'),
    wordToken('gleichzeitig'),
    finite,
    ...clause,
    ...tokens.slice(end),
  ];
}

/** "bei Ja löschen wir …" reads "wenn ja, löschen wir …". */
export function reworded(tokens: readonly Token[]): Token[] {
  return withoutMeanwhile(tokens).flatMap((token, i, tokens): Token[] => {
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
