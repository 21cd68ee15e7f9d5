import type { FlowDocument } from './types.ts';

/** A document with this name and nothing in it. */
export function emptyDocument(name: string): FlowDocument {
  return { format: 'uxflow/1', name, nodes: {}, edges: {}, frames: {}, personas: {} };
}
