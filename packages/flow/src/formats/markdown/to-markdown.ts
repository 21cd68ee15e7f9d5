import type { EdgeTrigger, FlowDocument, FlowEdge, FlowNode, NodeType } from '../../document/types.ts';
import { edgeText } from '../../layout/edge-text.ts';
import { toMermaid } from '../mermaid/to-mermaid.ts';
import { stepsOf, type Steps } from '../steps.ts';
import { inline, paragraphs, startOfLine, table } from './text.ts';

const TYPES: Readonly<Record<NodeType, string>> = {
  start: 'Start',
  end: 'End',
  screen: 'Screen',
  action: 'Action',
  decision: 'Decision',
  system: 'System step',
  subflow: 'Sub-flow',
  note: 'Note',
};
const TRIGGERS: Readonly<Record<EdgeTrigger, string>> = {
  click: 'click',
  submit: 'submit',
  success: 'on success',
  error: 'on error',
  auto: 'then',
  timeout: 'on timeout',
  back: 'back',
};
/** Past this a diagram in a text helps nobody, and GitHub stops drawing it. */
const DIAGRAM_STEPS = 80;

/**
 * The flow as a specification in Markdown (GitHub's flavour) for people to read: what it is about, a diagram, every
 * step in the order one comes to it and where it leads, each screen with its elements and states, each decision with
 * its answers, notes. Every text is shown as written and is never markup. Positions, pictures and partners' data are
 * left out.
 */
export function toMarkdown(document: FlowDocument): string {
  const spec = new Spec(document);
  return `${[
    `# ${inline(document.name) || 'Untitled flow'}`,
    spec.summary(),
    ...section('Personas', spec.personas()),
    ...section('Diagram', spec.diagram()),
    ...section('Steps', spec.steps()),
    ...section('Screens', spec.details('screen')),
    ...section('Decisions', spec.details('decision')),
    ...section('Notes', spec.notes()),
  ].join('\n\n')}\n`;
}

function section(title: string, blocks: readonly string[]): string[] {
  return blocks.length === 0 ? [] : [`## ${title}`, ...blocks];
}

class Spec {
  readonly #document: FlowDocument;
  readonly #steps: Steps;
  readonly #numbers: ReadonlyMap<string, number>;
  /** Steps with a heading of their own, which can be linked to. */
  readonly #detailed: ReadonlySet<string>;

  constructor(document: FlowDocument) {
    this.#document = document;
    this.#steps = stepsOf(document);
    this.#numbers = new Map(this.#steps.all.map(({ id }, at) => [id, at + 1]));
    this.#detailed = new Set(
      this.#steps.all.filter(({ type }) => type === 'screen' || type === 'decision').map(({ id }) => id),
    );
  }

  summary(): string {
    const { all, entries } = this.#steps;
    const transitions = all.reduce((sum, { id }) => sum + this.#steps.outgoing(id).length, 0);
    const screens = all.filter(({ type }) => type === 'screen').length;
    const ends = all.filter(({ type }) => type === 'end');
    const list = (nodes: readonly FlowNode[]): string => nodes.map(({ id }) => this.#link(id)).join(', ');
    return [
      `${count(all.length, 'step')}, ${count(screens, 'screen')}, ${count(transitions, 'transition')}.`,
      ...(entries.length === 0 ? [] : [`Begins at ${list(entries)}.`]),
      ...(ends.length === 0 ? [] : [`Ends at ${list(ends)}.`]),
    ].join(' ');
  }

  personas(): string[] {
    return table(
      ['Persona', 'Goal'],
      Object.values(this.#document.personas).map(({ name, goal }) => [
        inline(name) || 'Unnamed',
        inline(goal ?? ''),
      ]),
    );
  }

  diagram(): string[] {
    const { all } = this.#steps;
    if (all.length === 0 || all.length > DIAGRAM_STEPS) return [];
    const chart = toMermaid(this.#document);
    const longest = Math.max(2, ...Array.from(chart.matchAll(/`+/g), ([run]) => run.length));
    const fence = '`'.repeat(longest + 1);
    return [`${fence}mermaid\n${chart.trimEnd()}\n${fence}`];
  }

  steps(): string[] {
    return table(
      ['#', 'Step', 'Type', 'What happens', 'Leads to'],
      this.#steps.all.map((node) => [
        String(this.#numbers.get(node.id)),
        this.#detailed.has(node.id) ? `[${title(node)}](#step-${this.#numbers.get(node.id)})` : title(node),
        TYPES[node.type],
        this.#detailed.has(node.id) ? '' : paragraphs(node.description ?? '').join('<br>'),
        this.#steps
          .outgoing(node.id)
          .map((edge) => `${this.#reason(edge, node)} → ${this.#link(edge.target)}`)
          .join('<br>'),
      ]),
    );
  }

  details(type: 'screen' | 'decision'): string[] {
    return this.#steps.all
      .filter((node) => node.type === type)
      .flatMap((node) => [
        `<a id="step-${this.#numbers.get(node.id)}"></a>\n\n### ${this.#numbers.get(node.id)}. ${title(node)}`,
        ...this.#context(node),
        ...paragraphs(node.description ?? ''),
        ...(type === 'screen' ? this.#screen(node) : this.#answers(node)),
      ]);
  }

  notes(): string[] {
    const lines = this.#steps.notes.map(
      (note) => `- ${[startOfLine(title(note)), ...paragraphs(note.description ?? '')].join('<br>')}`,
    );
    return lines.length === 0 ? [] : [lines.join('\n')];
  }

  /** Which frame it stands in and whom it is for. */
  #context(node: FlowNode): string[] {
    const frame = node.frameId === undefined ? undefined : this.#document.frames[node.frameId];
    const personas = (node.personaIds ?? []).flatMap((id) => {
      const name = inline(this.#document.personas[id]?.name ?? '');
      return name === '' ? [] : [name];
    });
    const parts = [
      ...(frame && inline(frame.title) !== '' ? [`Part of ${inline(frame.title)}.`] : []),
      ...(personas.length === 0 ? [] : [`For ${personas.join(', ')}.`]),
    ];
    return parts.length === 0 ? [] : [parts.join(' ')];
  }

  #screen(node: FlowNode): string[] {
    const edges = this.#steps.outgoing(node.id);
    const { elements = [], states = [] } = node.screen ?? {};
    const leads = (list: readonly FlowEdge[]): string =>
      list.map((edge) => `${this.#reason(edge)} → ${this.#link(edge.target)}`).join('<br>');
    const known = new Set(elements.map(({ id }) => id));
    const others = edges.filter(({ elementId }) => elementId === undefined || !known.has(elementId));
    return [
      ...table(
        ['Element', 'Kind', 'Leads to'],
        elements.map(({ id, kind, label }) => [
          inline(label) || 'Unnamed',
          inline(kind),
          leads(edges.filter(({ elementId }) => elementId === id)),
        ]),
      ),
      ...table(
        ['State', 'What it shows'],
        states.map(({ kind, note }) => [kind, inline(note ?? '')]),
      ),
      ...table(
        ['When', 'Leads to'],
        others.map((edge) => [this.#reason(edge), this.#link(edge.target)]),
      ),
    ];
  }

  #answers(node: FlowNode): string[] {
    return table(
      ['Answer', 'Condition', 'Leads to'],
      this.#steps
        .outgoing(node.id)
        .map((edge) => [
          inline(edge.label ?? '') || TRIGGERS[edge.trigger],
          inline(edge.condition ?? ''),
          this.#link(edge.target),
        ]),
    );
  }

  /** Why somebody goes this way: the trigger with the words on the transition, or with the element that is used. */
  #reason(edge: FlowEdge, source?: FlowNode): string {
    const element = source?.screen?.elements.find(({ id }) => id === edge.elementId);
    const words = inline(edgeText(edge)) || inline(element?.label ?? '');
    if (source?.type === 'decision' && words !== '') return words;
    return words === '' ? TRIGGERS[edge.trigger] : `${TRIGGERS[edge.trigger]}: ${words}`;
  }

  #link(id: string): string {
    const node = this.#steps.byId.get(id);
    const number = this.#numbers.get(id);
    if (!node || number === undefined) return '';
    return this.#detailed.has(id)
      ? `[${number}. ${title(node)}](#step-${number})`
      : `${number}. ${title(node)}`;
  }
}

function title(node: FlowNode): string {
  return inline(node.title) || `Untitled ${TYPES[node.type].toLowerCase()}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
