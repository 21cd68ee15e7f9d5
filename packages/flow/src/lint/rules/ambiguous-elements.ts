import { finding, quote, quoteText, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';

export const ambiguousElements: LintRule = {
  severity: 'warning',
  title: 'Same label, different target',
  rationale: 'People who hear only the labels cannot tell the two apart, and others press the wrong one.',
  source: SOURCES.consistentIdentification,
  check(graph) {
    return graph.steps.flatMap((node) => {
      const labels = new Map(
        (node.screen?.elements ?? []).map(({ id, label }) => [id, label.trim().toLowerCase()] as const),
      );
      if (labels.size < 2) return [];
      const uses = new Map<string, { elements: Set<string>; targets: Set<string>; edges: string[] }>();
      for (const { id, elementId = '', target, condition } of graph.outgoing(node.id)) {
        const label = labels.get(elementId) ?? '';
        // With a condition one element may well lead to different steps.
        if (label === '' || condition !== undefined) continue;
        const use = uses.get(label) ?? { elements: new Set(), targets: new Set(), edges: [] };
        use.elements.add(elementId);
        use.targets.add(target);
        use.edges.push(id);
        uses.set(label, use);
      }
      return [...uses].flatMap(([label, { elements, targets, edges }]) =>
        elements.size < 2 || targets.size < 2
          ? []
          : [
              finding(
                `${quote(node)} has ${elements.size} elements called ${quoteText(label)} that lead to different steps: name them apart.`,
                [node.id],
                edges,
              ),
            ],
      );
    });
  },
};
