import { emptyDocument } from '../../document/empty.ts';
import type { FlowDocument, FlowNode, Frame, JsonValue } from '../../document/types.ts';
import { IdSource } from '../import/ids.ts';
import { checkRoom } from '../import/limits.ts';
import { fitted } from '../import/text.ts';
import type { Warnings } from '../import/warnings.ts';
import type { XmlElement } from '../import/xml.ts';
import type { BpmnData } from './data.ts';
import { localId } from './diagram.ts';
import { describe, documentationOf, isDescribed, isEmpty, tellRest } from './describe.ts';
import { BESIDE, ELEMENT_OF, MODEL, SUB_PROCESSES, TYPE_OF, UX } from './vocabulary.ts';

const DEFAULT_NAME = 'Imported flow';
const LONGEST_ID = 256;
/** Read elsewhere, or said again by what is read. */
const KNOWN = new Set(['documentation', 'laneSet', 'incoming', 'outgoing', 'participant']);
/** What is read of frames that hold no flow of their own. */
const PARTS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['lane', new Set(['flowNodeRef', 'childLaneSet'])],
  ['participant', new Set<string>()],
  ['group', new Set<string>()],
]);
const FLOWS = new Set(['sequenceFlow', 'messageFlow', 'association']);

export interface ReadFlow {
  element: XmlElement;
  kind: 'sequenceFlow' | 'messageFlow' | 'association';
  /** Ids in the file of its ends. */
  source: string;
  target: string;
}
export interface Attachment {
  nodeId: string;
  element: XmlElement;
}

/** The nodes and frames of a BPMN file, and where its ids have gone. */
export class Structure {
  readonly document: FlowDocument = emptyDocument(DEFAULT_NAME);
  readonly warnings: Warnings;
  /** Ids of the file → ids of the document. Maps, because keys come from outside. */
  readonly nodeOf: Map<string, string> = new Map();
  readonly frameOf: Map<string, string> = new Map();
  readonly flows: ReadFlow[] = [];
  readonly attachments: Attachment[] = [];
  /** Ids in the file of flows that their source takes by default. */
  readonly defaults: Set<string> = new Set();
  readonly #nodeIds = new IdSource('node');
  readonly #frameIds = new IdSource('frame');
  readonly #lanes = new Map<string, string>();
  readonly #names = new Map<string, string>();
  /** Frames and nodes whose frame is written beside the structure. */
  readonly #moved: { record: FlowNode | Frame; to: string; line: number }[] = [];

  constructor(warnings: Warnings) {
    this.warnings = warnings;
  }

  read(definitions: XmlElement): void {
    const all = definitions.children.filter(({ namespace }) => namespace === MODEL);
    const processes = all.filter(({ name }) => name === 'process');
    const collaborations = all.filter(({ name }) => name === 'collaboration');
    for (const element of all) {
      if (['dataStore', 'category'].includes(element.name)) this.#collectNames(element);
      else if (element.name !== 'process' && element.name !== 'collaboration') this.leftOut(element);
    }
    this.#name(definitions, collaborations, processes);
    const pooled = new Map<string, string>();
    const byId = new Map(processes.map((process) => [process.attributes.get('id') ?? '', process]));
    for (const collaboration of collaborations) {
      for (const child of collaboration.children) {
        if (child.name === 'participant') this.#participant(child, byId, pooled);
      }
      this.#container(collaboration, undefined);
    }
    for (const process of processes) {
      const id = process.attributes.get('id') ?? '';
      const told = process.attributes.get(`${UX} is`);
      const several = processes.length > 1 && !pooled.has(id) && !isEmpty(process);
      const loose = told === 'frame' || (several && told !== 'root');
      const frameId = loose ? this.#frame(process, undefined, {}) : pooled.get(id);
      this.#container(process, frameId);
    }
    this.#move();
  }

  /** Tells that an element has no place in a flow. */
  leftOut(element: XmlElement): void {
    if (element.name === 'extensionElements') {
      if (element.children.length > 0)
        this.warnings.add('extension elements of another tool were left out', element.line);
      return;
    }
    this.warnings.add(`<${element.name}> was left out: a flow has nothing for it`, element.line);
  }

  #name(definitions: XmlElement, collaborations: XmlElement[], processes: XmlElement[]): void {
    const own = definitions.attributes.get('name');
    const names = [...collaborations, ...processes].map((element) => element.attributes.get('name'));
    const name = own ?? names.find((each) => each !== undefined && each.trim() !== '');
    if (name !== undefined) this.document.name = fitted(name, 'title', this.warnings, definitions.line);
  }

  #collectNames(element: XmlElement): void {
    for (const each of [element, ...element.children]) {
      const id = each.attributes.get('id');
      const name = each.attributes.get('name') ?? each.attributes.get('value');
      if (id !== undefined && name !== undefined) this.#names.set(id, name);
    }
  }

  #participant(element: XmlElement, processes: Map<string, XmlElement>, pooled: Map<string, string>): void {
    const reference = element.attributes.get('processRef') ?? '';
    const process = processes.get(reference) ?? processes.get(localId(reference));
    const processId = process?.attributes.get('id') ?? '';
    if (!process || isEmpty(process) || pooled.has(processId)) {
      // Somebody outside, of whom only messages are known.
      this.#node(element, undefined, undefined);
      return;
    }
    const attributes = describe(process, this).attributes;
    const data: BpmnData = { process: processId.slice(0, LONGEST_ID) };
    if (attributes) data.processAttributes = attributes;
    pooled.set(processId, this.#frame(element, undefined, data));
  }

  /** Everything in a process, sub-process or collaboration; sub-processes by a stack, for they may be nested deeply. */
  #container(top: XmlElement, topFrame: string | undefined): void {
    const open = [{ element: top, frameId: topFrame }];
    for (let here = open.pop(); here; here = open.pop()) {
      for (const child of here.element.children) {
        if (child.name === 'laneSet') this.#laneSet(child, here.frameId);
      }
      const shown = new Set(here.element.children.map(({ attributes }) => attributes.get('dataObjectRef')));
      for (const child of here.element.children) {
        const { namespace, name } = child;
        if (namespace !== MODEL || KNOWN.has(name) || isDescribed(name)) continue;
        const lane = this.#lanes.get(child.attributes.get('id') ?? '') ?? here.frameId;
        if (SUB_PROCESSES.has(name) && !isEmpty(child)) {
          open.push({ element: child, frameId: this.#frame(child, lane, describe(child, this)) });
          this.#defaultOf(child);
          this.#dataFlows(child);
        } else if (TYPE_OF.has(name)) this.#node(child, lane, here.frameId);
        else if (BESIDE.has(name)) this.#node(child, here.frameId, here.frameId);
        else if (name === 'group') this.#frame(child, here.frameId, {});
        else if (FLOWS.has(name)) this.#flow(child, name as ReadFlow['kind']);
        else if (name !== 'dataObject' || !shown.has(child.attributes.get('id') ?? '')) this.leftOut(child);
      }
    }
  }

  #laneSet(top: XmlElement, container: string | undefined): void {
    const open = [{ set: top, parent: container }];
    for (let here = open.pop(); here; here = open.pop()) {
      for (const lane of here.set.children) {
        if (lane.namespace !== MODEL || lane.name !== 'lane') continue;
        const frameId = this.#frame(lane, here.parent, {});
        for (const child of lane.children) {
          if (child.name === 'flowNodeRef') this.#lanes.set(localId(child.text), frameId);
          else if (child.name === 'childLaneSet') open.push({ set: child, parent: frameId });
        }
      }
    }
  }

  #frame(element: XmlElement, parentId: string | undefined, more: BpmnData): string {
    checkRoom('frames', this.frameOf.size);
    const xmlId = element.attributes.get('id') ?? '';
    const id = this.#frameIds.next(element.attributes.get(`${UX} id`) ?? xmlId);
    const name =
      element.attributes.get('name') ??
      this.#names.get(localId(element.attributes.get('categoryValueRef') ?? ''));
    const data: BpmnData = { ...more, ...this.#identity(element, id) };
    tellRest(element, this, PARTS.get(element.name));
    if (element.name !== 'lane') data.element = element.name;
    const documentation = documentationOf(element, this.warnings);
    if (documentation !== undefined) data.documentation = documentation;
    const frame: Frame = {
      id,
      title: fitted(name ?? '', 'title', this.warnings, element.line),
      ...(parentId === undefined ? {} : { parentId }),
      position: { x: 0, y: 0 },
      size: { width: 240, height: 140 },
      ...wrapped(data),
    };
    this.document.frames[id] = frame;
    this.frameOf.set(xmlId === '' ? `frame ${id}` : xmlId, id);
    this.#rememberMove(element, frame);
    return id;
  }

  #node(element: XmlElement, frameId: string | undefined, container: string | undefined): void {
    const { attributes, name } = element;
    checkRoom('nodes', this.nodeOf.size);
    const xmlId = attributes.get('id') ?? '';
    const id = this.#nodeIds.next(attributes.get(`${UX} id`) ?? xmlId);
    const type = TYPE_OF.get(name) ?? BESIDE.get(name) ?? 'action';
    const data: BpmnData = { ...describe(element, this), ...this.#identity(element, id) };
    tellRest(element, this);
    if (ELEMENT_OF[type] !== name) data.element = name;
    const description = documentationOf(element, this.warnings);
    const node: FlowNode = {
      id,
      type,
      title: fitted(this.#titleOf(element), 'title', this.warnings, element.line),
      ...(description === undefined ? {} : { description }),
      ...((frameId ?? container) === undefined ? {} : { frameId: frameId ?? container ?? '' }),
      ...(attributes.get(`${UX} pinned`) === undefined
        ? {}
        : { pinned: attributes.get(`${UX} pinned`) === 'true' }),
      position: { x: 0, y: 0 },
      ...wrapped(data),
    };
    this.document.nodes[id] = node;
    this.nodeOf.set(xmlId === '' ? `node ${id}` : xmlId, id);
    this.#dataFlows(element);
    if (name === 'boundaryEvent') this.attachments.push({ nodeId: id, element });
    this.#defaultOf(element);
    this.#rememberMove(element, node);
  }

  #flow(element: XmlElement, kind: ReadFlow['kind']): void {
    const { attributes } = element;
    const [source = '', target = ''] = [attributes.get('sourceRef'), attributes.get('targetRef')];
    this.flows.push({ element, kind, source, target });
  }

  /** What an activity reads and writes: associations with the data shown beside it. */
  #dataFlows(activity: XmlElement): void {
    const id = activity.attributes.get('id') ?? '';
    for (const element of activity.children) {
      const { name, line, children } = element;
      if (name !== 'dataInputAssociation' && name !== 'dataOutputAssociation') continue;
      const far = name === 'dataInputAssociation' ? 'sourceRef' : 'targetRef';
      for (const { text } of children.filter((child) => child.name === far)) {
        const [source, target] = far === 'sourceRef' ? [localId(text), id] : [id, localId(text)];
        this.flows.push({ element, kind: 'association', source, target });
        this.warnings.add('a data association became a plain association', line);
      }
    }
  }

  #titleOf({ name, attributes, children }: XmlElement): string {
    if (name === 'textAnnotation') return children.find((child) => child.name === 'text')?.text ?? '';
    return attributes.get('name') ?? this.#names.get(localId(attributes.get('dataStoreRef') ?? '')) ?? '';
  }

  #defaultOf({ attributes }: XmlElement): void {
    const flow = attributes.get('default');
    if (flow !== undefined) this.defaults.add(localId(flow));
  }

  #identity(element: XmlElement, id: string): Pick<BpmnData, 'id'> {
    const xmlId = element.attributes.get('id') ?? '';
    if (xmlId === id || xmlId === '' || element.attributes.has(`${UX} id`)) return {};
    if (xmlId.length <= LONGEST_ID) return { id: xmlId };
    this.warnings.add(`an id of more than ${LONGEST_ID} characters was replaced`, element.line);
    return {};
  }

  #rememberMove(element: XmlElement, record: FlowNode | Frame): void {
    const to = element.attributes.get(`${UX} frame`);
    if (to !== undefined) this.#moved.push({ record, to, line: element.line });
  }

  /** Carries out what `uxflow:frame` says, as far as it names frames and closes no circle. */
  #move(): void {
    const { frames } = this.document;
    for (const { record, to, line } of this.#moved) {
      const isFrame = 'size' in record && !('type' in record);
      const key = isFrame ? 'parentId' : 'frameId';
      const fits = to === '' || (Object.hasOwn(frames, to) && !(isFrame && this.#within(to, record.id)));
      if (!fits) this.warnings.add('a frame that is not there was ignored', line);
      else if (to === '') delete (record as Partial<Record<typeof key, string>>)[key];
      else Object.assign(record, { [key]: to });
    }
  }

  #within(frameId: string, ancestor: string): boolean {
    for (let at: string | undefined = frameId; at !== undefined; at = this.document.frames[at]?.parentId) {
      if (at === ancestor) return true;
    }
    return false;
  }
}

function wrapped(data: BpmnData): { data?: Record<string, JsonValue> } {
  return Object.keys(data).length === 0 ? {} : { data: { bpmn: data } };
}
