import { finding, quote, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';

export const autoFromElement: LintRule = {
  severity: 'warning',
  title: 'Automatic transition from an element',
  rationale:
    'Either somebody uses the element or it happens by itself; what is built from both surprises people.',
  source: SOURCES.changeOnRequest,
  check(graph) {
    return graph.edges.flatMap((edge) => {
      if (edge.trigger !== 'auto' || edge.elementId === undefined) return [];
      const source = graph.step(edge.source);
      if (source?.type !== 'screen') return [];
      const element = source.screen?.elements.find(({ id }) => id === edge.elementId);
      return [
        finding(
          `“${element?.label.trim() || edge.elementId}” on ${quote(source)} starts a transition that is said to be automatic: make it a click.`,
          [source.id],
          [edge.id],
          [{ op: 'patch', kind: 'edge', id: edge.id, set: { trigger: 'click' } }],
        ),
      ];
    });
  },
};
