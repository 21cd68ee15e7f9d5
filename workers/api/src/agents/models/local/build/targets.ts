/** Steps that the text leads back or ahead to (ANNOTATION.md, 2.10 and 5.2). */
import { contentStems, coverage, likeness } from '../meaning/likeness.ts';
import type { StepDraft } from '../meaning/statement.ts';
import type { Construction } from './construction.ts';
import type { DraftNode } from './graph.ts';
import { ENTERS } from './guard.ts';

/** The last of the nodes with the highest value, if that reaches `least`. */
function bestOf(
  nodes: readonly DraftNode[],
  least: number,
  value: (node: DraftNode) => number,
): DraftNode | null {
  let best: DraftNode | null = null;
  let most = least;
  for (const node of nodes) {
    const one = value(node);
    if (one < most) continue;
    best = node;
    most = one;
  }
  return best;
}

/** The step that asked for what was refused; `topic`: content stems of the refused thing, if known. */
export function askingStep(flow: Construction, topic: readonly string[] = []): DraftNode | null {
  const { graph } = flow;
  const from = flow.open[0]?.from;
  const decision = flow.decisions.at(-1);
  const words = topic.length > 0 ? topic : (decision?.condition.stems ?? []);
  const ancestors = from === undefined ? null : graph.before(from);
  const beforeDecision = decision === undefined ? null : graph.before(decision.node);
  const candidates = graph.recent.filter(
    (node) =>
      node.step !== null &&
      (ancestors?.has(node.id) ?? true) &&
      !(decision?.bodyNodes.includes(node.id) ?? false) &&
      (decision === undefined || node.id < decision.node || beforeDecision?.has(node.id) === true),
  );
  const people = candidates.filter(
    ({ type, step }) => type !== 'system' || coverage(contentStems(step?.verb ?? ''), words) >= 0.8,
  );
  return (
    bestOf(people, 0.34, ({ stems }) => coverage(words, stems)) ??
    candidates.findLast((node) => node.type === 'action') ??
    candidates.at(-1) ??
    null
  );
}

/** The step, screen or choice that a jump names; without words, the step that asked. */
export function jumpTarget(
  flow: Construction,
  jump: { readonly words: string; readonly stems: readonly string[]; readonly number?: string },
): DraftNode | null {
  const { graph } = flow;
  if (jump.number === 'first')
    return graph.nodes.find((node) => node.type !== 'start' && node.type !== 'end') ?? null;
  if (jump.number !== undefined) {
    const id = flow.numbered.get(jump.number);
    return id === undefined ? null : graph.node(id);
  }
  if (jump.words === '') return askingStep(flow);
  const named = graph.recent.filter(
    ({ id, type }) =>
      type !== 'start' &&
      type !== 'end' &&
      !flow.drawing.has(id) &&
      (type !== 'decision' || flow.choices.some((choice) => choice.node === id)),
  );
  return bestOf(named, 0.5, ({ stems }) =>
    Math.max(likeness(jump.stems, stems), coverage(jump.stems, stems) * 0.9),
  );
}

/** The earlier step that this one does anew. */
export function repeatedStep(
  flow: Construction,
  draft: StepDraft,
  stems: readonly string[],
): DraftNode | null {
  const { choose } = flow.lexicon;
  const about = draft.object.length > 0 ? draft.object : draft.verb === '' ? stems : [];
  const valueOf = (node: DraftNode): number => {
    const { step } = node;
    if (!step || flow.open.every(({ from }) => from === node.id)) return -1;
    const same = draft.verb !== '' && step.verb === draft.verb ? 0.25 : 0;
    const kin = same > 0 || (step.person && (choose.has(step.verb) || ENTERS.test(step.verb)));
    if (!draft.again && !kin) return -1;
    // "releases it again": the product undoes what was done rather than ask for it once more.
    if (!draft.person && draft.verb !== '' && same === 0) return -1;
    // "lives up again": a thing does not repeat what somebody did to it.
    if (draft.keepsSubject && same === 0) return -1;
    const object = draft.pronounObject ? 0.5 : likeness(draft.object, step.object);
    return Math.max(
      likeness(stems, node.stems),
      object * 0.8 + same - (draft.object.length === 0 ? 0.3 : 0),
      same > 0 && coverage(step.object, draft.object) >= 0.5 ? 0.7 : 0,
      draft.again && same > 0 ? 0.56 : 0,
      draft.again ? coverage(about, node.stems) * 0.75 + same / 2 : 0,
    );
  };
  return bestOf(flow.graph.recent, 0.55, valueOf);
}
