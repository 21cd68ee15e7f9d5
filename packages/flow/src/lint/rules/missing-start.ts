import { addTerminal } from '../fixes.ts';
import { quote, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';

export const missingStart: LintRule = {
  severity: 'error',
  title: 'No start',
  rationale:
    'Without a start nobody can tell where people enter the flow, nor whether a step is ever reached.',
  source: SOURCES.flowcharts,
  check(graph) {
    if (graph.steps.length === 0 || graph.starts.length > 0) return [];
    const [entry, ...others] = graph.entries();
    // Safe only when there is one place to begin at and everything follows from it.
    const clear = entry && others.length === 0 && graph.reachableFrom([entry.id]).size === graph.steps.length;
    const fix = clear ? addTerminal(graph, 'start', entry) : undefined;
    const hint = clear ? ` before ${quote(entry)}` : ' and link it with the first step';
    return [
      {
        message: `The flow has no start: add one${hint}.`,
        nodeIds: [],
        edgeIds: [],
        ...(fix ? { fix } : {}),
      },
    ];
  },
};
