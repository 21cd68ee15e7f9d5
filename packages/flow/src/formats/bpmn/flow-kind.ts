import type { FlowDocument, FlowEdge, FlowNode } from '../../document/types.ts';
import { bpmnData } from './data.ts';
import { BESIDE, ELEMENT_OF, TYPE_OF } from './vocabulary.ts';

export type FlowKind = 'sequenceFlow' | 'messageFlow' | 'association' | 'attachment';

/** Which BPMN element a node is; what it once was, as long as its type still fits. */
export function elementOf(node: FlowNode): string {
  const { element } = bpmnData(node.data);
  if (element === undefined) return ELEMENT_OF[node.type];
  return (TYPE_OF.get(element) ?? BESIDE.get(element)) === node.type ? element : ELEMENT_OF[node.type];
}

/** What kind of flow an edge must be in BPMN, from what it connects. */
export function derivedKind(
  document: FlowDocument,
  edge: Pick<FlowEdge, 'source' | 'target'>,
  poolOf: (nodeId: string) => string,
): Exclude<FlowKind, 'attachment'> {
  const ends = [document.nodes[edge.source], document.nodes[edge.target]];
  if (ends.some((end) => end?.type === 'note')) return 'association';
  if (ends.some((end) => end && elementOf(end) === 'participant')) return 'messageFlow';
  return poolOf(edge.source) === poolOf(edge.target) ? 'sequenceFlow' : 'messageFlow';
}

/** The pool in which each node lies: the outermost frame, when that is one; else ''. Safe against cycles. */
export function pools(document: FlowDocument): (nodeId: string) => string {
  const outermost = new Map<string, string>();
  const rootOf = (start: string): string => {
    const path: string[] = [];
    let at = start;
    for (let frame = document.frames[at]; frame && !outermost.has(at); frame = document.frames[at]) {
      path.push(at);
      outermost.set(at, at);
      const parent = frame.parentId;
      if (parent === undefined || !Object.hasOwn(document.frames, parent)) break;
      at = parent;
    }
    const root = outermost.get(at) ?? at;
    for (const id of path) outermost.set(id, root);
    return root;
  };
  const result = new Map<string, string>();
  for (const node of Object.values(document.nodes)) {
    const root =
      node.frameId !== undefined && Object.hasOwn(document.frames, node.frameId) ? rootOf(node.frameId) : '';
    const { element } = bpmnData(document.frames[root]?.data);
    result.set(node.id, element === 'participant' || element === 'process' ? root : '');
  }
  return (nodeId) => result.get(nodeId) ?? '';
}
