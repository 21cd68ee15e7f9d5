import { finish, newConstruction } from './build/builder.ts';
import type { Construction } from './build/construction.ts';
import type { DraftEdge, DraftNode } from './build/graph.ts';
import { beginItem, drawInItem } from './build/items.ts';
import { tidy } from './build/tidy.ts';
import type { Clause } from './clause.ts';
import { isSmall, withCapitals } from './de/capitals.ts';
import { gendersOf } from './de/gender.ts';
import type { Context } from './meaning/context.ts';
import { interpret } from './meaning/interpret.ts';
import { remarkSentence } from './meaning/remarks.ts';
import type { Statement } from './meaning/statement.ts';
import { actorsOf } from './read/actors.ts';
import { givenPlace } from './read/given.ts';
import { GRAMMARS, type Grammar } from './read/grammar.ts';
import { captionOf, isAsideHeading, isCaption, isTitle, withoutOpener } from './read/heading.ts';
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

/** A text while it is read. */
interface Reader {
  readonly grammar: Grammar;
  readonly context: Context;
  readonly flow: Construction;
  readonly blocks: readonly Block[];
  readonly unused: string[];
  heading: string | null;
  /** Depths of the items above this one whose branch takes in their sub-items. */
  scopes: number[];
  /** The block whose first sentence the question before it took. */
  answered: number | null;
}

/** Reads a description of a flow. Never fails; what it cannot use is in `unused`. */
export function readFlow(given: string): Reading {
  // Half a surrogate pair cannot be stored in a title.
  const written = given.replaceAll(/\p{Surrogate}/gu, '\ufffd');
  const language = detectLanguage(tokenize(written));
  const text = language === 'de' && isSmall(written) ? withCapitals(written) : written;
  const grammar = GRAMMARS[language];
  const context = grammar.newContext();
  const blocks = readBlocks(text);
  context.actors = actorsOf(
    blocks.flatMap(({ sentences }) => sentences),
    grammar,
    context,
  );
  if (language === 'de') context.genders = gendersOf(tokenize(text));
  const flow = newConstruction(context.lexicon);
  const reader: Reader = {
    grammar,
    context,
    flow,
    blocks,
    unused: [],
    heading: null,
    scopes: [],
    answered: null,
  };
  const firstProse = blocks.findIndex(({ kind }) => kind !== 'heading');
  let outside = false;
  for (const [at, block] of blocks.entries()) {
    if (isTitle(blocks, at, grammar)) {
      const heading = block.sentences.join(' ').replace(/[:.]\s*$/, '');
      reader.heading ??= heading;
      outside = isAsideHeading(heading);
    } else if (outside) reader.unused.push(...block.sentences);
    else readBlock(reader, block, at, at === firstProse);
  }
  finish(flow);
  const { graph, end } = flow;
  tidy(graph, 0, end.id);
  const alive = graph.nodes.filter((node) => node.title !== '' && node !== end);
  return {
    language,
    nodes: [...alive, end],
    edges: graph.edges,
    unused: reader.unused,
    heading: reader.heading,
  };
}

function readBlock(reader: Reader, block: Block, at: number, isFirst: boolean): void {
  const { context, flow, grammar, unused } = reader;
  beginItem(flow, block.number);
  const sentences = reader.answered === at ? block.sentences.slice(1) : block.sentences;
  reader.scopes = block.kind === 'item' ? reader.scopes.filter((depth) => depth < block.depth) : [];
  let inItem = reader.scopes.length > 0;
  for (let i = 0; i < sentences.length; i++) {
    const whole = sentences[i] ?? '';
    const given = flow.graph.nodes.length === 2 ? givenPlace(whole, grammar, context) : null;
    if (given) flow.draw([{ kind: 'step', draft: given.draft }]);
    if (given?.rest === '') continue;
    const sentence = given?.rest ?? whole;
    if (remarkSentence(sentence)) {
      unused.push(sentence);
      continue;
    }
    const opens = isFirst && i === 0;
    if (opens && isCaption(sentences, grammar)) {
      reader.heading ??= sentence.replace(/[.:]\s*$/, '');
      continue;
    }
    const clauses = grammar.clausesOf(
      opens ? afterCaption(reader, block, sentence) : withoutOpener(sentence),
    );
    if (sentence.endsWith('?') && clauses.at(-1)?.question === true) {
      const own = sentences[i + 1];
      const answer = namesCases(sentence) ? null : answerClauses(grammar, own ?? nextLine(reader.blocks, at));
      if (answer) {
        clauses.push(...answer);
        if (own !== undefined) i++;
        else reader.answered = at + 1;
      }
    }
    const statements = interpret(clauses, context);
    if (inItem && statements[0]?.kind !== 'case') drawInItem(flow, statements);
    else flow.draw(statements);
    if ((block.kind === 'item' || block.kind === 'line') && i === 0 && opensBranch(statements[0])) {
      reader.scopes.push(block.depth);
      inItem = true;
    }
    if (statements.length === 0) unused.push(sentence);
  }
}

/** The first sentence of a text without what only names the flow. */
function afterCaption(reader: Reader, block: Block, sentence: string): string {
  const caption = block.kind === 'paragraph' ? captionOf(sentence) : null;
  // "Choose the method: …" names no flow.
  const chooses = reader.context.lexicon.choose;
  const names = caption !== null && !reader.grammar.clausesOf(caption).some(({ verb }) => chooses.has(verb));
  if (!names) return withoutOpener(sentence);
  reader.heading ??= caption.replace(/:\s*$/, '');
  return sentence.slice(caption.length);
}

/** "Collect or deliver?" is answered by its cases. */
const namesCases = (question: string): boolean =>
  /^[^,:]{1,60}(?: or | oder | ?\/ ?)[^,:]{1,40}\?$/i.test(question) && question.split(/\s+/).length <= 6;

/** "Restock? If yes, …", "Too late? Show a hint": the answer is in the next sentence, unless that asks by itself. */
function answerClauses(grammar: Grammar, answer: string | undefined): Clause[] | null {
  if (answer === undefined || /^(?:if|when|wenn|falls)\b/i.test(answer)) return null;
  return grammar
    .clausesOf(answer)
    .map((clause, n) => (n === 0 && clause.link === 'first' ? { ...clause, link: 'then' } : clause));
}

/** A line of notes that answers the question of the line before it. */
function nextLine(blocks: readonly Block[], at: number): string | undefined {
  const next = blocks[at + 1];
  return next && next.kind === blocks[at]?.kind && next.kind === 'line' && next.number === undefined
    ? next.sentences[0]
    : undefined;
}

/** Whether an item that begins so is a branch that its further sentences and sub-items belong to. */
function opensBranch(statement: Statement | undefined): boolean {
  if (statement?.kind === 'case') return true;
  return (
    statement?.kind === 'if' &&
    statement.condition.source !== 'subject' &&
    statement.condition.source !== 'when'
  );
}
