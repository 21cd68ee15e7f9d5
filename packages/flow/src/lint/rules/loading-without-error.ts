import { finding, quote, type LintRule } from '../rule.ts';
import { addState, hasState } from '../screens.ts';
import { SOURCES } from '../sources.ts';

export const loadingWithoutError: LintRule = {
  severity: 'info',
  title: 'Loading that can only succeed',
  rationale: 'What is loaded can fail to load; without a designed answer people watch a spinner for ever.',
  source: SOURCES.recovery,
  check(graph) {
    return graph.steps.flatMap((node) => {
      if (!hasState(node, 'loading') || hasState(node, 'error')) return [];
      if (graph.outgoing(node.id).some(({ trigger }) => trigger === 'error' || trigger === 'timeout'))
        return [];
      return [
        finding(
          `${quote(node)} loads something, but nothing says what people see when that fails: design its error.`,
          [node.id],
          [],
          addState(node, 'error', 'Says that it could not be loaded and offers to try again'),
        ),
      ];
    });
  },
};
