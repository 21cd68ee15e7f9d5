import type { EdgeTrigger, NodeType } from '@uxflow/flow';
import type { FlowListing, ToolCall } from '../../tools.ts';

interface Step {
  readonly id: number;
  readonly type: NodeType;
  readonly title: string;
  /** Title of the frame it stands in. */
  readonly frame?: string;
}
interface Link {
  readonly from: number;
  readonly to: number;
  readonly label?: string;
  /** What the ends suggest unless told. */
  readonly trigger?: EdgeTrigger;
}
/** A flow to be drawn: the start first, the end last. */
export interface Drawable {
  readonly nodes: readonly Step[];
  readonly edges: readonly Link[];
}

/** Ids of lower-case words with hyphens, none of them taken. */
export function slugs(titles: readonly string[], taken: Iterable<string>): string[] {
  const used = new Set(taken);
  return titles.map((title) => {
    const base =
      title
        .toLowerCase()
        .replaceAll('ß', 'ss')
        .normalize('NFKD')
        .replaceAll(/\p{M}/gu, '')
        .replaceAll(/[^a-z0-9]+/g, '-')
        .replace(/^-+|-+$/g, '')
        .slice(0, 40)
        .replace(/-+$/, '') || 'step';
    let id = base;
    for (let n = 2; used.has(id); n++) id = `${base}-${n}`;
    used.add(id);
    return id;
  });
}

function triggerOf(from: Step, backwards: boolean): EdgeTrigger {
  if (backwards) return 'back';
  if (from.type === 'screen') return 'click';
  if (from.type === 'action') return 'submit';
  return 'auto';
}

/** The calls that draw a reading: each node with the edge that leads to it, then the edges that close loops and joins. */
export function drawing(reading: Drawable, flow: FlowListing, anchors: Anchors): ToolCall[] {
  const nodes = reading.nodes.filter((node) => !(node.type === 'start' && anchors.start !== undefined));
  const order = walk(reading);
  const position = new Map(order.map((id, at) => [id, at]));
  const ids = slugs(
    order.map((id) => reading.nodes.find((node) => node.id === id)?.title ?? ''),
    flow.nodes.map(({ id }) => id),
  );
  const idOf = new Map(order.map((id, at) => [id, ids[at] ?? 'step']));
  for (const node of reading.nodes) {
    if (node.type === 'start' && anchors.start !== undefined) idOf.set(node.id, anchors.start);
    if (node.type === 'end' && anchors.end !== undefined) idOf.set(node.id, anchors.end);
  }
  const calls: ToolCall[] = [];
  const drawn = new Set<Link>();
  const present = new Set<number>();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  if (anchors.start !== undefined) present.add(reading.nodes[0]?.id ?? 0);
  const kindOf = (id: number): Step | undefined => reading.nodes.find((node) => node.id === id);
  const later: Link[] = [];
  for (const id of order) {
    const node = byId.get(id);
    if (!node) continue;
    const exists = node.type === 'end' && anchors.end !== undefined;
    const incoming = reading.edges.filter((edge) => edge.to === id && present.has(edge.from));
    const first = exists ? undefined : incoming[0];
    if (!exists) {
      const from = first ? kindOf(first.from) : undefined;
      calls.push({
        name: 'add_node',
        input: {
          id: idOf.get(id) ?? 'step',
          type: node.type,
          title: node.title,
          ...(first &&
            from && {
              after: idOf.get(first.from) ?? '',
              trigger: first.trigger ?? triggerOf(from, false),
              ...(first.label !== undefined && { label: first.label }),
            }),
        },
      });
      if (first) drawn.add(first);
      if (node.frame !== undefined)
        calls.push({ name: 'move_to_frame', input: { id: idOf.get(id) ?? 'step', frame: node.frame } });
    }
    present.add(id);
    for (const edge of reading.edges) {
      if (
        drawn.has(edge) ||
        !present.has(edge.from) ||
        !present.has(edge.to) ||
        (edge.from !== id && edge.to !== id)
      )
        continue;
      drawn.add(edge);
      const backwards = (position.get(edge.to) ?? 0) <= (position.get(edge.from) ?? 0);
      if (backwards) later.push(edge);
      else calls.push(link(edge, idOf, kindOf, false));
    }
    for (const edge of later.splice(0)) calls.push(link(edge, idOf, kindOf, true));
  }
  return calls;
}

function link(
  edge: Link,
  idOf: ReadonlyMap<number, string>,
  kindOf: (id: number) => Step | undefined,
  backwards: boolean,
): ToolCall {
  const from = kindOf(edge.from);
  return {
    name: 'connect',
    input: {
      source: idOf.get(edge.from) ?? '',
      target: idOf.get(edge.to) ?? '',
      ...(edge.label !== undefined && { label: edge.label }),
      ...(from && { trigger: edge.trigger ?? triggerOf(from, backwards) }),
    },
  };
}

/** Nodes of the flow that is there, which take the place of the drawing's own. */
export interface Anchors {
  start?: string;
  end?: string;
}

/** The start and the end that an empty flow has already. */
export function anchorsOf(flow: FlowListing): Anchors {
  const start = flow.nodes.find(({ type }) => type === 'start')?.id;
  const end = flow.nodes.find(({ type }) => type === 'end')?.id;
  return { ...(start !== undefined && { start }), ...(end !== undefined && { end }) };
}

/** In the order in which a person walks through it, branch by branch, the end last. */
function walk(reading: Drawable): number[] {
  const next = new Map<number, Link[]>();
  for (const edge of reading.edges) next.set(edge.from, [...(next.get(edge.from) ?? []), edge]);
  const end = reading.nodes.at(-1)?.id;
  const seen = new Set<number>();
  const order: number[] = [];
  // Whatever the start does not lead to comes after it, in the order of the text.
  const stack = reading.nodes.map(({ id }) => id).toReversed();
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (seen.has(id) || id === end) continue;
    seen.add(id);
    order.push(id);
    for (const edge of (next.get(id) ?? []).toReversed()) stack.push(edge.to);
  }
  return end === undefined ? order : [...order, end];
}
