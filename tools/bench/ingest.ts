import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, type Row } from './measure.ts';
import { moveOf } from './sync/documents.ts';
import { bare, PEERS, tldraw, uxflow, type IngestRoom } from './sync/ingest-rooms.ts';

const ROUNDS = 5;
const NODES = 1_000;
/** A move that waits for the disk takes its time. */
const MOVES = { FULL: 2_000, NORMAL: 10_000 };
/** Messages before the clock starts: until then each write-ahead log grows, which a disk is slow at. */
const WARM_UP = 1_500;
/**
 * So many messages of one system are followed by as many of the next, so that whatever else the machine does meets
 * all of them. In between timers get their turn: tldraw sends what it has collected by one.
 */
const SLICE = 100;
/** Ours, whom it is measured against, and the floor of both. */
const SYSTEMS = [
  { system: 'uxflow', open: uxflow },
  { system: 'tldraw sync', open: tldraw },
  { system: 'SQLite alone', open: bare },
] as const;

/** What one system did in one round. */
interface Round {
  opsPerSecond: number;
  /** Of the processor, user and system, in µs a message. */
  processor: number;
  /** Of the times of single messages, in µs. */
  p50: number;
  p99: number;
  /** A message. */
  transactions: number;
  /** Messages to peers, a message. */
  sent: number;
  pragmas: string;
}

class Run {
  readonly room: IngestRoom;
  readonly #nodes: number;
  readonly #times: number[] = [];
  #processor = 0;
  #next = 0;
  #before = { transactions: 0, sent: 0 };

  constructor(room: IngestRoom, nodes: number) {
    this.room = room;
    this.#nodes = nodes;
  }

  /** Sends the next messages. @param timed whether they count. */
  async slice(messages: number, timed: boolean): Promise<void> {
    if (timed && this.#times.length === 0)
      this.#before = { transactions: this.room.transactions(), sent: this.room.sent() };
    // All of a slice is written beforehand: peers are always some commits behind, and their work is not the room's.
    const moves = Array.from({ length: messages }, (_, at) => {
      const i = this.#next + at;
      const { id, x, y } = moveOf(i, this.#nodes);
      return { peer: i % PEERS, text: this.room.text(i, x, y, id) };
    });
    this.#next += messages;
    const times: number[] = [];
    const cpu = process.cpuUsage();
    for (const { peer, text } of moves) {
      const begin = performance.now();
      this.room.receive(peer, text);
      times.push(performance.now() - begin);
    }
    const pause = performance.now();
    await new Promise((resolve) => setImmediate(resolve));
    // What the room does in its own time counts as well.
    times.push((times.pop() ?? 0) + performance.now() - pause);
    const { user, system } = process.cpuUsage(cpu);
    if (!timed) return;
    this.#times.push(...times);
    this.#processor += user + system;
  }

  end(): Round {
    const moves = this.#times.length;
    const last = moveOf(this.#next - 1, this.#nodes);
    if (!this.room.stands(last.id, last.x, last.y)) throw new Error('The last move was not carried out');
    const total = this.#times.reduce((sum, time) => sum + time, 0);
    const sorted = this.#times.toSorted((a, b) => a - b);
    const at = (share: number): number => (sorted[Math.floor(moves * share)] ?? NaN) * 1_000;
    return {
      opsPerSecond: (moves / total) * 1_000,
      processor: this.#processor / moves,
      p50: at(0.5),
      p99: at(0.99),
      transactions: (this.room.transactions() - this.#before.transactions) / moves,
      sent: (this.room.sent() - this.#before.sent) / moves,
      pragmas: this.room.pragmas(),
    };
  }
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
  try {
    for (const synchronous of ['FULL', 'NORMAL'] as const) {
      const moves = Math.min(most, MOVES[synchronous]);
      const metric = `ingest, ${PEERS} peers, ${moves} moves, synchronous=${synchronous}`;
      const results = SYSTEMS.map((): Round[] => []);
      for (let number = 0; number < rounds; number += 1) {
        const runs = SYSTEMS.map(({ open }, at) => {
          return new Run(open(join(folder, `${synchronous}-${number}-${at}.db`), synchronous, nodes), nodes);
        });
        await inTurns(runs, Math.min(WARM_UP, most), false);
        await inTurns(runs, moves, true);
        runs.forEach((run, at) => {
          results[at]?.push(run.end());
          run.room.close();
        });
      }
      rows.push(...rowsOf(metric, results));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return rows;
}

async function inTurns(runs: readonly Run[], moves: number, timed: boolean): Promise<void> {
  for (let done = 0; done < moves; done += SLICE) {
    for (const run of runs) await run.slice(Math.min(SLICE, moves - done), timed);
  }
}

function rowsOf(metric: string, results: readonly Round[][]): Row[] {
  const rounds = results[0]?.length ?? 0;
  const middle = (at: number, of: (round: Round) => number): number => median((results[at] ?? []).map(of));
  const rows = SYSTEMS.flatMap(({ system }, at): Row[] => {
    const p99 = middle(at, (round) => round.p99);
    const ops = middle(at, ({ opsPerSecond }) => opsPerSecond);
    const line = (name: string, what: string, unit: string, value: number): Row => ({
      system: name,
      metric: `${metric}${what}`,
      unit,
      median: value,
      rounds,
    });
    return [
      { ...line(system, '', 'commits/s', ops), p99: p99 / 1_000 },
      line(
        system,
        ': p50',
        'µs',
        middle(at, (round) => round.p50),
      ),
      line(system, ': p99', 'µs', p99),
      line(
        system,
        ': processor time',
        'µs a message',
        middle(at, ({ processor }) => processor),
      ),
      ...(system === 'SQLite alone'
        ? []
        : [
            line(
              system,
              ': told to peers',
              'messages a message',
              middle(at, ({ sent }) => sent),
            ),
          ]),
      line(
        `${system}, ${results[at]?.[0]?.pragmas}`,
        '',
        'transactions a message',
        middle(at, ({ transactions }) => transactions),
      ),
    ];
  });
  // Of the same minutes: the rounds one by one, not the medians.
  const ratio = (
    system: string,
    what: string,
    at: number,
    of: (round: Round, other: Round) => number,
  ): Row => ({
    system,
    metric: `${metric}${what}`,
    unit: 'times',
    median: median(
      (results[0] ?? []).flatMap((round, i) => (results[at]?.[i] ? [of(round, results[at][i])] : [])),
    ),
    rounds,
  });
  rows.push(
    ratio('uxflow is faster by', '', 1, (ours, theirs) => ours.opsPerSecond / theirs.opsPerSecond),
    ratio('uxflow is faster by', ': p50', 1, (ours, theirs) => theirs.p50 / ours.p50),
    ratio('uxflow is faster by', ': processor time', 1, (ours, theirs) => theirs.processor / ours.processor),
    ratio('SQLite alone is faster by', '', 2, (ours, theirs) => theirs.opsPerSecond / ours.opsPerSecond),
  );
  return rows;
}
