import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FlowNode } from '@uxflow/flow';
import { type Permission, SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX } from '@uxflow/flow/sync';
import { nodeStore } from '@uxflow/flow/sync/node';
import { FlowLog, readFrame, Room, type RoomSocket, type SocketAttachment } from '@uxflow/flow/sync/server';
import { type WebSocket, WebSocketServer } from 'ws';

export interface TokenRights {
  user: string;
  permission?: Permission;
  /** Milliseconds since the epoch. */ exp?: number;
}

/** A live flow behind real sockets on loopback, on the room core that the product runs, with faults to switch on. */
export class RoomServer implements AsyncDisposable {
  readonly log: FlowLog;
  readonly room: Room;
  /** What each credential may; any other is refused with `unauthenticated`. */
  readonly tokens: Map<string, TokenRights> = new Map();
  /** Everything clients have said, newest last. */
  readonly heard: { user: string; type: string }[] = [];
  /** The credentials of each handshake, accepted or not. */
  readonly handshakes: string[] = [];
  /** Sockets stay open and nothing is read or answered any more, as when a network has silently gone. */
  mute = false;
  /** Single messages on their way up or down vanish on connections that live on. */
  loses: ((way: 'up' | 'down', text: string) => boolean) | undefined;
  /** Commits are carried out and the connection breaks before the answer. */
  breakBeforeAnswer = false;
  /** Answers to handshakes and requests alike, instead of the real ones. */
  outage: number | undefined;
  url = '';
  readonly #sockets = new Map<WebSocket, RoomSocket>();
  readonly #http = createServer((request, response) => {
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    const [status, code] = this.#judge(token);
    response.writeHead(status, {
      'content-type': status === 200 ? 'application/json' : 'application/problem+json',
    });
    response.end(
      JSON.stringify(status === 200 ? { data: [], nextCursor: null } : { status, code, detail: code }),
    );
  });
  readonly #server = new WebSocketServer({ noServer: true, handleProtocols: () => SUBPROTOCOL });
  #peers = 0;

  private constructor(nodes: FlowNode[]) {
    this.log = new FlowLog(nodeStore(':memory:'), {
      now: Date.now,
      newId: (prefix) => `${prefix}_${crypto.randomUUID()}`,
    });
    this.log.create({
      name: 'Sign up',
      actor: { id: 'system:test', name: 'Test' },
      document: {
        format: 'uxflow/1',
        name: 'Sign up',
        nodes: Object.fromEntries(nodes.map((each) => [each.id, each])),
        edges: {},
        frames: {},
        personas: {},
      },
    });
    this.room = new Room({
      log: this.log,
      now: Date.now,
      sockets: () => this.#sockets.values(),
      flushIn: (ms) => void setTimeout(() => this.room.flush(), ms),
      presenceChanged: () => setImmediate(() => this.room.flushPresence()),
      readerHeld: (until) => void setTimeout(() => this.room.closeStalled(), until - Date.now()).unref(),
    });
  }

  static async open(nodes: FlowNode[] = [node('a'), node('b')]): Promise<RoomServer> {
    const server = new RoomServer(nodes);
    server.tokens.set('ada', { user: 'ada' }).set('bob', { user: 'bob' });
    server.#http.on('upgrade', (request, socket, head) => {
      const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((each) => each.trim());
      const token =
        offered
          .find((each) => each.startsWith(TOKEN_SUBPROTOCOL_PREFIX))
          ?.slice(TOKEN_SUBPROTOCOL_PREFIX.length) ?? '';
      server.handshakes.push(token);
      const [status] = server.#judge(token);
      const rights = server.tokens.get(token);
      if (status !== 200 || !rights || !offered.includes(SUBPROTOCOL)) {
        socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\n\r\n`);
        return;
      }
      server.#server.handleUpgrade(request, socket, head, (webSocket) => server.#accept(webSocket, rights));
    });
    await new Promise<void>((resolve) => server.#http.listen(0, '127.0.0.1', resolve));
    server.url = `http://127.0.0.1:${(server.#http.address() as AddressInfo).port}`;
    return server;
  }

  /** Breaks every connection without a goodbye. */
  cut(): void {
    for (const socket of this.#sockets.keys()) socket.terminate();
  }

  sayBye(code: string, closeCode: number): void {
    for (const socket of this.#sockets.values()) this.room.bye(socket, code, closeCode);
  }

  /** A message of the room to everybody, as it is. */
  say(text: string): void {
    for (const socket of this.#sockets.values()) socket.send(text);
  }

  get connections(): number {
    return this.#sockets.size;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  #judge(token: string): [number, string] {
    if (this.outage !== undefined) return [this.outage, this.outage === 404 ? 'not_found' : 'internal'];
    const rights = this.tokens.get(token);
    if (!rights) return [401, 'unauthenticated'];
    return rights.exp !== undefined && rights.exp <= Date.now() ? [401, 'token_expired'] : [200, ''];
  }

  #accept(webSocket: WebSocket, rights: TokenRights): void {
    let attachment: SocketAttachment = { peerId: `peer_${++this.#peers}`, ...identity(rights) };
    const socket: RoomSocket = {
      get attachment() {
        return attachment;
      },
      attach: (change) => void (attachment = { ...attachment, ...change }),
      send: (text) => {
        if (!this.mute && !this.loses?.('down', text)) webSocket.send(text);
      },
      close: (code, reason) => webSocket.close(code, reason),
    };
    this.#sockets.set(webSocket, socket);
    webSocket.on('message', (data) => {
      if (this.mute || this.loses?.('up', String(data))) return;
      const frame = readFrame(String(data));
      if (!frame.ok) return this.room.refuse(socket, frame, frame.key);
      const { message } = frame;
      this.heard.push({ user: rights.user, ...message });
      if (message.type === 'auth') {
        const renewed = this.tokens.get(message.token);
        if (renewed) attachment = { ...attachment, ...identity(renewed) };
        else this.room.bye(socket, 'unauthenticated', 4401);
        return;
      }
      if (message.type === 'commit' && this.breakBeforeAnswer) {
        this.breakBeforeAnswer = false;
        this.#sockets.delete(webSocket);
        this.room.receive({ ...socket, attachment, send: () => undefined }, message);
        webSocket.terminate();
        return;
      }
      this.room.receive(socket, message);
    });
    webSocket.on('close', () => {
      this.#sockets.delete(webSocket);
      this.room.left(socket);
    });
  }
}

function identity({ user, permission = 'edit', exp }: TokenRights): Omit<SocketAttachment, 'peerId'> {
  return {
    actor: { id: `user:${user}`, name: user },
    permission,
    ...(exp !== undefined && { exp: exp / 1_000 }),
  };
}

export function node(id: string, title: string = id): FlowNode {
  return { id, type: 'screen', title, position: { x: 0, y: 0 } };
}
