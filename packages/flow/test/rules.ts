import { LIMITS, type FlowDocument } from '../src/index.ts';

/** Every broken rule of the graph in `doc`, written independently of the code that keeps them. Empty when sound. */
export function brokenRules(doc: FlowDocument): string[] {
  const broken: string[] = [];
  const has = (records: object, id: string): boolean => Object.hasOwn(records, id);
  for (const records of [doc.nodes, doc.edges, doc.frames, doc.personas]) {
    for (const [key, record] of Object.entries(records)) {
      if (record.id !== key) broken.push(`${key} holds ${record.id}`);
      for (const [field, value] of Object.entries(record))
        if (value == null) broken.push(`${key}.${field} is empty`);
    }
  }
  for (const edge of Object.values(doc.edges)) {
    for (const end of [edge.source, edge.target]) {
      if (!has(doc.nodes, end)) broken.push(`edge ${edge.id} ends at missing ${end}`);
    }
    const elements = doc.nodes[edge.source]?.screen?.elements ?? [];
    if (edge.elementId !== undefined && !elements.some((element) => element.id === edge.elementId)) {
      broken.push(`edge ${edge.id} starts at missing element ${edge.elementId}`);
    }
  }
  for (const node of Object.values(doc.nodes)) {
    if (node.frameId !== undefined && !has(doc.frames, node.frameId))
      broken.push(`node ${node.id}: no ${node.frameId}`);
    for (const id of node.personaIds ?? [])
      if (!has(doc.personas, id)) broken.push(`node ${node.id}: no ${id}`);
  }
  for (const frame of Object.values(doc.frames)) {
    const seen = new Set<string>();
    for (let at: string | undefined = frame.id; at !== undefined; at = doc.frames[at]?.parentId) {
      if (!has(doc.frames, at)) broken.push(`frame ${frame.id}: no ancestor ${at}`);
      if (seen.has(at)) {
        broken.push(`frame ${frame.id} contains itself`);
        break;
      }
      seen.add(at);
    }
  }
  if (Object.keys(doc.nodes).length > LIMITS.nodes) broken.push('too many nodes');
  return broken;
}
