import { finding, quote, quoteText, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';
import { isVagueLabel } from '../words.ts';

export const vagueLabel: LintRule = {
  severity: 'info',
  title: 'Label that says nothing',
  rationale: 'Read alone, as screen readers list them, “click here” and “more” do not say where they lead.',
  source: SOURCES.linkPurpose,
  check(graph) {
    return graph.steps.flatMap((node) => {
      if (node.type !== 'screen') return [];
      const edges = graph.outgoing(node.id).filter(({ label = '' }) => isVagueLabel(label));
      const words = new Set(
        [...(node.screen?.elements ?? []), ...edges]
          .map(({ label = '' }) => label.trim())
          .filter((label) => isVagueLabel(label)),
      );
      if (words.size === 0) return [];
      return [
        finding(
          `${[...words].slice(0, 3).map(quoteText).join(', ')} on ${quote(node)} does not say where it leads: name the target.`,
          [node.id],
          edges.map(({ id }) => id),
        ),
      ];
    });
  },
};
