import { FlowError } from '../document/errors.ts';
import { DocumentState } from '../document/state.ts';
import type { FlowDocument, Op } from '../document/types.ts';
import { Assembly } from './assembly.ts';
import { keepIdentity } from './identity.ts';
import type { SnapshotPart } from './messages.ts';
import type { PendingQueue } from './pending.ts';

/** The room's document as last heard of, and what is shown: the same with the unanswered edits on top. */
export class LocalCopy {
  readonly #pending: PendingQueue;
  #server: DocumentState | undefined;
  #clock = 0;
  #assembly: Assembly | undefined;
  /** The document shown; stale when `#stale`, and then only kept for the identity of its records. */
  #view: FlowDocument | undefined;
  #stale = false;

  constructor(pending: PendingQueue) {
    this.#pending = pending;
  }

  /** Clock of the room's document. */
  get clock(): number {
    return this.#clock;
  }

  /** The room's document; undefined before the first welcome. */
  get document(): FlowDocument | undefined {
    return this.#server?.document;
  }

  get isLoaded(): boolean {
    return this.#server !== undefined;
  }

  /** What is shown. Records that did not change stay the same objects. */
  get shown(): FlowDocument | undefined {
    if (this.#stale && this.#server) {
      this.#view = keepIdentity(this.#view, this.#pending.over(this.#server.document));
      this.#stale = false;
    }
    return this.#view;
  }

  /** Whether `shown` would have to be made anew. */
  get isStale(): boolean {
    return this.#stale;
  }

  /** The edits on top are no longer the same. */
  outdate(): void {
    this.#stale = true;
  }

  /** Shows `document`, which is what `shown` would be. */
  show(document: FlowDocument | undefined): void {
    this.#view = document;
    this.#stale = false;
  }

  /** Begins anew with the room's document as it stood at `clock`. */
  load(clock: number, document: FlowDocument | undefined): void {
    this.#clock = clock;
    if (document) this.#server = new DocumentState(document);
    this.#stale = true;
  }

  /** Takes one part of the room's document; true when it was the last one. */
  take(clock: number, part: SnapshotPart): boolean {
    if (part.part === 0) this.#assembly = new Assembly(clock, part.parts);
    const document = this.#assembly?.add(clock, part);
    if (!document) return false;
    this.#assembly = undefined;
    this.load(clock, document);
    this.#pending.passed(clock);
    return true;
  }

  /** Parts of the room's document that have come while others are still to come. */
  get parts(): number {
    return this.#assembly?.length ?? 0;
  }

  /** Parts that have come are not gone on with. */
  interrupt(): void {
    this.#assembly = undefined;
  }

  /**
   * Brings the room's document to `clock`.
   *
   * @returns `missing` when a commit before it has not come, `apart` when the document does not take the ops: what is
   *   held is not the room's then, which must not happen.
   */
  advance(clock: number, ops: readonly Op[], key: string | undefined): 'done' | 'missing' | 'apart' {
    if (clock <= this.#clock) return 'done';
    if (!this.#server || clock !== this.#clock + 1) return 'missing';
    try {
      this.#server.applyAll(ops);
    } catch (error) {
      if (!(error instanceof FlowError)) throw error;
      return 'apart';
    }
    this.#clock = clock;
    this.#stale = true;
    this.#pending.land(key);
    this.#pending.passed(clock);
    return 'done';
  }
}
