import { FlowError } from '../../document/errors.ts';

/** Spaces and tabs, not line ends. */
const SPACES = /[^\S\n]+/y;
const WHITE = /\s+/y;

/**
 * A position in the source that only moves forward, and knows its line. Patterns are sticky (`y`) and must need no
 * more than linear time, because the source comes from anywhere.
 */
export class Cursor {
  readonly source: string;
  position = 0;
  #line = 1;
  #lineStart = 0;
  /** Where the next line begins, -1 when that is not known. */
  #nextLine = -1;

  constructor(source: string) {
    this.source = source;
  }

  get done(): boolean {
    return this.position >= this.source.length;
  }

  /** The character `ahead` of the position; '' behind the end. */
  peek(ahead = 0): string {
    return this.source.charAt(this.position + ahead);
  }

  /** True when `text` stands here. */
  sees(text: string): boolean {
    return this.source.startsWith(text, this.position);
  }

  /** Moves over `text` if it stands here. */
  take(text: string): boolean {
    if (!this.sees(text)) return false;
    this.position += text.length;
    return true;
  }

  /** Moves over what a sticky pattern matches here, and gives it back; '' and no move when it does not match. */
  match(pattern: RegExp): string {
    pattern.lastIndex = this.position;
    if (!pattern.test(this.source)) return '';
    const from = this.position;
    this.position = pattern.lastIndex;
    return this.source.slice(from, this.position);
  }

  /** Moves over spaces and tabs, not over line ends. */
  spaces(): void {
    this.match(SPACES);
  }

  /** Moves over spaces, tabs and line ends. */
  white(): void {
    this.match(WHITE);
  }

  /** True when a statement may end here. */
  get atStatementEnd(): boolean {
    const character = this.peek();
    return character === '' || character === '\n' || character === ';' || this.sees('%%');
  }

  /** Position of the next line end, or of the end of the source. */
  get lineEnd(): number {
    const end = this.source.indexOf('\n', this.position);
    return end < 0 ? this.source.length : end;
  }

  /** One-based line of the position. Counted on from where it was last asked for. */
  get line(): number {
    if (this.position < this.#lineStart) {
      this.#line = 1;
      this.#lineStart = 0;
      this.#nextLine = -1;
    }
    while (this.#nextLine <= this.position) {
      if (this.#nextLine >= 0) {
        this.#line += 1;
        this.#lineStart = this.#nextLine;
      }
      const end = this.source.indexOf('\n', this.#lineStart);
      this.#nextLine = end < 0 ? Infinity : end + 1;
    }
    return this.#line;
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
