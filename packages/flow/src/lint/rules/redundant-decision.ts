import { finding, quote, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';
import { branchKey } from './duplicate-edge.ts';

export const redundantDecision: LintRule = {
  severity: 'info',
  title: 'Decision that changes nothing',
  rationale: 'When every answer leads to the same step, people are asked, or a case is handled, for nothing.',
  source: SOURCES.minimalism,
  check(graph) {
    return graph.steps.flatMap((node) => {
      if (node.type !== 'decision') return [];
      const edges = graph.outgoing(node.id);
      const [first] = edges;
      if (!first || new Set(edges.map(branchKey)).size < 2) return [];
      if (edges.some(({ target }) => target !== first.target)) return [];
      return [
        finding(
          `Every answer to ${quote(node)} leads to the same step: leave the decision out, or say what differs.`,
          [node.id],
          edges.map(({ id }) => id),
        ),
      ];
    });
  },
};
