import type { NodeListing } from '../../../tools.ts';
import type { Language } from '../text/language.ts';
import type { Command } from './command.ts';
import type { Draft } from './draft.ts';
import type { DraftEdge } from './graph.ts';
import { findNode } from './lookup.ts';
import type { Names } from './names.ts';
import { type Phrases, phrases } from './phrases.ts';
import { addNodes, capital, moveNode } from './place.ts';
import { Refusal } from './refusal.ts';
import { typeOfWords } from './types.ts';

/** Carries commands out on a working copy, one after another. Each is done whole or not at all. */
export class Editor {
  readonly draft: Draft;
  readonly names: Names;
  readonly say: Phrases;
  readonly language: Language;
  /** What was done, sentence by sentence. */
  readonly done: string[] = [];
  /** The node that the last command was about. */
  latest: string | null = null;
  /** Asked for repairs that need the result of the lint check. */
  fix = false;

  constructor(draft: Draft, names: Names, language: Language) {
    this.draft = draft;
    this.names = names;
    this.language = language;
    this.say = phrases(language);
  }

  /** The same editor on another working copy, to look ahead. */
  on(draft: Draft): Editor {
    const editor = new Editor(draft, this.names, this.language);
    editor.latest = this.latest;
    return editor;
  }

  /** @throws Refusal when nothing of the command was done. */
  run(command: Command): void {
    switch (command.kind) {
      case 'add':
        return addNodes(this, command);
      case 'rename':
        return this.#rename(command);
      case 'describe': {
        const node = this.find(command.node);
        this.draft.update(node.id, { description: this.names.plain(command.text) });
        return this.#did(node, this.say.described(node.title));
      }
      case 'retype': {
        const node = this.find(command.node);
        this.draft.update(node.id, { type: command.type });
        return this.#did(node, this.say.retyped(node.title, command.type));
      }
      case 'remove':
        return this.#remove(this.findAll(command.nodes));
      case 'connect':
        return this.#connect(command);
      case 'disconnect': {
        const edges = this.#edges(this.find(command.from), this.find(command.to), command.label);
        for (const edge of edges) {
          this.draft.disconnect(edge);
          this.done.push(this.say.disconnected(this.title(edge.source), this.title(edge.target)));
        }
        return;
      }
      case 'label': {
        const [edge] = this.#edges(this.find(command.from), this.find(command.to));
        const label = this.names.plain(command.label);
        if (!edge) return;
        this.draft.label(edge, label);
        this.done.push(this.say.labelled(this.title(edge.source), this.title(edge.target), label));
        return;
      }
      case 'move':
        return this.#move(command);
      case 'frame': {
        const title = this.names.plain(command.frame).replace(/^(?:the|den|die|das)\s+/iu, '');
        for (const node of this.findAll(command.nodes)) {
          this.draft.frame(node.id, title);
          this.#did(node, this.say.framed(node.title, title));
        }
        return;
      }
      case 'name': {
        const name = this.names.plain(command.name);
        if (name === '') throw new Refusal(this.say.unclear(command.name));
        this.draft.rename(name);
        this.done.push(this.say.named(this.draft.name));
        return;
      }
      case 'fix':
        this.fix = true;
        return;
      case 'layout':
        this.draft.layout(command.direction);
        this.done.push(this.say.layout);
    }
  }

  title(id: string): string {
    return this.draft.node(id)?.title ?? id;
  }

  /** @throws Refusal when the name means no node or several. */
  find(masked: string): NodeListing {
    const found = findNode(this.names.plain(masked), this.draft, this.latest);
    if ('node' in found) return found.node;
    const titles = found.candidates.map(({ title, id }) =>
      found.candidates.filter((other) => other.title === title).length > 1 ? `${title} (${id})` : title,
    );
    throw new Refusal(
      found.ambiguous ? this.say.ambiguous(found.name, titles) : this.say.unknown(found.name, titles),
    );
  }

  /** "A", or "A, B and C". @throws Refusal */
  findAll(masked: string): NodeListing[] {
    const all = /^(?:(?:all|every|alle|jede[nrs]?)(?: (?:the|of the))?|everything|alles)(?:\s+(.+))?$/iu.exec(
      masked.trim(),
    );
    if (all) {
      const type = all[1] === undefined ? null : typeOfWords(all[1]);
      const nodes = this.draft.nodes.filter((node) => type === null || node.type === type);
      if (type !== undefined && nodes.length > 0) return [...nodes];
    }
    const parts = masked
      .split(/\s*,\s*(?:(?:and|und)\s+)?|\s+(?:and|und)\s+/iu)
      .filter((part) => part.trim() !== '');
    if (parts.length < 2) return [this.find(masked)];
    const whole = findNode(this.names.plain(masked), this.draft, this.latest);
    if ('node' in whole && !/[\uE100-\uF8FF].*[\uE100-\uF8FF]/u.test(masked)) {
      const each = parts.map((part) => findNode(this.names.plain(part), this.draft, this.latest));
      const ids = new Set(each.map((found) => ('node' in found ? found.node.id : '')));
      if (ids.has('') || ids.size < parts.length) return [whole.node];
    }
    return [...new Map(parts.map((part) => this.find(part)).map((node) => [node.id, node])).values()];
  }

  #did(node: NodeListing, sentence: string): void {
    this.latest = node.id;
    this.done.push(sentence);
  }

  #rename({ node: name, title: masked }: Extract<Command, { kind: 'rename' }>): void {
    const title = this.names.plain(masked);
    const node = this.find(name);
    if (title === '') throw new Refusal(this.say.noTitle);
    const before = node.title;
    this.draft.update(node.id, { title: capital(title, masked) });
    this.#did(node, this.say.renamed(before, node.title));
  }

  #remove(nodes: NodeListing[]): void {
    for (const node of nodes) {
      const { id, title } = node;
      const into = this.draft.into(id);
      const out = this.draft.outOf(id);
      const [way] = out;
      // Where several ways lead on, each is another case: which of them goes on cannot be known.
      const bridges =
        nodes.length < this.draft.nodes.length && way && out.length === 1
          ? into.filter(({ source }) => source !== way.target)
          : [];
      this.draft.remove(id);
      if (way && bridges.length > 0) {
        for (const edge of bridges) this.draft.connect(edge.source, way.target, edge.label, edge.trigger);
        this.done.push(
          this.say.bridged(
            title,
            bridges.map(({ source }) => this.title(source)),
            this.title(way.target),
          ),
        );
        continue;
      }
      const orphans = out.filter(
        ({ target }) => this.draft.into(target).length === 0 && !nodes.some((other) => other.id === target),
      );
      this.done.push(
        orphans.length > 0
          ? this.say.leftOpen(
              title,
              orphans.map(({ target }) => this.title(target)),
            )
          : this.say.removed(title),
      );
    }
    this.latest = null;
  }

  #connect(command: Extract<Command, { kind: 'connect' }>): void {
    const label = command.label === undefined ? undefined : this.names.plain(command.label);
    const sources = this.findAll(command.from);
    const targets = this.findAll(command.to);
    let drawn = 0;
    for (const source of sources) {
      for (const target of targets) {
        const back = source.id !== target.id && this.draft.leads(target.id, source.id) ? 'back' : undefined;
        if (!this.draft.connect(source.id, target.id, label, back)) continue;
        drawn++;
        this.done.push(this.say.connected(source.title, target.title));
      }
    }
    const [source] = sources;
    const [target] = targets;
    if (drawn === 0 && source && target) throw new Refusal(this.say.twin(source.title, target.title));
    this.latest = target?.id ?? this.latest;
  }

  /** Edges from one node to another; against the direction when there are none with it. @throws Refusal */
  #edges(from: NodeListing, to: NodeListing, masked?: string): DraftEdge[] {
    const there = this.draft.between(from.id, to.id);
    const edges = there.length > 0 ? there : this.draft.between(to.id, from.id);
    if (edges.length === 0) throw new Refusal(this.say.noEdge(from.title, to.title));
    if (masked === undefined) return edges;
    const wanted = this.names.plain(masked).toLowerCase();
    const named = edges.filter(({ label }) => (label ?? '').toLowerCase() === wanted);
    if (named.length === 0)
      throw new Refusal(
        this.say.severalEdges(
          from.title,
          to.title,
          edges.map(({ label }) => label ?? '–'),
        ),
      );
    return named;
  }

  /** Takes a node out of the line and puts it in elsewhere. */
  #move({ node: name, place }: Extract<Command, { kind: 'move' }>): void {
    const node = this.find(name);
    moveNode(this, node, place);
    this.#did(node, this.say.moved(node.title));
  }
}
