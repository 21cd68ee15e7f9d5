import { finding, quote, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';

export const imageWithoutText: LintRule = {
  severity: 'info',
  title: 'Screen that is only a picture',
  rationale:
    'Colleagues who do not see the picture, and every agent and export, learn nothing about the screen.',
  source: SOURCES.nonTextContent,
  check(graph) {
    return graph.steps
      .filter(
        ({ screen, description = '' }) =>
          screen?.imageUrl !== undefined && screen.elements.length === 0 && description.trim() === '',
      )
      .map((node) =>
        finding(`${quote(node)} is only a picture: describe it, or list what is on it.`, [node.id]),
      );
  },
};
