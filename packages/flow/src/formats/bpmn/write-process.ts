import type { FlowNode, Frame } from '../../document/types.ts';
import { ROOT } from '../../layout/hierarchy.ts';
import { bpmnData } from './data.ts';
import { elementOf } from './flow-kind.ts';
import type { Plan } from './plan.ts';
import type { Attached, PlannedFlow } from './plan-flows.ts';
import { BESIDE } from './vocabulary.ts';
import { documentation, kept, lines, loop, nodeTag, type NodeContext } from './write-node.ts';
import { flowTag } from './write-flow.ts';
import { ownId, type XmlNames } from './xml-names.ts';
import { tag, textTag } from './xml-text.ts';

interface Written {
  collaboration: string[];
  processes: string[];
  /** The names of groups stand apart from them. */
  categories: string[];
  /** The id that the diagram's plane shows. */
  planeOf: string;
}

/** The processes with everything in them, and the collaboration of pools. */
export class Writer {
  readonly #plan: Plan;
  readonly #names: XmlNames;
  readonly #flows: readonly PlannedFlow[];
  readonly #attached: ReadonlyMap<string, Attached>;
  readonly #nodesIn = new Map<string, FlowNode[]>();
  readonly #framesIn = new Map<string, Frame[]>();
  readonly #categories: string[] = [];
  readonly #flowsIn = new Map<string, PlannedFlow[]>();
  /** Ids in the file → of the sequence flows that come in, go out, and the default one. */
  readonly #links = new Map<string, { incoming: string[]; outgoing: string[]; fallback?: string }>();

  constructor(
    plan: Plan,
    names: XmlNames,
    flows: readonly PlannedFlow[],
    attached: ReadonlyMap<string, Attached>,
  ) {
    this.#plan = plan;
    this.#names = names;
    this.#flows = flows;
    this.#attached = attached;
    for (const node of Object.values(plan.document.nodes)) push(this.#nodesIn, plan.containerOf(node), node);
    for (const frame of plan.frames) push(this.#framesIn, plan.containerOfFrame(frame.id), frame);
    for (const flow of flows) {
      if (flow.kind !== 'messageFlow') push(this.#flowsIn, flow.container, flow);
      if (flow.kind !== 'sequenceFlow') continue;
      const id = names.edge(flow.edge.id);
      this.#link(flow.source).outgoing.push(id);
      this.#link(flow.target).incoming.push(id);
      if (bpmnData(flow.edge.data).default) this.#link(flow.source).fallback = id;
    }
  }

  write(): Written {
    const processes: string[] = [],
      participants: string[] = [];
    const ids: string[] = [];
    const own = this.#content(ROOT);
    const tops = this.#plan.frames.filter(({ id }) => ['pool', 'process'].includes(this.#plan.kind(id)));
    if (own.length > 0 || tops.length === 0) {
      ids.push(this.#names.free('process'));
      processes.push(
        tag(
          'process',
          { id: ids[0], isExecutable: false, 'uxflow:is': tops.length === 0 ? undefined : 'root' },
          lines(own),
        ),
      );
    }
    for (const frame of tops) {
      const data = bpmnData(frame.data);
      const isPool = this.#plan.kind(frame.id) === 'pool';
      const id = isPool
        ? this.#names.free(data.process || `${frame.id}_process`)
        : this.#names.frame(frame.id);
      const attributes = isPool
        ? kept({ attributes: data.processAttributes ?? {} })
        : this.#frameAttributes(frame);
      ids.push(id);
      processes.push(
        tag(
          'process',
          { ...attributes, id, 'uxflow:is': isPool ? undefined : 'frame' },
          lines([...(isPool ? [] : documentation(data)), ...this.#content(frame.id)]),
        ),
      );
      if (isPool)
        participants.push(
          tag('participant', { ...this.#frameAttributes(frame), processRef: id }, documentation(data)),
        );
    }
    for (const node of Object.values(this.#plan.document.nodes)) {
      if (elementOf(node) === 'participant') participants.push(nodeTag(node, this.#context(node)));
    }
    const messages = this.#flows
      .filter(({ kind }) => kind === 'messageFlow')
      .map((flow) => flowTag(flow, this.#plan.document, this.#names));
    if (participants.length + messages.length === 0)
      return { collaboration: [], processes, categories: this.#categories, planeOf: ids[0] ?? '' };
    const id = this.#names.free('collaboration');
    return {
      collaboration: [tag('collaboration', { id }, lines([...participants, ...messages]))],
      processes,
      categories: this.#categories,
      planeOf: id,
    };
  }

  /** In the order that the schema wants: lanes, what flows, what stands beside. */
  #content(container: string): string[] {
    const nodes = (this.#nodesIn.get(container) ?? []).filter((node) => elementOf(node) !== 'participant');
    const frames = this.#framesIn.get(container) ?? [];
    const lanes = frames.filter(({ id }) => this.#plan.kind(id) === 'lane');
    const flows = this.#flowsIn.get(container) ?? [];
    const isNote = (node: FlowNode): boolean => elementOf(node) === 'textAnnotation';
    const node = (each: FlowNode): string => nodeTag(each, this.#context(each));
    const flow = (each: PlannedFlow): string => flowTag(each, this.#plan.document, this.#names);
    return [
      ...this.#laneSet(
        lanes.filter(({ id }) => !lanes.some((lane) => lane.id === this.#plan.around(id))),
        nodes,
        frames,
      ),
      ...nodes.filter((each) => !isNote(each)).map(node),
      ...frames
        .filter(({ id }) => this.#plan.kind(id) === 'subProcess')
        .map((frame) => this.#subProcess(frame)),
      ...flows.filter(({ kind }) => kind === 'sequenceFlow').map(flow),
      ...nodes.filter(isNote).map(node),
      ...frames
        .filter(({ id }) => this.#plan.kind(id) === 'group')
        .map((frame) => this.#group(frame, container)),
      ...flows.filter(({ kind }) => kind === 'association').map(flow),
    ];
  }

  #laneSet(tops: readonly Frame[], nodes: readonly FlowNode[], frames: readonly Frame[]): string[] {
    if (tops.length === 0) return [];
    const inside = new Map<string, string[]>();
    for (const node of nodes) {
      if (!BESIDE.has(elementOf(node))) push(inside, node.frameId ?? ROOT, this.#names.node(node.id));
    }
    const children = new Map<string, Frame[]>();
    for (const frame of frames) {
      const around = this.#plan.around(frame.id);
      if (this.#plan.kind(frame.id) === 'subProcess') push(inside, around, this.#names.frame(frame.id));
      if (this.#plan.kind(frame.id) === 'lane') push(children, around, frame);
    }
    const laneSet = (name: string, lanes: readonly Frame[]): string =>
      tag(
        name,
        { id: this.#names.free('lanes') },
        lines(
          lanes.map((lane) => {
            const nested = children.get(lane.id) ?? [];
            return tag(
              'lane',
              { ...this.#frameAttributes(lane), ...this.#moved(lane.parentId, this.#plan.around(lane.id)) },
              lines([
                ...documentation(bpmnData(lane.data)),
                ...(inside.get(lane.id) ?? []).map((id) => textTag('flowNodeRef', id)),
                ...(nested.length === 0 ? [] : [laneSet('childLaneSet', nested)]),
              ]),
            );
          }),
        ),
      );
    return [laneSet('laneSet', tops)];
  }

  #group(frame: Frame, container: string): string {
    const { name, ...attributes } = this.#frameAttributes(frame);
    const categoryValueRef = name === undefined ? undefined : this.#names.free(`${frame.id}_name`);
    if (categoryValueRef !== undefined) {
      const value = tag('categoryValue', { id: categoryValueRef, value: name });
      this.#categories.push(tag('category', { id: this.#names.free(`${frame.id}_category`) }, [value]));
    }
    const data = bpmnData(frame.data);
    const moved = this.#moved(frame.parentId, container);
    return tag('group', { ...attributes, categoryValueRef, ...moved }, lines(documentation(data)));
  }

  #subProcess(frame: Frame): string {
    const data = bpmnData(frame.data);
    const id = this.#names.frame(frame.id);
    const { incoming = [], outgoing = [], fallback } = this.#links.get(id) ?? {};
    return tag(
      data.element ?? 'subProcess',
      {
        ...this.#frameAttributes(frame),
        default: fallback,
        ...this.#moved(frame.parentId, this.#plan.around(frame.id)),
      },
      lines([
        ...documentation(data),
        ...incoming.map((flow) => textTag('incoming', flow)),
        ...outgoing.map((flow) => textTag('outgoing', flow)),
        ...loop(data.loop),
        ...this.#content(frame.id),
      ]),
    );
  }

  #frameAttributes(frame: Frame): Record<string, string | undefined> {
    const id = this.#names.frame(frame.id);
    const name = frame.title === '' ? undefined : frame.title;
    return { ...kept(bpmnData(frame.data)), id, name, 'uxflow:id': ownId('frame', frame.id, id) };
  }

  /** Says the frame of a record that stands in another one in the file. */
  #moved(frameId: string | undefined, around: string): { 'uxflow:frame'?: string } {
    return (frameId ?? ROOT) === around ? {} : { 'uxflow:frame': frameId ?? ROOT };
  }

  #context(node: FlowNode): NodeContext {
    const id = this.#names.node(node.id);
    const element = elementOf(node);
    const links = this.#links.get(id);
    const around = element === 'participant' ? ROOT : this.#plan.containerOf(node);
    const attached = this.#attached.get(node.id);
    return {
      id,
      incoming: links?.incoming ?? [],
      outgoing: links?.outgoing ?? [],
      ...(links?.fallback === undefined ? {} : { fallback: links.fallback }),
      ...(BESIDE.has(element) ? this.#moved(node.frameId, around) : {}),
      ...(attached ? { attached } : {}),
      free: (wanted) => this.#names.free(wanted),
    };
  }

  #link(id: string): { incoming: string[]; outgoing: string[]; fallback?: string } {
    let link = this.#links.get(id);
    if (!link) this.#links.set(id, (link = { incoming: [], outgoing: [] }));
    return link;
  }
}

function push<T>(groups: Map<string, T[]>, key: string, value: T): void {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
}
