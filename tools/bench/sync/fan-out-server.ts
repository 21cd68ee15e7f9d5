/** A server of one system on a free port of this machine, in a process of its own. Its argument is the system. */
import { DatabaseSync } from 'node:sqlite';
import { nodeStore } from '@uxflow/flow/sync/node';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { FAN_OUT_NODES, flowOf } from './documents.ts';
import { tldrawRoom } from './tldraw.ts';
import { UxflowRoom } from './uxflow.ts';
import { yjsDocument, yjsReceive, yjsUpdate } from './yjs.ts';

const document = flowOf(FAN_OUT_NODES, 0);

function bytesOf(data: RawData): Uint8Array {
  return Array.isArray(data) ? Buffer.concat(data) : new Uint8Array(data);
}

function textOf(data: RawData): string {
  return Buffer.from(bytesOf(data)).toString();
}

const SYSTEMS: Record<string, () => (socket: WebSocket) => void> = {
  uxflow: () => {
    const room = new UxflowRoom(nodeStore(':memory:'), document);
    return (socket) => {
      const { receive, left } = room.connect(
        (text) => socket.send(text),
        () => socket.close(),
      );
      socket.on('message', (data) => receive(textOf(data)));
      socket.on('close', left);
    };
  },
  tldraw: () => {
    const db = new DatabaseSync(':memory:');
    const room = tldrawRoom(
      {
        exec: (sql) => db.exec(sql),
        prepare: (sql) =>
          db.prepare(sql) as unknown as ReturnType<Parameters<typeof tldrawRoom>[0]['prepare']>,
      },
      document,
    );
    let sessions = 0;
    return (socket) => room.handleSocketConnect({ sessionId: `s${(sessions += 1)}`, socket });
  },
  // What y-websocket's server and y-partyserver do: apply, and send every update to all but its author.
  yjs: () => {
    const doc = yjsDocument(document);
    const sockets = new Set<WebSocket>();
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      const message = yjsUpdate(update);
      for (const socket of sockets) if (socket !== origin) socket.send(message);
    });
    return (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('message', (data) => {
        const answer = yjsReceive(doc, bytesOf(data), socket);
        if (answer) socket.send(answer);
      });
    };
  },
};

const open = SYSTEMS[process.argv[2] ?? ''];
if (!open || !process.send) throw new Error(`Fork this with one of ${Object.keys(SYSTEMS).join(', ')}`);
const join = open();
const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
server.on('connection', join);
server.on('listening', () => {
  const address = server.address();
  if (typeof address === 'object' && address) process.send?.({ port: address.port });
});
process.on('disconnect', () => process.exit(0));
