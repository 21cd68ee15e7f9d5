/** Decisions and where their branches go (ANNOTATION.md, 4.1 to 4.3 and 5.1 to 5.4). */
import { contentStems, coverage, likeness } from '../meaning/likeness.ts';
import type { Condition, Statement } from '../meaning/statement.ts';
import type { Construction, Decision } from './construction.ts';
import { aside, close, closeAtEnd } from './ends.ts';
import type { DraftNode, End } from './graph.ts';
import { takeNumber } from './items.ts';

/** The record of a decision; `positive`: the text's branch is the "yes" of its title (4.2). */
export function newDecision(
  flow: Construction,
  node: DraftNode,
  condition: Condition,
  positive = condition.positive,
): Decision {
  const { yes, no } = flow.lexicon;
  return {
    node: node.id,
    condition,
    taken: { from: node.id, label: positive ? yes : no },
    other: { from: node.id, label: positive ? no : yes },
    bodyEnds: [],
    bodyNodes: [],
    item: flow.item,
    sentence: flow.sentence,
  };
}

/** A condition of which only the title is known. */
export function bareCondition(title: string): Condition {
  return {
    title,
    positive: true,
    stems: contentStems(title),
    subject: [],
    verb: '',
    outcome: null,
    failure: false,
    deadline: false,
    limit: false,
    elliptic: false,
    unusable: false,
    pronoun: false,
    state: false,
    scale: null,
    core: [],
    wish: false,
    denies: false,
    negated: false,
    source: 'if',
    quantified: false,
  };
}

/** Draws a new decision behind `inside`; afterwards `outside`, its branch and its other end are open. */
export function decide(
  flow: Construction,
  condition: Condition,
  body: readonly Statement[],
  { inside, outside }: { inside: readonly End[]; outside: readonly End[] },
): Decision {
  const node = flow.graph.add('decision', condition.title, condition.stems);
  takeNumber(flow, node);
  flow.graph.connect(inside, node.id);
  const decision = newDecision(flow, node, condition);
  flow.decisions.push(decision);
  drawBranch(flow, decision, [decision.taken], body);
  flow.open = [...outside, ...flow.open, decision.other];
  return decision;
}

/** Draws a branch from `from`; afterwards only what it leaves open is open. */
export function drawBranch(
  flow: Construction,
  decision: Decision,
  from: End[],
  body: readonly Statement[],
): void {
  const first = flow.graph.nodes.length;
  const before = flow.lastStep;
  flow.open = from;
  const nested = flow.decisions.length;
  flow.drawInside(body);
  const earlier = flow.decisions.lastIndexOf(decision, nested - 1);
  if (earlier >= 0) flow.decisions.splice(earlier, 1);
  flow.decisions.push(decision);
  const drawn = flow.graph.nodes.slice(first);
  decision.bodyNodes.push(...drawn.map(({ id }) => id));
  settle(flow, decision, drawn, body);
  decision.bodyEnds = [...flow.open];
  flow.lastBranch = [...flow.open];
  if (drawn.length === 0) flow.lastStep = before;
}

/** Goes on with one end of an earlier decision; `failure`: whether that end is a failure. */
export function continueBranch(
  flow: Construction,
  decision: Decision,
  end: End,
  body: readonly Statement[],
  failure: boolean,
): void {
  const { bodyEnds, condition } = decision;
  decision.condition = { ...condition, failure };
  aside(flow, [end], () => drawBranch(flow, decision, [end], body));
  decision.condition = condition;
  decision.bodyEnds = [...bodyEnds, ...decision.bodyEnds];
}

/** Where a branch goes that does not say so itself (5.3). */
function settle(
  flow: Construction,
  decision: Decision,
  drawn: readonly DraftNode[],
  body: readonly Statement[],
): void {
  if (flow.open.length === 0) return;
  const closed = drawn.findLastIndex(
    (node, i) =>
      node.step?.closing === true &&
      (flow.isOpenAt(node) ||
        i < drawn.length - 1 ||
        flow.graph.outOf(node.id).every(({ to }) => to !== flow.end.id)),
  );
  const after = closed < 0 ? [] : drawn.slice(closed + 1);
  if (closed >= 0 && after.every((node) => node.type === 'system') && after.length <= 2)
    return closeAtEnd(flow);
  const renewed = afterRenewed(flow, decision, drawn);
  if (renewed !== null) return close(flow, renewed);
  const repaired = drawn.some((node) => node.step?.person === true || provides(node, decision));
  const resumes = body.some(
    (statement) =>
      statement.kind === 'resume' ||
      (statement.kind === 'choice' &&
        statement.cases.some((one) => one.body.some(({ kind }) => kind === 'resume'))),
  );
  if (decision.condition.failure && !repaired && drawn.length > 0 && !resumes) {
    flow.impliedEnds = { ends: [...flow.open], sentence: flow.sentence };
    closeAtEnd(flow);
  }
}

const PROVIDES =
  /^(?:order|create|add|get|provide|supply|buy|repair|bestellen|nachbestellen|anlegen|erstellen|hinzufügen|ergänzen|besorgen|beschaffen|kaufen|nachliefern|auffüllen|reparieren|beheben)$/;

/** "If there is no copy, we order one": what was missing is there again, so nothing has failed. */
const provides = ({ step }: DraftNode, { condition }: Decision): boolean =>
  step !== null &&
  PROVIDES.test(step.verb) &&
  (step.pronounObject || likeness(step.object, condition.subject) >= 0.8);

/** "We send a new code": goes on where the first code went on. */
function afterRenewed(flow: Construction, decision: Decision, drawn: readonly DraftNode[]): number | null {
  const step = drawn.findLast((node) => node.step !== null && flow.isOpenAt(node))?.step;
  if (!step?.renewed || step.person) return null;
  const original = flow.graph.recent.find(
    (node) =>
      node.id < decision.node &&
      node.step !== null &&
      node.step.verb === step.verb &&
      coverage(step.object, node.step.object) >= 0.8,
  );
  const next = original ? flow.graph.outOf(original.id)[0] : undefined;
  return next && next.to !== decision.node ? next.to : null;
}
