import type { NodeType } from '@uxflow/flow';
import type { NodeListing } from '../../../tools.ts';
import { readFlow } from '../read.ts';
import type { Command, NewNode, Place } from './command.ts';
import type { DraftEdge } from './graph.ts';
import type { Editor } from './editor.ts';
import { hasName } from './names.ts';
import { Refusal } from './refusal.ts';

/** A title without marks begins with a capital letter. */
export function capital(title: string, masked: string): string {
  return hasName(masked.charAt(0)) ? title : title.charAt(0).toUpperCase() + title.slice(1);
}

/** The type that a title suggests, as it would be read in a description. */
function typeOfTitle(title: string): NodeType {
  if (title.endsWith('?')) return 'decision';
  const steps = readFlow(title).nodes.filter(({ type }) => type !== 'start' && type !== 'end');
  return steps.length === 1 && steps[0] ? steps[0].type : 'action';
}

const DEFAULT_TITLES: Readonly<Record<NodeType, readonly [string, string]>> = {
  start: ['Start', 'Start'],
  end: ['End', 'Ende'],
  screen: ['New screen', 'Neue Seite'],
  action: ['New action', 'Neue Aktion'],
  decision: ['New decision', 'Neue Entscheidung'],
  system: ['New system step', 'Neuer Systemschritt'],
  subflow: ['New subflow', 'Neuer Teilablauf'],
  note: ['Note', 'Notiz'],
};

/** Where a new or moved node is put: into edges that there are, or on a way of its own. */
interface Spot {
  edges: DraftEdge[];
  after?: string;
  before?: string;
  label?: string;
}

function spotOf(editor: Editor, place: Place | null, label: string | undefined, what: NodeType): Spot {
  const { draft, say } = editor;
  if (place?.kind === 'between') {
    const first = editor.find(place.first);
    const second = editor.find(place.second);
    const there = draft.between(first.id, second.id);
    const edges = there.length > 0 ? there : draft.between(second.id, first.id);
    if (edges.length === 0) throw new Refusal(say.noEdge(first.title, second.title));
    return { edges, ...(label !== undefined && { label }) };
  }
  if (place?.kind === 'after') return afterNode(editor, editor.find(place.of), label, what);
  if (place?.kind === 'before') {
    const node = editor.find(place.of);
    if (node.type === 'start' && what !== 'start') throw new Refusal(say.noPlace(node.title));
    const edges = draft.forwardInto(node.id);
    return edges.length > 0 && what !== 'start'
      ? { edges, ...(label !== undefined && { label }) }
      : { edges: [], before: node.id };
  }
  if (place?.kind === 'beginning') {
    const start = draft.nodes.find(({ type }) => type === 'start');
    if (start) return afterNode(editor, start, label, what);
    const first = draft.walk()[0];
    return { edges: [], ...(first !== undefined && { before: first }) };
  }
  const open = draft.openEnds();
  const end = draft.lastEnd();
  if (open.length === 0 && end !== undefined && what !== 'end') {
    const way = draft.lastWay();
    return way ? { edges: [way] } : { edges: [], before: end };
  }
  const order = draft.walk();
  const last = order.findLast((id) => draft.node(id)?.type !== 'end');
  const after = open.toSorted((a, b) => order.indexOf(b.id) - order.indexOf(a.id))[0]?.id ?? last;
  return { edges: [], ...(after !== undefined && { after }), ...(label !== undefined && { label }) };
}

function afterNode(editor: Editor, node: NodeListing, label: string | undefined, what: NodeType): Spot {
  const { draft, say } = editor;
  if (node.type === 'end') throw new Refusal(say.noPlace(node.title));
  const out = draft.outOf(node.id);
  const named =
    label === undefined
      ? undefined
      : out.find((edge) => (edge.label ?? '').toLowerCase() === label.toLowerCase());
  const own: Spot = { edges: [], after: node.id, ...(label !== undefined && { label }) };
  if (what === 'end' || out.length === 0) return own;
  if (named) return { edges: [named] };
  if (node.type === 'decision' && label !== undefined) return own;
  const forward = out.filter((edge) => edge.trigger !== 'back' && !draft.leads(edge.target, node.id));
  const ways = forward.length > 0 ? forward : out;
  if (ways.length === 1 && (node.type !== 'decision' || out.length === 1))
    return { edges: ways, ...(label !== undefined && { label }) };
  if (node.type === 'decision' || label === undefined)
    throw new Refusal(
      say.branches(
        node.title,
        out.map(({ target }) => editor.title(target)),
      ),
    );
  return own;
}

/** Adds the nodes one behind the other. @throws Refusal when the place is not there. */
export function addNodes(
  editor: Editor,
  { nodes, place, label: masked, description }: Extract<Command, { kind: 'add' }>,
): void {
  const label = masked === undefined ? undefined : editor.names.plain(masked);
  let previous: string | null = null;
  for (const node of nodes) {
    previous = addNode(
      editor,
      node,
      previous,
      place,
      previous === null ? label : undefined,
      description === undefined ? undefined : editor.names.plain(description),
    );
    editor.latest = previous;
  }
}

function addNode(
  editor: Editor,
  node: NewNode,
  previous: string | null,
  place: Place | null,
  label: string | undefined,
  description: string | undefined,
): string {
  const { draft, names, say } = editor;
  const written = names.plain(node.title);
  if (written === '' && node.title !== '') throw new Refusal(say.noTitle);
  const type = node.type ?? (written === '' ? 'action' : typeOfTitle(written));
  const title =
    written === '' ? DEFAULT_TITLES[type][editor.language === 'de' ? 1 : 0] : capital(written, node.title);
  if (type === 'note') {
    const id = draft.addNode('note', title, { description });
    editor.done.push(say.added(title, null));
    return id;
  }
  const previousNode = previous === null ? undefined : draft.node(previous);
  const spot = previousNode
    ? afterNode(editor, previousNode, undefined, type)
    : spotOf(editor, type === 'start' ? (place ?? { kind: 'beginning' }) : place, label, type);
  const [edge, ...others] = spot.edges;
  if (edge) {
    const before = edge.source;
    const id = draft.insert(edge, type, title, description);
    const [arrival] = draft.between(before, id);
    if (spot.label !== undefined && arrival) draft.label(arrival, spot.label);
    for (const other of others) draft.redirect(other, id);
    editor.done.push(say.added(draft.node(id)?.title ?? title, editor.title(before)));
    return id;
  }
  const after = type === 'start' ? undefined : spot.after;
  const id = draft.addNode(type, title, {
    ...(after !== undefined && { after }),
    label: spot.label,
    description,
  });
  const before = spot.before ?? (type === 'start' ? spot.after : undefined);
  if (before !== undefined && before !== id) draft.connect(id, before);
  editor.done.push(
    say.added(draft.node(id)?.title ?? title, after === undefined ? null : editor.title(after)),
  );
  return id;
}

/** Takes a node out of its line, which is closed behind it, and puts it in elsewhere. @throws Refusal */
export function moveNode(editor: Editor, node: NodeListing, place: Place): void {
  const { draft, say } = editor;
  const into = draft.into(node.id);
  const out = draft.outOf(node.id);
  const [way] = out;
  if (node.type === 'start' || node.type === 'end' || node.type === 'note')
    throw new Refusal(say.noPlace(node.title));
  if (out.length > 1)
    throw new Refusal(
      say.branches(
        node.title,
        out.map(({ target }) => editor.title(target)),
      ),
    );
  const neighbours =
    place.kind === 'between'
      ? [editor.find(place.first), editor.find(place.second)]
      : 'of' in place
        ? [editor.find(place.of)]
        : [];
  if (neighbours.some(({ id }) => id === node.id)) throw new Refusal(say.noPlace(node.title));
  // The place is looked up as it will be once the node is taken out; only when it is there, the edits are made.
  const taken = draft.without(node.id);
  if (way)
    for (const edge of into)
      if (edge.source !== way.target) taken.edges.push({ ...edge, target: way.target });
  const spot = spotOf(editor.on(taken), place, undefined, 'action');
  const goals = spot.edges.map(({ source, target, label }) => ({ source, target, label }));
  for (const edge of [...into, ...out]) draft.disconnect(edge);
  if (way)
    for (const edge of into)
      if (edge.source !== way.target) draft.connect(edge.source, way.target, edge.label, edge.trigger);
  for (const { source, target, label } of goals) {
    const edge = draft.between(source, target).find((other) => other.label === label);
    if (edge) draft.redirect(edge, node.id);
  }
  if (spot.after !== undefined) draft.connect(spot.after, node.id);
  const next = goals[0]?.target ?? spot.before;
  if (next !== undefined) draft.connect(node.id, next);
}
