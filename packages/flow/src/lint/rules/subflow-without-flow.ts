import { finding, quote, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';

export const subflowWithoutFlow: LintRule = {
  severity: 'info',
  title: 'Sub-flow that is nowhere drawn',
  rationale: 'A step that stands for a whole flow is a gap until that flow is linked or described.',
  source: SOURCES.flowcharts,
  check(graph) {
    return graph.steps
      .filter(
        ({ type, subflowId, description = '' }) =>
          type === 'subflow' && subflowId === undefined && description.trim() === '',
      )
      .map((node) =>
        finding(`${quote(node)} stands for a flow of its own: link that flow, or describe it.`, [node.id]),
      );
  },
};
