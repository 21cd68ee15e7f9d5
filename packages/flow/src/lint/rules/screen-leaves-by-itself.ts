import { finding, quote, type LintRule } from '../rule.ts';
import { hasState } from '../screens.ts';
import { SOURCES } from '../sources.ts';
import { soundsLikeWaiting } from '../words.ts';

export const screenLeavesByItself: LintRule = {
  severity: 'info',
  title: 'Screen that leaves by itself',
  rationale: 'A screen that goes away unasked is gone before everybody has read it.',
  source: SOURCES.changeOnRequest,
  check(graph) {
    return graph.steps.flatMap((node) => {
      const exits = node.type === 'screen' ? graph.exits(node.id) : [];
      if (exits.length === 0 || exits.some(({ trigger }) => trigger !== 'auto')) return [];
      // Then people wait for it; and an end may follow a last screen without anybody doing anything.
      if (soundsLikeWaiting(node.title) || hasState(node, 'loading')) return [];
      if (exits.every(({ target }) => graph.step(target)?.type === 'end')) return [];
      return [
        finding(
          `${quote(node)} goes on without anybody doing anything: let people say when.`,
          [node.id],
          exits.map(({ id }) => id),
        ),
      ];
    });
  },
};
