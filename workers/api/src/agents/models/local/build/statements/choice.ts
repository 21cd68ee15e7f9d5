/** A choice whose cases are named together (ANNOTATION.md, 4.4). */
import { contentStems } from '../../meaning/likeness.ts';
import type { Statement } from '../../meaning/statement.ts';
import { closeClosing, continueCase } from '../cases.ts';
import type { Choice, ChoiceCase, Construction } from '../construction.ts';
import { reopen, unclose } from '../ends.ts';
import type { End } from '../graph.ts';
import { takeNumber } from '../items.ts';
import { attachForward } from '../jumps.ts';

export function drawChoice(flow: Construction, statement: Extract<Statement, { kind: 'choice' }>): void {
  const { graph } = flow;
  reopen(flow);
  const node = graph.add('decision', statement.title, contentStems(statement.title));
  takeNumber(flow, node);
  graph.connect(flow.open, node.id);
  attachForward(flow, node);
  const choice: Choice = { node: node.id, listed: statement.cases.length > 0, cases: [] };
  flow.choices.push(choice);
  const ends: End[] = [];
  flow.drawing.add(node.id);
  for (const { label, stems, body } of statement.cases) {
    const current: ChoiceCase = { label, stems, ends: [{ from: node.id, label }] };
    choice.cases.push(current);
    drawCase(flow, current, body);
    ends.push(...flow.open);
  }
  flow.drawing.delete(node.id);
  flow.open = choice.listed ? ends : [{ from: node.id }];
}

function drawCase(flow: Construction, current: ChoiceCase, body: readonly Statement[]): void {
  const { nodes } = flow.graph;
  const first = nodes.length;
  flow.open = [...current.ends];
  flow.drawInside(body);
  const [only, ...further] = flow.open;
  const oneStep = body.length === 1 && body[0]?.kind === 'step' && nodes.length === first + 1;
  if (oneStep && only?.from === first && further.length === 0) current.own = first;
  current.ends = [...flow.open];
  closeClosing(flow);
}

/** "In the first case …", "in the latter …". */
export function drawLatter(flow: Construction, statement: Extract<Statement, { kind: 'latter' }>): void {
  const found = flow.choices.at(-1)?.cases.at(statement.which === 'last' ? -1 : 0);
  if (!found) return;
  unclose(flow, found.ends);
  if (found.ends.some((end) => flow.open.includes(end))) continueCase(flow, found, statement.body);
}
