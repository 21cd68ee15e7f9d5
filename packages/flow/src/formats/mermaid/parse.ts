import { FlowError } from '../../document/errors.ts';
import { LIMITS } from '../../document/limits.ts';
import type { EdgeTrigger, NodeType } from '../../document/types.ts';
import { EDGE_TRIGGERS, NODE_TYPES } from '../../document/types.ts';
import { TRIGGER_COMMENT, TYPE_CLASS, type Chart, type Link, type Subgraph, type Vertex } from './chart.ts';
import { Cursor } from './cursor.ts';
import { readLink } from './links.ts';
import { readFields, readQuoted, readShape } from './shapes.ts';

const IGNORED = new Set(['classDef', 'style', 'linkStyle', 'click', 'accTitle', 'accDescr', 'href']);
/** @throws FlowError `invalid_request` at `line N`, or `limit_exceeded`. */
export function parseChart(source: string): Chart {
  if (source.length > LIMITS.documentBytes) {
    throw new FlowError('limit_exceeded', [
      { path: 'source', message: `at most ${LIMITS.documentBytes} characters: split the flow` },
    ]);
  }
  return new Parser(source.replace(/\r\n?/gu, '\n').replace(/^\uFEFF/u, '')).parse();
}

class Parser {
  readonly #cursor: Cursor;
  readonly #chart: Chart = { direction: 'TB', vertices: new Map(), links: [], subgraphs: [], warnings: [] };
  readonly #open: Subgraph[] = [];
  readonly #linkIds = new Set<string>();
  #trigger: EdgeTrigger | undefined;

  constructor(source: string) {
    this.#cursor = new Cursor(source);
  }

  parse(): Chart {
    this.#frontMatter();
    this.#header();
    for (this.#blank(); !this.#cursor.done; this.#blank()) this.#statement();
    const open = this.#open.at(-1);
    if (open) throw this.#cursor.fail('this subgraph is not closed: add a line "end"', open.line);
    return this.#chart;
  }

  #frontMatter(): void {
    const cursor = this.#cursor;
    cursor.run((character) => /\s/u.test(character));
    if (!cursor.source.startsWith('---', cursor.position)) return;
    const line = cursor.line;
    const end = cursor.source.indexOf('\n---', cursor.position);
    if (end < 0) throw cursor.fail('the front matter is not closed: add a line "---"', line);
    const fields = cursor.source.slice(cursor.position, end).split('\n');
    const title = fields
      .find((field) => field.startsWith('title:'))
      ?.slice('title:'.length)
      .trim();
    if (title !== undefined && title !== '') this.#chart.title = unquoteYaml(title);
    cursor.position = end + 4;
  }

  #header(): void {
    const cursor = this.#cursor;
    this.#blank();
    const word = cursor.run((character) => /[A-Za-z-]/u.test(character));
    if (!['flowchart', 'graph', 'flowchart-elk'].includes(word)) {
      throw cursor.fail(
        'expected "flowchart TD" or "graph LR" first; other Mermaid diagrams cannot be imported',
      );
    }
    cursor.spaces();
    if (cursor.atStatementEnd) return;
    const symbol = { '>': 'LR', '<': 'LR', '^': 'TB', v: 'TB' }[cursor.peek()];
    const direction = symbol ?? cursor.run((character) => /[A-Za-z]/u.test(character));
    if (symbol) cursor.position += 1;
    if (!this.#direct(direction))
      throw cursor.fail(`"${direction}" is no direction: use TB, TD, BT, LR or RL`);
  }

  /** Upwards and leftwards become downwards and rightwards: a UX flow is read forwards. */
  #direct(direction: string): boolean {
    if (!['TB', 'TD', 'BT', 'LR', 'RL'].includes(direction)) return false;
    this.#chart.direction = direction === 'LR' || direction === 'RL' ? 'LR' : 'TB';
    return true;
  }

  /** Moves over line ends, semicolons, comments and directives. */
  #blank(): void {
    const cursor = this.#cursor;
    for (;;) {
      cursor.run((character) => /[\s;]/u.test(character));
      if (!cursor.source.startsWith('%%', cursor.position)) return;
      if (cursor.source.startsWith('%%{', cursor.position)) {
        const end = cursor.source.indexOf('}%%', cursor.position);
        if (end < 0) throw cursor.fail('the directive is not closed: add "}%%"');
        cursor.position = end + 3;
        continue;
      }
      const comment = cursor.source.slice(cursor.position, cursor.lineEnd);
      const name = comment.startsWith(TRIGGER_COMMENT) ? comment.slice(TRIGGER_COMMENT.length).trim() : '';
      this.#trigger = EDGE_TRIGGERS.find((trigger) => trigger === name) ?? this.#trigger;
      cursor.position = cursor.lineEnd;
    }
  }

  #statement(): void {
    const cursor = this.#cursor;
    const from = cursor.position;
    const word = cursor.run((character) => /[A-Za-z]/u.test(character));
    const ends = cursor.atStatementEnd || /\s/u.test(cursor.peek());
    if (ends && word === 'end') return this.#endSubgraph();
    if (ends && word === 'subgraph') return this.#subgraph();
    if (ends && word === 'class') return this.#classes();
    if (ends && word === 'direction') return this.#directionStatement();
    if ((ends || cursor.peek() === ':') && IGNORED.has(word)) return this.#ignored(word);
    cursor.position = from;
    this.#chain();
  }

  #directionStatement(): void {
    const cursor = this.#cursor;
    cursor.spaces();
    const direction = cursor.run((character) => /[A-Za-z]/u.test(character));
    const before = this.#chart.direction;
    if (!this.#direct(direction))
      throw cursor.fail(`"${direction}" is no direction: use TB, TD, BT, LR or RL`);
    // Inside a subgraph it is about that one only; the layout keeps one direction for the whole flow.
    if (this.#open.length > 0) this.#chart.direction = before;
  }

  #ignored(word: string): void {
    const cursor = this.#cursor;
    cursor.spaces();
    if (word === 'accDescr' && cursor.take('{')) {
      const end = cursor.source.indexOf('}', cursor.position);
      if (end < 0) throw cursor.fail('accDescr is not closed: add "}"');
      cursor.position = end + 1;
      return;
    }
    while (!cursor.done && cursor.peek() !== '\n' && cursor.peek() !== ';') {
      if (cursor.peek() === '"') readQuoted(cursor);
      else cursor.position += 1;
    }
  }

  #subgraph(): void {
    const cursor = this.#cursor;
    const line = cursor.line;
    cursor.spaces();
    const parent = this.#open.at(-1);
    const from = cursor.position;
    const key = cursor.peek() === '"' ? '' : this.#readId();
    let raw = key;
    cursor.spaces();
    const shaped = key === '' ? undefined : readShape(cursor);
    if (shaped) raw = shaped.raw;
    else if (cursor.peek() === '"') raw = readQuoted(cursor);
    else if (!cursor.atStatementEnd) {
      cursor.position = from;
      raw = cursor.run(() => !cursor.atStatementEnd).trim();
    }
    cursor.spaces();
    if (!cursor.atStatementEnd)
      throw cursor.fail(`expected a line end after the subgraph's title, found ${cursor.excerpt}`);
    if (this.#chart.subgraphs.length >= LIMITS.frames) throw limit(line, 'frames', LIMITS.frames);
    const subgraph: Subgraph = {
      key: raw === key || shaped ? key : '',
      raw,
      line,
      ...(parent ? { parent } : {}),
    };
    this.#chart.subgraphs.push(subgraph);
    this.#open.push(subgraph);
  }

  #endSubgraph(): void {
    if (!this.#open.pop()) {
      throw this.#cursor.fail('"end" without a subgraph: remove it, or call the node "End" or "the end"');
    }
  }

  /** `class a,b screen`: only classes that name a node type mean something here. */
  #classes(): void {
    const cursor = this.#cursor;
    cursor.spaces();
    const names = cursor.run((character) => character !== ' ' && !/[\n;]/u.test(character)).split(',');
    cursor.spaces();
    const type = typeOfClass(cursor.run(() => !cursor.atStatementEnd).trim());
    for (const name of names) {
      const vertex = this.#chart.vertices.get(name.trim());
      if (vertex && type) vertex.type = type;
    }
  }

  /** `A & B --> C -->|label| D`: each group is linked with the next. */
  #chain(): void {
    const cursor = this.#cursor;
    const line = cursor.line;
    const trigger = this.#trigger;
    this.#trigger = undefined;
    let sources = this.#group();
    for (;;) {
      cursor.spaces();
      const link = readLink(cursor);
      if (!link) break;
      if (link.id !== undefined) this.#linkIds.add(link.id);
      cursor.run((character) => /\s/u.test(character));
      const targets = this.#group();
      if (link.invisible) {
        this.#chart.warnings.push({
          line,
          message: 'an invisible link (~~~) only places nodes and was left out',
        });
      } else {
        this.#link(sources, targets, {
          line,
          ...(link.raw === undefined ? {} : { raw: link.raw }),
          ...(trigger ? { trigger } : {}),
        });
        if (link.both) {
          this.#chart.warnings.push({ line, message: 'a link with two heads became two transitions' });
          this.#link(targets, sources, { line, ...(link.raw === undefined ? {} : { raw: link.raw }) });
        }
      }
      sources = targets;
    }
    if (!cursor.atStatementEnd) {
      throw cursor.fail(`expected a link such as --> or the end of the line, found ${cursor.excerpt}`);
    }
  }

  #link(sources: string[], targets: string[], rest: Omit<Link, 'source' | 'target'>): void {
    for (const source of sources) {
      for (const target of targets) {
        if (this.#chart.links.length >= LIMITS.edges) throw limit(rest.line, 'edges', LIMITS.edges);
        this.#chart.links.push({ source, target, ...rest });
      }
    }
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
      cursor.run((character) => /\s/u.test(character));
      keys.push(this.#vertex());
    }
  }

  #vertex(): string {
    const cursor = this.#cursor;
    const line = cursor.line;
    const key = this.#readId();
    if (key === '') throw cursor.fail(`expected a node, found ${cursor.excerpt}`);
    if (this.#linkIds.has(key) && cursor.take('@{')) {
      readFields(cursor); // how a link is drawn, which is not kept
      return key;
    }
    const known = this.#chart.vertices.get(key);
    if (!known && this.#chart.vertices.size >= LIMITS.nodes) throw limit(line, 'nodes', LIMITS.nodes);
    const vertex: Vertex = known ?? { key, line };
    this.#chart.vertices.set(key, vertex);
    Object.assign(vertex, cursor.take('@{') ? readFields(cursor) : readShape(cursor));
    if (cursor.take(':::')) {
      const type = typeOfClass(cursor.run((character) => /[\w-]/u.test(character)));
      if (type) vertex.type = type;
    }
    const subgraph = this.#open.at(-1);
    if (subgraph && !vertex.subgraph) vertex.subgraph = subgraph;
    return key;
  }

  /** Letters of any script, digits and most signs; stops where a link, shape or class begins. */
  #readId(): string {
    const { source } = this.#cursor;
    return this.#cursor.run((character, at) => {
      if (/[\s[\](){}<>|;&@"~`,]/u.test(character)) return false;
      const next = source.charAt(at + 1);
      if (character === '-')
        return next !== '-' && next !== '.' && next !== '>' && next !== '' && !/[\s]/u.test(next);
      if (character === '=') return next !== '=';
      if (character === '%') return next !== '%';
      return character !== ':' || !source.startsWith(':::', at);
    });
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

function unquoteYaml(text: string): string {
  if (text.startsWith("'") && text.endsWith("'") && text.length > 1)
    return text.slice(1, -1).replaceAll("''", "'");
  if (!text.startsWith('"')) return text;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : text;
  } catch {
    return text; // a broken quote in a title is no reason to refuse the flow
  }
}
