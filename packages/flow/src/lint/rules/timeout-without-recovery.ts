import { once } from '../graph-index.ts';
import { finding, quote, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';

export const timeoutWithoutRecovery: LintRule = {
  severity: 'info',
  title: 'Timeout without a way back',
  rationale: 'Whoever reads, types or decides slowly loses everything, and with it the chance to finish.',
  source: SOURCES.timing,
  check(graph) {
    const isEnd = (id: string): boolean => graph.step(id)?.type === 'end';
    const isOver = once((id) => {
      const exits = graph.exits(id);
      return isEnd(id) || (exits.length > 0 && exits.every(({ target }) => isEnd(target)));
    });
    return graph.edges.flatMap((edge) => {
      if (edge.trigger !== 'timeout') return [];
      const source = graph.step(edge.source);
      // The time limit of a machine is no time limit for people.
      if (source?.type !== 'screen' && source?.type !== 'action') return [];
      if (!isOver(edge.target)) return [];
      return [
        finding(
          `When time runs out at ${quote(source)} it is all over: let people get more time, or come back.`,
          [source.id],
          [edge.id],
        ),
      ];
    });
  },
};
