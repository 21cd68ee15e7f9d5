import { finding, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';

export const emptyTitle: LintRule = {
  severity: 'warning',
  title: 'Step without a title',
  rationale:
    'A step without a name cannot be spoken about, built or heard by people who use a screen reader.',
  source: SOURCES.headingsAndLabels,
  check(graph) {
    return graph.steps.flatMap(({ id, type, title }) => {
      if (title.trim() !== '') return [];
      const name = type === 'start' ? 'Start' : type === 'end' ? 'End' : undefined;
      return [
        finding(
          `The ${type} “${id}” has no title: say what people see or do there.`,
          [id],
          [],
          name === undefined ? [] : [{ op: 'patch', kind: 'node', id, set: { title: name } }],
        ),
      ];
    });
  },
};
