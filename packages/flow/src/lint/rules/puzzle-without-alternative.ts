import { once, type GraphIndex } from '../graph-index.ts';
import { finding, quote, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';
import { soundsLikePuzzle } from '../words.ts';

export const puzzleWithoutAlternative: LintRule = {
  severity: 'info',
  title: 'Puzzle as the only way in',
  rationale: 'A test of memory or perception shuts people out; there must be a way to get in without it.',
  source: SOURCES.authentication,
  check(graph) {
    const ways = once((from) => {
      const forward = graph.exits(from).filter(({ trigger }) => trigger === 'click' || trigger === 'submit');
      return new Set(forward.map(({ target }) => target)).size;
    });
    return graph.steps
      .filter((node) => {
        const asks = node.type === 'screen' || node.type === 'action';
        return asks && soundsLikePuzzle(node.title) && !hasAlternative(graph, node.id, ways);
      })
      .map((node) =>
        finding(`${quote(node)} must be solved to get on: offer another way, such as a code by e-mail.`, [
          node.id,
        ]),
      );
  },
};

/** The step itself, or every screen that leads to it, offers another way on than through the puzzle. */
function hasAlternative(graph: GraphIndex, id: string, ways: (from: string) => number): boolean {
  const before = new Set(graph.incoming(id).map(({ source }) => source));
  before.delete(id);
  return ways(id) > 1 || (before.size > 0 && [...before].every((source) => ways(source) > 1));
}
