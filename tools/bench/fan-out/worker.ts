import { DurableObjectSqliteSyncWrapper, SQLiteSyncStorage, TLSocketRoom } from '@tldraw/sync-core';
import { DurableObject } from 'cloudflare:workers';
import { YServer } from 'y-partyserver';
import type { Doc } from 'yjs';
import { encodeLive, LIVE_HEADER } from '../../../workers/api/src/flows/live-identity.ts';
import { FlowRoom } from '../../../workers/api/src/flows/room.do.ts';
import type { FlowRoomRpc } from '../../../workers/api/src/flows/room.rpc.ts';
import { FAN_OUT_NODES, flowOf } from '../sync/documents.ts';
import { tldrawSchema, tldrawSnapshot, type BenchRecord } from '../sync/tldraw.ts';
import { yjsDocument } from '../sync/yjs.ts';

export { FlowRoom };

interface Env {
  FLOW_ROOM: DurableObjectNamespace;
  YJS_ROOM: DurableObjectNamespace;
  TLDRAW_ROOM: DurableObjectNamespace;
}

const flow = flowOf(FAN_OUT_NODES, 0);

/** y-partyserver as its users run it: hibernating sockets, the document given by `onLoad`. */
export class YjsRoom extends YServer {
  static override options = { hibernate: true };

  override async onLoad(): Promise<Doc> {
    return yjsDocument(flow);
  }
}

/** tldraw sync as its template runs it: the room in a Durable Object, on its SQLite. */
export class TldrawRoom extends DurableObject<Env> {
  #room: TLSocketRoom<BenchRecord> | undefined;
  #sessions = 0;

  override async fetch(): Promise<Response> {
    this.#room ??= new TLSocketRoom<BenchRecord>({
      schema: tldrawSchema,
      storage: new SQLiteSyncStorage<BenchRecord>({
        sql: Object.assign(new DurableObjectSqliteSyncWrapper(this.ctx.storage), { config: {} }),
        snapshot: tldrawSnapshot(flow),
      }),
    });
    const { 0: client, 1: server } = new WebSocketPair();
    server.accept();
    this.#room.handleSocketConnect({ sessionId: `s${(this.#sessions += 1)}`, socket: server });
    return new Response(null, { status: 101, webSocket: client });
  }
}

/** `/<system>/<room>/<number of the client>`; a POST makes the room. */
export default {
  async fetch(request, env) {
    const [, system = '', name = '', no = ''] = new URL(request.url).pathname.split('/');
    if (system === 'yjs' || system === 'tldraw') {
      const rooms = system === 'yjs' ? env.YJS_ROOM : env.TLDRAW_ROOM;
      return request.method === 'POST' ? new Response() : rooms.getByName(name).fetch(request);
    }
    const room = env.FLOW_ROOM.getByName(name);
    const actor = { id: `user:${no}`, name: `User ${no}` };
    if (request.method === 'POST') {
      const made = await (room as unknown as FlowRoomRpc).create({
        flowId: name,
        workspaceId: 'bench',
        name: flow.name,
        document: flow,
        actor,
      });
      return new Response(null, { status: made.ok ? 204 : 500 });
    }
    // What the API's route sends when it has proved who is there.
    const live = encodeLive({ actor, permission: 'edit', keyId: 'bench' });
    return room.fetch(request.url, { headers: { Upgrade: 'websocket', [LIVE_HEADER]: live } });
  },
} satisfies ExportedHandler<Env>;
