import type { FlowEdge, NodeType } from '../../document/types.ts';
import { edgeText } from '../../layout/edge-text.ts';
import { finding, quote, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';

/** Decisions have rules of their own, and from a start people come in by themselves. */
const ASKED: ReadonlySet<NodeType> = new Set(['screen', 'action', 'system', 'subflow']);

export const ambiguousExits: LintRule = {
  severity: 'info',
  title: 'Ways on that look alike',
  rationale: 'Two unnamed arrows with the same cause leave it open which way people take, and how.',
  source: SOURCES.recognition,
  check(graph) {
    return graph.steps.flatMap((node) => {
      if (!ASKED.has(node.type)) return [];
      const silent = new Map<string, FlowEdge[]>();
      for (const edge of graph.exits(node.id)) {
        if (edge.elementId !== undefined || edgeText(edge) !== '') continue;
        const same = silent.get(edge.trigger);
        if (same) same.push(edge);
        else silent.set(edge.trigger, [edge]);
      }
      return [...silent.values()].flatMap((edges) => {
        if (new Set(edges.map(({ target }) => target)).size < 2) return [];
        return [
          finding(
            `${quote(node)} leads on in ${edges.length} unnamed ways: write on each arrow what leads there.`,
            [node.id],
            edges.map(({ id }) => id),
          ),
        ];
      });
    });
  },
};
