import type { FlowEdge } from '../../document/types.ts';
import { edgeText } from '../../layout/edge-text.ts';
import { finding, quote, quoteText, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';

export const repeatedBranchLabel: LintRule = {
  severity: 'warning',
  title: 'Same answer, different ways',
  rationale: 'Where one answer leads to two places, nobody can build or test what happens.',
  source: SOURCES.flowcharts,
  check(graph) {
    return graph.steps.flatMap((node) => {
      if (node.type !== 'decision') return [];
      const answers = new Map<string, FlowEdge[]>();
      for (const edge of graph.outgoing(node.id)) {
        if (edgeText(edge) === '') continue;
        const words = [edge.label, edge.condition].map((text) => text?.trim().toLowerCase() ?? '');
        const key = JSON.stringify([edge.trigger, ...words]);
        const same = answers.get(key);
        if (same) same.push(edge);
        else answers.set(key, [edge]);
      }
      return [...answers.values()].flatMap((same) => {
        const [first] = same;
        if (!first || new Set(same.map(({ target }) => target)).size < 2) return [];
        return [
          finding(
            `${quoteText(edgeText(first))} leads from ${quote(node)} to different steps: say what makes the difference.`,
            [node.id],
            same.map(({ id }) => id),
          ),
        ];
      });
    });
  },
};
