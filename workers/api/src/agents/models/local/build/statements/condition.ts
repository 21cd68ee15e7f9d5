/** "If …": which decision a condition belongs to, and where it stands (ANNOTATION.md, section 4). */
import { coverage, likeness } from '../../meaning/likeness.ts';
import type { Condition, Statement } from '../../meaning/statement.ts';
import { decide } from '../branch.ts';
import { asksWithinCase, chosenStep, continueCase, namedCase, turnIntoChoice } from '../cases.ts';
import type { Choice, Construction } from '../construction.ts';
import { reopen, within, without } from '../ends.ts';
import { type DraftNode, type End, endOf } from '../graph.ts';
import { deniedStep, drawBefore, HAPPENS, isMissing, replacedStep } from '../guard.ts';
import { continueDecision, otherByComparison, recalled, restates } from '../recall.ts';
import { scopeOf } from '../scope.ts';
import { questionOf, withVerb } from '../titles.ts';
import { drawTimeClause } from './time-clause.ts';

/** `nested`: the text says that the condition holds within the branch told last. */
export function drawCondition(
  flow: Construction,
  condition: Condition,
  body: readonly Statement[],
  nested = false,
): void {
  if (condition.source === 'when') return drawTimeClause(flow, condition, body);
  // "Whoever wants to open an account …" ahead of everything says whom the flow is for.
  if (condition.wish && flow.graph.nodes.length === 2) return flow.draw(body);
  if (restates(flow, condition)) return flow.draw(body);
  const known = recalled(flow, condition) ?? otherByComparison(flow, condition);
  if (known) {
    flow.question = null;
    return continueDecision(flow, known, body, condition);
  }
  const asking = flow.question === null ? [] : flow.questionEnds;
  let effective = answering(flow, condition);
  const isAnswer = effective !== condition;
  const free = flow.choices.at(-1);
  if (free && !free.listed && effective.source === 'phrase') return addCase(flow, free, condition, body);
  const chosen = effective.source === 'phrase' ? chosenStep(flow, effective.stems) : null;
  if (chosen) turnIntoChoice(flow, chosen);
  const named = caseOf(flow, effective);
  if (named) return continueCase(flow, named, body, effective.failure);
  if (effective.wish && effective.elliptic)
    effective = { ...effective, title: titleOfBody(body) ?? effective.title };
  const offer = flow.lastStep?.title ?? '';
  const offered = dropOffer(flow, effective);
  if (offered && takesWhatever(effective))
    effective = { ...effective, title: questionOf(withVerb(offer, effective.verb, flow.lexicon.language)) };
  const guarded = replacedStep(flow, effective, body) ?? deniedStep(flow, effective);
  if (guarded) return guard(flow, guarded, effective, body);
  reopen(flow);
  const scope = offered
    ? { inside: offered, outside: without(flow.open, offered) }
    : isAnswer && asking.length > 0
      ? { inside: asking, outside: without(flow.open, asking) }
      : scopeOf(flow, effective, nested);
  decide(flow, effective, body, scope);
}

/** The condition as the answer to the question that the text asked before, if it is one (2.5). */
function answering(flow: Construction, condition: Condition): Condition {
  const asked = flow.question;
  if (!asked) return condition;
  const answers = condition.elliptic || likeness(asked.stems, condition.stems) >= 0.5;
  if (answers || condition.source !== 'if') flow.question = null;
  if (!answers) return condition;
  if (condition.elliptic)
    return {
      ...asked,
      positive: condition.negated ? !asked.positive : asked.positive,
      failure: asked.outcome === (condition.negated ? 'good' : 'bad'),
      source: 'if',
    };
  return {
    ...condition,
    title: condition.stems.length > asked.stems.length ? condition.title : asked.title,
    stems: asked.stems,
  };
}

/** A further case of a choice whose cases are told one by one (4.4). */
function addCase(flow: Construction, choice: Choice, condition: Condition, body: readonly Statement[]): void {
  const label = condition.title.replace(/\?$/, '').toLowerCase();
  const end = { from: choice.node, label };
  flow.open = [
    ...flow.open.filter((other) => !(other.from === choice.node && other.label === undefined)),
    end,
  ];
  const current = { label, stems: condition.stems, ends: [end] };
  choice.cases.push(current);
  continueCase(flow, current, body);
}

function caseOf(flow: Construction, condition: Condition): ReturnType<typeof namedCase> {
  // "For A we compare it, and if it differs …": within the case just told.
  if (condition.pronoun && condition.source === 'if' && flow.recentCase?.sentence === flow.sentence)
    return null;
  if (asksWithinCase(condition)) return null;
  const subject = condition.state || condition.failure ? [] : condition.subject;
  return (
    namedCase(flow, condition.stems, subject) ??
    (condition.source === 'if' && condition.core.length > 0 ? namedCase(flow, condition.core) : null)
  );
}

/** "If wanted": the title is what is done then. */
function titleOfBody(body: readonly Statement[]): string | null {
  const first = body[0];
  return first?.kind === 'step' ? questionOf(first.draft.title) : null;
}

/** A step that only asked, offered or checked gives way to the decision about it (2.5); returns the ends that led to it. */
function dropOffer(flow: Construction, condition: Condition): readonly End[] | null {
  const { graph, lastStep: last } = flow;
  if (!last?.step?.asks || !flow.isOpenAt(last) || last !== graph.nodes.at(-1)) return null;
  if (!decidesOn(condition, last, flow.lexicon.offer.has(last.step.verb))) return null;
  const ahead = graph.into(last.id).map(endOf);
  const replaced = (ends: readonly End[]): End[] =>
    ends.flatMap((end) => (end.from === last.id ? ahead : [end]));
  flow.open = replaced(flow.open);
  for (const decision of flow.decisions) decision.bodyEnds = replaced(decision.bodyEnds);
  graph.isolate(last.id);
  Object.assign(last, { title: '', stems: [], step: null });
  flow.lastStep = graph.nodes.findLast((node) => node.step !== null) ?? null;
  return ahead;
}

const TAKES =
  /^(?:accept|take|want|agree|decline|refuse|reject|annehmen|akzeptieren|zustimmen|nutzen|ablehnen|wollen)$/;

/** "If she accepts": what was offered belongs into the title (4.1). */
const takesWhatever = ({ core, deadline, pronoun, verb, wish }: Condition): boolean =>
  pronoun && !wish && !deadline && TAKES.test(verb) && core.length <= 1;

function decidesOn(condition: Condition, step: DraftNode, offered: boolean): boolean {
  if (condition.wish) return true;
  if (offered) return TAKES.test(condition.verb);
  return likeness(condition.stems, step.stems) >= 0.4 || coverage(condition.subject, step.stems) > 0.6;
}

/** "If that does not happen within a day": the act and its deadline (4.7). */
function inTime({ title }: DraftNode, condition: Condition): Condition {
  const time = /(?:within|innerhalb|binnen|in time|rechtzeitig).*$/i.exec(condition.title)?.[0] ?? '?';
  return { ...condition, title: `${title.slice(0, 57 - time.length)} ${time}` };
}

/** Draws the decision before a step; "before that" leads its branch to the step too (4.8). */
function guard(flow: Construction, step: DraftNode, condition: Condition, body: readonly Statement[]): void {
  const before = flow.open;
  drawBefore(flow, step, HAPPENS.test(condition.verb) ? inTime(step, condition) : condition, body);
  const [first] = body;
  if (first?.kind !== 'step') return;
  // Somebody who frees what is stuck can do the step then; somebody who does another thing instead cannot.
  const isRepaired =
    (condition.unusable || isMissing(condition, step)) && condition.positive && first.draft.ahead === null;
  if (first.draft.ahead !== 'before' && !isRepaired) return;
  flow.graph.connect(without(flow.open, before), step.id);
  flow.open = within(flow.open, before);
}
