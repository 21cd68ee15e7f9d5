import { finding, quote, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';
import { isPlaceholderTitle } from '../words.ts';

export const placeholderTitle: LintRule = {
  severity: 'info',
  title: 'Title still to be written',
  rationale: 'A placeholder tells readers nothing, and it tends to be built as it stands.',
  source: SOURCES.realWorld,
  check(graph) {
    return graph.steps
      .filter(({ type, title }) => type !== 'start' && type !== 'end' && isPlaceholderTitle(title))
      .map((node) =>
        finding(`${quote(node)} is only a placeholder: call the step what people see or do there.`, [
          node.id,
        ]),
      );
  },
};
