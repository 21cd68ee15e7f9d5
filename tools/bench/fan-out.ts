import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { WebSocket, type RawData } from 'ws';
import * as Y from 'yjs';
import { median, type Row } from './measure.ts';
import { tldrawHello, tldrawMove } from './sync/tldraw.ts';
import { write } from './sync/uxflow.ts';
import { yjsHello, yjsMove, yjsReceive, yjsUpdate } from './sync/yjs.ts';

const ROUNDS = 5;
const SOCKETS = 30;
const MOVERS = 10;
const HZ = 30;
const SECONDS = 3;
/** On a busy machine, what is under way when the last move was sent may take so long, in ms. */
const TAIL_MS = 20_000;

type Message = string | Uint8Array;

/** One client: what it says, and the `x` of the moves that it finds in what it hears. */
interface Client {
  hello(): Message;
  move(id: string, x: number): Message;
  /** @param reply answers at once. */
  hear(data: Buffer, reply: (message: Message) => void): number[];
}

interface Heard {
  type: string;
  clock?: number;
  key?: string;
  ops?: { set?: { position?: { x: number } } }[];
}

function uxflow(no: number): Client {
  let clock = 0;
  let seq = 0;
  let unread = 0;
  return {
    hello: () => write({ type: 'hello', clientId: `c${no}` }),
    move: (id, x) =>
      write({
        type: 'commit',
        key: `c${no}:${(seq += 1)}`,
        baseClock: clock,
        ops: [{ op: 'patch', kind: 'node', id, set: { position: { x, y: 0 } } }],
      }),
    hear: (data, reply) => {
      const message = JSON.parse(data.toString()) as Heard;
      clock = message.clock ?? clock;
      if (message.type !== 'changes') return [];
      unread += 1;
      if (unread % 32 === 0) reply(write({ type: 'ack', clock }));
      // Who was held back is told from the log, his own commits included.
      if (message.key?.startsWith(`c${no}:`)) return [];
      return (message.ops ?? []).flatMap(({ set }) => set?.position?.x ?? []);
    },
  };
}

interface Patch {
  type: string;
  diff?: Record<string, [string, { x?: [string, number] }]>;
}

function tldraw(): Client {
  let clientClock = 0;
  return {
    hello: tldrawHello,
    move: (id, x) => tldrawMove((clientClock += 1), id, x, 0),
    hear: (data) => {
      const message = JSON.parse(data.toString()) as { type: string; data?: Patch[] } & Patch;
      const patches = message.type === 'data' ? (message.data ?? []) : [message];
      return patches
        .filter(({ type }) => type === 'patch')
        .flatMap(({ diff = {} }) => Object.values(diff).flatMap(([, fields]) => fields.x?.[1] ?? []));
    },
  };
}

function yjs(): Client {
  const doc = new Y.Doc();
  let own: Uint8Array | undefined;
  let heard: number[] = [];
  let joined = false;
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'server') own = update;
  });
  doc.getMap<Y.Map<unknown>>('nodes').observeDeep((events, { origin }) => {
    if (!joined || origin !== 'server') return;
    for (const { target } of events) {
      const position =
        target instanceof Y.Map ? (target.get('position') as { x: number } | undefined) : undefined;
      if (position) heard.push(position.x);
    }
  });
  return {
    hello: () => yjsHello(doc),
    move: (id, x) => {
      yjsMove(doc, { id, x, y: 0 });
      if (!own) throw new Error(`Yjs has not opened ${id}`);
      return yjsUpdate(own);
    },
    hear: (data) => {
      heard = [];
      yjsReceive(doc, data, 'server');
      joined = true;
      return heard;
    },
  };
}

const SYSTEMS: { system: string; name: string; make: (no: number) => Client }[] = [
  { system: 'uxflow', name: 'uxflow', make: uxflow },
  { system: 'tldraw sync', name: 'tldraw', make: tldraw },
  { system: 'Yjs, server on ws', name: 'yjs', make: yjs },
];

interface Round {
  p50: number;
  p99: number;
  frames: number;
  bytes: number;
}

async function round(name: string, make: (no: number) => Client, seconds: number): Promise<Round> {
  const server = fork(fileURLToPath(new URL('./sync/fan-out-server.ts', import.meta.url)), [name]);
  try {
    const [{ port }] = (await once(server, 'message')) as [{ port: number }];
    // When the move to each `x` was sent; none goes to 0, where the first node stands already.
    const sent = [NaN];
    const latencies: number[] = [];
    let frames = 0;
    let bytes = 0;
    const clients: { client: Client; socket: WebSocket }[] = [];
    for (let no = 0; no < SOCKETS; no += 1) {
      const client = make(no);
      const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
      await once(socket, 'open');
      const opened = once(socket, 'message');
      socket.on('message', (data: RawData) => {
        // A client of ws gets whole messages as one Buffer.
        const buffer = data as Buffer;
        frames += 1;
        bytes += buffer.byteLength;
        for (const x of client.hear(buffer, (message) => socket.send(message))) {
          const at = sent[x];
          if (at !== undefined) latencies.push(performance.now() - at);
        }
      });
      socket.send(client.hello());
      await opened;
      clients.push({ client, socket });
    }
    frames = 0;
    bytes = 0;
    const movers = clients.slice(0, MOVERS);
    const moves = HZ * seconds;
    const begin = performance.now();
    for (let i = 0; i < moves; i += 1) {
      for (const [no, { client, socket }] of movers.entries()) {
        // Spread over the frame, as people's are.
        const due = begin + ((i + no / MOVERS) * 1_000) / HZ;
        const wait = due - performance.now();
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
        const x = sent.length;
        const message = client.move(`n${no}`, x);
        sent.push(performance.now());
        socket.send(message);
      }
    }
    const expected = (sent.length - 1) * (SOCKETS - 1);
    const late = performance.now() + TAIL_MS;
    while (latencies.length < expected && performance.now() < late)
      await new Promise((resolve) => setTimeout(resolve, 20));
    for (const { socket } of clients) socket.terminate();
    if (latencies.length !== expected)
      throw new Error(`${name}: ${latencies.length} of ${expected} moves arrived`);
    const sorted = latencies.toSorted((a, b) => a - b);
    const at = (part: number): number => sorted[Math.floor(sorted.length * part)] ?? NaN;
    return { p50: at(0.5), p99: at(0.99), frames: frames / seconds, bytes: bytes / seconds };
  } finally {
    server.kill();
  }
}

/**
 * 30 real WebSockets, ten of them moving a node 30 times a second: from sending a move to its being read by each of
 * the others, and what the server sends. Each system's server is a Node process of its own, with ws.
 */
export async function benchFanOut(rounds: number = ROUNDS, seconds: number = SECONDS): Promise<Row[]> {
  const results = SYSTEMS.map((): Round[] => []);
  for (let number = 0; number < rounds; number += 1) {
    for (const [at, { name, make }] of SYSTEMS.entries()) results[at]?.push(await round(name, make, seconds));
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
