import fc from 'fast-check';
import { emptyDocument } from '../src/document/empty.ts';
import { EDGE_TRIGGERS, NODE_TYPES, type FlowDocument, type FlowNode } from '../src/document/types.ts';

/** What a document generator may vary; the rest has fixed, small values. */
interface ShapeOptions {
  maxNodes?: number;
  title?: fc.Arbitrary<string>;
  label?: fc.Arbitrary<string>;
}

/** Any valid document: any graph (cycles, self loops, parallel edges), nested frames, pinned and sized nodes. */
export function anyDocument({ maxNodes = 24, title, label }: ShapeOptions = {}): fc.Arbitrary<FlowDocument> {
  const words =
    title ?? fc.constantFrom('Log in', 'Is the code right?', 'x', 'Zahlung '.repeat(20), '登録'.repeat(30));
  const texts = label ?? fc.constantFrom('Yes', 'No', 'the code was wrong three times');
  const coordinate = fc.integer({ min: -2_000, max: 2_000 });
  return fc
    .record({
      frames: fc.array(fc.record({ title: words, parent: fc.option(fc.nat()) }), { maxLength: 5 }),
      nodes: fc.array(
        fc.record({
          type: fc.constantFrom(...NODE_TYPES),
          title: words,
          x: coordinate,
          y: coordinate,
          pinned: fc.option(fc.boolean()),
          frame: fc.option(fc.nat()),
          size: fc.option(
            fc.record({ width: fc.integer({ min: 1, max: 900 }), height: fc.integer({ min: 1, max: 900 }) }),
            { freq: 6 },
          ),
        }),
        { maxLength: maxNodes },
      ),
      edges: fc.array(
        fc.record({
          source: fc.nat(),
          target: fc.nat(),
          trigger: fc.constantFrom(...EDGE_TRIGGERS),
          label: fc.option(texts),
        }),
        { maxLength: maxNodes * 2 },
      ),
    })
    .map(({ frames, nodes, edges }) => {
      const document = emptyDocument('Any flow');
      for (const [number, { title: frameTitle, parent }] of frames.entries()) {
        document.frames[`f${number}`] = {
          id: `f${number}`,
          title: frameTitle,
          position: { x: number, y: 0 },
          size: { width: 300, height: 200 },
          ...(parent !== null && number > 0 ? { parentId: `f${parent % number}` } : {}),
        };
      }
      for (const [number, node] of nodes.entries()) {
        const value: FlowNode = {
          id: `n${number}`,
          type: node.type,
          title: node.title,
          position: { x: node.x, y: node.y },
        };
        if (node.pinned !== null) value.pinned = node.pinned;
        if (node.size !== null) value.size = node.size;
        if (node.frame !== null && frames.length > 0) value.frameId = `f${node.frame % frames.length}`;
        document.nodes[value.id] = value;
      }
      for (const [number, edge] of edges.entries()) {
        if (nodes.length === 0) break;
        document.edges[`e${number}`] = {
          id: `e${number}`,
          source: `n${edge.source % nodes.length}`,
          target: `n${edge.target % nodes.length}`,
          trigger: edge.trigger,
          ...(edge.label === null ? {} : { label: edge.label }),
        };
      }
      return document;
    });
}

/** A document in one line a node (`id type title`) and one an edge (`a > b : label / trigger`). */
export function sketch(nodes: readonly string[], edges: readonly string[] = []): FlowDocument {
  const document = emptyDocument('Sketch');
  for (const line of nodes) {
    const [id = '', type = '', ...title] = line.split(' ');
    const known = NODE_TYPES.find((candidate) => candidate === type);
    if (!known) throw new Error(`no node type in "${line}"`);
    document.nodes[id] = { id, type: known, title: title.join(' ') || id, position: { x: 0, y: 0 } };
  }
  for (const [number, line] of edges.entries()) {
    const [ends = '', trigger = 'click'] = line.split(' / ');
    const [pair = '', label] = ends.split(' : ');
    const [source = '', target = ''] = pair.split(' > ');
    const known = EDGE_TRIGGERS.find((candidate) => candidate === trigger);
    if (!known) throw new Error(`no trigger in "${line}"`);
    const id = `e${number + 1}`;
    document.edges[id] = { id, source, target, trigger: known, ...(label === undefined ? {} : { label }) };
  }
  return document;
}
