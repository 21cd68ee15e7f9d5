import { finding, quote, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';

export const edgeOutOfEnd: LintRule = {
  severity: 'warning',
  title: 'Transition out of an end',
  rationale: 'Either people are done there, or they go on; readers cannot know which of the two is meant.',
  source: SOURCES.flowcharts,
  check(graph) {
    return graph.ends.flatMap((end) => {
      const exits = graph.exits(end.id);
      if (exits.length === 0) return [];
      return [
        finding(
          `The flow goes on behind the end ${quote(end)}: make it a screen, or remove what leads on.`,
          [end.id],
          exits.map(({ id }) => id),
        ),
      ];
    });
  },
};
