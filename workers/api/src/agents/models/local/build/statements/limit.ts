/** Retry limits: a failure, and how often it may happen (ANNOTATION.md, 5.5). */
import { contentStems, coverage, likeness } from '../../meaning/likeness.ts';
import type { Statement } from '../../meaning/statement.ts';
import { bareCondition, decide, drawBranch, newDecision } from '../branch.ts';
import type { Construction, Decision } from '../construction.ts';
import { aside, closeAtEnd, reopen, within, without } from '../ends.ts';
import type { DraftNode, End } from '../graph.ts';
import { askingStep } from '../targets.ts';
import { drawCondition } from './condition.ts';
import { withoutVerb } from '../titles.ts';
import { capital } from '../../text/tokens.ts';

/** A limit is about one of the failures told last. */
const MOST_DECISIONS = 50;

type Limit = Extract<Statement, { kind: 'limit' }>;

export function drawLimit(flow: Construction, limit: Limit): void {
  const told = toldFailure(flow, limit);
  // "If two people have signed": counts something else than failures.
  if (!told && limit.plain) return drawCondition(flow, limit.plain, limit.body);
  const failure = told ?? newFailure(flow, limit);
  const node = flow.graph.add('decision', limit.title, limit.stems);
  const record = newDecision(flow, node, bareCondition(limit.title));
  const settled = retry(flow, failure, node, record.other);
  flow.open = without(flow.open, settled);
  aside(flow, [record.taken], () => {
    drawBranch(flow, record, [record.taken], limit.body);
    const consequence = record.bodyNodes.map((id) => flow.graph.node(id));
    if (
      consequence.length > 0 &&
      !consequence.some((step) => step.step?.person) &&
      !limit.body.some(({ kind }) => kind === 'resume')
    )
      closeAtEnd(flow);
  });
  // Its other way is taken: no later condition comes back to it.
  flow.decisions.splice(flow.decisions.lastIndexOf(record), 1);
}

/** The decision about a single failure that the text told before, if the limit is about that failure. */
function toldFailure(flow: Construction, { single, stems }: Limit): Decision | null {
  const about = ({ condition, node }: Decision): number =>
    Math.max(likeness(condition.stems, stems), coverage(condition.subject, stems)) * 100 + node / 1000;
  const failed = flow.decisions
    .slice(-MOST_DECISIONS)
    .filter(
      ({ condition, other, node, bodyNodes }) =>
        !condition.deadline &&
        (condition.failure ||
          condition.outcome === 'bad' ||
          leadsBack(flow, node, bodyNodes) ||
          (condition.outcome === 'good' && flow.open.includes(other))),
    )
    .toSorted((one, two) => about(two) - about(one))[0];
  if (!failed || failed.item < flow.item - 2) return null;
  const related =
    single === '' || likeness(failed.condition.stems, stems) >= 0.2 || failed.sentence >= flow.sentence - 1;
  return related && !isOfLastStep(flow, single, failed) ? failed : null;
}

/** What a branch repeats was refused (5.2). */
const leadsBack = ({ graph }: Construction, decision: number, branch: readonly number[]): boolean =>
  graph.edges.some(
    ({ from, to }) =>
      (from === decision || branch.includes(from)) &&
      to < decision &&
      to > 0 &&
      graph.node(to).type !== 'end',
  );

/** "frees it by a PIN, and after three wrong PINs …": the failure is that of the step just named. */
function isOfLastStep(flow: Construction, single: string, failed: Decision): boolean {
  const topic = contentStems(single).slice(0, -1);
  const latest = flow.lastStep;
  return (
    topic.length > 0 &&
    latest !== null &&
    latest.id > failed.node &&
    coverage(topic, failed.condition.stems) < 0.3 &&
    coverage(topic, latest.stems) >= 0.8 &&
    !flow.graph
      .outOf(failed.node)
      .some(
        ({ label, to }) =>
          label === failed.taken.label && (to === latest.id || flow.graph.leads(to, latest.id)),
      )
  );
}

/** The single failure, if only the limit is told: nothing was said of what it leads to. */
function newFailure(flow: Construction, { single }: Limit): Decision {
  const { language } = flow.lexicon;
  const asked = flow.graph.recent.findLast((node) => node.step?.person === true && node.type === 'action');
  const noun = asked ? withoutVerb(asked.title, language) : '';
  const wrong = language === 'en' ? 'wrong' : 'falsch';
  const title = `${capital(single !== '' ? single : `${noun} ${wrong}`.trim())}?`;
  reopen(flow);
  const failed = decide(flow, { ...bareCondition(title), failure: true, outcome: 'bad' }, [], {
    inside: flow.open,
    outside: [],
  });
  flow.open = without(flow.open, [failed.taken]);
  return failed;
}

/** Puts the limit behind the failure and leads the retry back; returns the open ends that this settles. */
function retry(flow: Construction, failed: Decision, limit: DraftNode, again: End): End[] {
  const { graph, lexicon } = flow;
  const { condition } = failed;
  const bad = condition.outcome === 'good' && !condition.failure ? failed.other : failed.taken;
  const onwards = graph.outOf(failed.node).filter((edge) => edge.label === bad.label);
  graph.replace(onwards, (edge) => ({ ...edge, from: limit.id, label: lexicon.no }));
  graph.connect([bad], limit.id);
  const implied = [...failed.bodyNodes, limit.id]
    .flatMap((id) => graph.outOf(id))
    .filter((edge) => edge.implied && edge.to === flow.end.id);
  const loose = bad === failed.taken ? without(within(flow.open, failed.bodyEnds), [failed.other, bad]) : [];
  const back = askingStep(flow, condition.stems);
  if (back) {
    const target = back.guard ?? back.id;
    graph.replace(implied, ({ implied: _implied, ...edge }) => ({ ...edge, to: target }));
    graph.connect(loose, target);
    if (onwards.length === 0) graph.connect([again], target);
  }
  return [bad, ...loose];
}
