import type { Link } from '../clause.ts';
import { isMark, lowAt, phraseAt, type Token } from '../text/tokens.ts';
import { findVerb } from './find-verb.ts';
import { secondSubject } from './second-subject.ts';
import { verbForm } from './verbs.ts';
import { ELSE, IF, LEADS, MEANWHILE, PARALLEL, REASON, UNLESS, UNTIL, WHEN, WHETHER } from './words.ts';

/** Where subordinate clauses begin: by a conjunction with a clause behind it. */

const SUBORDINATE: readonly (readonly [Link, string[][]])[] = [
  ['unless', UNLESS],
  ['whether', WHETHER],
  ['else', ELSE],
  ['if', IF],
  ['when', WHEN],
  ['until', UNTIL],
  ['meanwhile', MEANWHILE],
  ['reason', REASON],
];
/** Conjunctions that are prepositions too: "after the delivery", "before lunch", "since Monday". */
const DOUBTFUL: ReadonlySet<string> = new Set([
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

const TIME_PREPOSITIONS = new Set(['after', 'before', 'until', 'till', 'since']);
const INDEFINITE = /^(?:nothing|something|anything|nobody|somebody|someone|anyone|everything|what|no)$/;
const COUNT = /^(?:two|three|four|five|six|seven|eight|nine|ten|\d+)$/;
const COUNT_OR_ORDINAL =
  /^(?:two|three|four|five|six|seven|eight|nine|ten|\d+|second|third|fourth|fifth|tenth)$/;

export interface Conjunction {
  readonly link: Link;
  /** In tokens. */
  readonly length: number;
}

/** The conjunction that begins a clause at `at`; null if none does. */
export function subordinate(tokens: readonly Token[], at: number): Conjunction | null {
  if (phraseAt(tokens, PARALLEL, at) > 0 || phraseAt(tokens, LEADS, at) > 0) return null;
  const head = lowAt(tokens, at);
  // "…, where an engineer looks at it": the story goes on there. Ahead of everything it is a condition.
  if (head === 'where') {
    if ((at > 0 && !isMark(tokens[at - 1], ',')) || findVerb(upToComma(tokens, at + 1), false) < 0)
      return null;
    return { link: at === 0 ? 'if' : 'and', length: 1 };
  }
  for (const [link, phrases] of SUBORDINATE) {
    const length = phraseAt(tokens, phrases, at);
    if (length === 0) continue;
    if (link === 'else') {
      const behind = tokens[at + length];
      // "If not paid …" is a condition, "if not, …" is not.
      if (/^(?:if|when)$/.test(head) && behind !== undefined && !isMark(behind, ',')) continue;
      return INDEFINITE.test(lowAt(tokens, at - 1)) ? null : { link, length };
    }
    if (head === 'after' && isCounted(tokens, at + 1)) return null;
    const meant = length === 1 && DOUBTFUL.has(head) ? doubtful(link, tokens, at) : link;
    return meant && { link: meant, length };
  }
  return null;
}

/** "(after) five failed logins", "the third time": a limit, not a clause. */
const isCounted = (tokens: readonly Token[], at: number): boolean =>
  lowAt(tokens, at) === 'the'
    ? COUNT_OR_ORDINAL.test(lowAt(tokens, at + 1))
    : COUNT.test(lowAt(tokens, at)) && COUNT_OR_ORDINAL.test(lowAt(tokens, at));

/** How a clause hangs on another by a word that can be a preposition too; null if it is one. */
function doubtful(link: Link, tokens: readonly Token[], at: number): Link | null {
  const head = lowAt(tokens, at);
  const rest = upToComma(tokens, at + 1);
  const form = verbForm(lowAt(rest, 0))?.form;
  if (head === 'once' && at > 0 && rest.length < 2) return null;
  if (head === 'while' && form === 'ing') return 'reason';
  const verb = findVerb(rest, false);
  // "after three wrong codes we block": the phrase has no verb of its own.
  const second = TIME_PREPOSITIONS.has(head) ? secondSubject(rest, 1) : -1;
  if (second > 0 && findVerb(rest.slice(0, second), false) < 0) return null;
  if (head === 'should')
    return at === 0 && (verb >= 0 || rest.some((token) => verbForm(token.low))) ? link : null;
  // "Once registered, …": a participle alone carries a time clause.
  return verb >= 0 || (head === 'once' && form === 'past') ? link : null;
}

function upToComma(tokens: readonly Token[], from: number): Token[] {
  let end = from;
  while (end < tokens.length && end < from + 40 && !isMark(tokens[end], ',')) end++;
  return tokens.slice(from, end);
}
