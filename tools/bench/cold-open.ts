import { DatabaseSync } from 'node:sqlite';
import { Store } from '@tldraw/store';
import { JsonChunkAssembler } from '@tldraw/sync-core';
import { SyncClient, type ServerMessage } from '@uxflow/flow/sync';
import { nodeStore } from '@uxflow/flow/sync/node';
import type { FlowDocument } from '@uxflow/flow';
import * as Y from 'yjs';
import { interleaved, type Row } from './measure.ts';
import { flowOf } from './sync/documents.ts';
import { tldrawHello, tldrawRoom, tldrawSchema, type BenchRecord } from './sync/tldraw.ts';
import { UxflowRoom, write } from './sync/uxflow.ts';
import { yjsDocument, yjsHello, yjsReceive } from './sync/yjs.ts';

const ROUNDS = 7;
const SIZES = [2_200, 10_000];

/** A room that holds the flow; each call lets somebody new open it. */
interface Opening {
  system: string;
  /** Returns the records that he then has and the bytes that were sent to him. */
  open(): { records: number; bytes: number };
  close(): void;
}

function uxflow(document: FlowDocument): Opening {
  const store = nodeStore(':memory:');
  const room = new UxflowRoom(store, document);
  let number = 0;
  return {
    system: 'uxflow',
    open: () => {
      const sent: string[] = [];
      const connection = room.connect((text) => sent.push(text));
      const client = new SyncClient({
        clientId: `c${(number += 1)}`,
        send: (message) => connection.receive(write(message)),
      });
      client.connected();
      // JSON of the room is what the client takes it for, as on a real socket.
      for (const text of sent) client.receive(JSON.parse(text) as ServerMessage, text.length);
      connection.left();
      const { nodes = {}, edges = {} } = client.document ?? {};
      return { records: Object.keys(nodes).length + Object.keys(edges).length, bytes: bytesOf(sent) };
    },
    close: () => store.close(),
  };
}

interface Hydration {
  type: string;
  diff?: Record<string, ['put', BenchRecord]>;
}

function tldraw(document: FlowDocument): Opening {
  const db = new DatabaseSync(':memory:');
  const room = tldrawRoom(
    {
      exec: (sql) => db.exec(sql),
      prepare: (sql) => db.prepare(sql) as unknown as ReturnType<Parameters<typeof tldrawRoom>[0]['prepare']>,
    },
    document,
  );
  let number = 0;
  return {
    system: 'tldraw sync',
    open: () => {
      const sent: string[] = [];
      const sessionId = `c${(number += 1)}`;
      room.handleSocketConnect({
        sessionId,
        socket: { send: (text) => void sent.push(text), close: () => undefined, readyState: 1 },
      });
      room.handleSocketMessage(sessionId, tldrawHello());
      const store = new Store<BenchRecord>({ schema: tldrawSchema, props: {} });
      const assembler = new JsonChunkAssembler();
      for (const text of sent) {
        const whole = assembler.handleMessage(text);
        if (whole && 'error' in whole) throw whole.error;
        const message = whole?.data as Hydration | undefined;
        if (message?.type !== 'connect' || !message.diff) continue;
        const records = Object.values(message.diff).map(([, record]) => record);
        store.mergeRemoteChanges(() => store.put(records));
      }
      room.handleSocketClose(sessionId);
      return { records: store.allRecords().length, bytes: bytesOf(sent) };
    },
    // Its timers would keep the process alive.
    close: () => {
      room.close();
      db.close();
    },
  };
}

function yjs(document: FlowDocument): Opening {
  const server = yjsDocument(document);
  return {
    system: 'Yjs, y-protocols',
    open: () => {
      const client = new Y.Doc();
      const answer = yjsReceive(server, yjsHello(client));
      if (!answer) throw new Error('Yjs did not answer');
      yjsReceive(client, answer);
      const nodes: unknown = client.getMap('nodes').toJSON();
      const edges: unknown = client.getMap('edges').toJSON();
      client.destroy();
      return {
        records: Object.keys(Object(nodes)).length + Object.keys(Object(edges)).length,
        bytes: answer.byteLength,
      };
    },
    close: () => server.destroy(),
  };
}

function bytesOf(sent: readonly string[]): number {
  return sent.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/**
 * Opening a flow that the room holds: from the first message to a document that can be read, server and client
 * together, and the bytes sent for it. The targets: no slower than the fastest peer, at most half the bytes of Yjs.
 */
export async function benchColdOpen(
  sizes: readonly number[] = SIZES,
  rounds: number = ROUNDS,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const size of sizes) {
    const nodes = Math.round(size / 2.2);
    const document = flowOf(nodes, size - nodes);
    const metric = `cold open of ${size} records`;
    const systems = [uxflow, tldraw, yjs].map((make) => make(document));
    rows.push(
      ...(await interleaved(
        metric,
        systems.map(({ system, open }) => ({
          system,
          run: () => {
            const { records } = open();
            if (records !== size) throw new Error(`${system} opened ${records} of ${size} records`);
          },
        })),
        rounds,
      )),
    );
    for (const { system, open } of systems)
      rows.push({ system, metric, unit: 'bytes', median: open().bytes, rounds: 1 });
    for (const { close } of systems) close();
  }
  return rows;
}
