import { finding, quote, type LintRule } from '../rule.ts';
import { addState, hasState, roleOf } from '../screens.ts';
import { SOURCES } from '../sources.ts';

export const listWithoutEmptyState: LintRule = {
  severity: 'info',
  title: 'List without an empty state',
  rationale: 'The first thing that new people see of a list is that it is empty; blank, it looks broken.',
  source: SOURCES.emptyStates,
  check(graph) {
    return graph.steps.flatMap((node) => {
      // Whoever has designed no state at all has not come to that yet.
      if (!node.screen || node.screen.states.length === 0 || hasState(node, 'empty')) return [];
      const list = node.screen.elements.find((element) => roleOf(element) === 'list');
      if (!list) return [];
      return [
        finding(
          `${quote(node)} shows a list, but not what people see while it is empty: design that state.`,
          [node.id],
          [],
          addState(node, 'empty', 'Says why nothing is here and how to add the first entry'),
        ),
      ];
    });
  },
};
