import { FlowError } from '../../document/errors.ts';

/** A position in the source that only moves forward, and knows its line. */
export class Cursor {
  readonly source: string;
  position = 0;
  readonly #lineStarts: number[] = [0];

  constructor(source: string) {
    this.source = source;
    for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1))
      this.#lineStarts.push(at + 1);
  }

  get done(): boolean {
    return this.position >= this.source.length;
  }

  /** The character `ahead` of the position; '' behind the end. */
  peek(ahead = 0): string {
    return this.source.charAt(this.position + ahead);
  }

  /** Moves over `text` if it stands here. */
  take(text: string): boolean {
    if (!this.source.startsWith(text, this.position)) return false;
    this.position += text.length;
    return true;
  }

  /** Moves over the longest run of characters that satisfy `accept`, and gives it back. */
  run(accept: (character: string, position: number) => boolean): string {
    const from = this.position;
    while (!this.done && accept(this.peek(), this.position)) this.position += 1;
    return this.source.slice(from, this.position);
  }

  /** Moves over spaces and tabs, not over line ends. */
  spaces(): void {
    this.run((character) => character === ' ' || character === '\t' || character === '\u00A0');
  }

  /** True when a statement may end here. */
  get atStatementEnd(): boolean {
    return (
      this.done || this.peek() === '\n' || this.peek() === ';' || this.source.startsWith('%%', this.position)
    );
  }

  /** Position of the next line end, or of the end of the source. */
  get lineEnd(): number {
    return (this.#lineStarts[this.line] ?? this.source.length + 1) - 1;
  }

  /** One-based line of the position. */
  get line(): number {
    let low = 0,
      high = this.#lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#lineStarts[middle] ?? Infinity) <= this.position) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  /** An `invalid_request` at the line of the position. */
  fail(message: string, line: number = this.line): FlowError {
    return new FlowError('invalid_request', [{ path: `line ${line}`, message }]);
  }

  /** A few characters from here, for messages. */
  get excerpt(): string {
    const text = Array.from(this.source.slice(this.position, Math.min(this.lineEnd, this.position + 40)))
      .slice(0, 20)
      .join('');
    return text === '' ? 'the end of the line' : `"${text.replace(/\p{Surrogate}/gu, '\uFFFD')}"`;
  }
}
