import { FlowError } from '../../document/errors.ts';
import { LIMITS } from '../../document/limits.ts';
import type { EdgeTrigger, NodeType } from '../../document/types.ts';
import { EDGE_TRIGGERS, NODE_TYPES } from '../../document/types.ts';
import { TRIGGER_COMMENT, TYPE_CLASS, type Chart, type Link, type Vertex } from './chart.ts';
import { Cursor } from './cursor.ts';
import { readFields } from './fields.ts';
import { readLink, type LinkToken } from './links.ts';
import { readShape } from './shapes.ts';
import { readSource, type Source } from './source.ts';
import { skipStatement, type SkippedWord } from './skipped.ts';
import { Subgraphs } from './subgraphs.ts';

/** Letters of any script, digits and most signs; stops where a link, shape, class or list goes on. */
const ID =
  /(?:[A-Za-z0-9!#$'*+.`?\\_/,^]|[^\0-\x7F\s]|%(?!%)|&(?=[^\s&]|\s*(?:[-=.~<;]|$))|:(?!::)|-(?![-.>])|-(?=>[^\n[\](){}]*\])|=(?!=))+/y;
/** Anything but blanks at both ends. */
const BLANK = /[\s;]+/y;
const HEADER = /(?:flowchart-elk|flowchart|graph)(?![\w-])/y;
const SYMBOL = /[<>^]|v(?![A-Za-z0-9])/y;
const LETTERS = /[A-Za-z]+/y;
const NAME_LIST = /[^\s;]+/y;
const REST = /[^\n;]+/y;
const REST_OF_LINE = /[^\n]+/y;
const STATEMENT =
  /(?:(?:subgraph|class|classDef|style|linkStyle|click|direction)(?=\s)|(?:end|subgraph)(?=[\s;]|$)|accTitle(?=\s*:)|accDescr(?=\s*[:{]))/y;
const SYMBOLS: Readonly<Record<string, 'TB' | 'LR'>> = { '>': 'LR', '<': 'LR', '^': 'TB', v: 'TB' };

/** @throws FlowError `invalid_request` at `line N`, or `limit_exceeded`. */
export function parseChart(source: string): Chart {
  return new Parser(readSource(source)).parse();
}

class Parser {
  readonly #cursor: Cursor;
  readonly #chart: Chart;
  readonly #subgraphs: Subgraphs;
  readonly #linkIds = new Set<string>();
  #numberedLinks = 0;
  readonly #triggers: { position: number; trigger: EdgeTrigger }[];

  constructor({ text, title, comments }: Source) {
    this.#cursor = new Cursor(text);
    this.#chart = {
      direction: 'TB',
      vertices: new Map(),
      links: [],
      subgraphs: [],
      parents: new Map(),
      warnings: [],
      ...(title === undefined ? {} : { title }),
    };
    this.#subgraphs = new Subgraphs(this.#cursor, this.#chart);
    // Last first, so that the next one is taken from the end.
    this.#triggers = comments
      .flatMap(({ position, text: comment }) => {
        const name = comment.startsWith(TRIGGER_COMMENT) ? comment.slice(TRIGGER_COMMENT.length).trim() : '';
        const trigger = EDGE_TRIGGERS.find((candidate) => candidate === name);
        return trigger ? [{ position, trigger }] : [];
      })
      .reverse();
  }

  parse(): Chart {
    const cursor = this.#cursor;
    this.#header();
    for (this.#blank(); !cursor.done; this.#blank()) this.#statement();
    this.#subgraphs.finish();
    return this.#chart;
  }

  #header(): void {
    const cursor = this.#cursor;
    this.#blank();
    if (cursor.match(HEADER) === '') {
      throw cursor.fail(
        'expected "flowchart TD", "graph LR" or "stateDiagram-v2" first; other diagrams cannot be imported',
      );
    }
    cursor.spaces();
    if (cursor.atStatementEnd) return;
    const symbol = SYMBOLS[cursor.match(SYMBOL)];
    if (symbol) this.#chart.direction = symbol;
    else this.#chart.direction = this.#direction();
  }

  /** Upwards and leftwards become downwards and rightwards: a UX flow is read forwards. */
  #direction(): 'TB' | 'LR' {
    const word = this.#cursor.match(LETTERS);
    if (['LR', 'RL'].includes(word)) return 'LR';
    if (['TB', 'TD', 'BT', 'BR'].includes(word)) return 'TB';
    throw this.#cursor.fail(`"${word}" is no direction: use TB, TD, BT, LR or RL`);
  }

  /** Moves over line ends, semicolons and comments behind a statement. */
  #blank(): void {
    const cursor = this.#cursor;
    for (cursor.match(BLANK); cursor.sees('%%'); cursor.match(BLANK)) cursor.match(REST_OF_LINE);
  }

  #statement(): void {
    const cursor = this.#cursor;
    const word = cursor.match(STATEMENT);
    if (word === '') return this.#chain();
    if (word === 'end') return this.#subgraphs.close();
    if (word === 'subgraph') return this.#subgraphs.open();
    cursor.spaces();
    if (word === 'class') return this.#classes();
    if (word === 'direction') {
      // Inside a subgraph it is about that one only, and Mermaid itself follows the header's outside of any.
      this.#direction();
      cursor.match(REST_OF_LINE);
      return undefined;
    }
    const styled = skipStatement(cursor, word as SkippedWord);
    // Mermaid draws a node that only a style names.
    if (styled !== '') this.#mention(styled, cursor.line);
    return undefined;
  }

  /** `class a,b screen`: only classes that name a node type mean something here. */
  #classes(): void {
    const cursor = this.#cursor;
    const names = cursor.match(NAME_LIST).split(',');
    const type = typeOfClass(cursor.match(REST).trim());
    if (!type) return;
    for (const name of names) {
      const vertex = this.#chart.vertices.get(name);
      if (vertex) vertex.type = type;
    }
  }

  /** `A & B --> C -->|label| D`: each group is linked with the next. */
  #chain(): void {
    const cursor = this.#cursor;
    const line = cursor.line;
    const trigger = this.#triggerBefore(cursor.position);
    let sources = this.#group();
    for (let link = this.#nextLink(); link; link = this.#nextLink()) {
      cursor.white();
      const targets = this.#group();
      this.#link(sources, targets, link, { line, ...(trigger ? { trigger } : {}) });
      sources = targets;
    }
    if (!cursor.atStatementEnd) {
      throw cursor.fail(`expected a link such as --> or the end of the line, found ${cursor.excerpt}`);
    }
  }

  /** A link may begin on a line of its own. */
  #nextLink(): LinkToken | undefined {
    const cursor = this.#cursor;
    cursor.spaces();
    if (cursor.peek() !== '\n') return readLink(cursor);
    const from = cursor.position;
    cursor.white();
    const link = /[-=.~xo<]/u.test(cursor.peek()) ? readLink(cursor) : undefined;
    if (!link || link.id !== undefined) cursor.position = from;
    return link?.id === undefined ? link : undefined;
  }

  #triggerBefore(position: number): EdgeTrigger | undefined {
    let trigger: EdgeTrigger | undefined;
    for (let next = this.#triggers.at(-1); next && next.position < position; next = this.#triggers.at(-1)) {
      trigger = next.trigger;
      this.#triggers.pop();
    }
    return trigger;
  }

  #link(
    sources: string[],
    targets: string[],
    { text, id, both, invisible, glued }: LinkToken,
    { line, trigger }: Pick<Link, 'line' | 'trigger'>,
  ): void {
    const warn = (message: string): number => this.#chart.warnings.push({ line, message });
    if (id !== undefined) this.#linkIds.add(id);
    if (glued) warn('"--x" and "--o" are arrow heads in Mermaid, also in front of a word: put a space there');
    if (invisible) {
      warn('an invisible link (~~~) only places nodes and was left out');
      return;
    }
    const rest = { line, ...(text ? { text } : {}), ...(trigger ? { trigger } : {}) };
    for (const [from, source] of sources.entries()) {
      for (const [to, target] of targets.entries()) {
        // Of several links only this one has the id, as in Mermaid.
        const own = id !== undefined && from === sources.length - 1 && to === 0;
        this.#addLink({ source, target, ...rest, ...(own ? { id } : {}) });
      }
    }
    if (!both) return;
    warn('a link with two heads became two transitions');
    for (const source of targets) for (const target of sources) this.#addLink({ source, target, ...rest });
  }

  #addLink(link: Link): void {
    if (this.#chart.links.length >= LIMITS.edges) throw limit(link.line, 'edges', LIMITS.edges);
    this.#chart.links.push(link);
  }

  #group(): string[] {
    const cursor = this.#cursor;
    const keys = [this.#vertex()];
    for (;;) {
      const from = cursor.position;
      cursor.spaces();
      if (!cursor.take('&')) {
        cursor.position = from;
        return keys;
      }
      cursor.white();
      keys.push(this.#vertex());
    }
  }

  #vertex(): string {
    const cursor = this.#cursor;
    const line = cursor.line;
    const key = cursor.match(ID);
    if (key === '') throw cursor.fail(`expected a node, found ${cursor.excerpt}`);
    if (this.#linkIds.has(key) || (cursor.sees('@{') && this.#isGeneratedLinkId(key))) {
      if (cursor.take('@{')) readFields(cursor); // how a link is drawn, which is not kept
      return key;
    }
    const vertex = this.#mention(key, line);
    const shape = readShape(cursor);
    if (shape) Object.assign(vertex, shape);
    const type = cursor.take(':::') ? typeOfClass(cursor.match(ID)) : undefined;
    if (type) vertex.type = type;
    if (!cursor.take('@{')) return key;
    const { lost, ...fields } = readFields(cursor);
    if (lost !== undefined) this.#chart.warnings.push({ line, message: `${lost} of a node was left out` });
    Object.assign(vertex, fields);
    return key;
  }

  /** `L_A_B_0`: what Mermaid calls the first link from A to B. */
  #isGeneratedLinkId(key: string): boolean {
    if (!/^L_.+_0$/u.test(key)) return false;
    for (const { source, target } of this.#chart.links.slice(this.#numberedLinks))
      this.#linkIds.add(`L_${source}_${target}_0`);
    this.#numberedLinks = this.#chart.links.length;
    return this.#linkIds.has(key);
  }

  /** The vertex of this key, made if it is new; it belongs to the subgraph that stands open. */
  #mention(key: string, line: number): Vertex {
    let vertex = this.#chart.vertices.get(key);
    if (!vertex) {
      if (this.#chart.vertices.size >= LIMITS.nodes) throw limit(line, 'nodes', LIMITS.nodes);
      vertex = { key, line };
      this.#chart.vertices.set(key, vertex);
    }
    this.#subgraphs.mention(key);
    return vertex;
  }
}

function typeOfClass(name: string): NodeType | undefined {
  const bare = name.startsWith(TYPE_CLASS) ? name.slice(TYPE_CLASS.length) : name;
  return NODE_TYPES.find((type) => type === bare);
}

function limit(line: number, what: string, most: number): FlowError {
  return new FlowError('limit_exceeded', [
    { path: `line ${line}`, message: `at most ${most} ${what} fit into one flow: split it` },
  ]);
}
