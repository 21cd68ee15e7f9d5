import type { FlowEdge, Op } from '../../document/types.ts';
import { finding, quoteText, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';

export const inconsistentWording: LintRule = {
  severity: 'info',
  title: 'Same words written differently',
  rationale:
    'What is called the same should look the same; people and tests stumble over “Sign in” and “sign In”.',
  source: SOURCES.consistency,
  check(graph) {
    const groups = new Map<string, FlowEdge[]>();
    for (const edge of graph.edges) {
      const words = edge.label?.trim().replace(/\s+/g, ' ').toLowerCase() ?? '';
      if (words === '') continue;
      const group = groups.get(words);
      if (group) group.push(edge);
      else groups.set(words, [edge]);
    }
    return [...groups.values()].flatMap((edges) => {
      const counts = new Map<string, number>();
      for (const { label = '' } of edges) counts.set(label.trim(), (counts.get(label.trim()) ?? 0) + 1);
      // The most frequent spelling; among equals, the one that came first.
      const [common, ...others] = [...counts].sort(([, a], [, b]) => b - a).map(([label]) => label);
      if (common === undefined || others.length === 0) return [];
      const different = edges.filter(({ label = '' }) => label.trim() !== common);
      const fix = different.map(({ id }): Op => ({ op: 'patch', kind: 'edge', id, set: { label: common } }));
      return [
        finding(
          `${quoteText(common)} is also written ${others.slice(0, 3).map(quoteText).join(', ')}: write it the same everywhere.`,
          [],
          different.map(({ id }) => id),
          fix,
        ),
      ];
    });
  },
};
