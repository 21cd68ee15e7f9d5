import type { FlowDocument, FlowEdge, FlowNode, Frame } from '../../document/types.ts';
import { edgeText } from '../../layout/edge-text.ts';
import { ROOT, hierarchyOf } from '../../layout/hierarchy.ts';
import { TRIGGER_COMMENT, TYPE_CLASS } from '../mermaid/chart.ts';
import { inferTrigger } from '../mermaid/infer.ts';
import { encodeText } from '../mermaid/text.ts';
import { RECORD_COMMENT } from './chart.ts';
import type { Names } from '../mermaid/names.ts';
import { stateNames } from './state-names.ts';

const MAX_INDENT = 40;

/**
 * The flow as a Mermaid state diagram that any Mermaid renders and `fromStateDiagram` reads back: ids where Mermaid
 * allows them, titles, descriptions, types, frames, transitions with labels and triggers. Starts and ends are `[*]`
 * where Mermaid has one for them; their ids and titles stand in comments. Positions, screens and conditions beside a
 * label have no place in Mermaid.
 */
export function toStateDiagram(document: FlowDocument): string {
  return new Writer(document).write();
}

class Writer {
  readonly #document: FlowDocument;
  readonly #names: Names;
  readonly #frameOf: ReadonlyMap<string, string>;
  readonly #parentOf: ReadonlyMap<string, string>;
  readonly #frames: readonly Frame[];
  /** Starts and ends that are written as `[*]`. */
  readonly #stars: ReadonlySet<string>;
  /** Transitions at each `[*]`, which must stand inside its composite state. */
  readonly #starEdges = new Map<string, FlowEdge[]>();
  /** Notes that are written as such, with the state that each is about. */
  readonly #notes = new Map<string, string>();
  readonly #lines: string[] = [];

  constructor(document: FlowDocument) {
    const { frames, parentOf, frameOf } = hierarchyOf(document);
    this.#document = document;
    this.#names = stateNames(document);
    this.#frames = frames;
    this.#parentOf = parentOf;
    this.#frameOf = frameOf;
    this.#stars = this.#findStars();
    this.#findNotes();
  }

  write(): string {
    const { name, nodes, edges } = this.#document;
    this.#lines.push('---', `title: ${JSON.stringify(name)}`, '---', 'stateDiagram-v2');
    this.#body();
    for (const edge of Object.values(edges)) {
      if (this.#stars.has(edge.source) || this.#stars.has(edge.target) || this.#notes.has(edge.source))
        continue;
      this.#transition(edge, '  ');
    }
    for (const [id, about] of this.#notes) this.#note(id, about);
    for (const node of Object.values(nodes)) {
      if (this.#special(node.id) || node.type === 'screen' || this.#choice(node) !== undefined) continue;
      this.#lines.push(`  class ${this.#names.node(node.id)} ${TYPE_CLASS}${node.type}`);
    }
    return [...this.#lines, ''].join('\n');
  }

  /** One start without a way in, or one end without a way out, of its frame, with neighbours in the same frame. */
  #findStars(): Set<string> {
    const { nodes, edges } = this.#document;
    const sources = new Map<string, FlowEdge[]>(),
      targets = new Map<string, FlowEdge[]>();
    for (const edge of Object.values(edges)) {
      push(sources, edge.source, edge);
      push(targets, edge.target, edge);
    }
    const found = new Map<string, FlowNode[]>();
    for (const node of Object.values(nodes)) {
      if (node.type === 'start' || node.type === 'end')
        push(found, `${node.type} ${this.#frame(node.id)}`, node);
    }
    const stars = new Set<string>();
    for (const [node, ...others] of found.values()) {
      if (!node || others.length > 0 || (node.description ?? '') !== '') continue;
      const out = sources.get(node.id) ?? [],
        into = targets.get(node.id) ?? [];
      const [own, wrong] = node.type === 'start' ? [out, into] : [into, out];
      if (own.length === 0 || wrong.length > 0) continue;
      const near = own.every(({ source, target }) => {
        const other = source === node.id ? target : source;
        // Mentioned inside a composite state, a state from elsewhere would move there.
        return this.#frame(node.id) === ROOT || this.#frame(other) === this.#frame(node.id);
      });
      if (!near) continue;
      stars.add(node.id);
      for (const edge of own) push(this.#starEdges, this.#frame(node.id), edge);
    }
    return stars;
  }

  /** A note with one plain edge, to a state in the same frame. */
  #findNotes(): void {
    const { nodes, edges } = this.#document;
    const touching = new Map<string, FlowEdge[]>();
    for (const edge of Object.values(edges)) {
      push(touching, edge.source, edge);
      if (edge.target !== edge.source) push(touching, edge.target, edge);
    }
    for (const { id, type, title, description } of Object.values(nodes)) {
      const [edge, ...more] = touching.get(id) ?? [];
      if (type !== 'note' || !edge || more.length > 0 || edge.source !== id) continue;
      const about = nodes[edge.target];
      const plain = edgeText(edge) === '' && edge.trigger === 'auto' && (description ?? '') === '';
      if (!plain || title === '' || /end note/iu.test(title) || !about || about.type === 'note') continue;
      if (this.#stars.has(about.id) || this.#frame(about.id) !== this.#frame(id)) continue;
      this.#notes.set(id, about.id);
    }
  }

  /** Not written as a state. */
  #special(id: string): boolean {
    return this.#stars.has(id) || this.#notes.has(id);
  }

  #note(id: string, about: string): void {
    this.#lines.push(
      `  ${record('note', id, '')}`,
      `  note right of ${this.#names.node(about)}`,
      `    ${stateText(this.#document.nodes[id]?.title ?? '')}`,
      '  end note',
    );
  }

  #frame(nodeId: string): string {
    return this.#frameOf.get(nodeId) ?? ROOT;
  }

  /** Composite states with what is in them, by a stack: frames may be nested deeply. */
  #body(): void {
    const nodesIn = new Map<string, FlowNode[]>(),
      framesIn = new Map<string, Frame[]>();
    for (const node of Object.values(this.#document.nodes)) push(nodesIn, this.#frame(node.id), node);
    for (const frame of this.#frames) push(framesIn, this.#parentOf.get(frame.id) ?? ROOT, frame);
    const open: { left: Frame[] }[] = [];
    const indent = (): string => '  '.repeat(Math.min(MAX_INDENT, open.length));
    const enter = (container: string): void => {
      open.push({ left: [...(framesIn.get(container) ?? [])].reverse() });
      for (const node of nodesIn.get(container) ?? []) this.#node(node, indent());
      const seen = new Set<FlowEdge>();
      for (const edge of this.#starEdges.get(container) ?? []) {
        if (!seen.has(edge)) this.#transition(edge, indent());
        seen.add(edge);
      }
    };
    enter(ROOT);
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const frame = top.left.pop();
      if (frame) {
        this.#lines.push(`${indent()}state "${stateText(frame.title)}" as ${this.#names.frame(frame.id)} {`);
        enter(frame.id);
      } else {
        open.pop();
        if (open.length > 0) this.#lines.push(`${indent()}}`);
      }
    }
  }

  #node(node: FlowNode, indent: string): void {
    if (this.#special(node.id)) return;
    const name = this.#names.node(node.id);
    const choice = this.#choice(node);
    if (choice !== undefined) {
      this.#lines.push(`${indent}state ${name} <<${choice}>>`);
      return;
    }
    this.#lines.push(`${indent}state "${stateText(node.title)}" as ${name}`);
    const { description = '' } = node;
    if (description !== '') this.#lines.push(`${indent}${name} : ${stateText(description)}`);
  }

  /** Choices, forks and joins show no text, so only what has no title but its id is written as one. */
  #choice({ id, title, type, data, description }: FlowNode): string | undefined {
    if (title !== id || this.#names.node(id) !== id || (description ?? '') !== '') return undefined;
    if (type === 'decision') return 'choice';
    const kind = data?.['stateKind'];
    return type === 'system' && (kind === 'fork' || kind === 'join') ? kind : undefined;
  }

  #transition(edge: FlowEdge, indent: string): void {
    const { nodes } = this.#document;
    const source = nodes[edge.source],
      target = nodes[edge.target];
    if (!source || !target) return;
    const label = edgeText(edge);
    for (const node of [source, target]) {
      if (this.#stars.has(node.id)) this.#lines.push(indent + record(node.type, node.id, node.title));
    }
    if (inferTrigger(label, source.type) !== edge.trigger)
      this.#lines.push(`${indent}${TRIGGER_COMMENT} ${edge.trigger}`);
    const text = label === '' ? '' : ` : ${stateText(label)}`;
    this.#lines.push(`${indent}${this.#end(source)} --> ${this.#end(target)}${text}`);
  }

  #end({ id }: FlowNode): string {
    return this.#stars.has(id) ? '[*]' : this.#names.node(id);
  }
}

/** What has no place in Mermaid, for the way back. */
function record(kind: string, id: string, title: string): string {
  return `${RECORD_COMMENT} ${JSON.stringify([kind, id, title]).replaceAll('%%', '%\\u0025')}`;
}

/** Texts of states are Markdown, and a colon or semicolon would end them. */
function stateText(text: string): string {
  return encodeText(text).replace(
    /(#\d+;)|[:;*_]/gu,
    (sign, entity?: string) => entity ?? `#${sign.codePointAt(0)};`,
  );
}

function push<T>(groups: Map<string, T[]>, key: string, value: T): void {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
}
