import type { EdgeTrigger, FlowEdge } from '../../document/types.ts';
import { EDGE_TRIGGERS } from '../../document/types.ts';
import { IdSource } from '../import/ids.ts';
import { checkRoom } from '../import/limits.ts';
import { fitted } from '../import/text.ts';
import type { XmlElement } from '../import/xml.ts';
import { inferTrigger } from '../mermaid/infer.ts';
import { bpmnData, type BpmnData } from './data.ts';
import { documentationOf, tellRest } from './describe.ts';
import { localId } from './diagram.ts';
import { FrameEnds } from './frame-ends.ts';
import { derivedKind, pools } from './flow-kind.ts';
import type { ReadFlow, Structure } from './structure.ts';
import { UX } from './vocabulary.ts';

const LONGEST_ID = 256;
const READ = new Set(['conditionExpression', 'sourceRef', 'targetRef']);
const FAILURES = new Set(['error', 'escalation', 'cancel', 'compensate']);

/** The edges of a BPMN file: its flows, and one from each activity to the events on its boundary. */
export function readFlows(structure: Structure): void {
  new FlowReader(structure).read();
}

class FlowReader {
  readonly #structure: Structure;
  readonly #ends: FrameEnds;
  readonly #poolOf: (nodeId: string) => string;
  readonly #ids = new IdSource('edge');
  #count = 0;

  constructor(structure: Structure) {
    this.#structure = structure;
    this.#ends = new FrameEnds(structure);
    this.#poolOf = pools(structure.document);
  }

  read(): void {
    const { flows, attachments } = this.#structure;
    for (const flow of flows) this.#flow(flow);
    for (const { nodeId, element } of attachments) this.#attach(nodeId, element);
  }

  #flow(flow: ReadFlow): void {
    const { element, kind } = flow;
    const { document, warnings, defaults } = this.#structure;
    const { attributes, line } = element;
    tellRest(element, this.#structure, READ);
    const source = this.#end(flow, 'source'),
      target = this.#end(flow, 'target');
    if (source === undefined || target === undefined) {
      warnings.add(`a ${kind} was left out: an edge connects two nodes`, line);
      return;
    }
    checkRoom('edges', this.#count++);
    const xmlId = attributes.get('id') ?? '';
    const id = this.#ids.next(attributes.get(`${UX} id`) ?? xmlId);
    const edge: FlowEdge = { id, source, target, trigger: 'auto', ...this.#texts(element) };
    const data: BpmnData = {};
    if (kind !== derivedKind(document, edge, this.#poolOf)) data.element = kind;
    if (id !== xmlId && xmlId !== '' && xmlId.length <= LONGEST_ID && !attributes.has(`${UX} id`))
      data.id = xmlId;
    if (defaults.has(xmlId) && xmlId !== '') data.default = true;
    const direction = attributes.get('associationDirection');
    if (direction !== undefined) data.attributes = { associationDirection: direction.slice(0, 20) };
    const documentation = documentationOf(element, warnings);
    if (documentation !== undefined) data.documentation = documentation;
    const whole = (['source', 'target'] as const).filter(
      (end) => kind === 'messageFlow' && this.#isPool(flow[end]),
    );
    if (whole.length > 0) data.whole = whole;
    edge.trigger = this.#trigger(element, edge);
    if (Object.keys(data).length > 0) edge.data = { bpmn: data };
    document.edges[id] = edge;
  }

  /** The activity leads to the event on its boundary. */
  #attach(nodeId: string, element: XmlElement): void {
    const { document, warnings } = this.#structure;
    const meant = element.attributes.get(`${UX} source`);
    const isMeant = meant !== undefined && Object.hasOwn(document.nodes, meant);
    const host = isMeant ? meant : this.#node(element.attributes.get('attachedToRef') ?? '', 'entry');
    const node = document.nodes[nodeId];
    if (host === undefined || !node) {
      warnings.add('an event on the boundary of nothing stands alone', element.line);
      return;
    }
    checkRoom('edges', this.#count++);
    const id = this.#ids.next(element.attributes.get(`${UX} edge`) ?? `${nodeId}.attached`);
    const kinds = (bpmnData(node.data).events ?? []).map(({ kind }) => kind);
    const inferred: EdgeTrigger = kinds.includes('timer')
      ? 'timeout'
      : kinds.some((kind) => FAILURES.has(kind))
        ? 'error'
        : 'auto';
    document.edges[id] = {
      id,
      source: host,
      target: nodeId,
      trigger: written(element) ?? inferred,
      ...this.#texts(element, `${UX} label`),
      data: { bpmn: { element: 'attachment' } },
    };
  }

  #texts(element: XmlElement, name = 'name'): Pick<FlowEdge, 'label' | 'condition'> {
    const { warnings } = this.#structure;
    const { attributes, children, line } = element;
    const label = fitted(
      attributes.get(name) ?? attributes.get(`${UX} label`) ?? '',
      'title',
      warnings,
      line,
    );
    const said = children.find(({ name }) => name === 'conditionExpression')?.text.trim();
    const condition = fitted(attributes.get(`${UX} condition`) ?? said ?? '', 'description', warnings, line);
    return { ...(label === '' ? {} : { label }), ...(condition === '' ? {} : { condition }) };
  }

  #trigger(element: XmlElement, edge: FlowEdge): EdgeTrigger {
    const type = this.#structure.document.nodes[edge.source]?.type ?? 'action';
    return written(element) ?? inferTrigger(edge.label ?? '', type);
  }

  #end(flow: ReadFlow, end: 'source' | 'target'): string | undefined {
    const meant = flow.element.attributes.get(`${UX} ${end}`);
    if (meant !== undefined && Object.hasOwn(this.#structure.document.nodes, meant)) return meant;
    return this.#node(flow[end], end === 'source' ? 'exit' : 'entry');
  }

  #node(reference: string, side: 'entry' | 'exit'): string | undefined {
    const { nodeOf, frameOf } = this.#structure;
    const id = nodeOf.has(reference) || frameOf.has(reference) ? reference : localId(reference);
    const frameId = frameOf.get(id);
    return nodeOf.get(id) ?? (frameId === undefined ? undefined : this.#ends.of(frameId, side));
  }

  #isPool(reference: string): boolean {
    const { nodeOf, frameOf } = this.#structure;
    return !nodeOf.has(reference) && frameOf.has(reference);
  }
}

function written(element: XmlElement): EdgeTrigger | undefined {
  const trigger = element.attributes.get(`${UX} trigger`);
  return EDGE_TRIGGERS.find((each) => each === trigger);
}
