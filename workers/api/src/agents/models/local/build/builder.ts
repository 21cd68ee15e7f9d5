/** Draws statements, in the order of the text, into a flow: the one door to the kinds of statements. */
import type { Lexicon } from '../lexicon.ts';
import type { Statement } from '../meaning/statement.ts';
import { Construction } from './construction.ts';
import { aside, close, closeAtEnd, sinceDecision, within } from './ends.ts';
import { settleForward } from './jumps.ts';
import { drawCase, settleLoneCase } from './statements/case.ts';
import { drawChoice, drawLatter } from './statements/choice.ts';
import { drawCondition } from './statements/condition.ts';
import { drawGoto } from './statements/goto.ts';
import { drawLimit } from './statements/limit.ts';
import { moveDecision } from './statements/move.ts';
import { drawOtherwise } from './statements/otherwise.ts';
import { drawSkip } from './statements/skip.ts';
import { drawStep } from './statements/step.ts';

/** A flow with nothing between start and end yet. */
export const newConstruction = (lexicon: Lexicon): Construction => new Construction(lexicon, drawAll);

function drawAll(flow: Construction, statements: readonly Statement[]): void {
  if (flow.depth === 0) flow.sentence++;
  for (const statement of statements) {
    if (flow.depth === 0 && statement.kind !== 'case') settleLoneCase(flow);
    drawOne(flow, statement);
  }
}

function drawOne(flow: Construction, statement: Statement): void {
  switch (statement.kind) {
    case 'step':
      return drawStep(flow, statement.draft);
    case 'end':
      return drawEnd(flow, statement.anyway);
    case 'resume':
      return;
    case 'skip':
      return drawSkip(flow, statement);
    case 'goto':
      return drawGoto(flow, statement);
    case 'if':
      return drawCondition(flow, statement.condition, statement.body, statement.nested);
    case 'else':
      return drawOtherwise(flow, statement.body, statement.all);
    case 'limit':
      return drawLimit(flow, statement);
    case 'choice':
      return drawChoice(flow, statement);
    case 'case':
      return drawCase(flow, statement);
    case 'latter':
      return drawLatter(flow, statement);
    case 'move':
      return moveDecision(flow, statement.after);
    case 'ask':
      flow.question = statement.condition;
  }
}

/** "If it fails, we show a hint. That is the end." closes the branch just told; whatever waits beside it goes on (5.1). */
function drawEnd(flow: Construction, anyway: boolean): void {
  // The branch just told has ended already, for want of anything that repairs it.
  const ended = flow.impliedEnds?.sentence === flow.sentence - 1 && flow.open.length > 0;
  if (flow.depth === 0 && !anyway && ended) return;
  const branch = anyway ? sinceDecision(flow) : flow.depth === 0 ? within(flow.open, flow.lastBranch) : [];
  aside(flow, branch.length > 0 ? branch : flow.open, () => close(flow, flow.end.id));
}

/** The text is over: what waits for more leads to the end. */
export function finish(flow: Construction): void {
  settleLoneCase(flow);
  settleForward(flow);
  closeAtEnd(flow);
}
