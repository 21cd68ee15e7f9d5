import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { nonsenseText } from '../../workers/api/src/agents/models/local/nonsense.fixture.ts';
import { readFlow } from '../../workers/api/src/agents/models/local/read.ts';
import { loadSet } from './load.ts';

/** The graph without its words: edges by the position of their ends in the text. */
function shape(text: string): string {
  const { nodes, edges } = readFlow(text);
  const at = new Map(nodes.map(({ id }, index) => [id, index]));
  return edges
    .map(({ from, to }) => `${at.get(from)}>${at.get(to)}`)
    .toSorted()
    .join();
}

const items = ['dev', 'more'].flatMap((split) =>
  loadSet(fileURLToPath(new URL(`./sets/designer.${split}.jsonl`, import.meta.url))),
);

/**
 * Prompts whose graph keeps its shape when everything but cue words becomes nonsense. The goal is all of them; where the
 * shape changes, a rule guesses from a word's ending or takes an unknown verb for a noun.
 */
const KEPT_AT_LEAST = 32;

describe('no prompt is special-cased: nouns are replaced by nonsense, cue words are kept', () => {
  test('every text really becomes another', () => {
    expect(items.filter(({ text, lang }) => nonsenseText(text, lang) === text)).toEqual([]);
  });

  test(`at least ${KEPT_AT_LEAST} of ${items.length} graphs are isomorphic`, () => {
    const kept = items.filter(({ text, lang }) => shape(nonsenseText(text, lang)) === shape(text));
    expect(kept.length).toBeGreaterThanOrEqual(KEPT_AT_LEAST);
  });
});
