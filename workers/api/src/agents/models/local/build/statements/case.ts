/** "label: what happens then", told one by one (ANNOTATION.md, 4.4). */
import { contentStems } from '../../meaning/likeness.ts';
import type { Statement } from '../../meaning/statement.ts';
import { chosenStep, continueCase, namedCase, turnIntoChoice } from '../cases.ts';
import type { Choice, ChoiceCase, Construction } from '../construction.ts';
import { reopen } from '../ends.ts';
import { type DraftNode, endOf } from '../graph.ts';
import { takeNumber } from '../items.ts';
import { questionOf, withoutVerb } from '../titles.ts';
import { capital } from '../../text/tokens.ts';

export function drawCase(
  flow: Construction,
  { label, stems, body }: Extract<Statement, { kind: 'case' }>,
): void {
  const found = namedCase(flow, stems);
  if (found) return continueCase(flow, found, body);
  const existing = flow.choices.at(-1);
  const lone = flow.loneCases;
  if (existing && lone?.choice === existing && lone.item >= flow.item - 1) {
    flow.loneCases = { ...lone, item: flow.item };
    const current = newCase(existing.node, label, stems);
    existing.cases.push(current);
    if (lone.unnamed) nameByCases(flow, existing);
    flow.open.push(...current.ends);
    return continueCase(flow, current, body);
  }
  const chosen = chosenStep(flow, stems);
  if (chosen) {
    turnIntoChoice(flow, chosen);
    const named = namedCase(flow, stems);
    if (named) return continueCase(flow, named, body);
  }
  reopen(flow);
  const unnamed = isJudged(flow);
  const decision = choiceOfLastStep(flow, label);
  takeNumber(flow, decision);
  const current = newCase(decision.id, label, stems);
  const choice = { node: decision.id, listed: true, cases: [current] };
  flow.choices.push(choice);
  flow.loneCases = { choice, item: flow.item, unnamed };
  flow.open = [...current.ends];
  continueCase(flow, current, body);
}

/** "She reviews it. a) approved: … b) rejected: …": the text has no name for what comes out. */
const isJudged = ({ lastStep, lexicon }: Construction): boolean =>
  lexicon.language === 'en' && lastStep?.step?.person === true && !lexicon.choose.has(lastStep.step.verb);

/** The cases themselves as the title (4.4). */
function nameByCases({ graph, lexicon }: Construction, { node, cases }: Choice): void {
  const labels = cases.map(({ label }) => label);
  const or = lexicon.language === 'en' ? ' or ' : ' oder ';
  graph.node(node).title = capital(questionOf(`${labels.slice(0, -1).join(', ')}${or}${labels.at(-1)}`));
}

const newCase = (node: number, label: string, stems: string[]): ChoiceCase => ({
  label,
  stems,
  ends: [{ from: node, label }],
});

/** "Size?" with the sizes below it: the question turns out to be the choice. */
function bareQuestion(flow: Construction): DraftNode | null {
  const asked = flow.decisions.at(-1);
  const isBare =
    asked !== undefined &&
    asked.item >= flow.item - 1 &&
    asked.bodyNodes.length === 0 &&
    flow.open.length === 2 &&
    flow.open.includes(asked.taken) &&
    flow.open.includes(asked.other);
  if (!isBare) return null;
  flow.decisions.pop();
  return flow.graph.node(asked.node);
}

/** A decision about the last step; "Choose the kind: a) … b) …" is the decision itself. */
function choiceOfLastStep(flow: Construction, label: string): DraftNode {
  const { graph, lastStep: last, lexicon } = flow;
  const asked = bareQuestion(flow);
  if (asked) return asked;
  const noun =
    last?.step?.verb && last.title.includes(' ')
      ? withoutVerb(last.title, lexicon.language)
      : (last?.title ?? label);
  const title = capital(questionOf(noun));
  const stems = contentStems(title);
  if (last?.step && lexicon.choose.has(last.step.verb) && flow.isOpenOnlyAt(last))
    return Object.assign(last, { type: 'decision' as const, title, stems, step: null });
  const decision = graph.add('decision', title, stems);
  graph.connect(flow.open, decision.id);
  return decision;
}

/** A label that names what is done rather than when: "Payment: …", "Prüfung: …". */
const ACTIVITY = /^\S*(?:ung|check|test|ment|phase|schritt|step)$/i;

/** A label that only announces its step leaves the flow. */
function dropLabel(flow: Construction, node: DraftNode): void {
  const { graph } = flow;
  const ahead = graph.into(node.id).map(endOf);
  const [next] = graph.outOf(node.id);
  if (next) graph.connect(ahead, next.to);
  graph.isolate(node.id);
  flow.open = flow.open.flatMap((end) => (end.from === node.id ? ahead : [end]));
}

/** One "label: …" alone is a condition. */
export function settleLoneCase(flow: Construction): void {
  const choice = flow.loneCases?.choice;
  flow.loneCases = null;
  const [only, ...further] = choice?.cases ?? [];
  if (!choice || !only || further.length > 0) return;
  const { graph, lexicon } = flow;
  const node = graph.node(choice.node);
  if (ACTIVITY.test(only.label)) return dropLabel(flow, node);
  node.title = questionOf(only.label);
  node.stems = only.stems;
  graph.replace(
    graph.outOf(node.id).filter((edge) => edge.label === only.label),
    (edge) => ({ ...edge, label: lexicon.yes }),
  );
  flow.open = flow.open.map((end) =>
    end.from === node.id && end.label === only.label ? { from: end.from, label: lexicon.yes } : end,
  );
  flow.open.push({ from: node.id, label: lexicon.no });
}
