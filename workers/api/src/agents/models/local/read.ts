import { Builder } from './build/builder.ts';
import type { DraftEdge, DraftNode } from './build/graph.ts';
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
import { type Context, newContext } from './meaning/context.ts';
import { interpret } from './meaning/interpret.ts';
import { remarkSentence } from './meaning/remarks.ts';
import { readBlocks } from './text/blocks.ts';
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

export function clausesOf(sentence: string, language: Language): Clause[] {
  const tokens = tokenize(sentence);
  return language === 'en' ? splitEnglish(tokens).map(parseEnglish) : splitGerman(tokens).map(parseGerman);
}

/** Reads a description of a flow. Never fails; what it cannot use is in `unused`. */
export function readFlow(text: string): Reading {
  const language = detectLanguage(tokenize(text));
  const lexicon = language === 'en' ? ENGLISH : GERMAN;
  const context: Context = newContext(lexicon, language === 'en' ? englishJump : germanJump);
  const builder = new Builder(lexicon);
  const unused: string[] = [];
  let heading: string | null = null;
  const blocks = readBlocks(text);
  const listed = blocks.some(({ kind }) => kind === 'item');
  for (const [at, block] of blocks.entries()) {
    if (block.kind === 'heading' || isTitle(block.sentences, blocks.length, at, listed, block.kind)) {
      heading ??= block.sentences.join(' ').replace(/[:.]\s*$/, '');
      continue;
    }
    builder.beginItem(block.number);
    for (const sentence of block.sentences) {
      if (remarkSentence(sentence)) { unused.push(sentence); continue; }
      const before = builder.graph.nodes.length + builder.graph.edges.length;
      const statements = interpret(clausesOf(sentence, language), context);
      builder.run(statements);
      builder.setAsk(context.pending);
      context.pending = null;
      if (statements.length === 0 && before === builder.graph.nodes.length + builder.graph.edges.length) unused.push(sentence);
    }
  }
  builder.finish();
  tidy(builder.graph, 0, builder.end.id);
  const alive = builder.graph.nodes.filter((node) => node.title !== '');
  const nodes = [...alive.filter((node) => node !== builder.end), builder.end];
  return { language, nodes, edges: builder.graph.edges, unused, heading };
}

/** A first line without a verb that only names the flow. */
function isTitle(sentences: readonly string[], blocks: number, at: number, listed: boolean, kind: string): boolean {
  const [only = ''] = sentences;
  if (at !== 0 || kind === 'item' || sentences.length > 1 || blocks < 2) return sentences.length === 1 && kind === 'line' && /:$/.test(only) && at === 0;
  const words = only.split(/\s+/).length;
  return words <= 8 && !/[.!?]$/.test(only) && !/->|→|=>/.test(only) && (listed || words <= 5);
}
