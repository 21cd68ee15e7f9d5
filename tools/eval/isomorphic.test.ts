import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { nonsenseNouns } from '../../workers/api/src/agents/models/local/nonsense.fixture.ts';
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

const file = (name: string): URL => new URL(`./sets/${name}`, import.meta.url);
/** The nouns of each prompt, listed by a reader who knew neither the model nor its tables. */
const nouns: Readonly<Record<string, string>> = JSON.parse(readFileSync(file('nouns.json'), 'utf8'));
const items = ['dev', 'more'].flatMap((split) => loadSet(file(`designer.${split}.jsonl`).pathname));

describe('no prompt is special-cased: nouns are replaced by nonsense, cue words are kept', () => {
  const replaced = items.map(({ id, text, lang }) => ({
    id,
    text,
    made: nonsenseNouns(text, (nouns[id] ?? '').split(' '), lang),
  }));

  test('every text loses at least six words, and the texts together a seventh of all', () => {
    const words = (text: string): string[] => text.split(/\s+/);
    const changed = replaced.map(({ text, made }) => {
      const after = words(made);
      return words(text).filter((word, at) => word !== after[at]).length;
    });
    expect(Math.min(...changed)).toBeGreaterThanOrEqual(6);
    const all = replaced.reduce((sum, { text }) => sum + words(text).length, 0);
    expect(changed.reduce((sum, count) => sum + count, 0) / all).toBeGreaterThan(1 / 7);
  });

  test.each(replaced)('$id has the same graph in nonsense', ({ text, made }) => {
    expect(shape(made)).toBe(shape(text));
  });
});
