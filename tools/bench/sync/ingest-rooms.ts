import { DatabaseSync } from 'node:sqlite';
import { nodeStore } from '@uxflow/flow/sync/node';
import { flowOf } from './documents.ts';
import { tldrawHello, tldrawMove, tldrawRoom } from './tldraw.ts';
import { UxflowRoom, write } from './uxflow.ts';

export const PEERS = 10;
/** What the client reads between two receipts of it, see rule W1. */
const ACK_EVERY = 16;
/** Bytes of a commit in our log, about. */
const ROW = 'x'.repeat(300);

export type Synchronous = 'FULL' | 'NORMAL';

/** A room on a new file, with its peers joined. */
export interface IngestRoom {
  /** The `i`th move arrives, as the text of its message. */
  text(i: number, x: number, y: number, id: string): string;
  receive(peer: number, text: string): void;
  /** Transactions written so far, and the pragmas in force. */
  transactions(): number;
  pragmas(): string;
  /** Messages to peers so far. */
  sent(): number;
  /** Whether the last move of this node has been carried out. */
  stands(id: string, x: number, y: number): boolean;
  close(): void;
}

export function uxflow(file: string, synchronous: Synchronous, nodes: number): IngestRoom {
  const store = nodeStore(file);
  store.exec(`PRAGMA synchronous = ${synchronous}`);
  let transactions = 0;
  let sent = 0;
  const counting = {
    exec: store.exec.bind(store),
    transaction<T>(body: () => T): T {
      transactions += 1;
      return store.transaction(body);
    },
  };
  const room = new UxflowRoom(counting, flowOf(nodes, 0));
  // A peer has what it was sent. Its own work, which is not the room's, is put off until it is needed.
  const last = Array.from({ length: PEERS }, () => '');
  const unread = last.map(() => 0);
  const owing = new Set<number>();
  const peers = last.map((_, no) =>
    room.connect((text) => {
      sent += 1;
      last[no] = text;
      unread[no] = (unread[no] ?? 0) + 1;
      if (unread[no] % ACK_EVERY === 0) owing.add(no);
    }),
  );
  const clockOf = (no: number): number => Number(/"clock":(\d+)/.exec(last[no] ?? '')?.[1] ?? 0);
  peers.forEach((peer, no) => peer.receive(write({ type: 'hello', clientId: `c${no}` })));
  const seqs = peers.map(() => 0);
  return {
    text: (i, x, y, id) => {
      const no = i % PEERS;
      seqs[no] = (seqs[no] ?? 0) + 1;
      return write({
        type: 'commit',
        key: `c${no}:${seqs[no]}`,
        baseClock: clockOf(no),
        ops: [{ op: 'patch', kind: 'node', id, set: { position: { x, y } } }],
      });
    },
    receive: (no, text) => {
      peers[no]?.receive(text);
      if (owing.size === 0) return;
      for (const reader of owing) peers[reader]?.receive(`{"type":"ack","clock":${clockOf(reader)}}`);
      owing.clear();
    },
    transactions: () => transactions,
    pragmas: () => pragmasOf((sql) => store.exec(sql)[0]),
    sent: () => sent,
    stands: (id, x, y) => {
      const position = room.document.nodes[id]?.position;
      return position?.x === x && position.y === y;
    },
    close: () => store.close(),
  };
}

export function tldraw(file: string, synchronous: Synchronous, nodes: number): IngestRoom {
  const db = new DatabaseSync(file);
  // As our driver sets them, whatever tldraw's own users do.
  db.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous};`);
  let transactions = 0;
  let sent = 0;
  const room = tldrawRoom(
    {
      exec: (sql) => {
        if (sql === 'COMMIT') transactions += 1;
        db.exec(sql);
      },
      // node:sqlite takes what SQLite takes; the room's own type says only that these are values.
      prepare: (sql) => db.prepare(sql) as unknown as ReturnType<Parameters<typeof tldrawRoom>[0]['prepare']>,
    },
    flowOf(nodes, 0),
  );
  for (let no = 0; no < PEERS; no += 1) {
    const socket = { send: () => void (sent += 1), close: () => undefined, readyState: 1 };
    room.handleSocketConnect({ sessionId: `c${no}`, socket });
    room.handleSocketMessage(`c${no}`, tldrawHello());
  }
  return {
    text: (i, x, y, id) => tldrawMove(i + 1, id, x, y),
    receive: (no, text) => room.handleSocketMessage(`c${no}`, text),
    transactions: () => transactions,
    pragmas: () => pragmasOf((sql) => db.prepare(sql).get()),
    sent: () => sent,
    stands: (id, x, y) => {
      const record = room.getRecord(`node:${id}`);
      return record?.typeName === 'node' && record.x === x && record.y === y;
    },
    close: () => {
      room.close();
      db.close();
    },
  };
}

/** What no room on this file can be faster than: one row a transaction, and nobody who reads, checks or is told. */
export function bare(file: string, synchronous: Synchronous): IngestRoom {
  const store = nodeStore(file);
  store.exec(`PRAGMA synchronous = ${synchronous}`);
  store.exec('CREATE TABLE op (clock INTEGER PRIMARY KEY, text TEXT NOT NULL)');
  let transactions = 0;
  return {
    text: () => ROW,
    receive: (_, text) => {
      transactions += 1;
      store.transaction(() => store.exec('INSERT INTO op (text) VALUES (?)', text));
    },
    transactions: () => transactions,
    pragmas: () => pragmasOf((sql) => store.exec(sql)[0]),
    sent: () => 0,
    stands: () => store.exec('SELECT max(clock) AS n FROM op')[0]?.['n'] === transactions,
    close: () => store.close(),
  };
}

function pragmasOf(read: (sql: string) => Record<string, unknown> | undefined): string {
  const of = (name: string): unknown => Object.values(read(`PRAGMA ${name}`) ?? {})[0];
  return ['journal_mode', 'synchronous', 'wal_autocheckpoint', 'locking_mode']
    .map((name) => `${name}=${of(name)}`)
    .join(' ');
}
