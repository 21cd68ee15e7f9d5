/** The cases of choices drawn before, and their continuation (ANNOTATION.md, 4.4). */
import { contentStems, coverage } from '../meaning/likeness.ts';
import type { Condition, Statement } from '../meaning/statement.ts';
import type { ChoiceCase, Construction } from './construction.ts';
import { aside, closeAtEnd, unclose, within } from './ends.ts';
import { type DraftNode, endOf } from './graph.ts';
import { questionOf, withoutVerb } from './titles.ts';
import { capital } from '../text/tokens.ts';

/** The open case that words name, of the choices told last; its subject alone does if it fits one case only. */
export function namedCase(
  flow: Construction,
  stems: readonly string[],
  subject: readonly string[] = [],
): ChoiceCase | null {
  for (const choice of flow.choices.slice(-5).toReversed()) {
    const bySubject =
      subject.length === 0
        ? []
        : choice.cases.filter((candidate) => coverage(subject, candidate.stems) >= 0.9);
    for (const candidate of choice.cases) {
      const fits = coverage(candidate.stems, stems) >= 0.8 || coverage(stems, candidate.stems) >= 0.8;
      if (!fits && !(bySubject.length === 1 && bySubject[0] === candidate)) continue;
      unclose(flow, candidate.ends);
      if (candidate.ends.some((end) => flow.open.includes(end))) return candidate;
    }
  }
  return null;
}

/** "By mail or in person. If the mail is not answered in time, …" asks something about a case instead of naming it. */
export const asksWithinCase = ({ deadline, negated, source, verb }: Condition): boolean =>
  source === 'if' && verb !== '' && deadline && negated;

/** Goes on with a case; `refused`: the text calls it a failure, which ends unless somebody repairs it (5.3). */
export function continueCase(
  flow: Construction,
  found: ChoiceCase,
  body: readonly Statement[],
  refused = false,
): void {
  if (body[0]?.kind === 'step' || body[0]?.kind === 'goto' || body[0]?.kind === 'end') dropOwn(flow, found);
  const first = flow.graph.nodes.length;
  aside(flow, within(flow.open, found.ends), () => {
    flow.drawInside(body);
    found.ends = [...flow.open];
    const told = flow.graph.nodes.slice(first);
    if (refused && told.length > 0 && told.every(({ type }) => type === 'system')) closeAtEnd(flow);
    flow.recentCase = { ends: found.ends, sentence: flow.sentence };
    closeClosing(flow);
    flow.lastBranch = [...flow.open];
  });
}

/** A case ends if its last step closes the matter (5.3). */
export function closeClosing(flow: Construction): void {
  const last = flow.lastStep;
  if (last?.step?.closing && flow.isOpenAt(last)) closeAtEnd(flow);
}

/** A case with steps of its own gets only these. */
function dropOwn(flow: Construction, found: ChoiceCase): void {
  const { graph } = flow;
  const { own } = found;
  delete found.own;
  if (own === undefined || graph.outOf(own).length > 0 || !flow.isOpenAt(graph.node(own))) return;
  const [into, ...further] = graph.into(own);
  if (!into || further.length > 0) return;
  graph.remove([into]);
  const end = endOf(into);
  flow.open = flow.open.map((other) => (other.from === own ? end : other));
  found.ends = [end];
}

/** "chooses A or B", told before anybody knew that A and B go different ways. */
export function chosenStep(flow: Construction, stems: readonly string[]): DraftNode | null {
  return (
    flow.graph.recent.findLast(
      (node) =>
        node.step !== null &&
        flow.lexicon.choose.has(node.step.verb) &&
        / (?:or|oder) /.test(node.title) &&
        coverage(stems, node.stems) >= 0.8 &&
        flow.isOpenAt(node),
    ) ?? null
  );
}

/** Turns such a step into a decision with a case for each thing to choose. */
export function turnIntoChoice(flow: Construction, node: DraftNode): void {
  const text = withoutVerb(node.title, flow.lexicon.language);
  const cases = text
    .split(/,? (?:or|oder) |, /)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const label = part.replaceAll(/["“”„]/g, '');
      return { label, stems: contentStems(part), ends: [{ from: node.id, label }] };
    });
  node.type = 'decision';
  node.step = null;
  node.title = capital(questionOf(text));
  flow.choices.push({ node: node.id, listed: true, cases });
  flow.open = [...flow.open.filter(({ from }) => from !== node.id), ...cases.flatMap(({ ends }) => ends)];
}
