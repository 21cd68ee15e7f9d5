import type { LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';

export const danglingEdge: LintRule = {
  severity: 'error',
  title: 'Transition to nowhere',
  rationale: 'A transition between steps that are not there cannot be drawn, built or tested.',
  source: SOURCES.flowcharts,
  check(graph) {
    return graph.dangling.map(({ id, source, target }) => {
      const missing = [source, target].filter((end) => !graph.hasNode(end));
      return {
        message: `The transition “${id}” points at “${missing.join('” and “')}”, which is not in this flow: remove it or link it anew.`,
        nodeIds: [source, target].filter((end) => graph.hasNode(end)),
        edgeIds: [id],
        fix: [{ op: 'remove', kind: 'edge', id }],
      };
    });
  },
};
