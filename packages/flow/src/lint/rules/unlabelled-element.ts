import { finding, quote, type LintRule } from '../rule.ts';
import { roleOf } from '../screens.ts';
import { SOURCES } from '../sources.ts';

export const unlabelledElement: LintRule = {
  severity: 'warning',
  title: 'Control without a label',
  rationale: 'A screen reader has nothing to say for it, and speech control no word to call it by.',
  source: SOURCES.nameRoleValue,
  check(graph) {
    return graph.steps.flatMap((node) => {
      const silent = (node.screen?.elements ?? []).filter((element) => {
        const role = roleOf(element);
        return element.label.trim() === '' && (role === 'control' || role === 'field');
      });
      if (silent.length === 0) return [];
      const kinds = [...new Set(silent.map(({ kind }) => kind.trim()))].slice(0, 3).join(', ');
      const count = silent.length === 1 ? 'a control' : `${silent.length} controls`;
      return [
        finding(`${quote(node)} has ${count} without a label (${kinds}): name each of them.`, [node.id]),
      ];
    });
  },
};
