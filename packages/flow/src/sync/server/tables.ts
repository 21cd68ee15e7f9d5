import type { Store } from '../store.ts';

/** The tables of one flow. `IF NOT EXISTS`, so that opening is the same as creating. */
const SCHEMA = [
  // settled: the clock at which record, tombstone and client stand (see live.ts and keys.ts).
  'CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID',
  // clock: when the record was made; fields: what was changed since (see marks.ts).
  `CREATE TABLE IF NOT EXISTS record (kind TEXT NOT NULL, id TEXT NOT NULL, json TEXT NOT NULL,
    clock INTEGER NOT NULL, fields TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID`,
  // clock and origin: the stamp of the removal (see marks.ts).
  `CREATE TABLE IF NOT EXISTS tombstone (kind TEXT NOT NULL, id TEXT NOT NULL, clock INTEGER NOT NULL,
    origin INTEGER NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID`,
  'CREATE INDEX IF NOT EXISTS tombstone_clock ON tombstone (clock)',
  // Names stand here only, so that erasing a person changes one row and no history.
  'CREATE TABLE IF NOT EXISTS actor (no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, avatar TEXT)',
  // kind: create | edit | undo | redo; undone: 1 for an edit that was undone and for an undo that was redone;
  // reverts: for an undo or redo, the clocks whose `undone` it changed; print: the fingerprint of the request, where
  // the key is a client's running number. A row a commit, and no index: all that a commit writes.
  `CREATE TABLE IF NOT EXISTS op (clock INTEGER PRIMARY KEY, commit_id TEXT NOT NULL, actor INTEGER NOT NULL,
    kind TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0, reverts TEXT, key TEXT NOT NULL, print TEXT, run_id TEXT,
    message TEXT, at INTEGER NOT NULL, forward TEXT NOT NULL, inverse TEXT NOT NULL)`,
  // The rest of a `forward` or `inverse` too long for one row.
  `CREATE TABLE IF NOT EXISTS op_part (clock INTEGER NOT NULL, field TEXT NOT NULL, part INTEGER NOT NULL,
    text TEXT NOT NULL, PRIMARY KEY (clock, field, part)) WITHOUT ROWID`,
  // Who wrote commits that are no longer in op but to whom values of the document go back (see authors.ts).
  `CREATE TABLE IF NOT EXISTS author (clock INTEGER PRIMARY KEY, commit_id TEXT, actor INTEGER NOT NULL,
    run_id TEXT, at INTEGER NOT NULL)`,
  // See versions.ts. at: ms; archived: 1 when the document is in the archive; name: null for an automatic one.
  `CREATE TABLE IF NOT EXISTS version (no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, clock INTEGER NOT NULL,
    name TEXT, description TEXT, actor INTEGER NOT NULL, at INTEGER NOT NULL, archived INTEGER NOT NULL DEFAULT 0)`,
  'CREATE INDEX IF NOT EXISTS version_clock ON version (clock)',
  // Documents that neither the log can make any more nor the archive has yet.
  `CREATE TABLE IF NOT EXISTS version_text (id TEXT NOT NULL, part INTEGER NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (id, part)) WITHOUT ROWID`,
  // Dropped versions whose document may still be in the archive.
  'CREATE TABLE IF NOT EXISTS version_gone (id TEXT PRIMARY KEY) WITHOUT ROWID',
  // See proposal-table.ts. commits: JSON; edited, ended_by: numbers of actors; bytes: of all its ops.
  `CREATE TABLE IF NOT EXISTS proposal (no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, status TEXT NOT NULL,
    title TEXT NOT NULL, author INTEGER NOT NULL, run_id TEXT, base INTEGER NOT NULL, commits TEXT NOT NULL,
    created INTEGER NOT NULL, expires INTEGER NOT NULL, ended INTEGER, ended_by INTEGER, bytes INTEGER NOT NULL)`,
  'CREATE INDEX IF NOT EXISTS proposal_status ON proposal (status, expires)',
  `CREATE TABLE IF NOT EXISTS proposal_op (proposal INTEGER NOT NULL, pos INTEGER NOT NULL, json TEXT NOT NULL,
    state TEXT NOT NULL, edited INTEGER, PRIMARY KEY (proposal, pos)) WITHOUT ROWID`,
  // Which commits accept a proposal; author: who proposed.
  `CREATE TABLE IF NOT EXISTS proposal_commit (clock INTEGER PRIMARY KEY, proposal TEXT NOT NULL,
    author INTEGER NOT NULL, run_id TEXT)`,
  // high: the highest running number answered; seen: the clock of the latest commit.
  `CREATE TABLE IF NOT EXISTS client (actor INTEGER NOT NULL, client TEXT NOT NULL, high INTEGER NOT NULL,
    seen INTEGER NOT NULL, PRIMARY KEY (actor, client)) WITHOUT ROWID`,
  // Answers to running numbers that op does not hold (see keys.ts).
  `CREATE TABLE IF NOT EXISTS client_result (actor INTEGER NOT NULL, client TEXT NOT NULL, seq INTEGER NOT NULL,
    fingerprint TEXT NOT NULL, result TEXT NOT NULL, PRIMARY KEY (actor, client, seq)) WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS commit_key (actor INTEGER NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL,
    result TEXT NOT NULL, PRIMARY KEY (actor, key)) WITHOUT ROWID`,
] as const;

export function createTables(store: Store): void {
  for (const statement of SCHEMA) store.exec(statement);
}

/** Reads one value of the flow itself. */
export function readMeta(store: Store, name: string): string | undefined {
  return store.exec<{ value: string }>('SELECT value FROM meta WHERE name = ?', name)[0]?.value;
}

export function writeMeta(store: Store, name: string, value: string | number): void {
  store.exec(
    'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    name,
    String(value),
  );
}

/** The clock at which the records stand; what came after it is to be had from the log. */
export function readSettled(store: Store): number {
  return Number(readMeta(store, 'settled') ?? 0);
}
