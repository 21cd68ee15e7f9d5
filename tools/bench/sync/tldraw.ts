import { createRecordType, StoreSchema, type BaseRecord, type RecordId } from '@tldraw/store';
import {
  NodeSqliteWrapper,
  SQLiteSyncStorage,
  TLSocketRoom,
  type RoomSnapshot,
  type SyncSqliteDatabase,
} from '@tldraw/sync-core';
import type { FlowDocument, FlowEdge, FlowNode } from '@uxflow/flow';

/** A step as tldraw keeps it: its type and numbers stand in the record itself, as those of its shapes do. */
interface NodeRecord extends BaseRecord<'node', RecordId<NodeRecord>> {
  kind: string;
  title: string;
  description: string;
  x: number;
  y: number;
}
interface EdgeRecord extends BaseRecord<'edge', RecordId<EdgeRecord>> {
  source: string;
  target: string;
  trigger: string;
  label: string;
}
export type BenchRecord = NodeRecord | EdgeRecord;

/** The least that tldraw can check: what it measures is its sync and not the schema of its drawings. */
const validator = { validate: (record: unknown): never => record as never };

export const tldrawSchema: StoreSchema<BenchRecord> = StoreSchema.create<BenchRecord>({
  node: createRecordType<NodeRecord>('node', { scope: 'document', validator }),
  edge: createRecordType<EdgeRecord>('edge', { scope: 'document', validator }),
});

function nodeRecord(node: FlowNode): NodeRecord {
  const { x, y } = node.position;
  const { id, type, title, description = '' } = node;
  return { id: `node:${id}` as NodeRecord['id'], typeName: 'node', kind: type, title, description, x, y };
}

function edgeRecord({ id, source, target, trigger, label = '' }: FlowEdge): EdgeRecord {
  return { id: `edge:${id}` as EdgeRecord['id'], typeName: 'edge', source, target, trigger, label };
}

/** The same records in the form from which a room of tldraw starts. */
export function tldrawSnapshot(document: FlowDocument): RoomSnapshot {
  const records = [
    ...Object.values(document.nodes).map(nodeRecord),
    ...Object.values(document.edges).map(edgeRecord),
  ];
  return {
    documentClock: 0,
    documents: records.map((state) => ({ state, lastChangedClock: 0 })),
    schema: tldrawSchema.serialize(),
  };
}

/** A room of tldraw sync on its own SQLite storage, holding the same records. */
export function tldrawRoom(db: SyncSqliteDatabase, document: FlowDocument): TLSocketRoom<BenchRecord> {
  const sql = Object.assign(new NodeSqliteWrapper(db), { config: {} });
  const storage = new SQLiteSyncStorage<BenchRecord>({ sql, snapshot: tldrawSnapshot(document) });
  return new TLSocketRoom<BenchRecord>({ storage, schema: tldrawSchema });
}

/** What a client of tldraw says when it opens a room for the first time. */
export function tldrawHello(): string {
  return JSON.stringify({
    type: 'connect',
    connectRequestId: 'bench',
    lastServerClock: -1,
    protocolVersion: 8,
    schema: tldrawSchema.serialize(),
  });
}

/** A move of one node, as tldraw's client writes it. */
export function tldrawMove(clientClock: number, id: string, x: number, y: number): string {
  const diff = { [`node:${id}`]: ['patch', { x: ['put', x], y: ['put', y] }] };
  return JSON.stringify({ type: 'push', clientClock, diff });
}
