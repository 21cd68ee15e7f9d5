import { finish, newConstruction } from './build/builder.ts';
import type { DraftEdge, DraftNode } from './build/graph.ts';
import { beginItem, drawInItem, enterItem, leaveItem } from './build/items.ts';
import { tidy } from './build/tidy.ts';
import type { Clause } from './clause.ts';
import { englishJump } from './en/jumps.ts';
import { ENGLISH } from './en/lexicon.ts';
import { parseEnglish } from './en/parse.ts';
import { splitEnglish } from './en/split.ts';
import { germanJump } from './de/jumps.ts';
import { GERMAN } from './de/lexicon.ts';
import { parseGerman } from './de/parse.ts';
import { splitGerman } from './de/split.ts';
import { type Context, headOf, newContext, nounPhrase, textOf } from './meaning/context.ts';
import { interpret } from './meaning/interpret.ts';
import { remarkSentence } from './meaning/remarks.ts';
import type { StepDraft } from './meaning/statement.ts';
import { draftOf } from './meaning/steps/draft.ts';
import { type Block, readBlocks } from './text/blocks.ts';
import { detectLanguage, type Language } from './text/language.ts';
import { tokenize } from './text/tokens.ts';

export interface Reading {
  readonly language: Language;
  /** Reachable nodes in the order of the text; start first, end last. */
  readonly nodes: readonly DraftNode[];
  readonly edges: readonly DraftEdge[];
  readonly unused: readonly string[];
  readonly heading: string | null;
}

function clausesOf(sentence: string, language: Language): Clause[] {
  const tokens = tokenize(sentence, language === 'de');
  return language === 'en' ? splitEnglish(tokens).map(parseEnglish) : splitGerman(tokens).map(parseGerman);
}

/** Reads a description of a flow. Never fails; what it cannot use is in `unused`. */
export function readFlow(text: string): Reading {
  const language = detectLanguage(tokenize(text));
  const lexicon = language === 'en' ? ENGLISH : GERMAN;
  const context: Context = newContext(lexicon, language === 'en' ? englishJump : germanJump);
  const blocks = readBlocks(text);
  const flow = newConstruction(lexicon);
  context.actors = actorsOf(
    blocks.flatMap(({ sentences }) => sentences),
    language,
    context,
  );
  const unused: string[] = [];
  let heading: string | null = null;
  const firstProse = blocks.findIndex(({ kind }) => kind !== 'heading');
  /** Blocks whose first sentence an earlier question took. */
  const skip = new Set<number>();
  /** Depths of the items whose branches are being listed. */
  const frames: number[] = [];
  let branchDepth: number | null = null;
  const listed = blocks.some(({ kind }) => kind === 'item');
  /** Depths of the items above this one whose branch takes in their sub-items. */
  let scopes: number[] = [];
  for (const [at, block] of blocks.entries()) {
    if (block.kind === 'heading' || isTitle(block.sentences, blocks.length, at, listed, block.kind)) {
      heading ??= block.sentences.join(' ').replace(/[:.]\s*$/, '');
      continue;
    }
    while (frames.length > 0 && (block.kind !== 'item' || (frames.at(-1) ?? 0) >= block.depth)) {
      leaveItem(flow);
      frames.pop();
    }
    if (block.kind === 'item' && branchDepth !== null && block.depth > branchDepth) {
      enterItem(flow);
      frames.push(branchDepth);
    }
    branchDepth = null;
    beginItem(flow, block.number);
    const sentences = skip.has(at) ? block.sentences.slice(1) : [...block.sentences];
    scopes = block.kind === 'item' ? scopes.filter((depth) => depth < block.depth) : [];
    let inItem = scopes.length > 0;
    for (let i = 0; i < sentences.length; i++) {
      const sentence = sentences[i] ?? '';
      const given = flow.graph.nodes.length === 2 ? givenPlace(sentence, language, context) : null;
      if (given) {
        flow.draw([{ kind: 'step', draft: given }]);
        continue;
      }
      if (remarkSentence(sentence)) {
        unused.push(sentence);
        continue;
      }
      const before = flow.graph.nodes.length + flow.graph.edges.length;
      if (
        at === firstProse &&
        i === 0 &&
        (isCaption(sentence, sentences.length) || isVerbless(sentence, sentences.length, language))
      ) {
        heading ??= sentence.replace(/[.:]\s*$/, '');
        continue;
      }
      const caption =
        at === firstProse && i === 0
          ? /^(?:(?:how|wie|so)\s[^:.,]{3,60}|[^:.,?!\s]+(?:\s[^:.,?!\s]+){0,4}):\s+(?=\S+\s+\S+\s)/iu.exec(
              sentence,
            )
          : null;
      const opener =
        /^(?:ablauf|flow|process|prozess|steps|schritte|main flow|hauptablauf|beschreibung|description|workflow)\s*:\s+/i.exec(
          sentence,
        );
      if (caption && block.kind === 'paragraph') heading ??= caption[0].replace(/:\s*$/, '');
      const clauses = clausesOf(
        caption && block.kind === 'paragraph'
          ? sentence.slice(caption[0].length)
          : sentence.slice(opener?.[0].length ?? 0),
        language,
      );
      // "Restock? If yes, …", "Too late? Show a hint": the answer is in the next sentence.
      const answer =
        sentence.endsWith('?') && clauses.at(-1)?.question === true
          ? (sentences[i + 1] ?? nextLine(blocks, at))
          : undefined;
      if (answer !== undefined && !/^(?:if|when|wenn|falls)\b/i.test(answer)) {
        clauses.push(
          ...clausesOf(answer, language).map((clause, n) =>
            n === 0 && clause.link === 'first' ? { ...clause, link: 'then' as const } : clause,
          ),
        );
        if (sentences[i + 1] !== undefined) i++;
        else skip.add(at + 1);
      }
      const statements = interpret(clauses, context);
      if (inItem && statements[0]?.kind !== 'case') drawInItem(flow, statements);
      else flow.draw(statements);
      const opens =
        block.kind === 'item' &&
        i === 0 &&
        (statements[0]?.kind === 'case' ||
          (statements[0]?.kind === 'if' &&
            statements[0].condition.source !== 'subject' &&
            statements[0].condition.source !== 'when'));
      if (opens) scopes.push(block.depth);
      inItem ||= opens;
      if (statements.length === 0 && before === flow.graph.nodes.length + flow.graph.edges.length)
        unused.push(sentence);
    }
  }
  for (const _ of frames) leaveItem(flow);
  finish(flow);
  tidy(flow.graph, 0, flow.end.id);
  const alive = flow.graph.nodes.filter((node) => node.title !== '');
  const nodes = [...alive.filter((node) => node !== flow.end), flow.end];
  return { language, nodes, edges: flow.graph.edges, unused, heading };
}

const STATIVE =
  /^(?:exceed|contain|cost|break|match|have|be|show|display|open|reach|include|meet|need|require|haben|sein|zeigen|anzeigen|öffnen|kosten|enthalten|überschreiten|erreichen|betragen|brauchen|benötigen|werden)$/;

const PREPOSITION =
  /^(?:in|im|ins|on|at|to|into|for|from|auf|an|am|zu|zur|zum|mit|with|bei|beim|nach|von|vom|aus|by|after|before|über|out|up|off|down)$/;

/** Nouns that do something to something: people, as far as a text shows it. */
function actorsOf(sentences: readonly string[], language: Language, context: Context): ReadonlySet<string> {
  const { lexicon } = context;
  const acting = new Map<string, number>();
  for (const sentence of sentences.slice(0, 400)) {
    for (const clause of clausesOf(sentence, language)) {
      const head = headOf(clause.subject, lexicon);
      if (
        head === '' ||
        lexicon.personPronouns.has(head) ||
        lexicon.pronouns.has(head) ||
        lexicon.system.test(head) ||
        clause.subject.length > 3
      )
        continue;
      if (clause.passive || clause.state) acting.set(head, (acting.get(head) ?? 0) - 2);
      else if (
        clause.verb !== '' &&
        !STATIVE.test(clause.verb) &&
        nounPhrase(clause.rest, lexicon).length > 0 &&
        !PREPOSITION.test(clause.rest[0]?.low ?? '') &&
        !['if', 'unless', 'when'].includes(clause.link)
      )
        acting.set(head, (acting.get(head) ?? 0) + 1);
    }
  }
  return new Set([...acting].filter(([, score]) => score > 0).map(([head]) => head));
}

/** "Given she is on the start page": the place where the story begins. */
function givenPlace(sentence: string, language: Language, context: Context): StepDraft | null {
  const { lexicon } = context;
  if (!/^(?:given|angenommen|gegeben)(?!\p{L})/iu.test(sentence)) return null;
  const tokens = tokenize(sentence, language === 'de');
  const at = tokens.findIndex(({ low }) => /^(?:on|at|in|auf|im|am)$/.test(low));
  const phrase = at < 0 ? [] : nounPhrase(tokens.slice(at + 1), lexicon);
  return phrase.length > 0 && lexicon.place.test(phrase.at(-1)?.low ?? '')
    ? draftOf('screen', textOf(phrase), null)
    : null;
}

/** A line of notes that answers the question of the line before it. */
function nextLine(blocks: readonly Block[], at: number): string | undefined {
  const next = blocks[at + 1];
  return next && next.kind === blocks[at]?.kind && next.kind === 'line' && next.number === undefined
    ? next.sentences[0]
    : undefined;
}

/** "Send money." ahead of the prose is its title. */
function isCaption(sentence: string, sentences: number): boolean {
  return (
    sentences > 2 &&
    sentence.split(/\s+/).length <= 4 &&
    sentence.endsWith('.') &&
    !/^(?:the|a|an|der|die|das|ein|eine|we|wir|he|she|they|sie|er|it|es)\s/i.test(sentence)
  );
}

/** "Two signatures for large payments." says what the prose is about. */
function isVerbless(sentence: string, sentences: number, language: Language): boolean {
  if (sentences < 3 || !sentence.endsWith('.') || sentence.split(/\s+/).length > 9) return false;
  const clauses = clausesOf(sentence, language);
  return clauses.length === 1 && clauses[0]?.verb === '' && clauses[0].link === 'first';
}

/** A first line without a verb that only names the flow. */
function isTitle(
  sentences: readonly string[],
  blocks: number,
  at: number,
  listed: boolean,
  kind: string,
): boolean {
  const [only = ''] = sentences;
  if (at !== 0 || kind === 'item' || sentences.length > 1 || blocks < 2)
    return sentences.length === 1 && kind === 'line' && only.endsWith(':') && at === 0;
  const words = only.split(/\s+/).length;
  if (
    /^(?:notes?|notizen|minutes|protokoll|stichworte|stichpunkte|entwurf|draft)\b/i.test(only) &&
    words <= 10 &&
    !/->|→|=>/.test(only)
  )
    return true;
  return (
    words <= 8 &&
    !/[.!?]$/.test(only) &&
    !/->|→|=>/.test(only) &&
    (listed || words <= 5 || /\s[–—-]\s/.test(only))
  );
}
