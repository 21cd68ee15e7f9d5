import { finding, quote, type LintRule } from '../rule.ts';
import { hasState } from '../screens.ts';
import { SOURCES } from '../sources.ts';
import { isBareEnd } from '../words.ts';

export const errorEndsFlow: LintRule = {
  severity: 'info',
  title: 'An error that just ends the flow',
  rationale: 'People are thrown out without a word: they do not learn what went wrong nor what they can do.',
  source: SOURCES.recovery,
  check(graph) {
    return graph.edges.flatMap((edge) => {
      if (edge.trigger !== 'error') return [];
      const source = graph.step(edge.source);
      const target = graph.step(edge.target);
      if (!source || target?.type !== 'end') return [];
      if (!isBareEnd(target.title) || hasState(source, 'error')) return [];
      return [
        finding(
          `When ${quote(source)} fails the flow just ends: tell people what went wrong and what they can do.`,
          [source.id],
          [edge.id],
        ),
      ];
    });
  },
};
