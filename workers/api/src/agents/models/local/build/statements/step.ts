/** A step behind the open ends (ANNOTATION.md, sections 2 and 5.6). */
import { contentStems, coverage, likeness } from '../../meaning/likeness.ts';
import type { StepDraft } from '../../meaning/statement.ts';
import type { Construction } from '../construction.ts';
import { leadTo, reopen, reopenAll, resumeImpliedEnd } from '../ends.ts';
import { type DraftNode, endOf } from '../graph.ts';
import { takeNumber } from '../items.ts';
import { askingStep, repeatedStep } from '../targets.ts';
import { withVerb } from '../titles.ts';
import { attachForward } from '../jumps.ts';

export function drawStep(flow: Construction, draft: StepDraft): void {
  const { graph } = flow;
  if (answers(flow, draft)) return;
  const stems = contentStems(draft.title);
  if (draft.onlyNew && graph.recent.some((node) => node.step !== null && coverage(stems, node.stems) >= 0.8))
    return;
  if (repeats(flow, draft, stems)) return;
  if (draft.inBranch) resumeImpliedEnd(flow);
  if (draft.anyway) reopenAll(flow);
  reopen(flow);
  if (joins(flow, draft)) return;
  const node = graph.add(draft.type, draft.title, stems, draft);
  takeNumber(flow, node);
  const beside = flow.lastStep;
  if (draft.parallel && beside && beside.type !== 'decision' && flow.isOpenAt(beside))
    putBeside(flow, node, beside);
  else {
    graph.connect(flow.open, node.id);
    flow.open = [{ from: node.id }];
  }
  attachForward(flow, node);
  flow.lastStep = node;
  if (draft.direct && draft.type === 'screen' && flow.depth > 0) flow.open = [];
}

/** Merges an answer with the step that asked for it (2.5). */
function answers(flow: Construction, draft: StepDraft): boolean {
  const asked = flow.lastStep;
  if (
    !asked?.step?.asked ||
    !draft.person ||
    !(draft.pronounObject || likeness(draft.object, asked.step.object) >= 0.6) ||
    !flow.isOpenAt(asked)
  )
    return false;
  if (!draft.pronounObject) rename(asked, draft.title);
  else if (draft.verb !== '') rename(asked, withVerb(asked.title, draft.verb, flow.lexicon.language));
  asked.step = { ...draft, object: asked.step.object, asked: false, pronounObject: false };
  return true;
}

function rename(node: DraftNode, title: string): void {
  node.title = title;
  node.stems = contentStems(title);
}

/** "füllt den Korb weiter": the step that goes on. */
const goneOnWith = (flow: Construction, { verb, object, person }: StepDraft): DraftNode | null =>
  flow.lexicon.language === 'de' && person && flow.depth > 0 && verb.startsWith('weiter')
    ? (flow.graph.nodes.findLast(
        ({ step }) => step?.verb === verb.slice('weiter'.length) && likeness(object, step.object) >= 0.6,
      ) ?? null)
    : null;

/** Leads back to the step that this one only does again (5.2). */
function repeats(flow: Construction, draft: StepDraft, stems: readonly string[]): boolean {
  const more = goneOnWith(flow, draft);
  if (more) {
    leadTo(flow, more);
    return true;
  }
  if (!draft.again && !(draft.renewed && draft.person)) return false;
  const target = repeatedStep(flow, draft, stems);
  if (target) {
    leadTo(flow, target);
    return true;
  }
  // "They try again": what was asked for.
  if (!draft.again || !draft.person || draft.object.length > 0 || flow.depth === 0) return false;
  const asking = flow.open.length === 0 ? null : askingStep(flow);
  if (asking) leadTo(flow, asking);
  return true;
}

/** Joins the same step at the end of another way (2.10). */
function joins(flow: Construction, draft: StepDraft): boolean {
  const { graph } = flow;
  const title = draft.title.toLowerCase();
  const twin = graph.recent.find(
    (node) => node.step !== null && node.title.toLowerCase() === title && graph.outOf(node.id).length === 0,
  );
  if (!twin || draft.parallel || flow.lastStep === twin) return false;
  graph.connect(
    flow.open.filter(({ from }) => from !== twin.id),
    twin.id,
  );
  flow.open = flow.open.filter(({ from }) => from === twin.id);
  if (flow.open.length === 0 && flow.depth === 0) flow.open = [{ from: twin.id }];
  flow.lastStep = twin;
  return true;
}

/** A parallel step has the predecessors of the step before it, and both go on with what follows (5.6). */
function putBeside(flow: Construction, node: DraftNode, beside: DraftNode): void {
  const { graph } = flow;
  for (const edge of graph.into(beside.id))
    if (!graph.before(edge.from).has(node.id)) graph.connect([endOf(edge)], node.id);
  flow.open.push({ from: node.id });
}
