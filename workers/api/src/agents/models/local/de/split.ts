import type { Link, Part } from '../clause.ts';
import { chunksOf } from '../text/chunks.ts';
import { isMark, phraseAt, startsWith, type Token } from '../text/tokens.ts';
import { endsInInfinitive, endsInParticiple, findFinal, findFinite, isNoun } from './find-verb.ts';
import { isAuxiliary } from './verbs.ts';
import {
  ADVERBS,
  AGAIN,
  ARTICLES,
  BE,
  ELSE,
  HAVE,
  IF,
  LEADS,
  MEANWHILE,
  MODALS,
  NOMINATIVE,
  OPTIONAL,
  PREPOSITIONS,
  RECIPIENTS,
  REASON,
  UNLESS,
  UNTIL,
  WERDEN,
  WHEN,
  WHETHER,
} from './words.ts';

interface Segment {
  sep: 'comma' | 'and' | 'or' | 'but' | 'none';
  comma: boolean;
  tokens: Token[];
}
interface Open {
  link: Link;
  tokens: Token[];
  postposed?: boolean;
  antecedent?: readonly Token[];
  word?: string;
  listed?: boolean;
  shares?: 'participle' | 'infinitive';
}

const CONJUNCTIONS: ReadonlyMap<string, Segment['sep']> = new Map([
  ['und', 'and'],
  ['sowie', 'and'],
  ['oder', 'or'],
  ['beziehungsweise', 'or'],
  ['bzw.', 'or'],
  ['aber', 'but'],
  ['sondern', 'but'],
]);

function segmentsOf(tokens: readonly Token[]): Segment[] {
  const segments: Segment[] = [];
  let current: Segment = { sep: 'none', comma: false, tokens: [] };
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    const comma = isMark(token, ',');
    let at = comma ? i + 1 : i;
    const conjunction = CONJUNCTIONS.get(tokens[at]?.low ?? '');
    const sign = isMark(tokens[at], '+', '&') ? 'and' : isMark(tokens[at], '/') ? 'or' : undefined;
    if (!comma && !conjunction && !sign) {
      current.tokens.push(token);
      continue;
    }
    if (conjunction || sign) at++;
    if (current.tokens.length > 0) segments.push(current);
    current = { sep: conjunction ?? sign ?? 'comma', comma, tokens: [] };
    i = at - 1;
  }
  if (current.tokens.length > 0) segments.push(current);
  return segments;
}

const SUBORDINATE: readonly (readonly [Link, string[][]])[] = [
  ['unless', UNLESS],
  ['whether', WHETHER],
  ['else', ELSE],
  ['if', IF],
  ['meanwhile', MEANWHILE],
  ['when', WHEN],
  ['until', UNTIL],
  ['reason', REASON],
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

function subordinate(tokens: readonly Token[]): { link: Link; length: number } | null {
  // "Wer eine Rechnung möchte, …"
  if (tokens[0]?.low === 'wer' && tokens.length > 1 && phraseAt(tokens, OPTIONAL) !== tokens.length)
    return { link: 'if', length: 0 };
  if (tokens[0]?.low === 'nämlich') return { link: 'colon', length: 1 };
  for (const [link, list] of SUBORDINATE) {
    const length = phraseAt(tokens, list);
    if (length === 0) continue;
    const head = tokens[0]?.low ?? '';
    const rest = tokens.slice(length);
    if (length === 1 && DOUBTFUL.has(head)) {
      const last = rest.at(-1);
      if (head === 'außer') return { link, length };
      if (head === 'sollte') return findFinal(rest) >= 0 ? { link, length } : null;
      if (head === 'um') {
        if (!rest.some(({ low }) => low === 'zu')) return null;
      } else if (
        !last ||
        findFinal(rest) !== rest.length - 1 ||
        (findFinite(rest, false) >= 0 && findFinite(rest, false) < rest.length - 2 && !isAuxiliary(last.low))
      )
        return null;
    }
    if (head === 'wenn' || head === 'falls') return { link: link, length };
    return { link, length };
  }
  return null;
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
  'worauf',
  'wodurch',
  'wofür',
  'denen',
]);

/** A relative clause has its verb at the end. */
function isRelative(tokens: readonly Token[]): boolean {
  let head = 0;
  if (PREPOSITIONS.has(tokens[0]?.low ?? '') && tokens.length > 3) head = 1;
  const first = tokens[head]?.low ?? '';
  if (!RELATIVE.has(first) || tokens.length < head + 2) return false;
  const last = tokens.at(-1);
  if (!last || findFinal(tokens) !== tokens.length - 1) return false;
  if (first.startsWith('wo')) return true;
  const second = tokens[head + 1];
  if (isNoun(second) && head === 0) return false;
  const finite = findFinite(tokens.slice(head + 1), false);
  if (finite === 0) return tokens.length === head + 2 || tokens.length - 1 === head + 1;
  if (head === 0 && second && /(?:e|en)$/.test(second.low) && isNoun(tokens[2]) && !ARTICLES.has(second.low))
    return false;
  return (
    finite < 0 || finite + head + 1 >= tokens.length - 2 || !isAuxiliary(tokens[finite + head + 1]?.low ?? '')
  );
}

function strip(tokens: readonly Token[]): readonly Token[] {
  let i = phraseAt(tokens, LEADS);
  while (i < tokens.length - 1 && ADVERBS.has(tokens[i]?.low ?? '')) i++;
  return tokens.slice(i);
}

type Context = 'infinitive' | 'participle' | null;

function contextOf(tokens: readonly Token[]): Context {
  for (const { low } of tokens) {
    if (MODALS.has(low) || low === 'würde') return 'infinitive';
    if (WERDEN.has(low))
      return endsInInfinitive(tokens) && !endsInParticiple(tokens) ? 'infinitive' : 'participle';
    if (HAVE.has(low)) return 'participle';
  }
  return endsInInfinitive(tokens) && findFinite(tokens, true) < 0 ? 'infinitive' : null;
}

/** "Ist die Nummer unbekannt, …": a condition by its verb in first place. */
function isInverted(tokens: readonly Token[], all: readonly Segment[], at: number, start: boolean): boolean {
  const words = strip(tokens);
  if (words.length < 2 || findFinite(words, start) !== 0) return false;
  const [verb, next] = words;
  if (!verb || !next) return false;
  if (verb.low.endsWith('e') && next.low !== 'ich' && !isAuxiliary(verb.low)) return false;
  if (ADVERBS.has(tokens[0]?.low ?? '') || words.length < tokens.length) return false;
  const subject =
    NOMINATIVE.has(next.low) ||
    RECIPIENTS.has(next.low) ||
    ARTICLES.has(next.low) ||
    isNoun(next) ||
    [
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
    ].includes(next.low) ||
    /(?:e|en|er|es)$/.test(next.low);
  return subject && all.slice(at + 1).some(({ comma }) => comma);
}

/** "bei Ja löschen wir …" reads "wenn ja, löschen wir …". */
function answersAsClauses(tokens: readonly Token[]): Token[] {
  return tokens
    .filter((_, i) => ![0, 1, 2].some((back) => startsWith(tokens, ['so', 'oder', 'so'], i - back)))
    .flatMap((token, i, tokens): Token[] => {
      const answer = /^(?:ja|nein)$/.test(tokens[i + 1]?.low ?? '');
      if (token.low === 'bei' && answer) return [{ text: 'wenn', low: 'wenn', kind: 'word' }];
      return i > 0 &&
        tokens[i - 1]?.low === 'bei' &&
        /^(?:ja|nein)$/.test(token.low) &&
        !isMark(tokens[i + 1], ',')
        ? [token, { text: ',', low: ',', kind: 'mark' }]
        : [token];
    });
}

/** The clauses of one German sentence. */
export function splitGerman(given: readonly Token[]): Part[] {
  const tokens = answersAsClauses(given);
  const parts: Part[] = [];
  for (const [number, chunk] of chunksOf(tokens).entries()) {
    const start = parts.length;
    let open = null as Open | null;
    let context: Context = null;
    const close = (): void => {
      if (open && (open.tokens.length > 0 || open.link === 'else'))
        parts.push({
          ...open,
          ...(chunk.question && { question: true }),
          ...(chunk.link === 'colon' && parts.length === start && { colon: true }),
        });
      open = null;
    };
    const segments = segmentsOf(chunk.tokens);
    for (const [at, segment] of segments.entries()) {
      const sentenceStart = at === 0 && (number === 0 || chunk.link !== 'aside');
      const sub = subordinate(segment.tokens) ?? (segment.sep !== 'comma' ? null : null);
      const body = strip(segment.tokens);
      const current: Open | null = open;
      const inCondition =
        current !== null &&
        ['if', 'unless', 'when', 'until', 'whether', 'meanwhile', 'reason'].includes(current.link);
      if (sub) {
        if (
          inCondition &&
          (segment.sep === 'and' || segment.sep === 'or') &&
          sub.link === current.link &&
          !segments.slice(at + 1).every(({ comma }) => !comma)
        ) {
          current.tokens.push(...separator(segment), ...segment.tokens.slice(sub.length));
          continue;
        }
        const before = current !== null || parts.length > start;
        close();
        open = {
          link: sub.link,
          word: segment.tokens[0]?.low ?? '',
          tokens: segment.tokens.slice(sub.length),
          ...(before &&
            sub.link !== 'else' &&
            sub.link !== 'colon' &&
            segment.sep === 'comma' && { postposed: true }),
        };
        if (sub.link === 'else') context = contextOf(open.tokens);
        continue;
      }
      if (segment.comma && segment.sep === 'comma' && current !== null && isRelative(segment.tokens)) {
        const antecedent = current.tokens;
        close();
        // "…, zu dem es enden soll" only describes.
        const describes =
          PREPOSITIONS.has(segment.tokens[0]?.low ?? '') ||
          /^(?:soll|sollen|sollte|möchten?|will|wollen)$/.test(segment.tokens.at(-1)?.low ?? '');
        open = describes
          ? { link: 'reason', tokens: [...segment.tokens] }
          : { link: 'relative', tokens: [...segment.tokens], antecedent };
        continue;
      }
      if (
        isInverted(segment.tokens, segments, at, sentenceStart) &&
        (current === null ||
          (segment.sep === 'and' &&
            !inCondition &&
            ['er', 'sie', 'es', 'wir', 'ich', 'man'].includes(segment.tokens[1]?.low ?? '')))
      ) {
        close();
        open = { link: 'if', tokens: [...segment.tokens] };
        continue;
      }
      if (current === null) {
        open = { link: chunk.link, tokens: [...segment.tokens] };
        context = contextOf(segment.tokens);
        continue;
      }
      // "wird gemeldet und die Karte versandt": the participle looks like a finite verb.
      const looks = findFinite(body, false);
      if (current !== null && current.link === 'else' && current.tokens.length === 0) {
        current.tokens.push(...segment.tokens);
        context = contextOf(segment.tokens);
        continue;
      }
      const finite =
        context === 'participle' && looks === body.length - 1 && endsInParticiple(body) ? -1 : looks;
      if (inCondition) {
        const head = segment.tokens[0]?.low ?? '';
        const describedAct =
          current.link === 'reason' && segment.sep === 'and' && segment.comma && finite === 0;
        const opens =
          describedAct ||
          (segment.sep === 'comma' &&
            (finite === 0 ||
              ['so', 'dann'].includes(head) ||
              (findFinal(current.tokens) >= 0 &&
                !segments
                  .slice(at + 1)
                  .some((later) => later.comma && findFinite(strip(later.tokens), false) === 0))));
        if (!opens) {
          current.tokens.push(...separator(segment), ...segment.tokens);
          continue;
        }
        const whoever = current.link === 'if' && current.tokens[0]?.low === 'wer';
        close();
        open = {
          link: whoever || describedAct ? 'and' : 'then',
          tokens: head === 'so' ? segment.tokens.slice(1) : [...segment.tokens],
        };
        context = contextOf(segment.tokens);
        continue;
      }
      const shares =
        (context === 'infinitive' && endsInInfinitive(body)) ||
        (context === 'participle' && endsInParticiple(body)) ||
        (endsInInfinitive(body) &&
          finite < 0 &&
          segment.sep === 'comma' &&
          findFinite(current.tokens, sentenceStart) < 0);
      const elided =
        segment.sep === 'and' &&
        finite < 0 &&
        ['dann', 'danach', 'anschließend'].includes(segment.tokens[0]?.low ?? '');
      // "kann X entfernen oder Y wählen": the first infinitive of a pair stands before its conjunction.
      const ending =
        (finite < 0 &&
          body.length === 1 &&
          (['ende', 'schluss', 'fertig', 'zurück'].includes(body[0]?.low ?? '') ||
            phraseAt(body, AGAIN) === 1)) ||
        (finite < 0 && segment.sep === 'comma' && phraseAt(segment.tokens, AGAIN) === segment.tokens.length);
      const noted =
        segment.sep === 'comma' &&
        finite < 0 &&
        (['max.', 'maximal', 'höchstens'].includes(segment.tokens[0]?.low ?? '') ||
          segment.tokens[0]?.low === 'dann' ||
          (at === segments.length - 1 &&
            body.length === 1 &&
            /(?:bestätigung|hinweis|fehler|meldung|mail)$/.test(body[0]?.low ?? '') &&
            findFinite(current.tokens, sentenceStart) >= 0));
      const fragment =
        ending ||
        noted ||
        (segment.sep === 'comma' &&
          finite < 0 &&
          (segment.tokens[0]?.low === 'zurück' ||
            ['ende', 'schluss', 'fertig'].includes(body[0]?.low ?? '') ||
            startsFragment(current.tokens, body)));
      if (finite >= 0 || shares || elided || fragment) {
        close();
        open = {
          link: segment.sep === 'or' ? 'or' : 'and',
          tokens: [...segment.tokens],
          ...(finite < 0 && context !== null && shares && { shares: context }),
          ...(shares && segment.sep === 'comma' && { listed: true }),
        };
        if (finite >= 0 || context === null)
          context = contextOf(segment.tokens) ?? (finite >= 0 ? null : context);
        continue;
      }
      current.tokens.push(...separator(segment), ...segment.tokens);
    }
    close();
    if (chunk.link === 'aside')
      for (let i = start; i < parts.length; i++) parts[i] = { ...(parts[i] as Part), link: 'aside' };
    for (let i = start; i < parts.length; i++) {
      const part = parts[i];
      if (part?.postposed && parts[i + 1]?.link === 'then') {
        const { postposed: _, ...rest } = part;
        parts[i] = rest;
      }
    }
  }
  for (let i = parts.length - 1; i > 0; i--) {
    const before = parts[i - 1];
    // "annehmen, verschieben oder absagen": the commas mean "oder" too.
    if (parts[i]?.link === 'or' && before?.listed) parts[i - 1] = { ...before, link: 'or' };
  }
  return parts;
}

/** Notes string noun phrases and infinitives together: "Hinweis, zurück zur Kasse", "Konto anlegen, Bestätigung". */
function startsFragment(before: readonly Token[], tokens: readonly Token[]): boolean {
  return (
    findFinite(before, true) < 0 &&
    !before.some(({ low }) => BE.has(low)) &&
    endsInInfinitive(before) &&
    tokens.length <= 4 &&
    isNoun(tokens.at(-1))
  );
}

function separator(segment: Segment): Token[] {
  const out: Token[] = [];
  if (segment.comma) out.push({ text: ',', low: ',', kind: 'mark' });
  if (segment.sep === 'and') out.push({ text: 'und', low: 'und', kind: 'word' });
  if (segment.sep === 'or') out.push({ text: 'oder', low: 'oder', kind: 'word' });
  return out;
}
