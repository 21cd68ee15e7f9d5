import type { Link, Part } from './clause.ts';
import type { Chunk } from './text/chunks.ts';
import { type Conjunctions, type Segment, separatorOf } from './text/segments.ts';
import type { Token } from './text/tokens.ts';

/** The part that is being read: the next segment is added to it or begins another. */
export interface OpenPart extends Omit<Part, 'tokens' | 'question' | 'colon'> {
  readonly tokens: Token[];
}

/** Links whose clause states a condition. */
export const CONDITIONS: ReadonlySet<Link> = new Set(['if', 'unless', 'when']);

/** The parts of one chunk while they are read from left to right, in either language. */
export class ChunkParts {
  /** The last part, which may still grow. */
  open: OpenPart | null = null;
  private readonly chunk: Chunk;
  private readonly conjunctions: Conjunctions;
  private readonly closed: Part[] = [];

  constructor(chunk: Chunk, conjunctions: Conjunctions) {
    this.chunk = chunk;
    this.conjunctions = conjunctions;
  }

  /** Whether a part stands before the next one. */
  get started(): boolean {
    return this.closed.length > 0 || this.open !== null;
  }

  /** Ends the open part and begins another. */
  begin(part: OpenPart): void {
    this.close();
    this.open = part;
  }

  /** Adds a segment to a part, with what separates the two. */
  extend(part: OpenPart, segment: Segment): void {
    part.tokens.push(...separatorOf(segment, this.conjunctions), ...segment.tokens);
  }

  private close(): void {
    const { open, chunk } = this;
    // "Otherwise:" is a part without words of its own.
    if (open && (open.tokens.length > 0 || open.link === 'else'))
      this.closed.push({
        ...open,
        ...(chunk.question && { question: true }),
        ...(chunk.link === 'colon' && this.closed.length === 0 && { colon: true }),
      });
    this.open = null;
  }

  /** All parts, in order. */
  finish(): Part[] {
    this.close();
    const parts =
      this.chunk.link === 'aside'
        ? this.closed.map((part): Part => ({ ...part, link: 'aside' }))
        : this.closed;
    return parts.map((part, i) => {
      if (!part.postposed || part.link === 'unless' || parts[i + 1]?.link !== 'then') return part;
      // A condition with a main clause behind it governs that one.
      const { postposed: _, ...rest } = part;
      return rest;
    });
  }
}

/** "approve it, reject it or ask": the commas mean "or" too. */
export function orLists(parts: readonly Part[]): Part[] {
  const out = [...parts];
  for (let i = out.length - 1; i > 0; i--) {
    const before = out[i - 1];
    if (out[i]?.link === 'or' && before?.listed) out[i - 1] = { ...before, link: 'or' };
  }
  return out;
}
