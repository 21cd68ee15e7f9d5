/** "Back to …", "go to step 3", "skip to …" (ANNOTATION.md, 5.2). */
import type { Statement } from '../../meaning/statement.ts';
import type { Construction } from '../construction.ts';
import { leadTo } from '../ends.ts';
import type { DraftNode } from '../graph.ts';
import { jumpAhead } from '../jumps.ts';
import { jumpTarget } from '../targets.ts';
import { questionOf } from '../titles.ts';
import { drawStep } from './step.ts';
import { clip } from '@uxflow/flow';
import { capital } from '../../text/tokens.ts';

export function drawGoto(flow: Construction, jump: Extract<Statement, { kind: 'goto' }>): void {
  if (flow.open.length === 0) return;
  const target = jumpTarget(flow, jump);
  if (target) {
    const loop = optionalBefore(flow, target);
    leadTo(flow, target);
    if (loop) makeOptional(flow, loop);
    return;
  }
  if (jump.number !== undefined && jump.number !== 'first' && flow.pendingNumber !== jump.number)
    return jumpAhead(flow, { number: jump.number });
  if (jump.words === '') return;
  if (jump.forward) return jumpAhead(flow, { stems: jump.stems, words: jump.words });
  if (jump.stems.length === 0) return;
  if (jump.fallback) return drawStep(flow, jump.fallback);
  const node = flow.graph.add('screen', capital(clip(jump.words, 60)), jump.stems);
  leadTo(flow, node);
  flow.open = [{ from: node.id }];
  flow.lastStep = node;
}

/** "They can add another one, then back to …": some do not. The optional step, if it is the only way here. */
function optionalBefore(flow: Construction, target: DraftNode): DraftNode | null {
  const can = flow.lastStep;
  return flow.depth === 0 && can?.step?.can && flow.open.length === 1 && flow.isOpenAt(can) && target !== can
    ? can
    : null;
}

/** Puts a question before a step; its "no" stays open (4.6). */
function makeOptional(flow: Construction, step: DraftNode): void {
  const { graph, lexicon } = flow;
  const decision = graph.add('decision', questionOf(step.title), step.stems);
  graph.redirect(step.id, decision.id);
  graph.connect([{ from: decision.id, label: lexicon.yes }], step.id);
  graph.guard(step, decision);
  flow.open = [{ from: decision.id, label: lexicon.no }];
}
