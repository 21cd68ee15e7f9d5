import { COLLECTIONS, READING_ORDER, type AnyRecord } from '../document/fields.ts';
import type { FlowDocument, RecordKind } from '../document/types.ts';
import type { Actor, CommitProposal } from '../sync/messages.ts';
import { labelOf } from './label.ts';

/** Who wrote one commit. */
export interface CommitAuthor {
  clock: number;
  actor: Actor;
  /** Milliseconds since the epoch. */
  at: number;
  /** Absent for clock 0, where the flow was made empty. */
  commitId?: string;
  /** The agent run that it was part of. */
  runId?: string;
  /** The proposal that the actor accepted by it. */
  proposal?: CommitProposal;
}

/** Clocks of the commits that last wrote one record. */
export interface Written {
  /** When the record was made, or brought back. */
  made: number;
  /** When fields were written since; those that are not named, with the record. */
  fields: ReadonlyMap<string, number>;
}

export interface RecordBlame {
  kind: RecordKind;
  id: string;
  label: string;
  /** Clock of the commit that made it. */
  made: number;
  /** Clock of the commit that last wrote each field; fields that were cleared since it was made included. */
  fields: Record<string, number>;
}

/** Who last changed what. Commits are named by their clocks, so that one that wrote much is told once. */
export interface Blame {
  /** Clock of the commit that last named the flow. */
  name: number;
  records: RecordBlame[];
  /** By clock; one of whom nothing is known any more is missing. */
  commits: CommitAuthor[];
}

/**
 * Who last changed each record and field of `document`.
 *
 * @param name clock of the commit that last named the flow.
 * @param written tells when a record of the document was last written.
 * @param authorOf tells who wrote the commit at a clock.
 */
export function blameOf(
  document: FlowDocument,
  name: number,
  written: (kind: RecordKind, id: string) => Written,
  authorOf: (clock: number) => CommitAuthor | undefined,
): Blame {
  const clocks = new Set([name]);
  const records = READING_ORDER.flatMap((kind) => {
    const collection = document[COLLECTIONS[kind]] as unknown as Readonly<Record<string, AnyRecord>>;
    return Object.entries(collection).map(([id, record]): RecordBlame => {
      const { made, fields: since } = written(kind, id);
      const fields: Record<string, number> = {};
      for (const field of new Set([...Object.keys(record), ...since.keys()])) {
        if (field !== 'id') fields[field] = since.get(field) ?? made;
      }
      for (const clock of [made, ...since.values()]) clocks.add(clock);
      return { kind, id, label: labelOf(document, kind, record), made, fields };
    });
  });
  const commits = [...clocks].toSorted((a, b) => a - b).flatMap((clock) => authorOf(clock) ?? []);
  return { name, records, commits };
}
