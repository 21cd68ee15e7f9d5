import { Graph, layout as dagreLayout } from '@dagrejs/dagre';
import { applyOps, type FlowDocument, type Point } from '@uxflow/flow';
import { labelSize, layout, nodeSize, route, type Box } from '@uxflow/flow/layout';
import Elk, { type ElkExtendedEdge, type ElkNode } from 'elkjs';
import type { Drawing } from './quality.ts';

/** Same distances for all: those that this product uses by default. */
const BESIDE = 48;
const BETWEEN = 64;

export interface System {
  name: string;
  draw: (document: FlowDocument) => Promise<Drawing> | Drawing;
}

const around = (centre: Point, { width, height }: { width: number; height: number }): Box => ({
  x: centre.x - width / 2,
  y: centre.y - height / 2,
  width,
  height,
});

/** The flow drawn as it stands: lines and labels by `route`. */
export function asItStands(document: FlowDocument): Drawing {
  const routes = route(document);
  const labels = new Map<string, Box>();
  for (const { id, label } of Object.values(document.edges)) {
    const way = routes[id];
    if (way && label) labels.set(id, around(way.label, labelSize(label)));
  }
  return {
    nodes: new Map(
      Object.values(document.nodes).map((node) => [node.id, { ...node.position, ...nodeSize(node) }]),
    ),
    lines: new Map(Object.entries(routes).map(([id, { points }]) => [id, points])),
    labels,
  };
}

export const placed = (document: FlowDocument, nodeIds?: string[]): FlowDocument =>
  applyOps(document, layout(document, nodeIds && { nodeIds }).ops).document;

function byDagre(document: FlowDocument): Drawing {
  const graph = new Graph({ multigraph: true, compound: true });
  graph.setGraph({ rankdir: 'TB', nodesep: BESIDE, edgesep: BESIDE / 2, ranksep: BETWEEN });
  for (const { id } of Object.values(document.frames)) graph.setNode(`frame ${id}`, {});
  for (const node of Object.values(document.nodes)) {
    graph.setNode(node.id, nodeSize(node));
    if (node.frameId !== undefined) graph.setParent(node.id, `frame ${node.frameId}`);
  }
  const edges = Object.values(document.edges);
  for (const { id, source, target, label } of edges)
    graph.setEdge(source, target, { ...labelSize(label ?? ''), labelpos: 'c' }, id);
  dagreLayout(graph);
  const labels = new Map<string, Box>();
  const lines = new Map<string, Point[]>();
  for (const { id, source, target, label } of edges) {
    const { points = [], x = 0, y = 0 } = graph.edge(source, target, id);
    lines.set(id, points);
    if (label) labels.set(id, around({ x, y }, labelSize(label)));
  }
  const nodes = Object.values(document.nodes).map((node): [string, Box] => {
    const { x = 0, y = 0 } = graph.node(node.id);
    return [node.id, around({ x, y }, nodeSize(node))];
  });
  return { nodes: new Map(nodes), lines, labels };
}

const elk = new Elk();

async function byElk(document: FlowDocument): Promise<Drawing> {
  const children = new Map<string | undefined, ElkNode[]>([[undefined, []]]);
  for (const frame of Object.values(document.frames)) children.set(frame.id, []);
  for (const node of Object.values(document.nodes))
    children.get(node.frameId)?.push({ id: node.id, ...nodeSize(node) });
  const frames = Object.values(document.frames).map(({ id }) => ({
    id: `frame ${id}`,
    children: children.get(id) ?? [],
    layoutOptions: { 'elk.padding': '[top=56,left=32,bottom=32,right=32]' },
  }));
  const edges: ElkExtendedEdge[] = Object.values(document.edges).map(({ id, source, target, label }) => ({
    id: `edge ${id}`,
    sources: [source],
    targets: [target],
    labels: label ? [{ id: `label ${id}`, text: label, ...labelSize(label) }] : [],
  }));
  const drawn = await elk.layout({
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'DOWN',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
      'elk.json.shapeCoords': 'ROOT',
      'elk.json.edgeCoords': 'ROOT',
      'elk.spacing.nodeNode': `${BESIDE}`,
      'elk.layered.spacing.nodeNodeBetweenLayers': `${BETWEEN}`,
    },
    children: [...(children.get(undefined) ?? []), ...frames],
    edges,
  });
  const boxOf = ({ x = 0, y = 0, width = 0, height = 0 }: Partial<Box>): Box => ({ x, y, width, height });
  const nodes = (drawn.children ?? [])
    .flatMap((child) => (child.id.startsWith('frame ') ? (child.children ?? []) : [child]))
    .map((node): [string, Box] => [node.id, boxOf(node)]);
  const labels = new Map<string, Box>();
  const lines = new Map<string, Point[]>();
  for (const edge of drawn.edges ?? []) {
    const id = edge.id.slice('edge '.length);
    lines.set(
      id,
      (edge.sections ?? []).flatMap(({ startPoint, bendPoints = [], endPoint }) => [
        startPoint,
        ...bendPoints,
        endPoint,
      ]),
    );
    const label = edge.labels?.[0];
    if (label) labels.set(id, boxOf(label));
  }
  return { nodes: new Map(nodes), lines, labels };
}

export const OURS: System = {
  name: 'uxflow, layout and route',
  draw: (document) => asItStands(placed(document)),
};
export const SYSTEMS: System[] = [
  OURS,
  { name: 'dagre', draw: byDagre },
  { name: 'elkjs, layered', draw: byElk },
];
