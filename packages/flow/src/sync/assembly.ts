import type { FlowDocument } from '../document/types.ts';
import type { SnapshotPart } from './messages.ts';
import { unpackDocument } from './packed-document.ts';

/** Puts a snapshot together that comes in parts, in order. */
export class Assembly {
  readonly #clock: number;
  readonly #parts: number;
  readonly #slices: string[] = [];
  readonly #blocks: unknown[] = [];
  #next = 0;

  constructor(clock: number, parts: number) {
    this.#clock = clock;
    this.#parts = parts;
  }

  /** Parts that have come. */
  get length(): number {
    return this.#next;
  }

  /** The document once the last part has come. Parts of another snapshot and repeated parts are passed over. */
  add(clock: number, part: SnapshotPart): FlowDocument | undefined {
    if (clock !== this.#clock || part.parts !== this.#parts || part.part !== this.#next) return undefined;
    this.#next += 1;
    if (part.packed) for (const block of part.packed) this.#blocks.push(block);
    else this.#slices.push(part.json ?? '');
    if (this.#next < this.#parts) return undefined;
    return part.packed ? unpackDocument(this.#blocks) : (JSON.parse(this.#slices.join('')) as FlowDocument);
  }
}
