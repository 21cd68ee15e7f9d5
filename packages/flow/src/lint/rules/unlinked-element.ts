import { finding, quote, quoteText, type LintRule } from '../rule.ts';
import { roleOf } from '../screens.ts';
import { SOURCES } from '../sources.ts';

export const unlinkedElement: LintRule = {
  severity: 'info',
  title: 'Button that leads nowhere',
  rationale: 'On a screen whose other buttons lead on, one without a transition was probably forgotten.',
  source: SOURCES.visibility,
  check(graph) {
    return graph.steps.flatMap((node) => {
      const elements = node.screen?.elements ?? [];
      if (elements.length === 0) return [];
      const linked = new Set(graph.outgoing(node.id).map(({ elementId }) => elementId));
      linked.delete(undefined);
      // Nobody has linked single elements here, so none was forgotten.
      if (linked.size === 0) return [];
      const loose = elements.filter((element) => roleOf(element) === 'control' && !linked.has(element.id));
      if (loose.length === 0) return [];
      const names = loose.slice(0, 3).map(({ label, id }) => quoteText(label.trim() || id));
      return [
        finding(
          `On ${quote(node)} nothing says what ${names.join(', ')} ${loose.length === 1 ? 'does' : 'do'}: add a transition for each.`,
          [node.id],
        ),
      ];
    });
  },
};
