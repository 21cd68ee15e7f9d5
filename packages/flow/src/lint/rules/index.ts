import type { LintRule } from '../rule.ts';
import { danglingEdge } from './dangling-edge.ts';
import { deadEnd } from './dead-end.ts';
import { decisionBranches } from './decision-branches.ts';
import { duplicateEdge } from './duplicate-edge.ts';
import { missingEnd } from './missing-end.ts';
import { missingStart } from './missing-start.ts';
import { multipleStarts } from './multiple-starts.ts';
import { selfLoop } from './self-loop.ts';
import { submitWithoutErrorPath } from './submit-without-error-path.ts';
import { unlabelledBranch } from './unlabelled-branch.ts';
import { unreachableNode } from './unreachable-node.ts';

export type LintRuleId =
  | 'dangling-edge'
  | 'missing-start'
  | 'missing-end'
  | 'multiple-starts'
  | 'unreachable-node'
  | 'dead-end'
  | 'decision-branches'
  | 'unlabelled-branch'
  | 'submit-without-error-path'
  | 'duplicate-edge'
  | 'self-loop';

/** Every rule by its id, in the order in which issues are listed. */
export const LINT_RULES: Readonly<Record<LintRuleId, LintRule>> = {
  'dangling-edge': danglingEdge,
  'missing-start': missingStart,
  'missing-end': missingEnd,
  'multiple-starts': multipleStarts,
  'unreachable-node': unreachableNode,
  'dead-end': deadEnd,
  'decision-branches': decisionBranches,
  'unlabelled-branch': unlabelledBranch,
  'submit-without-error-path': submitWithoutErrorPath,
  'duplicate-edge': duplicateEdge,
  'self-loop': selfLoop,
};
