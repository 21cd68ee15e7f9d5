import { quote, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';
import { branchKey } from './duplicate-edge.ts';

export const decisionBranches: LintRule = {
  severity: 'error',
  title: 'Decision with fewer than two branches',
  rationale:
    'A question with one answer is no decision: the other case was forgotten, and people will meet it.',
  source: SOURCES.flowcharts,
  check(graph) {
    return graph.steps.flatMap((node) => {
      if (node.type !== 'decision') return [];
      const edges = graph.outgoing(node.id);
      const branches = new Set(edges.map(branchKey)).size;
      if (branches >= 2) return [];
      const count = branches === 0 ? 'no branch' : 'only one branch';
      return [
        {
          message: `The decision ${quote(node)} has ${count}: add what happens otherwise, or make it an action.`,
          nodeIds: [node.id],
          edgeIds: edges.map(({ id }) => id),
        },
      ];
    });
  },
};
