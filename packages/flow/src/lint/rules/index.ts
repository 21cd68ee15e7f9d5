import type { LintRule } from '../rule.ts';
import { ambiguousElements } from './ambiguous-elements.ts';
import { ambiguousExits } from './ambiguous-exits.ts';
import { autoFromElement } from './auto-from-element.ts';
import { danglingEdge } from './dangling-edge.ts';
import { deadEnd } from './dead-end.ts';
import { decisionBranches } from './decision-branches.ts';
import { destructiveWithoutConfirmation } from './destructive-without-confirmation.ts';
import { duplicateEdge } from './duplicate-edge.ts';
import { duplicateTitle } from './duplicate-title.ts';
import { edgeIntoStart } from './edge-into-start.ts';
import { edgeOutOfEnd } from './edge-out-of-end.ts';
import { emptyFrame } from './empty-frame.ts';
import { emptyTitle } from './empty-title.ts';
import { errorEndsFlow } from './error-ends-flow.ts';
import { gestureWithoutAlternative } from './gesture-without-alternative.ts';
import { imageWithoutText } from './image-without-text.ts';
import { inconsistentWording } from './inconsistent-wording.ts';
import { inescapableLoop } from './inescapable-loop.ts';
import { insecureImage } from './insecure-image.ts';
import { listWithoutEmptyState } from './list-without-empty-state.ts';
import { loadingWithoutError } from './loading-without-error.ts';
import { longTitle } from './long-title.ts';
import { missingEnd } from './missing-end.ts';
import { missingStart } from './missing-start.ts';
import { multipleStarts } from './multiple-starts.ts';
import { orderWithoutReview } from './order-without-review.ts';
import { placeholderTitle } from './placeholder-title.ts';
import { puzzleWithoutAlternative } from './puzzle-without-alternative.ts';
import { redundantDecision } from './redundant-decision.ts';
import { redundantEntry } from './redundant-entry.ts';
import { repeatedBranchLabel } from './repeated-branch-label.ts';
import { screenLeavesByItself } from './screen-leaves-by-itself.ts';
import { selfLoop } from './self-loop.ts';
import { subflowWithoutFlow } from './subflow-without-flow.ts';
import { submitWithoutConfirmation } from './submit-without-confirmation.ts';
import { submitWithoutErrorPath } from './submit-without-error-path.ts';
import { timeoutWithoutRecovery } from './timeout-without-recovery.ts';
import { unlabelledBranch } from './unlabelled-branch.ts';
import { unlabelledElement } from './unlabelled-element.ts';
import { unlinkedElement } from './unlinked-element.ts';
import { unreachableNode } from './unreachable-node.ts';
import { unusedPersona } from './unused-persona.ts';
import { vagueLabel } from './vague-label.ts';

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
  | 'self-loop'
  | 'inescapable-loop'
  | 'edge-into-start'
  | 'edge-out-of-end'
  | 'repeated-branch-label'
  | 'destructive-without-confirmation'
  | 'ambiguous-elements'
  | 'unlabelled-element'
  | 'auto-from-element'
  | 'empty-title'
  | 'error-ends-flow'
  | 'submit-without-confirmation'
  | 'order-without-review'
  | 'timeout-without-recovery'
  | 'screen-leaves-by-itself'
  | 'loading-without-error'
  | 'list-without-empty-state'
  | 'redundant-entry'
  | 'gesture-without-alternative'
  | 'puzzle-without-alternative'
  | 'unlinked-element'
  | 'ambiguous-exits'
  | 'redundant-decision'
  | 'duplicate-title'
  | 'placeholder-title'
  | 'long-title'
  | 'vague-label'
  | 'inconsistent-wording'
  | 'image-without-text'
  | 'insecure-image'
  | 'subflow-without-flow'
  | 'empty-frame'
  | 'unused-persona';

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
  'inescapable-loop': inescapableLoop,
  'edge-into-start': edgeIntoStart,
  'edge-out-of-end': edgeOutOfEnd,
  'repeated-branch-label': repeatedBranchLabel,
  'destructive-without-confirmation': destructiveWithoutConfirmation,
  'ambiguous-elements': ambiguousElements,
  'unlabelled-element': unlabelledElement,
  'auto-from-element': autoFromElement,
  'empty-title': emptyTitle,
  'error-ends-flow': errorEndsFlow,
  'submit-without-confirmation': submitWithoutConfirmation,
  'order-without-review': orderWithoutReview,
  'timeout-without-recovery': timeoutWithoutRecovery,
  'screen-leaves-by-itself': screenLeavesByItself,
  'loading-without-error': loadingWithoutError,
  'list-without-empty-state': listWithoutEmptyState,
  'redundant-entry': redundantEntry,
  'gesture-without-alternative': gestureWithoutAlternative,
  'puzzle-without-alternative': puzzleWithoutAlternative,
  'unlinked-element': unlinkedElement,
  'ambiguous-exits': ambiguousExits,
  'redundant-decision': redundantDecision,
  'duplicate-title': duplicateTitle,
  'placeholder-title': placeholderTitle,
  'long-title': longTitle,
  'vague-label': vagueLabel,
  'inconsistent-wording': inconsistentWording,
  'image-without-text': imageWithoutText,
  'insecure-image': insecureImage,
  'subflow-without-flow': subflowWithoutFlow,
  'empty-frame': emptyFrame,
  'unused-persona': unusedPersona,
};

/** The ids of all rules, in the order in which issues are listed. */
export const LINT_RULE_IDS: readonly LintRuleId[] = Object.keys(LINT_RULES).filter(isLintRuleId);

/** True for the id of a rule; what objects inherit is none. */
export function isLintRuleId(id: string): id is LintRuleId {
  return Object.hasOwn(LINT_RULES, id);
}
