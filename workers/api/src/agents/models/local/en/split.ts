import type { Link, Part } from '../clause.ts';
import { ChunkParts, CONDITIONS, type OpenPart, orLists } from '../parts.ts';
import { type Chunk, chunksOf } from '../text/chunks.ts';
import { isMark, lowAt, phraseAt, type Token } from '../text/tokens.ts';
import { type Agreement, agreement } from './agreement.ts';
import { findVerb } from './find-verb.ts';
import { reworded } from './reworded.ts';
import { secondSubject } from './second-subject.ts';
import { type EnglishSegment, segmentsOf } from './segments.ts';
import { subordinate } from './subordinate.ts';
import { NOUN_TOO, verbForm } from './verbs.ts';
import { isAux, isModal } from './word-classes.ts';
import { ADVERBS, DETERMINERS, LEADS, NEGATIONS, PARALLEL, PREPOSITIONS, PRONOUNS } from './words.ts';

const CONJUNCTIONS = { and: 'and', or: 'or', but: 'but' };
const RELATIVE = new Set(['which', 'who', 'whom']);
/** Words that end the flow by themselves. */
const STOPS = new Set(['end', 'done', 'stop', 'finish', 'finished', 'over']);
/** Conditions and time clauses: "if A and B" is one of them until a main clause begins. */
const OPENING: ReadonlySet<Link> = new Set(['if', 'unless', 'when', 'until']);

/** The verb of a segment, as far as the clause before it lets it have one. */
interface SegmentVerb {
  /** The segment without the words that only order it. */
  readonly words: readonly Token[];
  /** Index in `words`; -1 without a finite verb. */
  readonly at: number;
  /** Begins with a participle that shares the auxiliary before it. */
  readonly participle: boolean;
  /** Whether the segment is a clause of its own. */
  readonly found: boolean;
}

/** The words between a separator and the verb that carry no subject. */
function withoutAdverbs(tokens: readonly Token[]): readonly Token[] {
  const start = tokens.findIndex(({ low }) => !ADVERBS.has(low) && !['both', 'either', 'then'].includes(low));
  return start < 0 ? [] : tokens.slice(start);
}

/** "…, who pays", "…, with which she pays" */
function isRelative({ comma, link, tokens }: EnglishSegment): boolean {
  if (!comma) return false;
  const head = lowAt(tokens, 0);
  return (link === null && RELATIVE.has(head)) || (PREPOSITIONS.has(head) && lowAt(tokens, 1) === 'which');
}

/** "In future", "Below 50 %": a phrase ahead of the clause that follows. */
function isLead({ tokens }: OpenPart): boolean {
  const head = lowAt(tokens, 0);
  return (
    (PREPOSITIONS.has(head) || ADVERBS.has(head) || head === 'depending') &&
    tokens.length < 10 &&
    findVerb(tokens, true) < 0 &&
    !tokens.some(({ low }) => low === 'back')
  );
}

const isS = (low: string): boolean => verbForm(low)?.form === 's';

/** "clears or rejects the work": the object stands with the second verb. */
const sharesObject = ({ sep, tokens }: EnglishSegment, next: EnglishSegment | undefined): boolean =>
  sep === 'and' &&
  tokens.length === 1 &&
  isS(lowAt(tokens, 0)) &&
  next?.sep === 'or' &&
  next.tokens.length > 1 &&
  isS(lowAt(next.tokens, 0));

/** Reads the segments of one chunk from left to right into parts. */
class ChunkReader {
  readonly parts: ChunkParts;
  private readonly link: Link;
  private agree: Agreement = 'base';
  private modal = false;
  private first = true;

  constructor(chunk: Chunk) {
    this.parts = new ChunkParts(chunk, CONJUNCTIONS);
    this.link = chunk.link;
  }

  /** `isVerb`: the one word of the segment is a verb, whatever else it could be. */
  read(segment: EnglishSegment, isVerb: boolean): void {
    const verb: SegmentVerb = isVerb
      ? { words: segment.tokens, at: 0, participle: false, found: true }
      : this.verbOf(segment);
    const { open } = this.parts;
    const tokens = [...segment.tokens];
    if (this.isListedNoun(segment, verb)) {
      if (open) this.parts.extend(open, segment);
      return;
    }
    if (segment.link !== null) this.beginSubordinate(segment, segment.link);
    else if (isRelative(segment))
      this.parts.begin({ link: 'relative', tokens, antecedent: open?.tokens ?? [] });
    else if (this.first) {
      this.parts.open = { link: this.link, tokens };
      this.first = false;
    } else if (open === null) this.parts.begin({ link: segment.sep === 'or' ? 'or' : 'and', tokens });
    else if (verb.found) this.readClause(segment, verb, open);
    else this.readPhrase(segment, open);
    if (verb.found) this.agree = agreement(verb.words, verb.participle ? 0 : verb.at);
    this.modal ||= verb.found && isModal(lowAt(verb.words, verb.at));
    this.cutMainClause();
  }

  private verbOf({ tokens, sep }: EnglishSegment): SegmentVerb {
    const words = withoutAdverbs(tokens.slice(phraseAt(tokens, [...PARALLEL, ...LEADS])));
    const at = findVerb(words, this.agree === 'base' || sep === 'none' || (sep === 'or' && this.modal));
    const head = lowAt(words, 0);
    const participle = verbForm(head)?.form === 'past' && this.agree === 'participle';
    const stops = words.length === 1 && STOPS.has(head);
    return { words, at, participle, found: at >= 0 || participle || stops };
  }

  /** A base form cannot continue "she enters …": it is a noun of a list. */
  private isListedNoun({ sep, link }: EnglishSegment, { words, at }: SegmentVerb): boolean {
    const head = lowAt(words, 0);
    // "for income and rent"
    const before = this.parts.open?.tokens ?? [];
    if (
      at === 0 &&
      sep === 'and' &&
      words.length === 1 &&
      link === null &&
      verbForm(head)?.form === 'base' &&
      PREPOSITIONS.has(lowAt(before, before.length - 2))
    )
      return true;
    return (
      at === 0 &&
      this.agree === 's' &&
      !(sep === 'or' && this.modal) &&
      link === null &&
      sep !== 'none' &&
      verbForm(head)?.form === 'base' &&
      !isAux(head)
    );
  }

  private beginSubordinate({ sep, word, tokens }: EnglishSegment, link: Link): void {
    const postposed =
      this.parts.started && (sep === 'comma' || sep === 'none') && link !== 'else' && link !== 'and';
    this.parts.begin({ link, word, tokens: [...tokens], ...(postposed && { postposed }) });
    this.first = false;
  }

  /** A segment with a verb: a clause of its own, or the rest of the one under way. */
  private readClause(segment: EnglishSegment, { words, at }: SegmentVerb, open: OpenPart): void {
    const { sep, comma, tokens } = segment;
    if (open.tokens.length === 0) {
      open.tokens.push(...tokens);
      return;
    }
    const inCondition = OPENING.has(open.link);
    const behind = open.postposed === true && comma;
    // "Name and address are entered".
    const pairedSubject =
      sep === 'and' &&
      !comma &&
      open.tokens.length <= 3 &&
      ['are', 'were', 'have'].includes(lowAt(words, at)) &&
      findVerb(open.tokens, true) < 0;
    // "if A and B": one condition as long as no main clause has begun.
    const sameCondition = inCondition && sep !== 'comma' && !behind;
    if (isLead(open) || pairedSubject || sameCondition) {
      this.parts.extend(open, segment);
      return;
    }
    this.parts.begin({
      link: sep === 'or' ? 'or' : inCondition && !behind ? 'then' : 'and',
      tokens: [...tokens],
      ...(sep === 'comma' && at === 0 && !inCondition && { listed: true }),
    });
  }

  /** A segment without verb belongs to the clause under way, unless it answers a complete condition. */
  private readPhrase(segment: EnglishSegment, open: OpenPart): void {
    // "…, then step 8", "…, back to the list"
    if (
      /^(?:(?:then )?(?:step|point|item) \d+[a-z]?$|(?:then )?back (?:to|on|at|in) |after (?:\d+|two|three|four|five|ten) )/.test(
        segment.tokens.map(({ low }) => low).join(' '),
      )
    ) {
      this.parts.begin({ link: 'and', tokens: [...segment.tokens] });
      return;
    }
    if (CONDITIONS.has(open.link) && segment.sep === 'comma' && findVerb(open.tokens, true) >= 0)
      this.parts.begin({ link: 'then', tokens: [...segment.tokens] });
    else this.parts.extend(open, segment);
  }

  /** "If it is wrong we show …" has no comma. */
  private cutMainClause(): void {
    const { open } = this.parts;
    if (!open || !CONDITIONS.has(open.link)) return;
    const verb = findVerb(open.tokens, true);
    const cut = verb < 0 ? -1 : secondSubject(open.tokens, verb + 1);
    if (cut <= 0) {
      this.agree = 'base';
      return;
    }
    const { postposed: _, ...condition } = open;
    const main = open.tokens.slice(cut);
    this.parts.open = { ...condition, tokens: open.tokens.slice(0, cut) };
    this.parts.begin({ link: 'then', tokens: main });
    const mainVerb = findVerb(main, true);
    if (mainVerb >= 0) this.agree = agreement(main, mainVerb);
  }
}

const isName = (tokens: readonly Token[]): boolean =>
  tokens.length > 0 &&
  tokens.length <= 3 &&
  !tokens.some(({ low, kind }) => kind === 'mark' || DETERMINERS.has(low) || PRONOUNS.has(low) || isAux(low));

/** "Direct debit: she …": two words of which none can only be a verb. */
const isCaseName = (tokens: readonly Token[]): boolean =>
  tokens.length === 2 &&
  /^\p{Lu}/u.test(tokens[0]?.text ?? '') &&
  tokens.every(({ low, kind }) => kind === 'word' && !PREPOSITIONS.has(low) && !NEGATIONS.has(low)) &&
  !tokens.some(
    ({ low }) => verbForm(low) !== null && !NOUN_TOO.has(verbForm(low)?.base ?? '') && low !== 'direct',
  ) &&
  verbForm(tokens.at(-1)?.low ?? '')?.form !== 's' &&
  subordinate(tokens, 0) === null;

/** "Method: phone, letter or desk": nothing that only a verb could be. */
function namesByOr(tokens: readonly Token[]): boolean {
  const at = tokens.findIndex(({ low }) => low === 'or');
  if (at < 1) return false;
  const parts = [...partsBetween(tokens.slice(0, at), ','), tokens.slice(at + 1)].filter(
    ({ length }) => length > 0,
  );
  return parts.every((part) => {
    const form = verbForm(lowAt(part, 0));
    return isName(part) && (form === null || (form.form === 'base' && NOUN_TOO.has(form.base)));
  });
}

/** "Method: phone / desk": what looks like verbs there are the names of cases (ANNOTATION 4.4). */
function namesOf(chunk: Chunk, next: Chunk | undefined): boolean {
  if (chunk.link === 'colon')
    return (
      (chunk.tokens.some((token) => isMark(token, '/')) && partsBetween(chunk.tokens, '/').every(isName)) ||
      namesByOr(chunk.tokens)
    );
  if (chunk.link !== 'first' || next?.link !== 'colon' || !isName(chunk.tokens)) return false;
  return namesOf(next, undefined) || isCaseName(chunk.tokens);
}

function partsBetween(tokens: readonly Token[], mark: string): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (isMark(token, mark, ',')) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** The clauses of one sentence, each with its own verb or standing alone between marks. */
export function splitEnglish(tokens: readonly Token[]): Part[] {
  const chunks = chunksOf(reworded(tokens));
  const parts = chunks.flatMap((chunk, i) => {
    if (namesOf(chunk, chunks[i + 1]))
      return [
        {
          link: chunk.link,
          tokens: chunk.tokens,
          names: true,
          ...(chunk.link === 'colon' && { colon: true }),
        },
      ];
    const reader = new ChunkReader(chunk);
    // "and, in parallel, a laptop is ordered": the phrase belongs to the clause behind it.
    let carried: Token[] = [];
    const segments = segmentsOf(chunk.tokens);
    for (const [at, segment] of segments.entries()) {
      const whole = { ...segment, tokens: [...carried, ...segment.tokens] };
      const { length } = whole.tokens;
      const lone = whole.link === null && length > 0 && phraseAt(whole.tokens, PARALLEL) === length;
      carried = lone ? whole.tokens : [];
      if (!lone) reader.read(whole, sharesObject(whole, segments[at + 1]));
    }
    return reader.parts.finish();
  });
  return orLists(parts);
}
