import type { FlowDocument, Op, RecordKind } from '@uxflow/flow';

/** What accepting an op would do, in a line. Titles are those of the flow, or of what is proposed along with it. */
export function describeOp(op: Op, document: FlowDocument, proposed: readonly Op[]): string {
  const nameOf = (kind: RecordKind, id: string): string =>
    quoted(titleOf(kind, id, document, proposed) ?? id);
  if (op.op === 'rename') return `Rename the flow to ${quoted(op.name)}`;
  if (op.op === 'put' && op.kind === 'edge') {
    const { source, target, label } = op.value;
    const answer = label === undefined ? '' : ` (${label})`;
    return `Connect ${nameOf('node', source)} to ${nameOf('node', target)}${answer}`;
  }
  if (op.op === 'put') return `Add ${nameOf(op.kind, op.value.id)}`;
  if (op.op === 'remove') {
    return op.kind === 'edge' ? `Remove ${way(op.id, document, nameOf)}` : `Remove ${nameOf(op.kind, op.id)}`;
  }
  const fields = Object.keys(op.set).join(', ');
  if (op.kind === 'edge') return `Change ${way(op.id, document, nameOf)}: ${fields}`;
  const { title } = op.set;
  if (fields === 'title' && typeof title === 'string') {
    return `Rename ${nameOf(op.kind, op.id)} to ${quoted(title)}`;
  }
  return `Change ${nameOf(op.kind, op.id)}: ${fields}`;
}

/** The steps that an op is about, to show them on the canvas. */
export function nodesOf(op: Op, document: FlowDocument): string[] {
  if (op.op === 'rename' || op.kind !== 'node') return [];
  const id = op.op === 'put' ? op.value.id : op.id;
  return Object.hasOwn(document.nodes, id) ? [id] : [];
}

function way(id: string, document: FlowDocument, nameOf: (kind: RecordKind, id: string) => string): string {
  const edge = document.edges[id];
  return edge
    ? `the transition from ${nameOf('node', edge.source)} to ${nameOf('node', edge.target)}`
    : 'a transition';
}

function titleOf(
  kind: RecordKind,
  id: string,
  document: FlowDocument,
  proposed: readonly Op[],
): string | undefined {
  for (const op of proposed) {
    if (op.op !== 'put' || op.kind !== kind || op.value.id !== id) continue;
    if (op.kind === 'persona') return op.value.name;
    if (op.kind !== 'edge') return op.value.title;
  }
  if (kind === 'node') return document.nodes[id]?.title;
  return kind === 'frame' ? document.frames[id]?.title : document.personas[id]?.name;
}

function quoted(text: string): string {
  return `“${text}”`;
}
