import { edgeText } from '../../layout/edge-text.ts';
import type { EdgeTrigger } from '../../document/types.ts';
import { quote, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';

/** Triggers that explain by themselves why one stays where one is. */
const SPEAKING: ReadonlySet<EdgeTrigger> = new Set(['error', 'timeout', 'back']);

export const selfLoop: LintRule = {
  severity: 'info',
  title: 'Loops to itself without a reason',
  rationale: 'An arrow back to the same step says that something happens again, but not when or how often.',
  source: SOURCES.visibility,
  check(graph) {
    return graph.edges.flatMap((edge) => {
      if (edge.source !== edge.target || edgeText(edge) !== '' || SPEAKING.has(edge.trigger)) return [];
      const node = graph.step(edge.source);
      // A decision may need this arrow as its second branch, so removing it is the author's choice.
      const fix =
        node?.type === 'decision'
          ? {}
          : { fix: [{ op: 'remove' as const, kind: 'edge' as const, id: edge.id }] };
      return node
        ? [
            {
              message: `${quote(node)} leads back to itself: say on the arrow when, or remove it.`,
              nodeIds: [node.id],
              edgeIds: [edge.id],
              ...fix,
            },
          ]
        : [];
    });
  },
};
