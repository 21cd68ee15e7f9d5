import { SyncClient, type Change, type PackedFrame, type ServerMessage } from '@uxflow/flow/sync';
import * as Y from 'yjs';
import { tldrawHello, tldrawMove } from '../sync/tldraw.ts';
import { write } from '../sync/uxflow.ts';
import { yjsHello, yjsMove, yjsReceive, yjsUpdate } from '../sync/yjs.ts';

type Message = string | Uint8Array;

/** The first so many clients move a node each, in turns, and every move goes one further than the one before. */
export const MOVERS = 10;

/** One client of a system. Each speaks to its server as that system's own client does. */
export interface Client {
  hello(): Message;
  /** Whether it has the document. */
  readonly isOpen: boolean;
  move(id: string, x: number): void;
  /** Returns the `x` of the moves by others that it finds in what it hears. */
  hear(data: Buffer): number[];
}

/** @param send sends one message */
export type MakeClient = (no: number, send: (message: Message) => void) => Client;

export const uxflowClient: MakeClient = (no, send) => {
  let heard: number[] = [];
  let hello = '';
  const client = new SyncClient({
    clientId: `c${no}`,
    send: (message) => {
      if (message.type === 'hello' && hello === '') hello = write(message);
      else send(write(message));
    },
    onEvent: (event) => {
      if (event.type === 'refused' || event.type === 'bye')
        throw new Error(`uxflow: ${event.type} ${event.code}`);
      if (event.type === 'changes') note(event.change);
    },
  });
  function note({ ops, actor }: Change): void {
    // Who was held back is told his own ones, too.
    if (actor.id === client.actor?.id) return;
    for (const op of ops) {
      const position = op.op === 'patch' && op.kind === 'node' ? op.set['position'] : undefined;
      if (position) heard.push((position as { x: number }).x);
    }
  }
  const xOf = (mover: number): number => client.document?.nodes[`n${mover}`]?.position.x ?? 0;
  client.connected();
  return {
    hello: () => hello,
    get isOpen() {
      return client.status === 'live';
    },
    move: (id, x) => {
      client.commit([{ op: 'patch', kind: 'node', id, set: { position: { x, y: 0 } } }]);
    },
    hear: (data) => {
      heard = [];
      const message = JSON.parse(data.toString()) as ServerMessage | PackedFrame;
      // On a busy machine somebody may have been held back, and begun anew.
      if (!Array.isArray(message) && message.type === 'welcome')
        for (const change of message.changes ?? []) if (change.clock > client.clock) note(change);
      client.receive(message, data.byteLength);
      // … or been given the document, which holds all moves up to where each node stands.
      if (!Array.isArray(message) && (message.type === 'welcome' || message.type === 'snapshot'))
        for (let mover = 0; mover < MOVERS; mover += 1)
          for (let x = mover === no ? 0 : xOf(mover); x > 0; x -= MOVERS) heard.push(x);
      return heard;
    },
  };
};

interface Patch {
  type: string;
  diff?: Record<string, [string, { x?: [string, number] }]>;
}

export const tldrawClient: MakeClient = (_, send) => {
  let clientClock = 0;
  let isOpen = false;
  return {
    hello: tldrawHello,
    get isOpen() {
      return isOpen;
    },
    move: (id, x) => send(tldrawMove((clientClock += 1), id, x, 0)),
    hear: (data) => {
      const message = JSON.parse(data.toString()) as { type: string; data?: Patch[] } & Patch;
      isOpen ||= message.type === 'connect';
      const patches = message.type === 'data' ? (message.data ?? []) : [message];
      return patches
        .filter(({ type }) => type === 'patch')
        .flatMap(({ diff = {} }) => Object.values(diff).flatMap(([, fields]) => fields.x?.[1] ?? []));
    },
  };
};

export const yjsClient: MakeClient = (_, send) => {
  const doc = new Y.Doc();
  let heard: number[] = [];
  const nodes = doc.getMap<Y.Map<unknown>>('nodes');
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'server') send(yjsUpdate(update));
  });
  nodes.observeDeep((events, { origin }) => {
    if (origin !== 'server') return;
    for (const { target } of events) {
      const position =
        target instanceof Y.Map ? (target.get('position') as { x: number } | undefined) : undefined;
      if (position) heard.push(position.x);
    }
  });
  return {
    hello: () => yjsHello(doc),
    get isOpen() {
      return nodes.size > 0;
    },
    move: (id, x) => yjsMove(doc, { id, x, y: 0 }),
    hear: (data) => {
      heard = [];
      const answer = yjsReceive(doc, data, 'server');
      if (answer) send(answer);
      return heard;
    },
  };
};
