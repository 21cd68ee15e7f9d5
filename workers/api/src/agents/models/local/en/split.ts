import type { Link, Part } from '../clause.ts';
import { chunksOf } from '../text/chunks.ts';
import { isMark, phraseAt, type Token } from '../text/tokens.ts';
import { type Agreement, agreement } from './agreement.ts';
import { findVerb } from './find-verb.ts';
import { secondSubject } from './second-subject.ts';
import { isAux, isModal } from './word-classes.ts';
import { verbForm } from './verbs.ts';
import {
  ADVERBS,
  ELSE,
  IF,
  LEADS,
  MEANWHILE,
  OPTIONAL,
  PARALLEL,
  PREPOSITIONS,
  REASON,
  UNLESS,
  UNTIL,
  WHEN,
  WHETHER,
} from './words.ts';

interface Open {
  link: Link;
  tokens: Token[];
  listed?: boolean;
  word?: string;
  postposed?: boolean;
  antecedent?: readonly Token[];
}
interface Segment {
  sep: 'comma' | 'and' | 'or' | 'but' | 'none';
  comma: boolean;
  link: Link | null;
  word: string;
  tokens: Token[];
}

const SUBORDINATE: readonly (readonly [Link, string[][]])[] = [
  ['unless', UNLESS],
  ['whether', WHETHER],
  ['orElse', ELSE],
  ['if', IF],
  ['when', WHEN],
  ['until', UNTIL],
  ['meanwhile', MEANWHILE],
  ['reason', REASON],
];
/** Conjunctions that are prepositions too: "after the delivery", "before lunch", "since Monday". */
const DOUBTFUL = new Set([
  'after',
  'before',
  'until',
  'till',
  'since',
  'once',
  'where',
  'given',
  'while',
  'should',
]);

function subordinate(tokens: readonly Token[], at: number): { link: Link; length: number } | null {
  if (phraseAt(tokens, PARALLEL, at) > 0 || phraseAt(tokens, LEADS, at) > 0) return null;
  // "…, where an engineer looks at it": the story goes on there. Ahead of everything it is a condition.
  if (tokens[at]?.low === 'where') {
    if (at > 0 && !isMark(tokens[at - 1], ',')) return null;
    return findVerb(upToComma(tokens, at + 1), false) < 0
      ? null
      : { link: at === 0 ? 'if' : 'and', length: 1 };
  }
  for (const [link, phrases] of SUBORDINATE) {
    const length = phraseAt(tokens, phrases, at);
    if (length === 0) continue;
    if (
      link === 'orElse' &&
      /^(?:if|when)$/.test(tokens[at]?.low ?? '') &&
      tokens[at + length] !== undefined &&
      !isMark(tokens[at + length], ',')
    )
      continue;
    if (link === 'orElse')
      return /^(?:nothing|something|anything|nobody|somebody|someone|anyone|everything|what|no)$/.test(
        tokens[at - 1]?.low ?? '',
      )
        ? null
        : { link: 'else', length };
    // "after five failed logins"
    if (
      tokens[at]?.low === 'after' &&
      /^(?:the|two|three|four|five|six|seven|eight|nine|ten|\d+)$/.test(tokens[at + 1]?.low ?? '') &&
      /^(?:two|three|four|five|six|seven|eight|nine|ten|\d+|second|third|fourth|fifth|tenth)$/.test(
        tokens[at + (tokens[at + 1]?.low === 'the' ? 2 : 1)]?.low ?? '',
      )
    )
      return null;
    if (DOUBTFUL.has(tokens[at]?.low ?? '') && length === 1) {
      const rest = upToComma(tokens, at + 1);
      if (tokens[at]?.low === 'once' && at > 0 && rest.length < 2) return null;
      if (tokens[at]?.low === 'while' && verbForm(rest[0]?.low ?? '')?.form === 'ing')
        return { link: 'reason', length };
      const verb = findVerb(rest, false);
      // "after three wrong codes we block": the phrase has no verb of its own.
      const second = ['after', 'before', 'until', 'till', 'since'].includes(tokens[at]?.low ?? '')
        ? secondSubject(rest, 1)
        : -1;
      if (second > 0 && findVerb(rest.slice(0, second), false) < 0) return null;
      if (
        tokens[at]?.low === 'should' ? at > 0 || (verb < 0 && !rest.some((t) => verbForm(t.low))) : verb < 0
      ) {
        // "Once registered, …": a participle alone carries a time clause.
        if (!(['once'].includes(tokens[at]?.low ?? '') && verbForm(rest[0]?.low ?? '')?.form === 'past'))
          return null;
      }
    }
    return { link, length };
  }
  return null;
}

function upToComma(tokens: readonly Token[], from: number): Token[] {
  const end = tokens.findIndex((token, i) => i >= from && isMark(token, ','));
  return tokens.slice(from, end < 0 ? Math.min(tokens.length, from + 40) : end);
}

function segmentsOf(tokens: readonly Token[]): Segment[] {
  const segments: Segment[] = [];
  let current: Segment = { sep: 'none', comma: false, link: null, word: '', tokens: [] };
  const push = (next: Segment): void => {
    if (current.tokens.length > 0 || current.link) segments.push(current);
    current = next;
  };
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    let sep: Segment['sep'] | null = null;
    let comma = false;
    let at = i;
    if (isMark(token, ',')) {
      sep = 'comma';
      comma = true;
      at++;
    }
    // "and, unless it is off, sends …": the comma only sets the condition off.
    if (
      comma &&
      current.tokens.length === 0 &&
      current.link === null &&
      ['and', 'or', 'but'].includes(current.sep)
    )
      sep = current.sep;
    const conjunction = tokens[at]?.low;
    if (conjunction === 'and' || conjunction === 'or' || conjunction === 'but') {
      sep = conjunction;
      at++;
    }
    if (isMark(tokens[at], '+', '&', '/') && sep === null) {
      sep = isMark(tokens[at], '/') ? 'or' : 'and';
      at++;
    }
    const wish = phraseAt(tokens, OPTIONAL, at);
    const behind = tokens[at + wish];
    const sub =
      wish > 0 &&
      (behind === undefined || behind.kind === 'mark' || ['and', 'or', 'but'].includes(behind.low))
        ? null
        : subordinate(tokens, at);
    // "only if it fits" and "check whether it fits" begin a clause without a mark.
    if (sep !== null || sub) {
      if (sub?.link === 'else' && sep === 'or') sep = 'none';
      const inner =
        sub &&
        sep === null &&
        tokens[i - 1] &&
        ['of', 'as', 'and'].includes(tokens[i - 1]?.low ?? '') &&
        sub.link !== 'if'
          ? null
          : sub;
      if (sep === null && !inner) {
        current.tokens.push(token);
        continue;
      }
      push({
        sep: sep ?? 'none',
        comma,
        link: inner?.link ?? null,
        word: inner ? (tokens[at]?.low ?? '') : '',
        tokens: [],
      });
      i = at + (inner?.length ?? 0) - 1;
      continue;
    }
    current.tokens.push(token);
  }
  push({ sep: 'none', comma: false, link: null, word: '', tokens: [] });
  return segments;
}

const RELATIVE = new Set(['which', 'who', 'whom']);

/** The words between a separator and the verb that carry no subject. */
function stripAdverbs(tokens: readonly Token[]): readonly Token[] {
  let i = 0;
  while (
    i < tokens.length &&
    (ADVERBS.has(tokens[i]?.low ?? '') || ['both', 'either', 'then'].includes(tokens[i]?.low ?? ''))
  )
    i++;
  return tokens.slice(i);
}

/** The clauses of one sentence, each with its own verb or standing alone between marks. */
export function splitEnglish(tokens: readonly Token[]): Part[] {
  const parts: Part[] = [];
  for (const chunk of chunksOf(withoutWhile(withWho(tokens)))) {
    let agree: Agreement | null = 'base';
    let modal = false;
    let first = true;
    const chunkStart = parts.length;
    let open = null as Open | null;
    const close = (): void => {
      if (open && (open.tokens.length > 0 || open.link === 'else'))
        parts.push({
          ...open,
          ...(chunk.question && { question: true }),
          ...(chunk.link === 'colon' && parts.length === chunkStart && { colon: true }),
        });
      open = null;
    };
    let carried: Token[] = [];
    for (const raw of segmentsOf(chunk.tokens)) {
      // "and, in parallel, a laptop is ordered"
      const segment: Segment = carried.length > 0 ? { ...raw, tokens: [...carried, ...raw.tokens] } : raw;
      carried = [];
      if (
        segment.link === null &&
        segment.tokens.length > 0 &&
        phraseAt(segment.tokens, PARALLEL) === segment.tokens.length
      ) {
        carried = segment.tokens;
        continue;
      }
      const leadLength = phraseAt(segment.tokens, [...PARALLEL, ...LEADS]);
      const own = stripAdverbs(segment.tokens.slice(leadLength));
      const verb = findVerb(
        own,
        agree === 'base' || segment.sep === 'none' || (segment.sep === 'or' && modal),
      );
      const startsPast = verbForm(own[0]?.low ?? '')?.form === 'past' && agree === 'participle';
      const stops =
        own.length === 1 && ['end', 'done', 'stop', 'finish', 'finished', 'over'].includes(own[0]?.low ?? '');
      const has = verb >= 0 || startsPast || stops;
      if (
        verb === 0 &&
        agree === 's' &&
        !(segment.sep === 'or' && modal) &&
        segment.link === null &&
        segment.sep !== 'none' &&
        verbForm(own[0]?.low ?? '')?.form === 'base' &&
        !isAux(own[0]?.low ?? '')
      ) {
        // A base form cannot continue "she enters …": it is a noun of a list.
        open?.tokens.push(...separator(segment), ...segment.tokens);
        continue;
      }
      const relative = segment.comma && segment.link === null && RELATIVE.has(segment.tokens[0]?.low ?? '');
      const preposed =
        segment.comma && PREPOSITIONS.has(segment.tokens[0]?.low ?? '') && segment.tokens[1]?.low === 'which';
      if (segment.link !== null) {
        const before = parts.length > chunkStart || open !== null;
        close();
        const postposed =
          before &&
          segment.sep !== 'and' &&
          segment.sep !== 'but' &&
          segment.sep !== 'or' &&
          segment.link !== 'else' &&
          segment.link !== 'and';
        open = {
          link: segment.link,
          word: segment.word,
          tokens: [...segment.tokens],
          ...(postposed && { postposed }),
        };
        first = false;
      } else if (relative || preposed) {
        const antecedent: readonly Token[] = open?.tokens ?? [];
        close();
        open = { link: 'relative', tokens: [...segment.tokens], antecedent };
      } else if (first) {
        open = { link: chunk.link, tokens: [...segment.tokens] };
        first = false;
      } else if (has || open === null) {
        const opened: Open | null = open;
        const inCondition = opened !== null && ['if', 'unless', 'when', 'until'].includes(opened.link);
        const behind = opened?.postposed === true && segment.comma;
        if (opened !== null && (opened.tokens.length === 0 || isLead(opened))) {
          opened.tokens.push(...(opened.tokens.length > 0 ? separator(segment) : []), ...segment.tokens);
        } else if (
          opened !== null &&
          segment.sep === 'and' &&
          !segment.comma &&
          opened.tokens.length <= 3 &&
          ['are', 'were', 'have'].includes(own[verb]?.low ?? '') &&
          findVerb(opened.tokens, true) < 0
        ) {
          // "Name and address are entered".
          opened.tokens.push(...separator(segment), ...segment.tokens);
        } else if (opened !== null && inCondition && segment.sep !== 'comma' && !behind) {
          // "if A and B": one condition as long as no main clause has begun.
          opened.tokens.push(...separator(segment), ...segment.tokens);
        } else {
          close();
          open = {
            link: segment.sep === 'or' ? 'or' : inCondition && !behind ? 'then' : 'and',
            tokens: [...segment.tokens],
            ...(segment.sep === 'comma' && verb === 0 && !inCondition && { listed: true }),
          };
        }
      } else {
        const opened: Open = open;
        const wasCondition = ['if', 'unless', 'when'].includes(opened.link);
        if (wasCondition && segment.sep === 'comma' && findVerb(opened.tokens, true) >= 0) {
          close();
          open = { link: 'then', tokens: [...segment.tokens] };
        } else opened.tokens.push(...separator(segment), ...segment.tokens);
      }
      if (has) agree = agreement(own, startsPast ? 0 : verb);
      modal ||= has && isModal(own[verb]?.low ?? '');
      const current: Open | null = open;
      if (current && ['if', 'unless', 'when'].includes(current.link)) {
        // "If it is wrong we show …" has no comma.
        const at = findVerb(current.tokens, true);
        const cut = at < 0 ? -1 : secondSubject(current.tokens, at + 1);
        if (cut > 0) {
          const tail = current.tokens.splice(cut);
          delete current.postposed;
          close();
          open = { link: 'then', tokens: tail };
          const tailVerb = findVerb(tail, true);
          if (tailVerb >= 0) agree = agreement(tail, tailVerb);
        } else agree = 'base';
      }
    }
    close();
    if (chunk.link === 'aside')
      for (let i = chunkStart; i < parts.length; i++) parts[i] = { ...(parts[i] as Part), link: 'aside' };
    // A condition with a main clause behind it governs that one.
    for (let i = chunkStart; i < parts.length; i++) {
      const part = parts[i];
      if (part?.postposed && parts[i + 1]?.link === 'then') {
        const { postposed: _, ...rest } = part;
        parts[i] = rest;
      }
    }
  }
  return orLists(parts);
}

/** "approve it, reject it or ask": the commas mean "or" too. */
function orLists(parts: readonly Part[]): Part[] {
  const out = [...parts];
  for (let i = out.length - 1; i > 0; i--) {
    const part = out[i];
    const before = out[i - 1];
    if (part?.link === 'or' && before?.listed) out[i - 1] = { ...before, link: 'or' };
  }
  return out;
}

/** "Whoever wants it": those who want it. */
const withWho = (tokens: readonly Token[]): Token[] =>
  tokens.flatMap((token) =>
    token.low === 'whoever'
      ? [
          { ...token, text: 'those', low: 'those' },
          { ...token, text: 'who', low: 'who' },
        ]
      : [token],
  );

/** "send it while, at the same time, adding it": the second act, told in parallel. */
function withoutWhile(tokens: readonly Token[]): Token[] {
  const at = tokens.findIndex(({ low }) => low === 'while' || low === 'whilst');
  if (at < 0) return [...tokens];
  let next = at + 1;
  while (next < tokens.length && (isMark(tokens[next], ',') || phraseAt(tokens, PARALLEL, next) > 0))
    next += Math.max(1, phraseAt(tokens, PARALLEL, next));
  const form = verbForm(tokens[next]?.low ?? '');
  if (form?.form !== 'ing') return [...tokens];
  const made = ['and', 'we', 'simultaneously', form.base].map((text): Token => ({
    text,
    low: text,
    kind: 'word',
  }));
  return [...tokens.slice(0, at), ...made, ...tokens.slice(next + 1)];
}

/** "In future", "Below 50 %": a phrase ahead of the clause that follows. */
function isLead(open: { link: Link; tokens?: Token[] } | null): boolean {
  const tokens = open?.tokens ?? [];
  const head = tokens[0]?.low ?? '';
  return (
    (PREPOSITIONS.has(head) || ADVERBS.has(head) || head === 'depending') &&
    tokens.length < 10 &&
    head !== 'back' &&
    findVerb(tokens, true) < 0 &&
    !tokens.some(({ low }) => low === 'back')
  );
}

function separator(segment: Segment): Token[] {
  const tokens: Token[] = [];
  if (segment.comma) tokens.push({ text: ',', low: ',', kind: 'mark' });
  if (segment.sep === 'and' || segment.sep === 'or' || segment.sep === 'but')
    tokens.push({ text: segment.sep, low: segment.sep, kind: 'word' });
  return tokens;
}
