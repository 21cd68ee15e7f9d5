import { finding, quote, quoteText, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';
import { soundsLikeGesture } from '../words.ts';

export const gestureWithoutAlternative: LintRule = {
  severity: 'info',
  title: 'Gesture as the only way',
  rationale: 'Not everybody can drag, swipe or shake; the same must be possible with a single press.',
  source: SOURCES.dragging,
  check(graph) {
    return graph.steps.flatMap((node) => {
      const exits = node.type === 'screen' ? graph.exits(node.id) : [];
      const gestures = exits.filter(({ label = '' }) => soundsLikeGesture(label));
      if (gestures.length === 0) return [];
      const otherwise = new Set(
        exits.filter(({ label = '' }) => !soundsLikeGesture(label)).map(({ target }) => target),
      );
      return gestures
        .filter(({ target }) => !otherwise.has(target))
        .map(({ id, label = '' }) =>
          finding(
            `On ${quote(node)} ${quoteText(label)} is the only way on: offer a button that does the same.`,
            [node.id],
            [id],
          ),
        );
    });
  },
};
