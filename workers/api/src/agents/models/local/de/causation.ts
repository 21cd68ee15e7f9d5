import { isMark, type Token, wordToken } from '../text/tokens.ts';

const CAUSERS =
  /^(?:gebeten|aufgefordert|angewiesen|eingeladen|ermutigt|verpflichtet|bittet|bitten|fordert|fordern|empfohlen)$/;

/** "wird gebeten, den Router neu zu starten": what is asked for is the step (ANNOTATION 2.5). */
export function withoutCauser(tokens: readonly Token[]): Token[] {
  const at = tokens.findIndex(({ low }) => CAUSERS.test(low));
  if (at < 0) return [...tokens];
  const comma = tokens.findIndex((token, i) => i > at && isMark(token, ','));
  const last = tokens.at(-1);
  if (comma < 0 || comma - at > 5 || !last) return [...tokens];
  const zu = tokens.at(-2)?.low === 'zu';
  const bare = zu ? last.low : last.low.replace(/^(\p{L}{2,7}?)zu(?=\p{L}{3,}n$)/u, '$1');
  if (!zu && bare === last.low) return [...tokens];
  const subject = tokens.find(({ low }) => ['sie', 'er', 'ich', 'wir'].includes(low)) ?? wordToken('sie');
  return [subject, wordToken('muss'), ...tokens.slice(comma + 1, zu ? -2 : -1), wordToken(bare)];
}
