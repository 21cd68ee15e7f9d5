import type { Link, Part } from '../clause.ts';
import { ChunkParts, type OpenPart, orLists } from '../parts.ts';
import { type Chunk, chunksOf } from '../text/chunks.ts';
import type { Segment } from '../text/segments.ts';
import { isMark, lowAt, phraseAt, type Token } from '../text/tokens.ts';
import { endsInInfinitive, endsInParticiple, findFinal, findFinite, isNoun } from './find-verb.ts';
import { withoutInsertions } from './insertions.ts';
import { reworded } from './reworded.ts';
import { segmentsOf } from './segments.ts';
import { type Conjunction, isInverted, isRelative, subordinate, withoutLead } from './subordinate.ts';
import { AGAIN, BE, HAVE, MODALS, PREPOSITIONS, WERDEN } from './words.ts';

const CONJUNCTIONS = { and: 'und', or: 'oder' };
/** Links of clauses that end only where a main clause begins. */
const SUBORDINATE: ReadonlySet<Link> = new Set([
  'if',
  'unless',
  'when',
  'until',
  'whether',
  'meanwhile',
  'reason',
]);
/** Words that end the flow by themselves. */
const STOPS = new Set(['ende', 'schluss', 'fertig']);

/** The form of a verb that shares the auxiliary under way: "kann A entfernen und B *wählen*"; null without one. */
type Shared = 'infinitive' | 'participle' | null;

function sharedForm(tokens: readonly Token[]): Shared {
  for (const { low } of tokens) {
    if (MODALS.has(low) || low === 'würde') return 'infinitive';
    if (WERDEN.has(low))
      return endsInInfinitive(tokens) && !endsInParticiple(tokens) ? 'infinitive' : 'participle';
    if (HAVE.has(low)) return 'participle';
  }
  return endsInInfinitive(tokens) && findFinite(tokens, true) < 0 ? 'infinitive' : null;
}

/** Notes string noun phrases and infinitives together: "Hinweis, zurück zur Kasse", "Konto anlegen, Bestätigung". */
const startsFragment = (before: readonly Token[], tokens: readonly Token[]): boolean =>
  findFinite(before, true) < 0 &&
  !before.some(({ low }) => BE.has(low)) &&
  endsInInfinitive(before) &&
  tokens.length <= 4 &&
  (isNoun(tokens.at(-1)) || (isNoun(tokens.at(-2)) && lowAt(tokens, tokens.length - 1) === 'raus'));

/** Reads the segments of one chunk from left to right into parts. */
class ChunkReader {
  readonly parts: ChunkParts;
  private readonly chunk: Chunk;
  private readonly segments: readonly Segment[];
  /** Whether the chunk may begin a sentence, whose first word is a capital without being a noun. */
  private readonly opens: boolean;
  private shared: Shared = null;

  /** Whether an arrow follows, as notes set it behind a condition. */
  private readonly points: boolean;

  constructor(chunk: Chunk, opens: boolean, points: boolean) {
    this.points = points;
    this.parts = new ChunkParts(chunk, CONJUNCTIONS);
    this.chunk = chunk;
    this.segments = segmentsOf(chunk.tokens);
    this.opens = opens;
  }

  readAll(): Part[] {
    for (const [at, segment] of this.segments.entries()) this.read(segment, at);
    return this.parts.finish();
  }

  private read(segment: Segment, at: number): void {
    const { sep } = segment;
    const tokens = [...segment.tokens];
    const { open } = this.parts;
    const conjunction = subordinate(tokens);
    if (conjunction) this.beginSubordinate(segment, at, conjunction);
    else if (sep === 'comma' && open !== null && isRelative(tokens)) this.beginRelative(tokens, open);
    else if (this.beginsInverted(segment, at)) this.parts.begin({ link: 'if', tokens });
    else if (open === null) {
      this.parts.begin({ link: this.chunk.link, tokens });
      this.shared = sharedForm(tokens);
    } else if (open.link === 'else' && open.tokens.length === 0) {
      open.tokens.push(...tokens);
      this.shared = sharedForm(tokens);
    } else if (SUBORDINATE.has(open.link)) this.readInSubordinate(segment, at, open);
    else this.readInMain(segment, at, open);
  }

  private beginSubordinate(segment: Segment, at: number, { link, length }: Conjunction): void {
    const { sep } = segment;
    const { open, started } = this.parts;
    const tokens = segment.tokens.slice(length);
    // "wenn A und wenn B, …": one condition, as long as a main clause is still to come.
    const same = open !== null && SUBORDINATE.has(open.link) && link === open.link;
    if (same && (sep === 'and' || sep === 'or') && this.segments.slice(at + 1).some(({ comma }) => comma)) {
      this.parts.extend(open, { ...segment, tokens });
      return;
    }
    const postposed = started && link !== 'else' && link !== 'colon' && sep === 'comma';
    this.parts.begin({ link, word: lowAt(segment.tokens, 0), tokens, ...(postposed && { postposed }) });
    if (link === 'else') this.shared = sharedForm(tokens);
  }

  private beginRelative(tokens: Token[], open: OpenPart): void {
    // "…, zu dem es enden soll" only describes.
    const describes =
      PREPOSITIONS.has(lowAt(tokens, 0)) ||
      /^(?:soll|sollen|sollte|möchten?|will|wollen)$/.test(lowAt(tokens, tokens.length - 1));
    this.parts.begin(
      describes ? { link: 'reason', tokens } : { link: 'relative', tokens, antecedent: open.tokens },
    );
  }

  /** "Ist die Nummer unbekannt, …", at the head of a chunk or behind "und". */
  private beginsInverted({ sep, tokens }: Segment, at: number): boolean {
    const { open } = this.parts;
    const whole = this.points && this.segments.length === 1;
    if (!isInverted(tokens, this.segments, at, at === 0 && this.opens, whole)) return false;
    if (open === null) return true;
    const pronoun = ['er', 'sie', 'es', 'wir', 'ich', 'man'].includes(lowAt(tokens, 1));
    return sep === 'and' && !SUBORDINATE.has(open.link) && pronoun;
  }

  /** Where the finite verb of a segment stands; a participle that shares an auxiliary only looks like one. */
  private finiteOf(words: readonly Token[]): number {
    const looks = findFinite(words, false);
    return this.shared === 'participle' && looks === words.length - 1 && endsInParticiple(words) ? -1 : looks;
  }

  /** Behind a subordinate clause: its main clause, or more of itself. */
  private readInSubordinate(segment: Segment, at: number, open: OpenPart): void {
    const { sep, comma, tokens } = segment;
    const head = lowAt(tokens, 0);
    const verbFirst = this.finiteOf(withoutLead(tokens)) === 0;
    const describedAct =
      open.link === 'reason' && sep === 'and' && comma && (verbFirst || this.beginsMain(tokens, open));
    const opens =
      describedAct ||
      (sep === 'comma' &&
        (verbFirst ||
          ['so', 'dann'].includes(head) ||
          (findFinal(open.tokens) >= 0 && !this.laterMainClause(at))));
    if (!opens) {
      this.parts.extend(open, segment);
      return;
    }
    const whoever = open.link === 'if' && lowAt(open.tokens, 0) === 'wer';
    this.parts.begin({
      link: whoever || describedAct ? 'and' : 'then',
      tokens: head === 'so' ? tokens.slice(1) : [...tokens],
    });
    this.shared = sharedForm(tokens);
  }

  /** "…, dass er fehlt, und der Vorgang endet hier": the verb in second place tells that the subordinate clause is over. */
  private beginsMain(tokens: readonly Token[], open: OpenPart): boolean {
    const finite = this.finiteOf(tokens);
    return finite > 0 && finite < tokens.length - 1 && findFinal(open.tokens) === open.tokens.length - 1;
  }

  /** Whether a later segment begins with its verb, as a main clause behind a subordinate one does. */
  private laterMainClause(at: number): boolean {
    return this.segments
      .slice(at + 1)
      .some(({ comma, tokens }) => comma && findFinite(withoutLead(tokens), false) === 0);
  }

  /** Behind a main clause: the next one, or more of its objects. */
  private readInMain(segment: Segment, at: number, open: OpenPart): void {
    const { sep, tokens } = segment;
    const words = withoutLead(tokens);
    const finite = this.finiteOf(words);
    // "Zeitraum + Grund eintragen": the first object has no verb of its own.
    if (
      sep === 'and' &&
      finite < 0 &&
      endsInInfinitive(words) &&
      open.link === 'and' &&
      this.isNounOnly(open)
    ) {
      this.parts.extend(open, segment);
      return;
    }
    const unbegun =
      endsInInfinitive(words) && finite < 0 && sep === 'comma' && findFinite(open.tokens, false) < 0;
    const shares =
      (this.shared === 'infinitive' && endsInInfinitive(words)) ||
      (this.shared === 'participle' && endsInParticiple(words)) ||
      unbegun;
    if (finite < 0 && !shares && !this.isVerbless(segment, at, words, open)) {
      this.parts.extend(open, segment);
      return;
    }
    this.parts.begin({
      link: sep === 'or' ? 'or' : 'and',
      tokens: [...tokens],
      ...(finite < 0 && this.shared !== null && shares && { shares: this.shared }),
      ...(shares && sep === 'comma' && { listed: true }),
    });
    if (finite >= 0) this.shared = sharedForm(tokens);
    else this.shared ??= sharedForm(tokens);
  }

  private isNounOnly({ tokens }: OpenPart): boolean {
    return isNoun(tokens.at(-1)) && findFinite(tokens, false) < 0 && tokens.length <= 3;
  }

  /** Whether a segment without verb is a clause of its own all the same, as notes have them. */
  private isVerbless({ sep, tokens }: Segment, at: number, words: readonly Token[], open: OpenPart): boolean {
    const head = lowAt(tokens, 0);
    const word = lowAt(words, 0);
    const alone = words.length === 1;
    // "…, dann die Bestätigung"
    if (sep === 'and' && ['dann', 'danach', 'anschließend'].includes(head)) return true;
    if (alone && (STOPS.has(word) || word === 'zurück' || phraseAt(words, AGAIN) === 1)) return true;
    if (sep !== 'comma') return false;
    return (
      phraseAt(tokens, AGAIN) === tokens.length ||
      (words.length === 2 && /^(?:neue|erneute|nochmalige)r?$/.test(word)) ||
      ['max.', 'maximal', 'höchstens', 'dann', 'zurück', 'weiter'].includes(head) ||
      STOPS.has(word) ||
      (at === this.segments.length - 1 &&
        (alone || (words.length === 3 && ['per', 'via'].includes(lowAt(words, 1)))) &&
        /(?:bestätigung|hinweis|fehler|meldung|mail|quittung|beleg|erinnerung)$/.test(word) &&
        findFinite(open.tokens, false) >= 0) ||
      startsFragment(open.tokens, words)
    );
  }
}

/** "Klappt es -> …", "Ist es eilig:" with a list below. */
const isCondition = (chunk: Chunk, next: Chunk | undefined, ends: boolean): boolean =>
  (next?.link === 'arrow' || next?.link === 'equals' || (ends && next === undefined)) &&
  chunk.question !== true;

/** Behind an arrow a capital marks a noun; behind a question mark a sentence begins. */
const continuesNote = (chunk: Chunk, before: Chunk | undefined): boolean =>
  chunk.link === 'arrow' && before?.question !== true;

/** The clauses of one German sentence. */
export function splitGerman(tokens: readonly Token[]): Part[] {
  const chunks = chunksOf(reworded(tokens));
  return orLists(
    chunks.flatMap((chunk, i) =>
      withoutInsertions(
        new ChunkReader(
          chunk,
          i === 0 || (chunk.link !== 'aside' && !continuesNote(chunk, chunks[i - 1])),
          isCondition(chunk, chunks[i + 1], isMark(tokens.at(-1), ':')),
        ).readAll(),
      ),
    ),
  );
}
