import type { FlowListing } from '../../../tools.ts';
import { contentStems, likeness } from '../meaning/likeness.ts';
import type { Plan } from '../plan.ts';
import { type Reading, readFlow } from '../read.ts';
import { say } from '../say.ts';
import { Draft } from './draft.ts';
import type { DraftEdge } from './graph.ts';
import { findNode } from './lookup.ts';
import { phrases } from './phrases.ts';

/** So alike are a described step and one of the flow when they are the same step. */
const SAME = 0.9;
/** Verbs after which a branch does not go on. */
const CLOSES =
  /^(?:block|lock|ban|reject|cancel|abort|deny|refuse|close|sperren|abbrechen|ablehnen|stornieren|verweigern|schließen|blockieren)$/u;
/** "After 'Enter code', the user …": the place is said first, up to the comma or in marks. */
const PLACE =
  /^(?:(?:then|and|danach|und)\s+)?(?:right |directly |direkt )?(?:after|following|nach|hinter)\s+(?:(?:the|step|dem|der|den|schritt)\s+)*(?:["“„'](?<quoted>[^"“”„\n]{1,200})["”“'],?|(?<plain>[^,.\n]{2,120}),)\s+(?=\S)/iu;
/** "… after Enter code.": the place is said last. */
const PLACE_LAST =
  /\s(?:after|following|nach|hinter)\s+(?:(?:the|step|dem|der|den|schritt)\s+)*(?:["“„'](?<quoted>[^"“”„\n]{1,200})["”“']|(?<plain>[^,.\n]{2,120}?))[.!\s]*$/iu;

/** The step of the flow after which the description begins, and the description without that. */
function placeOf(request: string, draft: Draft): { after: string | null; text: string } {
  const text = request.trim();
  const first = PLACE.exec(text);
  const match = first ?? (/[.!?;\n]\s*\S/u.test(text) ? null : PLACE_LAST.exec(text));
  const name = match?.groups?.['quoted'] ?? match?.groups?.['plain'];
  if (!match || name === undefined) return { after: null, text };
  const found = findNode(name, draft, null);
  if (!('node' in found) || found.node.type === 'end') return { after: null, text };
  return { after: found.node.id, text: first ? text.slice(match[0].length) : text.slice(0, match.index) };
}

/** Described steps that the flow has already: id in the reading → id in the flow. */
function known(reading: Reading, draft: Draft): Map<number, string> {
  const same = new Map<number, string>();
  const nodes = draft.nodes
    .filter(({ type }) => type !== 'start' && type !== 'end' && type !== 'note')
    .map(({ id, title }) => ({ id, title: title.toLowerCase(), stems: contentStems(title) }));
  for (const step of reading.nodes) {
    if (step.type === 'start' || step.type === 'end') continue;
    const title = step.title.toLowerCase();
    const exact = nodes.filter((node) => node.title === title);
    const stems = contentStems(step.title);
    const alike = exact.length > 0 ? exact : nodes.filter((node) => likeness(stems, node.stems) >= SAME);
    if (alike.length === 1 && alike[0]) same.set(step.id, alike[0].id);
  }
  return same;
}

/** Where a continuation begins when the text does not say it: the ways that are open, or else the last step before the end. */
function lastSteps(draft: Draft): string[] {
  const open = draft.openEnds();
  if (open.length > 0) return open.map(({ id }) => id);
  const last = draft.lastWay()?.source ?? draft.walk().findLast((id) => draft.node(id)?.type !== 'end');
  return last === undefined ? [] : [last];
}

/** Draws a description into a flow that has steps already: after the step that it names, or at the end. */
export function planAppending(flow: FlowListing, request: string): Plan {
  const draft = new Draft(flow);
  const { after, text } = placeOf(request, draft);
  const reading = readFlow(text);
  const words = say(reading.language);
  const start = reading.nodes.find(({ type }) => type === 'start');
  const end = reading.nodes.find(({ type }) => type === 'end');
  const same = known(reading, draft);
  const fresh = reading.nodes.filter((node) => node !== start && node !== end && !same.has(node.id));
  if (fresh.length === 0)
    return {
      intro: '',
      calls: [],
      summary: phrases(reading.language).refusal,
      unused: reading.unused.slice(0, 100),
      lint: false,
    };

  const entry = reading.edges.find(({ from }) => from === start?.id)?.to;
  const restated = entry === undefined ? undefined : same.get(entry);
  const anchors = after !== null ? [after] : restated !== undefined ? [restated] : lastSteps(draft);
  const [anchor] = anchors;
  const ids = new Map<number, string>(same);
  // The way on from the anchor is taken over by the new steps if they come to an end that is not their own.
  const closes = reading.edges.some(
    ({ from, to }) => to === end?.id && !same.has(from) && from !== start?.id,
  );
  const way = anchors.length === 1 && anchor !== undefined && closes ? wayOn(draft, anchor) : undefined;
  const lastEnd = draft.lastEnd();
  const target = way?.target ?? lastEnd;
  if (way) draft.disconnect(way);
  for (const node of fresh) {
    const incoming = reading.edges.find(
      (edge) =>
        edge.to === node.id && (ids.has(edge.from) || (edge.from === start?.id && anchor !== undefined)),
    );
    const first = incoming && incoming.from === start?.id;
    const from = incoming && (first ? anchor : ids.get(incoming.from));
    const label = incoming?.label ?? (first || from === anchor ? way?.label : undefined);
    ids.set(node.id, draft.addNode(node.type, node.title, from === undefined ? {} : { after: from, label }));
    if (first) for (const other of anchors.slice(1)) draft.connect(other, ids.get(node.id) ?? other);
  }
  const finish = target ?? (end && closes ? draft.addNode('end', end.title) : undefined);
  for (const edge of reading.edges) {
    if (edge.from === start?.id) continue;
    const source = ids.get(edge.from);
    const toEnd = edge.to === end?.id;
    // "Block the user" closes its branch; it does not go on with what was there before.
    const step = toEnd ? reading.nodes.find(({ id }) => id === edge.from)?.step : null;
    const closed = step?.closing === true || CLOSES.test(step?.verb ?? '');
    const goal = toEnd ? (closed ? (lastEnd ?? finish) : finish) : ids.get(edge.to);
    // A step that was there before keeps its own ways on.
    if (
      source === undefined ||
      goal === undefined ||
      source === goal ||
      (same.has(edge.from) && (toEnd || same.has(edge.to)))
    )
      continue;
    if (draft.between(source, goal).length > 0 && edge.label === undefined) continue;
    draft.connect(source, goal, edge.label, draft.leads(goal, source) ? 'back' : undefined);
  }
  const p = phrases(reading.language);
  return {
    intro: words.read(
      fresh.filter(({ type }) => type !== 'decision').length,
      fresh.filter(({ type }) => type === 'decision').length,
    ),
    calls: draft.calls,
    summary: p.appended(fresh.length, anchor === undefined ? null : (draft.node(anchor)?.title ?? null)),
    unused: reading.unused.slice(0, 100),
    lint: true,
  };
}

/** The only way forward from a step; undefined at an open end and where several lead on. */
function wayOn(draft: Draft, id: string): DraftEdge | undefined {
  if (draft.node(id)?.type === 'decision') return undefined;
  const forward = draft.outOf(id).filter((edge) => edge.trigger !== 'back' && !draft.leads(edge.target, id));
  return forward.length === 1 ? forward[0] : undefined;
}
