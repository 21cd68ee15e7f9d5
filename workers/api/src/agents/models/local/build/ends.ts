/** Where ways go on: closing, parking and reopening of open ends (ANNOTATION.md, section 5). */
import type { Construction } from './construction.ts';
import { type DraftNode, type End, endOf } from './graph.ts';

/** Leads all open ends to a node; `implied` if the text does not say so. */
export function close(flow: Construction, target: number, implied = false): void {
  flow.graph.connect(flow.open, target, implied);
  flow.open = [];
}

/** Leads all open ends back to a step, or to the decision that guards it (5.2). */
export function leadTo(flow: Construction, target: DraftNode): void {
  close(flow, target.guard ?? target.id);
}

export function closeAtEnd(flow: Construction): void {
  close(flow, flow.end.id, true);
}

/** Draws with `from` as the only open ends; the others wait, and are the first ones open afterwards. */
export function aside(flow: Construction, from: End[], draw: () => void): void {
  const parked = without(flow.open, from);
  flow.open = from;
  draw();
  flow.open = [...parked, ...flow.open];
}

export const without = (ends: readonly End[], gone: readonly End[]): End[] =>
  ends.filter((end) => !gone.includes(end));

export const within = (ends: readonly End[], kept: readonly End[]): End[] =>
  ends.filter((end) => kept.includes(end));

/** A text that goes on after everything was closed: the last end was not meant for the main line. */
export function reopen(flow: Construction): void {
  if (flow.open.length > 0 || flow.depth > 0) return;
  const { graph } = flow;
  const toEnd = graph.into(flow.end.id);
  const last =
    toEnd.findLast((edge) => edge.implied === true) ??
    toEnd.findLast((edge) => graph.node(edge.from).type !== 'decision') ??
    graph.lastEdge;
  if (!last) return;
  if (
    last.to !== flow.end.id &&
    graph.node(last.from).type !== 'decision' &&
    graph.into(last.to).length === 1
  ) {
    flow.open = [{ from: last.to }];
    return;
  }
  graph.remove([last]);
  flow.open = [endOf(last)];
}

/** Takes back that ends were closed for want of anything said of them. */
export function unclose(flow: Construction, ends: readonly End[]): void {
  for (const end of ends) {
    const edge = flow.graph
      .outOf(end.from)
      .find((other) => other.implied === true && isFrom(other, end) && other.to === flow.end.id);
    if (!edge || flow.open.includes(end)) continue;
    flow.graph.remove([edge]);
    flow.open.push(end);
  }
}

/** The ways that the decision or the choice told last leads to. */
const waysSince = ({ choices, decisions, graph }: Construction): Set<number> | null => {
  const last = Math.max(choices.at(-1)?.node ?? 0, decisions.at(-1)?.node ?? 0);
  return last === 0 ? null : graph.after(last);
};

/** What the decision told last has left open. */
export function sinceDecision(flow: Construction): End[] {
  const ways = waysSince(flow);
  return flow.open.filter(({ from }) => ways?.has(from) === true);
}

/** "Either way we send a mail": no way has ended, whatever the decision told last was (5.3). */
export function reopenAll(flow: Construction): void {
  const { graph, open } = flow;
  const ways = waysSince(flow);
  const ended = graph
    .into(flow.end.id)
    .filter((edge) => edge.implied === true && ways?.has(edge.from) === true);
  graph.remove(ended);
  flow.open = [...open, ...ended.map(endOf)];
}

/** "Then she can …" right after a branch that seemed to end goes on with that branch (5.1). */
export function resumeImpliedEnd(flow: Construction): void {
  const ended = flow.impliedEnds;
  flow.impliedEnds = null;
  if (!ended || ended.sentence < flow.sentence - 1) return;
  const { ends } = ended;
  for (const end of ends) {
    const edge = flow.graph.outOf(end.from).find((other) => isFrom(other, end) && other.to === flow.end.id);
    if (edge) flow.graph.remove([edge]);
  }
  flow.open = [...ends];
}

export const isFrom = (edge: End, end: End): boolean => edge.from === end.from && edge.label === end.label;
