import { clip, type EdgeTrigger, LIMITS, type NodeType } from '@uxflow/flow';
import type { FlowListing, FrameListing, ToolCall } from '../../../tools.ts';
import { slugs } from '../draw.ts';
import { type DraftEdge, FlowGraph } from './graph.ts';

/** At most `most` characters; what is left out leaves an ellipsis. */
const shortened = (text: string, most: number): string =>
  clip(text, most) === text ? text : `${clip(text, most - 1).trimEnd()}…`;
const TRIGGERS: ReadonlySet<string> = new Set<EdgeTrigger>([
  'click',
  'submit',
  'success',
  'error',
  'auto',
  'timeout',
  'back',
]);
const isTrigger = (value: string | undefined): value is EdgeTrigger =>
  value !== undefined && TRIGGERS.has(value);

/**
 * A working copy of the flow: each change is recorded as a tool call and made here as well, so that later commands of
 * a request see what earlier ones did.
 */
export class Draft extends FlowGraph {
  readonly calls: ToolCall[] = [];
  readonly frames: FrameListing[];
  name: string;
  /** Nodes that this draft has added. */
  readonly added = new Set<string>();
  /** Titles that nodes had before this draft renamed them, in lower case: people name what they saw. */
  readonly former = new Map<string, string>();
  readonly #edgeIds: Set<string>;
  readonly #nodeIds: Set<string>;

  constructor(flow: FlowListing) {
    super(flow);
    this.name = flow.name;
    this.frames = flow.frames.map((frame) => ({ ...frame }));
    this.#edgeIds = new Set(flow.edges.map(({ id }) => id));
    this.#nodeIds = new Set(flow.nodes.map(({ id }) => id));
  }

  /** The flow as it would be without a node, to look ahead; its calls are nobody's. */
  without(id: string): Draft {
    return new Draft({
      name: this.name,
      frames: this.frames,
      nodes: this.nodes.filter((node) => node.id !== id),
      edges: this.edges
        .filter(({ source, target }) => source !== id && target !== id)
        .map((edge) => ({ trigger: '', ...edge })),
    });
  }

  #newNode(
    type: NodeType,
    title: string,
    description: string | undefined,
  ): { id: string; type: NodeType; title: string; description?: string } {
    const [id = 'step'] = slugs([title], this.#nodeIds);
    const node = {
      id,
      type,
      title: shortened(title, LIMITS.title),
      ...(description !== undefined &&
        description !== '' && { description: shortened(description, LIMITS.description) }),
    };
    this.#nodeIds.add(id);
    this.nodes.push({ ...node });
    this.added.add(id);
    return node;
  }

  /** The id that the tools will give to an edge; only needed to tell apart edges that join the same two nodes. */
  #edge(source: string, target: string, label: string | undefined, trigger: string | undefined): DraftEdge {
    const base = `${source}-${target}`;
    let id = base.slice(0, LIMITS.id);
    for (let n = 2; this.#edgeIds.has(id); n++) id = `${base.slice(0, LIMITS.id - 6)}-${n}`;
    this.#edgeIds.add(id);
    const edge = {
      id,
      source,
      target,
      ...(trigger !== undefined && { trigger }),
      ...(label !== undefined && { label }),
    };
    this.edges.push(edge);
    return edge;
  }

  addNode(
    type: NodeType,
    title: string,
    {
      after,
      label,
      trigger,
      description,
    }: {
      after?: string;
      label?: string | undefined;
      trigger?: string | undefined;
      description?: string | undefined;
    } = {},
  ): string {
    const node = this.#newNode(type, title, description);
    const text = label === undefined || after === undefined ? undefined : shortened(label, LIMITS.title);
    this.calls.push({
      name: 'add_node',
      input: {
        ...node,
        ...(after !== undefined && {
          after,
          ...(text !== undefined && { label: text }),
          ...(isTrigger(trigger) && { trigger }),
        }),
      },
    });
    if (after !== undefined) this.#edge(after, node.id, text, trigger);
    return node.id;
  }

  /** False when the same edge is there already. An edge without a label gets the label instead of a twin. */
  connect(source: string, target: string, label?: string, trigger?: string): boolean {
    const text = label === undefined || label === '' ? undefined : shortened(label, LIMITS.title);
    const there = this.between(source, target);
    if (there.some((edge) => (edge.label ?? '') === (text ?? ''))) return false;
    const bare = there.find((edge) => edge.label === undefined);
    if (bare && text !== undefined) {
      this.label(bare, text);
      return true;
    }
    this.calls.push({
      name: 'connect',
      input: {
        source,
        target,
        ...(text !== undefined && { label: text }),
        ...(isTrigger(trigger) && { trigger }),
      },
    });
    this.#edge(source, target, text, trigger);
    return true;
  }

  #which(edge: DraftEdge): { source: string; target: string; edge?: string } {
    const { source, target, id } = edge;
    return { source, target, ...(this.between(source, target).length > 1 && { edge: id }) };
  }

  disconnect(edge: DraftEdge): void {
    this.calls.push({ name: 'disconnect', input: this.#which(edge) });
    this.edges = this.edges.filter((other) => other !== edge);
  }

  label(edge: DraftEdge, label: string): void {
    const text = shortened(label, LIMITS.title);
    this.calls.push({ name: 'update_edge', input: { ...this.#which(edge), label: text } });
    if (text === '') delete edge.label;
    else edge.label = text;
  }

  /** Puts a new node into an edge, which keeps its label up to the new node. */
  insert(edge: DraftEdge, type: NodeType, title: string, description?: string): string {
    const { source, target } = edge;
    if (this.between(source, target).length > 1) {
      this.disconnect(edge);
      const id = this.addNode(type, title, {
        after: source,
        label: edge.label,
        trigger: edge.trigger,
        description,
      });
      this.connect(id, target);
      return id;
    }
    const node = this.#newNode(type, title, description);
    this.calls.push({ name: 'insert_between', input: { source, target, ...node } });
    edge.target = node.id;
    this.#edge(node.id, target, undefined, undefined);
    return node.id;
  }

  /** Leads an edge to another node; its label and trigger stay. */
  redirect(edge: DraftEdge, target: string): void {
    this.disconnect(edge);
    this.connect(edge.source, target, edge.label, edge.trigger);
  }

  update(id: string, change: { title?: string; type?: NodeType; description?: string }): void {
    const node = this.node(id);
    if (!node) return;
    const set = {
      ...(change.title !== undefined && { title: shortened(change.title, LIMITS.title) }),
      ...(change.type !== undefined && { type: change.type }),
      ...(change.description !== undefined && {
        description: shortened(change.description, LIMITS.description),
      }),
    };
    if (set.title !== undefined) this.former.set(node.title.trim().toLowerCase(), id);
    this.calls.push({ name: 'update_node', input: { id, ...set } });
    Object.assign(node, set);
  }

  remove(id: string): void {
    this.calls.push({ name: 'remove_node', input: { id } });
    this.edges = this.edges.filter(({ source, target }) => source !== id && target !== id);
    this.nodes.splice(
      this.nodes.findIndex((node) => node.id === id),
      1,
    );
    this.added.delete(id);
  }

  /** An empty title takes the node out of its frame. */
  frame(id: string, title: string): void {
    const wanted = shortened(title, LIMITS.title);
    const known =
      this.frames.find((frame) => frame.id === wanted) ??
      this.frames.find((frame) => frame.title.toLowerCase() === wanted.toLowerCase());
    if (wanted !== '' && !known) this.frames.push({ id: wanted, title: wanted });
    this.calls.push({ name: 'move_to_frame', input: { id, frame: known?.id ?? wanted } });
    const node = this.node(id);
    if (!node) return;
    if (wanted === '') delete node.frame;
    else node.frame = known?.id ?? wanted;
  }

  rename(name: string): void {
    this.name = shortened(name, LIMITS.title);
    this.calls.push({ name: 'set_flow_name', input: { name: this.name } });
  }

  layout(direction?: 'right' | 'down'): void {
    this.calls.push({ name: 'layout_flow', input: direction ? { direction } : {} });
  }
}
