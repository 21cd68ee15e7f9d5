/** "This comes after step 7": the decision of this item goes where the text says (ANNOTATION.md, 4.8). */
import type { Construction } from '../construction.ts';
import { without } from '../ends.ts';
import { endOf } from '../graph.ts';

/** `after`: the number of a list item. */
export function moveDecision(flow: Construction, after: string): void {
  const { graph } = flow;
  const decision = flow.decisions.at(-1);
  const anchor = flow.numbered.get(after);
  if (!decision || anchor === undefined || !flow.open.includes(decision.other) || decision.item !== flow.item)
    return;
  const before = graph.into(decision.node).filter((edge) => !decision.bodyNodes.includes(edge.from));
  graph.remove(before);
  flow.open = [...without(flow.open, [decision.other]), ...before.map(endOf)];
  graph.replace(graph.outOf(anchor), (edge) => ({
    ...edge,
    from: decision.node,
    label: decision.other.label ?? flow.lexicon.no,
  }));
  graph.connect([{ from: anchor }], decision.node);
}
