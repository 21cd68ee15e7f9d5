import type { Link } from '../clause.ts';
import { isMark, type Token } from './tokens.ts';

/** Words between two marks that always separate. */
export interface Chunk {
  link: Link;
  tokens: Token[];
  question?: boolean;
}

/** "yes -> A, no -> B": the answer belongs to the arrow behind it. */
const answerAtEnd = (tokens: readonly Token[]): Token | null => {
  const last = tokens.at(-1);
  const isAnswer =
    tokens.length > 2 && isMark(tokens.at(-2), ',') && /^(?:yes|no|ja|nein)$/.test(last?.low ?? '');
  return isAnswer && last ? last : null;
};

/** Cuts at marks that always separate: semicolon, colon, arrow, equals sign, dash, brackets. */
export function chunksOf(tokens: readonly Token[]): Chunk[] {
  const chunks: Chunk[] = [];
  const asides: Chunk[] = [];
  let current: Chunk = { link: 'first', tokens: [] };
  const close = (link: Link): void => {
    if (current.tokens.length > 0) chunks.push(current, ...asides);
    else chunks.push(...asides);
    asides.length = 0;
    current = { link: current.tokens.length > 0 || link !== 'semicolon' ? link : current.link, tokens: [] };
  };
  // Brackets that never close must not be searched for again and again.
  const lastClosing = tokens.findLastIndex((token) => isMark(token, ')'));
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    if (isMark(token, '(') && i < lastClosing) {
      let end = i + 1;
      while (!isMark(tokens[end], ')')) end++;
      asides.push({ link: 'aside', tokens: tokens.slice(i + 1, end) });
      i = end;
      // "takes another (back to the payment) or …": the aside belongs to what stands before it.
      if (['oder', 'or'].includes(tokens[i + 1]?.low ?? '') && current.tokens.length > 0) {
        close('or');
        i++;
      }
      continue;
    }
    if (token.kind === 'arrow') {
      const answer = answerAtEnd(current.tokens);
      if (answer) {
        current.tokens.splice(-2);
        close('semicolon');
        current.tokens.push(answer);
      }
      close('arrow');
    } else if (isMark(token, ';')) close('semicolon');
    else if (isMark(token, ':')) close('colon');
    else if (isMark(token, '–', '—') || (isMark(token, '-') && i > 0)) close('semicolon');
    else if (isMark(token, '=')) close('equals');
    else if (isMark(token, '?')) {
      current.question = true;
      close('arrow');
    } else if (isMark(token, '.', '!', '…', '(', ')', '*', '_', '`')) continue;
    else current.tokens.push(token);
  }
  close('first');
  return withoutEqualities(chunks);
}

/** "Reason = too expensive?", "code = wrong -> …": an equals sign inside a condition stands for "is". */
function withoutEqualities(chunks: readonly Chunk[]): Chunk[] {
  const out: Chunk[] = [];
  for (const [i, chunk] of chunks.entries()) {
    const before = out.at(-1);
    const asks = chunk.question === true || chunks[i + 1]?.link === 'arrow';
    const isEquality =
      chunk.link === 'equals' &&
      asks &&
      before !== undefined &&
      before.question !== true &&
      before.tokens.length <= 3 &&
      chunk.tokens.length <= 4;
    if (isEquality)
      out[out.length - 1] = { ...chunk, link: before.link, tokens: [...before.tokens, ...chunk.tokens] };
    else out.push(chunk);
  }
  return out;
}
