/** "Otherwise", "if not": the branch that the text has not spoken of (ANNOTATION.md, 4.2 and 4.5). */
import type { Condition, Statement } from '../../meaning/statement.ts';
import { bareCondition, continueBranch } from '../branch.ts';
import type { Construction, Decision } from '../construction.ts';
import { aside, isFrom, within } from '../ends.ts';
import type { End } from '../graph.ts';
import { drawBefore } from '../guard.ts';
import { questionOf } from '../titles.ts';
import { drawCondition } from './condition.ts';

/** `all`: "in all other cases". */
export function drawOtherwise(flow: Construction, body: readonly Statement[], all = false): void {
  const asked = flow.question;
  const asking = asked === null ? [] : flow.questionEnds;
  flow.question = null;
  // "We check whether it fits. If not, …"
  if (asked) {
    const answer: Condition = {
      ...asked,
      positive: !asked.positive,
      failure: asked.outcome === 'good',
      negated: true,
      source: 'if',
    };
    return aside(flow, asking.length > 0 ? asking : flow.open, () => drawCondition(flow, answer, body));
  }
  const others = all ? awaitingAll(flow) : [];
  if (others.length > 1) return aside(flow, others, () => flow.drawInside(body));
  const latest = flow.decisions.at(-1);
  // The other way of a guard is the step itself, which is drawn.
  if (latest && flow.graph.isGuard(latest.node) && flow.open.length > 0 && latest.item >= flow.item - 1)
    return flow.draw(body);
  const decision = awaiting(flow);
  if (decision) return continueBranch(flow, decision, decision.other, body, false);
  const step = flow.lastStep;
  const draft = step?.step;
  if (step && draft && flow.isOpenAt(step) && (draft.can || draft.asks || draft.person)) {
    const condition = bareCondition(questionOf(step.title));
    return drawBefore(flow, step, { ...condition, positive: false }, body);
  }
  flow.draw(body);
}

/** The other branches of all decisions told last. */
const awaitingAll = (flow: Construction): End[] =>
  within(
    flow.open,
    flow.decisions.slice(-6).map(({ other }) => other),
  );

/** The decision that awaits its other branch: the innermost of this sentence, otherwise the one told last. */
function awaiting(flow: Construction): Decision | null {
  const latest =
    flow.decisions.findLast((candidate) => flow.open.includes(candidate.other)) ?? endedTooEarly(flow);
  const innermost = flow.decisions
    .filter((candidate) => candidate.sentence === flow.sentence && flow.open.includes(candidate.other))
    .toSorted((a, b) => b.node - a.node)[0];
  return latest ? (innermost ?? latest) : null;
}

/** "That ends it for them. Otherwise …": the end was that of the branch, not of both. */
function endedTooEarly(flow: Construction): Decision | null {
  if (flow.open.length > 0) return null;
  const { decisions, graph } = flow;
  const latest = decisions.at(-1);
  for (const decision of decisions.toReversed()) {
    const edge = graph
      .outOf(decision.node)
      .find((other) => isFrom(other, decision.other) && other.to === flow.end.id);
    const around = latest !== undefined && latest !== decision && decision.bodyNodes.includes(latest.node);
    if (
      edge &&
      !decision.bodyNodes.includes(decision.node) &&
      (decision === latest || around || latest?.bodyNodes.length === 0 || isOutermost(flow, decision))
    ) {
      graph.remove([edge]);
      flow.open = [decision.other];
      return decision;
    }
  }
  return null;
}

/** Not inside the branch of another decision that was closed with it. */
function isOutermost(flow: Construction, decision: Decision): boolean {
  return !flow.decisions.some(
    (other) => other !== decision && other.bodyNodes.includes(decision.node) && other.item === decision.item,
  );
}
