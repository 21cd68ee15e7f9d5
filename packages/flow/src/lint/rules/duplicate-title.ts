import type { FlowNode } from '../../document/types.ts';
import { finding, quote, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';

export const duplicateTitle: LintRule = {
  severity: 'info',
  title: 'Two screens with the same title',
  rationale: 'People who see the same title twice cannot tell whether they have moved on.',
  source: SOURCES.pageTitled,
  check(graph) {
    const groups = new Map<string, FlowNode[]>();
    for (const node of graph.steps) {
      const title = node.title.trim().toLowerCase();
      if (node.type !== 'screen' || title === '') continue;
      // Frames often hold variants, such as the same screen on a phone and on a desk.
      const key = JSON.stringify([node.frameId ?? '', title]);
      const group = groups.get(key);
      if (group) group.push(node);
      else groups.set(key, [node]);
    }
    return [...groups.values()].flatMap((nodes) => {
      const [first] = nodes;
      if (!first || nodes.length < 2) return [];
      return [
        finding(
          `${nodes.length} screens are called ${quote(first)}: tell them apart, or use one of them for all.`,
          nodes.map(({ id }) => id),
        ),
      ];
    });
  },
};
