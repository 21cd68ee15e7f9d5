import type { LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';

export const multipleStarts: LintRule = {
  severity: 'warning',
  title: 'More than one start',
  rationale:
    'Several starts are often two flows on one canvas; readers and tests then do not know which one is meant.',
  source: SOURCES.flowcharts,
  check({ starts }) {
    if (starts.length < 2) return [];
    return [
      {
        message: `The flow has ${starts.length} starts: join them, or split it into one flow for each.`,
        nodeIds: starts.map(({ id }) => id),
        edgeIds: [],
      },
    ];
  },
};
