import { readFlow } from './read.ts';

/** The edges that a text is drawn with, one `Source -label-> Target` line each, in a fixed order. */
export function edgesOf(text: string): string[] {
  const { nodes, edges } = readFlow(text);
  const title = new Map(nodes.map((node) => [node.id, node.title]));
  return edges
    .map(({ from, to, label }) => `${title.get(from)} -${label ?? ''}-> ${title.get(to)}`)
    .toSorted();
}

/** Lines of an expected flow, one edge each, in the same order. */
export const lines = (flow: string): string[] =>
  flow
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .toSorted();
