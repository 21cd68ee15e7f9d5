/** List items: their numbers, and the branches that they are told in (ANNOTATION.md, 5.1). */
import type { Statement } from '../meaning/statement.ts';
import type { Construction } from './construction.ts';
import { aside, within } from './ends.ts';
import type { DraftNode } from './graph.ts';

export function beginItem(flow: Construction, number: string | undefined): void {
  flow.item++;
  flow.pendingNumber = number ?? null;
}

/** The first node of a numbered item takes its number, and the jumps that wait for it. */
export function takeNumber(flow: Construction, node: DraftNode): void {
  const number = flow.pendingNumber;
  if (number === null) return;
  for (const { ends } of flow.forward.filter((jump) => jump.number === number))
    flow.graph.connect(ends, node.id);
  flow.forward = flow.forward.filter((jump) => jump.number !== number);
  flow.numbered.set(number, node.id);
  flow.pendingNumber = null;
}

/** Further sentences of a list item that began with a condition belong to its branch. */
export function drawInItem(flow: Construction, statements: readonly Statement[]): void {
  const decision = flow.decisions.at(-1);
  const inside = within(flow.open, flow.lastBranch);
  const first = statements[0]?.kind;
  const speaksOfOther =
    first === 'limit' ||
    first === 'move' ||
    statements.some(
      (statement) => statement.kind === 'else' || (statement.kind === 'if' && statement.condition.elliptic),
    );
  if (inside.length === 0 || speaksOfOther) return flow.draw(statements);
  aside(flow, inside, () => {
    flow.drawInside(statements);
    if (decision?.item === flow.item) decision.bodyEnds = [...flow.open];
    flow.lastBranch = [...flow.open];
  });
}
