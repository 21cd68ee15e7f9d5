import { FlowError } from '../../document/errors.ts';
import { LIMITS } from '../../document/limits.ts';
import type { Chart, Subgraph } from './chart.ts';
import type { Cursor } from './cursor.ts';
import { decodeText, withinTitle } from './text.ts';
import { readQuotedText, readShape, type Text } from './shapes.ts';

const NAME = /[^\n;[({"%]+|%(?!%)/y;

interface Open {
  subgraph: Subgraph;
  /** Vertices and subgraphs that are mentioned directly in it. */
  mentions: Set<string>;
}

/** The subgraphs of a chart while it is read: which stands open, and what belongs to which. */
export class Subgraphs {
  readonly #cursor: Cursor;
  readonly #chart: Chart;
  readonly #open: Open[] = [];
  /** By id: several with the same id are one. */
  readonly #closed = new Map<string, Subgraph>();
  #ends = 0;

  constructor(cursor: Cursor, chart: Chart) {
    this.#cursor = cursor;
    this.#chart = chart;
  }

  /** Behind the word `subgraph`: `id`, `id [title]`, `"title"` or words that are a title. */
  open(): void {
    const cursor = this.#cursor;
    const line = cursor.line;
    if (this.#chart.subgraphs.length >= LIMITS.frames) {
      throw new FlowError('limit_exceeded', [
        { path: `line ${line}`, message: `at most ${LIMITS.frames} frames fit into one flow: split it` },
      ]);
    }
    if (!cursor.atStatementEnd) cursor.position += 1;
    const { key, text } = this.#name();
    cursor.spaces();
    if (!cursor.atStatementEnd)
      throw cursor.fail(`expected a line end after the subgraph's title, found ${cursor.excerpt}`);
    const subgraph: Subgraph = { key, unnamed: key === '', text, line };
    this.#chart.subgraphs.push(subgraph);
    this.#open.push({ subgraph, mentions: new Set() });
  }

  #name(): { key: string; text: Text } {
    const cursor = this.#cursor;
    let name: Text | undefined;
    cursor.spaces();
    if (cursor.peek() === '"') name = readQuotedText(cursor);
    else {
      // Also a blank behind a name makes a title of it, and then Mermaid gives the subgraph an id of its own.
      let raw = '';
      for (let part = cursor.match(NAME); part !== ''; part = cursor.match(NAME)) raw += part;
      name = { raw, markdown: false };
    }
    cursor.spaces();
    const shaped = readShape(cursor);
    if (shaped) return { key: name.raw.trim(), text: shaped.text };
    return { key: /\s/u.test(name.raw) ? '' : name.raw, text: name };
  }

  /** What is mentioned belongs to the first subgraph that closes round it; inner ones close first. */
  close(): void {
    const top = this.#open.pop();
    if (!top) {
      throw this.#cursor.fail('"end" without a subgraph: remove it, or call the node "End" or "the end"');
    }
    const { subgraph, mentions } = top;
    if (subgraph.unnamed) subgraph.key = `subGraph${this.#ends}`;
    this.#ends += 1;
    const { key } = subgraph;
    const same = this.#closed.get(key);
    if (same) subgraph.same = same;
    else this.#closed.set(key, subgraph);
    for (const member of mentions) {
      if (member !== key && !this.#chart.parents.has(member))
        this.#chart.parents.set(member, same ?? subgraph);
    }
    this.mention(key);
  }

  mention(key: string): void {
    this.#open.at(-1)?.mentions.add(key);
  }

  /** When all is read: nothing may stand open, and each subgraph gets its parent. */
  finish(): void {
    const open = this.#open.at(-1);
    if (open) throw this.#cursor.fail('this subgraph is not closed: add a line "end"', open.subgraph.line);
    const { parents, warnings } = this.#chart;
    const subgraphs = this.#chart.subgraphs.filter(({ same }) => same === undefined);
    for (const { same, text, line } of this.#chart.subgraphs) {
      if (!same || decodeText(text) === decodeText(same.text)) continue;
      const { text: title } = withinTitle(decodeText(text));
      const message = `a subgraph with the id of an earlier one was put into that one: its title "${title}" was left out`;
      warnings.push({ line, message });
    }
    this.#chart.subgraphs = subgraphs;
    for (const subgraph of subgraphs) {
      const parent = parents.get(subgraph.key);
      if (parent) subgraph.parent = parent;
    }
    // What is mentioned in several places may end up inside itself.
    for (const subgraph of subgraphs) {
      let steps = subgraphs.length;
      let above = subgraph.parent;
      while (above && above !== subgraph && steps-- > 0) above = above.parent;
      if (above !== subgraph) continue;
      delete subgraph.parent;
      const message = 'this subgraph would stand inside itself: it was taken out of the other one';
      warnings.push({ line: subgraph.line, message });
    }
  }
}
