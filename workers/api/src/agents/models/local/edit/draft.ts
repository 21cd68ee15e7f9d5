import { type EdgeTrigger, LIMITS, type NodeType } from '@uxflow/flow';
import type { FlowListing, FrameListing, NodeListing, ToolCall } from '../../../tools.ts';
import { slugs } from '../draw.ts';

/** An edge of the working copy. */
export interface DraftEdge {
  id: string;
  source: string;
  target: string;
  trigger?: string;
  label?: string;
}

const clip = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text;
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
export class Draft {
  readonly calls: ToolCall[] = [];
  readonly nodes: NodeListing[];
  edges: DraftEdge[];
  readonly frames: FrameListing[];
  name: string;
  /** Nodes that this draft has added. */
  readonly added = new Set<string>();
  /** Titles that nodes had before this draft renamed them, in lower case: people name what they saw. */
  readonly former = new Map<string, string>();
  readonly #edgeIds: Set<string>;
  readonly #nodeIds: Set<string>;

  constructor(flow: FlowListing) {
    this.name = flow.name;
    this.nodes = flow.nodes.map((node) => ({ ...node }));
    this.edges = flow.edges.map((edge) => ({ ...edge }));
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

  node(id: string): NodeListing | undefined {
    return this.nodes.find((node) => node.id === id);
  }
  into(id: string): DraftEdge[] {
    return this.edges.filter((edge) => edge.target === id && edge.source !== id);
  }
  outOf(id: string): DraftEdge[] {
    return this.edges.filter((edge) => edge.source === id && edge.target !== id);
  }
  between(source: string, target: string): DraftEdge[] {
    return this.edges.filter((edge) => edge.source === source && edge.target === target);
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
      title: clip(title, LIMITS.title),
      ...(description !== undefined &&
        description !== '' && { description: clip(description, LIMITS.description) }),
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
    const text = label === undefined || after === undefined ? undefined : clip(label, LIMITS.title);
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
    const text = label === undefined || label === '' ? undefined : clip(label, LIMITS.title);
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
    const text = clip(label, LIMITS.title);
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
      ...(change.title !== undefined && { title: clip(change.title, LIMITS.title) }),
      ...(change.type !== undefined && { type: change.type }),
      ...(change.description !== undefined && { description: clip(change.description, LIMITS.description) }),
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
    const wanted = clip(title, LIMITS.title);
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
    this.name = clip(name, LIMITS.title);
    this.calls.push({ name: 'set_flow_name', input: { name: this.name } });
  }

  layout(direction?: 'right' | 'down'): void {
    this.calls.push({ name: 'layout_flow', input: direction ? { direction } : {} });
  }

  /** Ids in the order in which a person walks through the flow; what cannot be reached comes last. Notes are left out. */
  walk(): string[] {
    const seen = new Set<string>();
    const order: string[] = [];
    const next = this.#next();
    const starts = this.nodes.filter(({ type }) => type === 'start');
    for (const { id: from } of [...starts, ...this.nodes.filter(({ type }) => type !== 'note')]) {
      const stack = [from];
      for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
        if (seen.has(id)) continue;
        seen.add(id);
        order.push(id);
        stack.push(...(next.get(id) ?? []).toReversed());
      }
    }
    const ends = new Set(this.nodes.filter(({ type }) => type === 'end').map(({ id }) => id));
    const notes = new Set(this.nodes.filter(({ type }) => type === 'note').map(({ id }) => id));
    return [...order.filter((id) => !ends.has(id) && !notes.has(id)), ...order.filter((id) => ends.has(id))];
  }

  /** Steps that lead nowhere although they are no end. */
  openEnds(): NodeListing[] {
    return this.nodes.filter(
      ({ id, type }) =>
        type !== 'end' && type !== 'note' && type !== 'decision' && this.outOf(id).length === 0,
    );
  }

  /** The end that a walk through the flow comes to last. */
  lastEnd(): string | undefined {
    return this.walk().findLast((id) => this.node(id)?.type === 'end');
  }

  /** The edge by which people come to the end: the one from a step rather than from a branch, and the last one on the way. */
  lastWay(): DraftEdge | undefined {
    const end = this.lastEnd();
    if (end === undefined) return undefined;
    const order = this.walk();
    const into = this.forwardInto(end).toSorted((a, b) => order.indexOf(b.source) - order.indexOf(a.source));
    return into.find(({ source }) => this.node(source)?.type !== 'decision') ?? into[0];
  }

  #next(): Map<string, string[]> {
    const next = new Map<string, string[]>();
    for (const { source, target } of this.edges) {
      const targets = next.get(source);
      if (targets) targets.push(target);
      else next.set(source, [target]);
    }
    return next;
  }

  /** Whether a way leads from one node to the other. */
  leads(from: string, to: string): boolean {
    const next = this.#next();
    const seen = new Set<string>();
    const stack = [from];
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      if (id === to) return true;
      if (seen.has(id)) continue;
      seen.add(id);
      stack.push(...(next.get(id) ?? []));
    }
    return false;
  }

  /** Edges that come to a node on the way from the start, without those that go back to it. */
  forwardInto(id: string): DraftEdge[] {
    const all = this.into(id);
    const forward = all.filter((edge) => edge.trigger !== 'back' && !this.leads(id, edge.source));
    return forward.length > 0 ? forward : all.slice(0, 1);
  }
}
