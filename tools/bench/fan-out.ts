import { once } from 'node:events';
import { SUBPROTOCOL } from '@uxflow/flow/sync';
import { WebSocket, type RawData } from 'ws';
import {
  MOVERS,
  tldrawClient,
  uxflowClient,
  yjsClient,
  type Client,
  type MakeClient,
} from './fan-out/clients.ts';
import { MEMORY, startWorker } from './server.ts';
import { median, type Row } from './measure.ts';

const ROUNDS = 5;
const SOCKETS = 30;
const HZ = 30;
const SECONDS = 3;
/** On a busy machine, what is under way when the last move was sent may take so long, in ms. */
const TAIL_MS = 20_000;

interface System {
  system: string;
  path: string;
  make: MakeClient;
  protocols?: string[];
  /** Keeps its state on the disk, even where there is a folder in memory. */
  onDisk?: true;
}

const UXFLOW = { path: 'uxflow', make: uxflowClient, protocols: [SUBPROTOCOL] };
const SYSTEMS: System[] = [
  { system: 'uxflow', ...UXFLOW },
  { system: 'tldraw sync', path: 'tldraw', make: tldrawClient },
  { system: 'Yjs, y-partyserver', path: 'yjs', make: yjsClient },
  { system: 'uxflow, state on this disk', ...UXFLOW, onDisk: true },
];

interface Round {
  p50: number;
  p99: number;
  frames: number;
  bytes: number;
}

async function round(url: string, protocols: string[], make: MakeClient, seconds: number): Promise<Round> {
  // When the move to each `x` was sent; none goes to 0, where the first node stands already.
  const sent = [NaN];
  const latencies: number[] = [];
  let frames = 0;
  let bytes = 0;
  const sockets: WebSocket[] = [];
  const clients: Client[] = [];
  await fetch(`http://${url}`, { method: 'POST' });
  try {
    for (let no = 0; no < SOCKETS; no += 1) {
      const socket = new WebSocket(`ws://${url}/${no}`, protocols, { perMessageDeflate: false });
      sockets.push(socket);
      await once(socket, 'open');
      const client = make(no, (message) => socket.send(message));
      clients.push(client);
      const seen = new Set<number>();
      socket.on('message', (data: RawData) => {
        // A client of ws gets whole messages as one Buffer.
        const buffer = data as Buffer;
        frames += 1;
        bytes += buffer.byteLength;
        for (const x of client.hear(buffer)) {
          const at = sent[x];
          if (at === undefined || seen.has(x)) continue;
          seen.add(x);
          latencies.push(performance.now() - at);
        }
      });
      socket.send(client.hello());
      while (!client.isOpen) await once(socket, 'message');
    }
    // What newcomers are told of each other is not what is measured.
    await new Promise((resolve) => setTimeout(resolve, 200));
    frames = 0;
    bytes = 0;
    const moves = HZ * seconds;
    const begin = performance.now();
    for (let i = 0; i < moves; i += 1) {
      for (const [no, client] of clients.slice(0, MOVERS).entries()) {
        // Spread over the frame, as people's are.
        const due = begin + ((i + no / MOVERS) * 1_000) / HZ;
        const wait = due - performance.now();
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
        const x = sent.length;
        sent.push(performance.now());
        client.move(`n${no}`, x);
      }
    }
    const expected = (sent.length - 1) * (SOCKETS - 1);
    const late = performance.now() + TAIL_MS;
    while (latencies.length < expected && performance.now() < late)
      await new Promise((resolve) => setTimeout(resolve, 20));
    if (latencies.length !== expected)
      throw new Error(`${url}: ${latencies.length} of ${expected} moves arrived`);
  } finally {
    for (const socket of sockets) socket.terminate();
  }
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (part: number): number => sorted[Math.floor(sorted.length * part)] ?? NaN;
  return { p50: at(0.5), p99: at(0.99), frames: frames / seconds, bytes: bytes / seconds };
}

/**
 * 30 real WebSockets, ten of them moving a node 30 times a second: from sending a move to its being read by each of
 * the others, and what the server sends. All rooms are Durable Objects in one workerd, started by wrangler as their
 * users start it: this product's FlowRoom, tldraw's TLSocketRoom on SQLite, and y-partyserver.
 *
 * FlowRoom tells of no edit that is not on disk, y-partyserver writes none. So that it is not the disk of this machine
 * and whoever else writes to it that is measured, state is kept in memory where the system has a folder for it; how long
 * the same takes on the disk is told apart.
 */
export async function benchFanOut(rounds: number = ROUNDS, seconds: number = SECONDS): Promise<Row[]> {
  const results = SYSTEMS.map((): Round[] => []);
  const disk = await startWorker('fan-out', '/yjs/none');
  const memory = MEMORY === undefined ? disk : await startWorker('fan-out', '/yjs/none', MEMORY);
  try {
    for (let number = 0; number < rounds; number += 1) {
      for (const [at, { path, protocols = [], make, onDisk }] of SYSTEMS.entries()) {
        const { host } = onDisk ? disk : memory;
        const url = `${host}/${path}/room${number}${onDisk ? 'disk' : ''}`;
        results[at]?.push(await round(url, protocols, make, seconds));
      }
    }
  } finally {
    await disk.stop();
    if (memory !== disk) await memory.stop();
  }
  const metric = `fan-out, ${SOCKETS} sockets, ${MOVERS} movers at ${HZ} Hz`;
  return SYSTEMS.flatMap(({ system }, at) => {
    const own = results[at] ?? [];
    const row = (name: string, unit: string, of: (round: Round) => number): Row => ({
      system,
      metric: `${metric}: ${name}`,
      unit,
      median: median(own.map(of)),
      rounds,
    });
    return [
      row('p50', 'ms', ({ p50 }) => p50),
      row('p99', 'ms', ({ p99 }) => p99),
      row('sent', 'frames/s', ({ frames }) => frames),
      row('sent', 'bytes/s', ({ bytes }) => bytes),
    ];
  });
}
