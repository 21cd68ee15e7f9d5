/** Jumps that wait for the step they name (ANNOTATION.md, 5.2). */
import { coverage, likeness } from '../meaning/likeness.ts';
import type { Construction, ForwardJump } from './construction.ts';
import type { DraftNode } from './graph.ts';
import { clip } from '@uxflow/flow';
import { capital } from '../text/tokens.ts';

/** All open ends jump ahead. */
export function jumpAhead(
  flow: Construction,
  to: { readonly number: string } | { readonly stems: string[]; readonly words: string },
): void {
  const jump: ForwardJump = { ...to, ends: flow.open };
  flow.forward.push(jump);
  flow.open = [];
}

/** Leads the waiting jumps that name this step to it. */
export function attachForward(flow: Construction, node: DraftNode): void {
  flow.forward = flow.forward.filter((jump) => {
    if (jump.number !== undefined) return true;
    if (likeness(jump.stems, node.stems) < 0.6 && coverage(jump.stems, node.stems) < 0.8) return true;
    flow.graph.connect(jump.ends, node.id);
    return false;
  });
}

/** What was never told is a screen of its own; a number that never came is the end of the text. */
export function settleForward(flow: Construction): void {
  for (const jump of flow.forward) {
    if (jump.number !== undefined) {
      flow.open.push(...jump.ends);
      continue;
    }
    const node = flow.graph.add('screen', capital(clip(jump.words, 60)), jump.stems);
    flow.graph.connect(jump.ends, node.id);
    flow.open.push({ from: node.id });
  }
  flow.forward = [];
}
