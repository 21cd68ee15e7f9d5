import type { Clause } from '../../clause.ts';
import type { Token } from '../../text/tokens.ts';
import type { Context } from '../context.ts';
import type { Condition, StepDraft } from '../statement.ts';
import { verblessCondition } from './condition.ts';

/** What a subject says besides who acts: a condition, "the others", or an act of its own. */
export type SubjectCase =
  | { kind: 'if'; condition: Condition; clause: Clause }
  | { kind: 'else'; clause: Clause }
  | { kind: 'step'; draft: StepDraft };

/** One way of putting a condition into the subject; null if the clause does not. */
export type SubjectRule = (clause: Clause, context: Context) => SubjectCase | null;

/** The case that `words` name; `left` is the subject that the clause keeps. */
export const caseOf = (
  clause: Clause,
  context: Context,
  words: readonly Token[],
  left: readonly Token[] = clause.subject,
): SubjectCase => ({
  kind: 'if',
  clause: { ...clause, subject: left },
  condition: verblessCondition(clause, context, 'subject', words),
});
