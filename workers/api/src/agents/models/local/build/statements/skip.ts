/** "She can skip the tour" (ANNOTATION.md, 4.6). */
import { coverage } from '../../meaning/likeness.ts';
import type { Statement } from '../../meaning/statement.ts';
import { bareCondition } from '../branch.ts';
import type { Construction } from '../construction.ts';
import { drawBefore } from '../guard.ts';
import { drawCondition } from './condition.ts';

/** Puts the decision before the step that may be skipped, if that was told last; otherwise it is told here. */
export function drawSkip(flow: Construction, { title, draft }: Extract<Statement, { kind: 'skip' }>): void {
  const told = flow.lastStep;
  const condition = bareCondition(title);
  if (told?.step && flow.isOpenAt(told) && coverage(draft.object, told.stems) >= 0.6)
    return drawBefore(flow, told, condition, []);
  drawCondition(flow, { ...condition, positive: false }, [{ kind: 'step', draft }]);
}
