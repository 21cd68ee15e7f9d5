import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { nodeStore } from '@uxflow/flow/sync/node';
import { median, type Row } from './measure.ts';
import { flowOf, moveOf } from './sync/documents.ts';
import { tldrawHello, tldrawMove, tldrawRoom } from './sync/tldraw.ts';
import { UxflowRoom, write } from './sync/uxflow.ts';

const ROUNDS = 5;
const PEERS = 10;
const NODES = 1_000;
/** A move that waits for the disk takes its time. */
const MOVES = { FULL: 2_000, NORMAL: 10_000 };
/** Timers of either room (tldraw sends what it has collected by one) get their turn after so many messages. */
const BREATHE_EVERY = 100;

/** A room on a new file, with its peers joined. */
interface Contestant {
  /** The `i`th move arrives, as the text of its message. */
  text(i: number, x: number, y: number, id: string): string;
  receive(peer: number, text: string): void;
  /** Transactions written so far, and the pragmas in force. */
  transactions(): number;
  pragmas(): string;
  /** What was sent to peers so far. */
  sent(): number;
  /** Whether the last move of this node has been carried out. */
  stands(id: string, x: number, y: number): boolean;
  close(): void;
}

type Synchronous = 'FULL' | 'NORMAL';

function uxflow(file: string, synchronous: Synchronous, nodes: number): Contestant {
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
  const clocks: number[] = [];
  const unread: number[] = [];
  const owing = new Set<number>();
  const peers = Array.from({ length: PEERS }, (_, no) =>
    room.connect((text) => {
      sent += 1;
      const clock = /"clock":(\d+)/.exec(text)?.[1];
      if (clock !== undefined) clocks[no] = Number(clock);
      unread[no] = (unread[no] ?? 0) + 1;
      // As the client does: a receipt after every 32 changes.
      if (unread[no] % 32 === 0) owing.add(no);
    }),
  );
  peers.forEach((peer, no) => peer.receive(write({ type: 'hello', clientId: `c${no}` })));
  const seqs = peers.map(() => 0);
  return {
    text: (i, x, y, id) => {
      const no = i % PEERS;
      seqs[no] = (seqs[no] ?? 0) + 1;
      return write({
        type: 'commit',
        key: `c${no}:${seqs[no]}`,
        baseClock: clocks[no] ?? 0,
        ops: [{ op: 'patch', kind: 'node', id, set: { position: { x, y } } }],
      });
    },
    receive: (no, text) => {
      peers[no]?.receive(text);
      for (const reader of owing) peers[reader]?.receive(write({ type: 'ack', clock: clocks[reader] ?? 0 }));
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

function tldraw(file: string, synchronous: Synchronous, nodes: number): Contestant {
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; PRAGMA busy_timeout = 5000;`);
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

function pragmasOf(read: (sql: string) => Record<string, unknown> | undefined): string {
  const of = (name: string): unknown => Object.values(read(`PRAGMA ${name}`) ?? {})[0];
  return ['journal_mode', 'synchronous', 'wal_autocheckpoint'].map((name) => `${name}=${of(name)}`).join(' ');
}

interface Round {
  opsPerSecond: number;
  /** Of the processor, user and system, in µs. */
  processor: number;
  p99: number;
  transactions: number;
  pragmas: string;
}

async function round(contestant: Contestant, moves: number, nodes: number): Promise<Round> {
  const times = new Float64Array(moves);
  const before = { transactions: contestant.transactions(), sent: contestant.sent() };
  let last = moveOf(0, nodes);
  const cpu = process.cpuUsage();
  for (let i = 0; i < moves; i += 1) {
    last = moveOf(i, nodes);
    const text = contestant.text(i, last.x, last.y, last.id);
    const begin = performance.now();
    contestant.receive(i % PEERS, text);
    times[i] = performance.now() - begin;
    if (i % BREATHE_EVERY === 0) {
      // What the room does in its own time counts as well.
      const pause = performance.now();
      await new Promise((resolve) => setImmediate(resolve));
      times[i] = (times[i] ?? 0) + (performance.now() - pause);
    }
  }
  const { user, system } = process.cpuUsage(cpu);
  if (!contestant.stands(last.id, last.x, last.y)) throw new Error('The last move was not carried out');
  if (contestant.sent() - before.sent < moves / BREATHE_EVERY) throw new Error('Nobody was told');
  const total = times.reduce((sum, time) => sum + time, 0);
  return {
    opsPerSecond: (moves / total) * 1_000,
    processor: (user + system) / moves,
    p99: times.toSorted()[Math.floor(moves * 0.99)] ?? NaN,
    transactions: contestant.transactions() - before.transactions,
    pragmas: contestant.pragmas(),
  };
}

/**
 * Single-node moves by ten peers, from the text of a message to the stored commit and what the others are told, on
 * a file. Node does not tell of its fsyncs: in WAL each transaction is synced once with `synchronous` FULL and not at
 * all with NORMAL (checkpoints apart), so what is printed is the transactions of each and the pragmas in force.
 */
export async function benchIngest(
  most: number = MOVES.NORMAL,
  rounds: number = ROUNDS,
  nodes: number = NODES,
): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'uxflow-bench-'));
  const rows: Row[] = [];
  const systems = [
    { system: 'uxflow', open: uxflow },
    { system: 'tldraw sync', open: tldraw },
  ];
  try {
    for (const synchronous of ['FULL', 'NORMAL'] as const) {
      const moves = Math.min(most, MOVES[synchronous]);
      const metric = `ingest, ${PEERS} peers, ${moves} moves, synchronous=${synchronous}`;
      const results = systems.map((): Round[] => []);
      for (let number = -1; number < rounds; number += 1) {
        for (const [at, { open, system }] of systems.entries()) {
          const contestant = open(join(folder, `${synchronous}-${system}-${number}.db`), synchronous, nodes);
          const result = await round(contestant, moves, nodes);
          contestant.close();
          if (number >= 0) results[at]?.push(result);
        }
      }
      const medians: { ops: number; p99: number }[] = [];
      for (const [at, { system }] of systems.entries()) {
        const own = results[at] ?? [];
        const ops = median(own.map(({ opsPerSecond }) => opsPerSecond));
        const p99 = median(own.map((each) => each.p99 * 1_000));
        medians.push({ ops, p99 });
        rows.push({ system, metric, unit: 'commits/s', median: ops, p99: p99 / 1_000, rounds });
        rows.push({ system, metric: `${metric}: p99`, unit: 'µs', median: p99, rounds });
        const processor = median(own.map((each) => each.processor));
        rows.push({
          system,
          metric: `${metric}: processor time`,
          unit: 'µs a message',
          median: processor,
          rounds,
        });
        const per = median(own.map(({ transactions }) => transactions)) / moves;
        rows.push({
          system: `${system}, ${own[0]?.pragmas}`,
          metric,
          unit: 'transactions a message',
          median: per,
          rounds,
        });
      }
      const [ours, theirs] = medians;
      rows.push({
        system: 'uxflow is faster by',
        metric,
        unit: 'times',
        median: (ours?.ops ?? NaN) / (theirs?.ops ?? NaN),
        rounds,
      });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return rows;
}
