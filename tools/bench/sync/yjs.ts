import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import type { FlowDocument } from '@uxflow/flow';

/** The first number of a message of y-protocols that carries the document, not awareness. */
const SYNC = 0;

/** The same records in Yjs: a map of maps, so that two people can change two fields of one record. */
export function yjsDocument(document: FlowDocument): Y.Doc {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const collection of ['nodes', 'edges'] as const) {
      const records = doc.getMap<Y.Map<unknown>>(collection);
      for (const record of Object.values(document[collection]))
        records.set(record.id, new Y.Map(Object.entries(record)));
    }
  });
  return doc;
}

/** Moves one node as an editor on Yjs does: the position is one value. */
export function yjsMove(doc: Y.Doc, { id, x, y }: { id: string; x: number; y: number }): void {
  doc.getMap<Y.Map<unknown>>('nodes').get(id)?.set('position', { x, y });
}

/** What a client of y-websocket says first. */
export function yjsHello(doc: Y.Doc): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, SYNC);
  writeSyncStep1(encoder, doc);
  return encoding.toUint8Array(encoder);
}

/** Reads a message about the document, and gives the answer if there is one; that is the whole of either side. */
export function yjsReceive(doc: Y.Doc, message: Uint8Array, origin?: unknown): Uint8Array | undefined {
  const decoder = decoding.createDecoder(message);
  const encoder = encoding.createEncoder();
  if (decoding.readVarUint(decoder) !== SYNC) return undefined;
  encoding.writeVarUint(encoder, SYNC);
  readSyncMessage(decoder, encoder, doc, origin);
  return encoding.length(encoder) > 1 ? encoding.toUint8Array(encoder) : undefined;
}

/** The message that carries an update. */
export function yjsUpdate(update: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, SYNC);
  writeUpdate(encoder, update);
  return encoding.toUint8Array(encoder);
}
