/** Which of the open ways a condition speaks about (ANNOTATION.md, 4.5 and 5.1). */
import { contentStems, coverage, likeness } from '../meaning/likeness.ts';
import type { Condition } from '../meaning/statement.ts';
import { asksWithinCase, namedCase } from './cases.ts';
import type { Construction, Decision } from './construction.ts';
import { within, without } from './ends.ts';
import type { End } from './graph.ts';

export interface Scope {
  readonly inside: End[];
  readonly outside: End[];
}

type Topic = readonly string[];

/** The open ends from which a new decision is reached: only some if it speaks of their matter. */
export function scopeOf(flow: Construction, condition: Condition, nested: boolean): Scope {
  const all = flow.open;
  const only = (ends: readonly End[]): Scope => ({ inside: within(all, ends), outside: without(all, ends) });
  const last = flow.decisions.at(-1);
  const bodyOpen = last !== undefined && last.bodyEnds.some((end) => all.includes(end));
  if (isAboutRecentCase(flow, condition)) return only(flow.recentCase?.ends ?? []);
  const asked = asksWithinCase(condition) ? namedCase(flow, condition.stems) : null;
  if (asked) return only(asked.ends);
  if (nested && last && bodyOpen) return only(last.bodyEnds);
  const topic = condition.subject.length > 0 ? condition.subject : condition.stems;
  if (last && bodyOpen && all.includes(last.other)) {
    const object = condition.core.filter((word) => word !== contentStems(condition.verb)[0]);
    if (isNewIn(flow, last, topic) || isNewIn(flow, last, object))
      return only(whereTold(flow, [topic, object], within(all, last.bodyEnds)));
    if (excludes(last.condition, condition))
      return { inside: [last.other], outside: without(all, [last.other]) };
  }
  return only(whereTold(flow, [topic], all));
}

/** "If it …" right after a case speaks of what that case did last. */
function isAboutRecentCase(flow: Construction, condition: Condition): boolean {
  const { recentCase, lastStep, open } = flow;
  return (
    recentCase !== null &&
    condition.pronoun &&
    recentCase.sentence >= flow.sentence - 1 &&
    lastStep !== null &&
    recentCase.ends.some((end) => open.includes(end) && end.from === lastStep.id)
  );
}

/** Whether a topic came up in the branch of a decision rather than before it. */
function isNewIn(flow: Construction, decision: Decision, topic: Topic): boolean {
  if (topic.length === 0) return false;
  const { graph } = flow;
  const inBranch = Math.max(0, ...decision.bodyNodes.map((id) => coverage(topic, graph.node(id).stems)));
  const earlier = Math.max(
    0,
    ...graph.recent
      .filter((node) => node.id < decision.node && node.type !== 'start')
      .map((node) => coverage(topic, node.stems)),
  );
  return inBranch >= 0.6 && earlier < inBranch;
}

/** "If A … If B … Otherwise …": two values of one thing exclude each other. */
function excludes(old: Condition, condition: Condition): boolean {
  return (
    old.subject.length > 0 &&
    likeness(old.subject, condition.subject) > 0.8 &&
    old.verb === condition.verb &&
    old.stems.length === condition.stems.length &&
    !condition.failure
  );
}

/** Without compounds that only begin with a word of the topic: a car model is no car. */
const sameThings = (topic: Topic, stems: readonly string[]): string[] =>
  stems.filter((stem) => !topic.some((word) => stem.length > word.length + 2 && stem.startsWith(word)));

/** What is spoken of may have happened on some of the ways only; otherwise all of them. */
function whereTold(flow: Construction, topics: readonly Topic[], ends: End[]): End[] {
  if (ends.length < 2) return ends;
  const { graph } = flow;
  const about = graph.recent.filter(
    (node) =>
      node.step !== null &&
      topics.some((topic) => topic.length > 0 && coverage(topic, sameThings(topic, node.stems)) >= 0.6),
  );
  const latest = about.at(-1);
  if (latest === undefined) return ends;
  const behind = ends.map((end) => graph.before(end.from));
  if (about.some((node) => behind.every((ids) => ids.has(node.id)))) return ends;
  const told = ends.filter((_, i) => behind[i]?.has(latest.id));
  return told.length === 0 ? ends : told;
}
