import { finding, quote, type LintRule } from '../rule.ts';
import { addState, hasState } from '../screens.ts';
import { SOURCES } from '../sources.ts';
import { isBareEnd } from '../words.ts';

export const submitWithoutConfirmation: LintRule = {
  severity: 'info',
  title: 'Form without a confirmation',
  rationale: 'People who get no answer do not know whether it worked; they send again, or they call.',
  source: SOURCES.confirmationPages,
  check(graph) {
    return graph.steps.flatMap((node) => {
      if (node.type !== 'screen' || hasState(node, 'success')) return [];
      const submits = graph.outgoing(node.id).filter(({ trigger, target }) => {
        const end = graph.step(target);
        return trigger === 'submit' && end?.type === 'end' && isBareEnd(end.title);
      });
      if (submits.length === 0) return [];
      return [
        finding(
          `After ${quote(node)} is sent the flow just ends: confirm that it worked and say what happens next.`,
          [node.id],
          submits.map(({ id }) => id),
          addState(node, 'success', 'Says that it worked and what happens next'),
        ),
      ];
    });
  },
};
