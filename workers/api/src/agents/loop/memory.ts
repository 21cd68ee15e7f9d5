import { applyOps, FlowError, type FlowDocument, type Op } from '@uxflow/flow';
import type { CommitResult } from '../../flows/room.rpc.ts';
import type { Outcome } from '../../platform/errors.ts';
import type { JournalEntry } from './journal.ts';
import type { DocumentPort, Journal } from './ports.ts';

/** A flow in memory, behind the same door as a room: for evaluation and for tests of the loop. */
export class MemoryDocument implements DocumentPort {
  document: FlowDocument;
  clock = 0;
  readonly #answers = new Map<string, Outcome<CommitResult>>();

  constructor(document: FlowDocument) {
    this.document = document;
  }

  async snapshot(): Promise<Outcome<{ clock: number; document: FlowDocument }>> {
    return { ok: true, clock: this.clock, document: this.document };
  }

  async commit({ ops, key }: { ops: Op[]; key: string }): Promise<Outcome<CommitResult>> {
    const known = this.#answers.get(key);
    if (known) return known;
    try {
      const { document, applied } = applyOps(this.document, ops);
      this.document = document;
      this.clock += 1;
      const answer: Outcome<CommitResult> = {
        ok: true,
        clock: this.clock,
        commitId: `cmt_${this.clock}`,
        applied,
        conflicts: [],
      };
      this.#answers.set(key, answer);
      return answer;
    } catch (error) {
      if (error instanceof FlowError) return { ok: false, code: error.code, detail: error.message };
      throw error;
    }
  }
}

/** A journal in memory. */
export class MemoryJournal implements Journal {
  readonly #entries: JournalEntry[];

  constructor(entries: readonly JournalEntry[] = []) {
    this.#entries = [...entries];
  }

  entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  append(entry: JournalEntry): void {
    this.#entries.push(entry);
  }
}
