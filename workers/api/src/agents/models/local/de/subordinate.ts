import type { Link } from '../clause.ts';
import type { Segment } from '../text/segments.ts';
import { lowAt, phraseAt, type Token } from '../text/tokens.ts';
import { findFinal, findFinite, isNoun } from './find-verb.ts';
import { isAuxiliary } from './verbs.ts';
import * as w from './words.ts';

/** Where subordinate clauses begin: by a conjunction, by a relative pronoun, or by a verb in first place. */

const SUBORDINATE: readonly (readonly [Link, string[][]])[] = [
  ['unless', w.UNLESS],
  ['whether', w.WHETHER],
  ['else', w.ELSE],
  ['if', w.IF],
  ['meanwhile', w.MEANWHILE],
  ['when', w.WHEN],
  ['until', w.UNTIL],
  ['reason', w.REASON],
];
/** Prepositions as well as conjunctions. */
const DOUBTFUL = new Set([
  'bis',
  'während',
  'als',
  'seit',
  'um',
  'außer',
  'sowie',
  'da',
  'damit',
  'sollte',
  'denn',
  'ausgenommen',
  'was',
  'anderes',
  'solange',
]);

export interface Conjunction {
  readonly link: Link;
  /** In tokens. */
  readonly length: number;
}

/** The conjunction that begins a segment; null without one. */
export function subordinate(tokens: readonly Token[]): Conjunction | null {
  const head = lowAt(tokens, 0);
  // "Wer eine Rechnung möchte, …"
  if (head === 'wer' && tokens.length > 1 && phraseAt(tokens, w.OPTIONAL) !== tokens.length)
    return { link: 'if', length: 0 };
  if (head === 'nämlich') return { link: 'colon', length: 1 };
  for (const [link, phrases] of SUBORDINATE) {
    const length = phraseAt(tokens, phrases);
    if (length === 0) continue;
    const doubtful = length === 1 && DOUBTFUL.has(head);
    return doubtful && !opensClause(head, tokens.slice(1)) ? null : { link, length };
  }
  return null;
}

/** "einzulösen": the particle stands inside a separable verb. */
const INFIXED_ZU = new RegExp(`^(?:${w.SEPARABLE.join('|')})zu\\p{Ll}{3,}n$`, 'u');

/** Whether a clause stands behind a word that can be a preposition too. */
function opensClause(head: string, rest: readonly Token[]): boolean {
  if (head === 'außer') return true;
  if (head === 'sollte') return findFinal(rest) >= 0;
  if (head === 'um') return rest.some(({ low }) => low === 'zu' || INFIXED_ZU.test(low));
  const last = rest.at(-1);
  if (!last || findFinal(rest) !== rest.length - 1) return false;
  const finite = findFinite(rest, false);
  return finite < 0 || finite >= rest.length - 2 || isAuxiliary(last.low);
}

const RELATIVE = new Set([
  'der',
  'die',
  'das',
  'den',
  'dem',
  'deren',
  'dessen',
  'welche',
  'welcher',
  'welches',
  'welchen',
  'wobei',
  'woraufhin',
  'wo',
  'worauf',
  'womit',
  'wodurch',
  'wofür',
  'denen',
]);

/** A relative clause has its verb at the end. */
export function isRelative(tokens: readonly Token[]): boolean {
  let head = 0;
  if (w.PREPOSITIONS.has(lowAt(tokens, 0)) && tokens.length > 3) head = 1;
  const first = lowAt(tokens, head);
  if (!RELATIVE.has(first) || tokens.length < head + 2) return false;
  const last = tokens.at(-1);
  if (!last || findFinal(tokens) !== tokens.length - 1) return false;
  if (first.startsWith('wo')) return true;
  const second = tokens[head + 1];
  if (isNoun(second) && head === 0) return false;
  const finite = findFinite(tokens.slice(head + 1), false);
  if (finite === 0) return tokens.length === head + 2 || tokens.length - 1 === head + 1;
  if (
    head === 0 &&
    second &&
    /(?:e|en)$/.test(second.low) &&
    isNoun(tokens[2]) &&
    !w.ARTICLES.has(second.low)
  )
    return false;
  return (
    finite < 0 || finite + head + 1 >= tokens.length - 2 || !isAuxiliary(lowAt(tokens, finite + head + 1))
  );
}

/** The words of a segment behind what only orders it. */
export function withoutLead(tokens: readonly Token[]): readonly Token[] {
  let i = phraseAt(tokens, w.LEADS);
  while (i < tokens.length - 1 && w.ADVERBS.has(lowAt(tokens, i))) i++;
  return tokens.slice(i);
}

/** Words that may follow a verb in first place when a subject is still to come. */
const BEHIND_VERB = new Set([
  'sich',
  'gerade',
  'nicht',
  'noch',
  'es',
  'dies',
  'das',
  'schon',
  'bereits',
  'im',
  'am',
  'in',
  'an',
  'auf',
  'ihm',
  'ihr',
  'ihnen',
  'nach',
  'bei',
  'von',
  'zu',
  'auch',
]);

const INDEFINITE = new Set(['etwas', 'was', 'alles', 'nichts', 'eins', 'eines', 'einer']);

const mayBeSubject = (word: Token): boolean =>
  w.NOMINATIVE.has(word.low) ||
  INDEFINITE.has(word.low) ||
  w.RECIPIENTS.has(word.low) ||
  w.ARTICLES.has(word.low) ||
  isNoun(word) ||
  BEHIND_VERB.has(word.low) ||
  w.PREPOSITIONS.has(word.low) ||
  /(?:e|en|er|es)$/.test(word.low);

/** "Ist die Nummer unbekannt, …": a condition by its verb in first place. */
export function isInverted(
  tokens: readonly Token[],
  all: readonly Segment[],
  at: number,
  start: boolean,
  whole = false,
): boolean {
  const words = withoutLead(tokens);
  if (words.length < 2 || findFinite(words, start) !== 0) return false;
  const [verb, next, ...further] = words;
  if (!verb || !next) return false;
  if (verb.low.endsWith('e') && next.low !== 'ich' && !isAuxiliary(verb.low)) return false;
  if (w.ADVERBS.has(lowAt(tokens, 0)) || words.length < tokens.length) return false;
  // "Werden dabei Fehler gefunden, …": an adverb may stand between.
  const named = w.ADVERBS.has(next.low) ? further.find(({ low }) => !w.ADVERBS.has(low)) : undefined;
  return (
    (mayBeSubject(next) || (named !== undefined && mayBeSubject(named))) &&
    (whole || all.slice(at + 1).some(({ comma }) => comma))
  );
}
