import type { FlowNode } from '../../document/types.ts';
import { bpmnData, type BpmnData, type EventDefinition } from './data.ts';
import { elementOf } from './flow-kind.ts';
import type { Attached } from './plan-flows.ts';
import { ACTIVITIES, DEFAULT_GATEWAYS, EVENT_FORMS, EVENT_KINDS, KEPT_ATTRIBUTES } from './vocabulary.ts';
import { ownId } from './xml-names.ts';
import { tag, textTag } from './xml-text.ts';

/** What a node's element says of its surroundings. */
export interface NodeContext {
  id: string;
  incoming: readonly string[];
  outgoing: readonly string[];
  fallback?: string;
  attached?: Attached;
  'uxflow:frame'?: string;
  free: (wanted: string) => string;
}

/** One flow node, annotation, data object or outside participant. */
export function nodeTag(node: FlowNode, context: NodeContext): string {
  const data = bpmnData(node.data);
  const { id, attached } = context;
  // A boundary event needs something on whose boundary it is.
  const isLoose = elementOf(node) === 'boundaryEvent' && !attached;
  const element = isLoose ? 'intermediateCatchEvent' : elementOf(node);
  const isActivity = ACTIVITIES.has(element);
  const isAnnotation = element === 'textAnnotation';
  const attributes = {
    ...(isLoose ? {} : kept(data)),
    id,
    name: node.title === '' || isAnnotation ? undefined : node.title,
    default: isActivity || DEFAULT_GATEWAYS.has(element) ? context.fallback : undefined,
    attachedToRef: attached?.host,
    'uxflow:id': ownId('node', node.id, id),
    'uxflow:frame': context['uxflow:frame'],
    'uxflow:pinned': node.pinned,
    ...attachedAttributes(attached, node.id),
  };
  const content = [
    ...(node.description === undefined ? [] : [textTag('documentation', node.description)]),
    ...(isAnnotation ? [textTag('text', node.title)] : []),
    ...context.incoming.map((flow) => textTag('incoming', flow)),
    ...context.outgoing.map((flow) => textTag('outgoing', flow)),
    ...(element.endsWith('Event')
      ? (data.events ?? []).flatMap(definitionTag)
      : loop(isActivity ? data.loop : undefined)),
  ];
  if (element !== 'dataObjectReference') return tag(element, attributes, lines(content));
  const dataObjectRef = context.free(`${id}_data`);
  return [
    tag(element, { ...attributes, dataObjectRef }, lines(content)),
    tag('dataObject', { id: dataObjectRef }),
  ].join('\n');
}

/** The edge from an activity to an event on its boundary is no element of its own. */
function attachedAttributes(
  attached: Attached | undefined,
  nodeId: string,
): Record<string, string | undefined> {
  if (!attached) return {};
  const { id, source, trigger, label, condition } = attached.edge;
  return {
    'uxflow:edge': id === `${nodeId}.attached` ? undefined : id,
    'uxflow:source': source,
    'uxflow:trigger': trigger,
    'uxflow:label': label,
    'uxflow:condition': condition,
  };
}

function definitionTag({ kind, form, text }: EventDefinition): string[] {
  if (!EVENT_KINDS.has(kind)) return [];
  const name = `${kind}EventDefinition`;
  // The schema wants these two to say something, be it nothing.
  if (kind === 'link') return [tag(name, { name: form === 'name' ? (text ?? '') : '' })];
  const isText = form !== undefined && text !== undefined && EVENT_FORMS.has(form);
  if (!isText) return [tag(name, {}, kind === 'conditional' ? [tag('condition')] : [])];
  return [tag(name, {}, [textTag(form, text, { 'xsi:type': 'tFormalExpression' })])];
}

/** The attributes that were in a file, as far as BPMN knows them. */
export function kept({ attributes = {} }: Pick<BpmnData, 'attributes'>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => KEPT_ATTRIBUTES.has(name)));
}

export function loop(kind: BpmnData['loop']): string[] {
  if (kind === undefined) return [];
  if (kind === 'standard') return [tag('standardLoopCharacteristics')];
  return [tag('multiInstanceLoopCharacteristics', { isSequential: kind === 'sequential' })];
}

export function documentation({ documentation: text }: BpmnData): string[] {
  return text === undefined ? [] : [textTag('documentation', text)];
}

/** Content on lines of its own. */
export function lines(content: readonly string[]): string[] {
  return content.length === 0 ? [] : ['', ...content, ''];
}
