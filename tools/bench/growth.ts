import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { applyOps, type FlowDocument } from '@uxflow/flow';
import { nodeStore } from '@uxflow/flow/sync/node';
import * as Y from 'yjs';
import type { Row } from './measure.ts';
import { flowOf, moveOf } from './sync/documents.ts';
import { UxflowRoom, write } from './sync/uxflow.ts';
import { yjsDocument, yjsMove } from './sync/yjs.ts';

const MOVES = 60_000;
const NODES = 1_000;
const EDGES = 1_200;

function moved(document: FlowDocument, moves: number): FlowDocument {
  return applyOps(
    document,
    Array.from({ length: moves }, (_, i) => {
      const { id, x, y } = moveOf(i, NODES);
      return { op: 'patch' as const, kind: 'node' as const, id, set: { position: { x, y } } };
    }),
  ).document;
}

/**
 * What a document has grown to after many moves of single nodes, as it is sent to whoever opens it, and as it is
 * stored. The target: at most 1.2 times what the same document takes that was never moved; the log is bounded.
 */
export function benchGrowth(moves: number = MOVES): Row[] {
  const fresh = flowOf(NODES, EDGES);
  const live = moved(fresh, moves);
  const folder = mkdtempSync(join(tmpdir(), 'uxflow-growth-'));
  const rows: Row[] = [];
  const add = (system: string, metric: string, unit: string, median: number): void =>
    void rows.push({ system, metric, unit, median, rounds: 1 });
  try {
    const file = join(folder, 'flow.db');
    const store = nodeStore(file);
    // The size does not depend on when it is written.
    store.exec('PRAGMA synchronous = OFF');
    const room = new UxflowRoom(store, fresh);
    const opened = (): number => {
      let bytes = 0;
      const connection = room.connect((text) => (bytes += Buffer.byteLength(text)));
      connection.receive(write({ type: 'hello', clientId: 'reader' }));
      connection.left();
      return bytes;
    };
    const before = opened();
    const mover = room.connect(() => undefined);
    mover.receive(write({ type: 'hello', clientId: 'mover' }));
    for (let i = 0; i < moves; i += 1) {
      const { id, x, y } = moveOf(i, NODES);
      const ops = [{ op: 'patch' as const, kind: 'node' as const, id, set: { position: { x, y } } }];
      mover.receive(write({ type: 'commit', key: `mover:${i + 1}`, baseClock: i + 1, ops }));
    }
    if (!isDeepStrictEqual(room.document, live)) throw new Error('A move was lost');
    const metric = `after ${moves} moves`;
    const liveBytes = Buffer.byteLength(JSON.stringify(live));
    add('uxflow, sent at opening', metric, 'bytes', opened());
    add('uxflow, sent at opening', metric, 'times the unmoved', opened() / before);
    const [records] = store.exec<{ bytes: number }>('SELECT sum(octet_length(json)) AS bytes FROM record');
    const recordBytes = records?.bytes ?? NaN;
    add('uxflow, records stored', metric, 'times the live document', recordBytes / liveBytes);
    const [log] = store.exec<{ commits: number; bytes: number }>(
      'SELECT count(*) AS commits, sum(octet_length(forward) + octet_length(inverse)) AS bytes FROM op',
    );
    add('uxflow, log (bounded)', metric, 'commits', log?.commits ?? NaN);
    add('uxflow, log (bounded)', metric, 'bytes', log?.bytes ?? NaN);
    store.close();
    add('uxflow, file', metric, 'bytes', statSync(file).size);
  } finally {
    rmSync(folder, { recursive: true });
  }
  const doc = yjsDocument(fresh);
  const before = Y.encodeStateAsUpdate(doc).byteLength;
  for (let i = 0; i < moves; i += 1) yjsMove(doc, moveOf(i, NODES));
  const after = Y.encodeStateAsUpdate(doc).byteLength;
  add('Yjs, sent at opening and stored', `after ${moves} moves`, 'bytes', after);
  add('Yjs, sent at opening and stored', `after ${moves} moves`, 'times the unmoved', after / before);
  const rebuilt = Y.encodeStateAsUpdate(yjsDocument(live)).byteLength;
  add('Yjs, sent at opening and stored', `after ${moves} moves`, 'times the live document', after / rebuilt);
  return rows;
}
