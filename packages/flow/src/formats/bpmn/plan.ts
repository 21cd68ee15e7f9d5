import type { FlowDocument, FlowNode, Frame } from '../../document/types.ts';
import { ROOT, hierarchyOf } from '../../layout/hierarchy.ts';
import { bpmnData } from './data.ts';
import { elementOf } from './flow-kind.ts';
import { BESIDE, SUB_PROCESSES } from './vocabulary.ts';

export type FrameKind = 'pool' | 'process' | 'subProcess' | 'lane' | 'group';

/** Frames deeper than this are written beside their parent: readers of XML call themselves once a level. */
const MAX_LEVEL = 100;

/**
 * What each frame becomes and where everything stands. A container is a process or sub-process: the root process
 * (ROOT), or the frame that is one. Frames that never were BPMN become lanes, which any sequence flow may cross.
 */
export class Plan {
  readonly document: FlowDocument;
  /** Parents first. */
  readonly frames: readonly Frame[];
  readonly #kinds = new Map<string, FrameKind>();
  /** The frame round each frame in the file. */
  readonly #around = new Map<string, string>();
  readonly #level = new Map<string, number>();
  /** The container in which each frame's content stands. */
  readonly #inside = new Map<string, string>([[ROOT, ROOT]]);
  /** The container round each container; none round processes. */
  readonly #outer = new Map<string, string>();

  constructor(document: FlowDocument) {
    this.document = document;
    const { frames, parentOf } = hierarchyOf(document);
    this.frames = frames;
    this.#findKinds(parentOf);
    for (const { id } of frames) {
      const parent = parentOf.get(id) ?? ROOT;
      const deep = (this.#level.get(parent) ?? 0) >= MAX_LEVEL;
      const around = deep ? (this.#around.get(parent) ?? ROOT) : parent;
      this.#around.set(id, around);
      this.#level.set(id, (this.#level.get(around) ?? 0) + 1);
      const container = this.#inside.get(around) ?? ROOT;
      const kind = this.kind(id);
      this.#inside.set(id, kind === 'lane' || kind === 'group' ? container : id);
      if (kind === 'subProcess') this.#outer.set(id, container);
    }
  }

  kind(frameId: string): FrameKind {
    return this.#kinds.get(frameId) ?? 'lane';
  }

  /** The frame round this one in the file, ROOT when none. */
  around(frameId: string): string {
    return this.#around.get(frameId) ?? ROOT;
  }

  /** The container in which a node stands. */
  containerOf(node: FlowNode): string {
    return this.#inside.get(node.frameId ?? ROOT) ?? ROOT;
  }

  /** The container in which a frame stands. */
  containerOfFrame(frameId: string): string {
    return this.#inside.get(this.around(frameId)) ?? ROOT;
  }

  /** The process at the end of a container's way up: ROOT, or a pool or process frame. */
  processOf(container: string): string {
    let at = container;
    for (let outer = this.#outer.get(at); outer !== undefined; outer = this.#outer.get(at)) at = outer;
    return at;
  }

  /** The innermost container that holds both. Undefined when they stand in different processes. */
  common(a: string, b: string): string | undefined {
    const above = new Set<string>();
    for (let at: string | undefined = a; at !== undefined; at = this.#outer.get(at)) above.add(at);
    for (let at: string | undefined = b; at !== undefined; at = this.#outer.get(at))
      if (above.has(at)) return at;
    return undefined;
  }

  /** The sub-process directly in `container` through which `from` is reached; undefined when that is itself. */
  lifted(from: string, container: string): string | undefined {
    let below: string | undefined;
    for (let at: string | undefined = from; at !== undefined && at !== container; at = this.#outer.get(at))
      below = at;
    return below;
  }

  /** Bottom up: what holds nothing that can be entered would come back as a node, so it is a lane here. */
  #findKinds(parentOf: ReadonlyMap<string, string>): void {
    const filled = new Set<string>(),
      touched = new Set<string>();
    for (const node of Object.values(this.document.nodes)) {
      touched.add(node.frameId ?? ROOT);
      if (!BESIDE.has(elementOf(node))) filled.add(node.frameId ?? ROOT);
    }
    for (const { id, data } of this.frames.toReversed()) {
      const { element = 'lane' } = bpmnData(data);
      const parent = parentOf.get(id) ?? ROOT;
      let kind: FrameKind = 'lane';
      if (element === 'group' && !touched.has(id)) kind = 'group';
      else if (filled.has(id) && SUB_PROCESSES.has(element)) kind = 'subProcess';
      else if (filled.has(id) && parent === ROOT && element === 'participant') kind = 'pool';
      else if (filled.has(id) && parent === ROOT && element === 'process') kind = 'process';
      this.#kinds.set(id, kind);
      touched.add(parent);
      if (kind !== 'group') filled.add(parent);
    }
  }
}
