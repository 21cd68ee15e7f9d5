import type { FlowDocument } from '../../document/types.ts';
import { inferTrigger } from '../mermaid/infer.ts';
import { bpmnData } from './data.ts';
import type { PlannedFlow } from './plan-flows.ts';
import { documentation, kept, lines } from './write-node.ts';
import { ownId, type XmlNames } from './xml-names.ts';
import { tag, textTag } from './xml-text.ts';

/** One sequence flow, message flow or association. */
export function flowTag(flow: PlannedFlow, document: FlowDocument, names: XmlNames): string {
  const { edge, kind, source, target } = flow;
  const { label = '', condition = '' } = edge;
  const data = bpmnData(edge.data);
  const id = names.edge(edge.id);
  const isExpression = kind === 'sequenceFlow' && condition === condition.trim() && condition !== '';
  const inferred = inferTrigger(label, document.nodes[edge.source]?.type ?? 'action');
  const attributes = {
    ...kept(kind === 'association' ? data : {}),
    id,
    // An association has no name of its own in BPMN.
    name: label === '' || kind === 'association' ? undefined : label,
    sourceRef: source,
    targetRef: target,
    'uxflow:id': ownId('edge', edge.id, id),
    'uxflow:label': kind === 'association' && label !== '' ? label : undefined,
    'uxflow:source': source === names.node(edge.source) ? undefined : edge.source,
    'uxflow:target': target === names.node(edge.target) ? undefined : edge.target,
    'uxflow:trigger': edge.trigger === inferred ? undefined : edge.trigger,
    'uxflow:condition': isExpression || condition === '' ? undefined : condition,
  };
  const expression = isExpression
    ? [textTag('conditionExpression', condition, { 'xsi:type': 'tFormalExpression' })]
    : [];
  return tag(kind, attributes, lines([...documentation(data), ...expression]));
}
