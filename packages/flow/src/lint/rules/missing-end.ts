import { addTerminal } from '../fixes.ts';
import type { LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';
import { deadEnds } from './dead-end.ts';

export const missingEnd: LintRule = {
  severity: 'warning',
  title: 'No end',
  rationale: 'People need to know when they are done, and a team needs to know what counts as done.',
  source: SOURCES.visibility,
  check(graph) {
    if (graph.steps.length === 0 || graph.ends.length > 0) return [];
    const [last, ...others] = deadEnds(graph);
    const clear = last && last.type !== 'start' && others.length === 0 && graph.reachable.has(last.id);
    const fix = clear ? addTerminal(graph, 'end', last) : undefined;
    return [
      {
        message: 'The flow has no end: add one where people have reached their goal.',
        nodeIds: [],
        edgeIds: [],
        ...(fix ? { fix } : {}),
      },
    ];
  },
};
