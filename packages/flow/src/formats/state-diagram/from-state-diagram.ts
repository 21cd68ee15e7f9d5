import { emptyDocument } from '../../document/empty.ts';
import { FlowError } from '../../document/errors.ts';
import { LIMITS } from '../../document/limits.ts';
import type { FlowDocument, FlowNode, NodeType } from '../../document/types.ts';
import { IdSource } from '../import/ids.ts';
import { fitted } from '../import/text.ts';
import { Warnings } from '../import/warnings.ts';
import type { MermaidImport, MermaidImportOptions } from '../mermaid/import-types.ts';
import { inferTrigger } from '../mermaid/infer.ts';
import { place } from '../mermaid/place.ts';
import { decodeText } from '../mermaid/text.ts';
import type { Note, State, StateChart, StateKind } from './chart.ts';
import { parseStates } from './parse.ts';

const DEFAULT_NAME = 'Imported flow';
const TYPES: Readonly<Record<StateKind, NodeType>> = {
  state: 'screen',
  choice: 'decision',
  fork: 'system',
  join: 'system',
  start: 'start',
  end: 'end',
  region: 'screen',
};

/**
 * A Mermaid `stateDiagram` or `stateDiagram-v2` as a flow: states as screens, choices as decisions, composite states
 * and their regions as frames, notes as notes. Styling and clicks are ignored.
 *
 * @throws FlowError `invalid_request` with path `line N`, or `limit_exceeded`.
 */
export function fromStateDiagram(source: string, options: MermaidImportOptions = {}): MermaidImport {
  const chart = parseStates(source);
  const importer = new Importer(chart);
  const document = importer.build();
  if (options.layout ?? true) place(document, chart.direction);
  return { document, warnings: importer.warnings.list() };
}

class Importer {
  readonly warnings: Warnings = new Warnings();
  readonly #chart: StateChart;
  readonly #document: FlowDocument;
  readonly #frameIds = new Map<State, string>();
  readonly #nodeIds = new Map<State, string>();
  /** The nodes in a composite state that a transition with the whole of it leads to and leaves from. */
  readonly #ends = new Map<State, { first: string; last: string }>();

  constructor(chart: StateChart) {
    this.#chart = chart;
    this.#document = emptyDocument(fitted(chart.title ?? DEFAULT_NAME, 'title', this.warnings));
  }

  build(): FlowDocument {
    this.#breakCycles();
    this.#frames();
    this.#nodes();
    this.#transitions();
    this.#notes();
    return this.#document;
  }

  /** What is mentioned in several composite states may end up inside itself. */
  #breakCycles(): void {
    for (const state of this.#chart.states.values()) {
      if (!state.composite) continue;
      let steps = LIMITS.frames;
      let above = state.parent;
      while (above && above !== state && steps-- > 0) above = above.parent;
      if (above !== state) continue;
      delete state.parent;
      this.warnings.add('a state that would stand inside itself was taken out of the other one', state.line);
    }
  }

  #frames(): void {
    const parents = new Set([...this.#chart.states.values()].flatMap(({ parent }) => parent ?? []));
    const linked = new Set(this.#chart.transitions.flatMap(({ source, target }) => [source, target]));
    const ids = new IdSource('frame');
    for (const state of this.#chart.states.values()) {
      // Nothing can lead to an empty frame: such a state is a node like the others.
      if (!parents.has(state) && !(state.composite && !linked.has(state.key))) continue;
      if (this.#frameIds.size >= LIMITS.frames) {
        throw new FlowError('limit_exceeded', [
          {
            path: `line ${state.line}`,
            message: `at most ${LIMITS.frames} frames fit into one flow: split it`,
          },
        ]);
      }
      this.#frameIds.set(state, ids.next(state.key));
      if (state.kind === 'region')
        this.warnings.add('regions that run at the same time became frames beside each other', state.line);
    }
    for (const [state, id] of this.#frameIds) {
      const parentId = state.parent && this.#frameIds.get(state.parent);
      const [title = state.key, ...more] = state.texts;
      this.#document.frames[id] = {
        id,
        title: this.#title(title, state.line),
        position: { x: 0, y: 0 },
        size: { width: 240, height: 140 },
        ...(parentId === undefined ? {} : { parentId }),
      };
      if (more.length > 0)
        this.warnings.add('further descriptions of a composite state were left out', state.line);
    }
  }

  #nodes(): void {
    const ids = new IdSource('state');
    for (const state of this.#chart.states.values()) {
      if (this.#frameIds.has(state)) continue;
      const id = ids.next(state.id ?? state.key.replaceAll(' ', '_'));
      this.#nodeIds.set(state, id);
      this.#document.nodes[id] = this.#node(state, id);
      if (state.kind === 'fork' || state.kind === 'join')
        this.warnings.add(
          'a fork or join became a system step: that its ways run at the same time is not kept',
          state.line,
        );
      for (let above = state.parent; above; above = above.parent) {
        const ends = this.#ends.get(above);
        if (!ends) this.#ends.set(above, { first: id, last: id });
        else ends.last = id;
      }
    }
    // A composite state is entered by its start and left by its end, where it has them.
    for (const [state, id] of this.#nodeIds) {
      const ends = state.parent && this.#ends.get(state.parent);
      if (ends && state.kind === 'start') ends.first = id;
      if (ends && state.kind === 'end') ends.last = id;
    }
  }

  #node(state: State, id: string): FlowNode {
    const named = state.kind === 'start' ? 'Start' : state.kind === 'end' ? 'End' : state.key;
    const [first, ...more] = state.texts;
    const title =
      first === undefined
        ? fitted(state.name ?? named, 'title', this.warnings, state.line)
        : this.#title(first, state.line);
    const frameId = state.parent && this.#frameIds.get(state.parent);
    const description = more.map((text) => decoded(text)).join('\n');
    return {
      id,
      type: state.type ?? TYPES[state.kind],
      title,
      ...(description === ''
        ? {}
        : { description: fitted(description, 'description', this.warnings, state.line) }),
      position: { x: 0, y: 0 },
      ...(frameId === undefined ? {} : { frameId }),
      ...(state.kind === 'fork' || state.kind === 'join' ? { data: { stateKind: state.kind } } : {}),
    };
  }

  #transitions(): void {
    for (const [number, { source, target, label, trigger, line }] of this.#chart.transitions.entries()) {
      const from = this.#end(source, 'last', line),
        to = this.#end(target, 'first', line);
      if (from === undefined || to === undefined) continue;
      const text = this.#title(label, line);
      const id = `edge-${number + 1}`;
      this.#document.edges[id] = {
        id,
        source: from,
        target: to,
        trigger: trigger ?? inferTrigger(text, this.#document.nodes[from]?.type ?? 'screen'),
        ...(text === '' ? {} : { label: text }),
      };
    }
  }

  /** Notes are nodes that lead to what they are about. */
  #notes(): void {
    const ids = new IdSource('note');
    for (const { id } of Object.values(this.#document.nodes)) ids.next(id);
    for (const [number, note] of this.#chart.notes.entries()) {
      const id = ids.next(note.id ?? '');
      const about = note.state === undefined ? undefined : this.#chart.states.get(note.state);
      const target = about && this.#end(about.key, 'first', note.line);
      this.#document.nodes[id] = this.#noteNode(note, id, target);
      if (target === undefined) continue;
      const edge = `note-edge-${number + 1}`;
      this.#document.edges[edge] = { id: edge, source: id, target, trigger: 'auto' };
    }
    const most = Object.keys(this.#document.nodes).length;
    if (most > LIMITS.nodes || Object.keys(this.#document.edges).length > LIMITS.edges) {
      throw new FlowError('limit_exceeded', [
        {
          path: 'source',
          message: `states and notes are more than a flow holds (${LIMITS.nodes}): split it`,
        },
      ]);
    }
  }

  #noteNode({ text, line }: Note, id: string, target: string | undefined): FlowNode {
    const whole = decoded(text);
    const title = this.#title(text, line);
    const frameId = target === undefined ? undefined : this.#document.nodes[target]?.frameId;
    return {
      id,
      type: 'note',
      title,
      ...(title === whole ? {} : { description: fitted(whole, 'description', this.warnings, line) }),
      position: { x: 0, y: 0 },
      ...(frameId === undefined ? {} : { frameId }),
    };
  }

  #end(key: string, end: 'first' | 'last', line: number): string | undefined {
    const state = this.#chart.states.get(key);
    const id = state && (this.#nodeIds.get(state) ?? this.#ends.get(state)?.[end]);
    if (state && this.#frameIds.has(state)) {
      this.warnings.add(
        id === undefined
          ? 'a transition with an empty composite state was left out: transitions connect nodes'
          : 'a transition with a whole composite state now holds on to a state in it: transitions connect nodes',
        line,
      );
    }
    return id;
  }

  #title(raw: string, line: number): string {
    return fitted(decoded(raw), 'title', this.warnings, line);
  }
}

/** Texts of states are Markdown in Mermaid. */
function decoded(raw: string): string {
  return decodeText({ raw, markdown: true });
}
