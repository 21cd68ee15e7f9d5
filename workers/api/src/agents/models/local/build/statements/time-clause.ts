/** "When …", "once …": a time clause tells an act, repeats what is known, or is the first of two cases (ANNOTATION.md, 2.8). */
import { contentStems, likeness } from '../../meaning/likeness.ts';
import type { Condition, Statement } from '../../meaning/statement.ts';
import { drawBranch, newDecision } from '../branch.ts';
import { continueCase, namedCase } from '../cases.ts';
import type { Construction, TimeClause } from '../construction.ts';
import { aside } from '../ends.ts';
import { continueDecision, recalled } from '../recall.ts';

export function drawTimeClause(flow: Construction, condition: Condition, body: readonly Statement[]): void {
  const act = body[0]?.kind === 'step' && body[0].fromTime === true ? body[0].draft : null;
  const rest = act === null ? body : body.slice(1);
  const chosen = namedCase(flow, condition.stems) ?? namedByVerb(flow, condition);
  if (chosen) return continueCase(flow, chosen, rest);
  const found = recalled(flow, condition);
  if (found && !found.same) return continueDecision(flow, found, rest, condition);
  const first = firstCase(flow, condition);
  if (first) {
    flow.timeClause = null;
    return drawSecondCase(flow, first, condition, rest);
  }
  const { nodes } = flow.graph;
  const actStems = act === null ? [] : contentStems(act.title);
  const isNew =
    act !== null && !nodes.some((node) => node.step !== null && likeness(node.stems, actStems) >= 0.7);
  const at = nodes.length;
  flow.draw(isNew ? body : rest);
  flow.timeClause = nodes.length > at ? { condition, first: at, item: flow.item } : null;
}

/** "can keep A or pay B. When she keeps it, …": the verb alone names the case. */
function namedByVerb(flow: Construction, { verb }: Condition): ReturnType<typeof namedCase> {
  const stems = contentStems(verb);
  const last = flow.choices.at(-1);
  const fitting = last?.cases.filter((candidate) => candidate.stems[0] === stems[0]) ?? [];
  return verb !== '' && fitting.length === 1 ? namedCase(flow, fitting[0]?.stems ?? []) : null;
}

/** The last time clause, if this one tells the other case of its subject. */
function firstCase(flow: Construction, condition: Condition): TimeClause | null {
  const { timeClause: one } = flow;
  return one !== null &&
    one.condition.subject.length > 0 &&
    likeness(one.condition.subject, condition.subject) >= 0.8 &&
    flow.item - one.item <= 1 &&
    flow.graph.into(one.first).length > 0 &&
    one.condition.verb !== condition.verb
    ? one
    : null;
}

/** "When she accepts, A. When she declines, B": a decision takes the place of the first act. */
function drawSecondCase(
  flow: Construction,
  one: TimeClause,
  two: Condition,
  body: readonly Statement[],
): void {
  const { graph } = flow;
  const { title, stems } = one.condition;
  const first = graph.node(one.first);
  const decision = graph.add('decision', title, stems);
  const isAct = first.step !== null && likeness(first.stems, stems) >= 0.6;
  const next = isAct ? graph.outOf(first.id)[0]?.to : undefined;
  graph.redirect(first.id, decision.id);
  if (next !== undefined) graph.remove(graph.outOf(first.id));
  const told = newDecision(flow, decision, { ...two, failure: false }, true);
  graph.connect([told.taken], next ?? first.id);
  const record = { ...told, taken: told.other };
  flow.decisions.push(record);
  aside(flow, [record.other], () => drawBranch(flow, record, [record.other], body));
}
