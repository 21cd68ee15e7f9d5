import { boundsOf, type Box } from '../../layout/boxes.ts';
import { nodeBoxes } from '../../layout/node-boxes.ts';
import { route } from '../../layout/route.ts';
import { bpmnData } from './data.ts';
import { elementOf } from './flow-kind.ts';
import type { Plan } from './plan.ts';
import type { PlannedFlow } from './plan-flows.ts';
import { SUB_PROCESSES } from './vocabulary.ts';
import { lines } from './write-node.ts';
import type { XmlNames } from './xml-names.ts';
import { tag } from './xml-text.ts';

/** The one diagram: every node and frame where it stands, every flow round what is in its way. */
export function writeDiagram(
  plan: Plan,
  names: XmlNames,
  flows: readonly PlannedFlow[],
  planeOf: string,
): string {
  const { document } = plan;
  const boxes = nodeBoxes(document);
  const shapes: string[] = [];
  for (const frame of plan.frames) {
    const kind = plan.kind(frame.id);
    if (kind === 'process') continue; // a process without a pool is no shape: its frame goes round what is in it
    const isHorizontal =
      kind === 'pool' || kind === 'lane' ? (bpmnData(frame.data).horizontal ?? undefined) : undefined;
    const isExpanded = kind === 'subProcess' ? true : undefined;
    shapes.push(
      shape(names.frame(frame.id), { ...frame.position, ...frame.size }, { isHorizontal, isExpanded }, names),
    );
  }
  for (const node of Object.values(document.nodes)) {
    const box = boxes.get(node.id) ?? boundsOf([]);
    const isExpanded = SUB_PROCESSES.has(elementOf(node)) ? false : undefined;
    const size = node.size ? undefined : 'natural';
    shapes.push(shape(names.node(node.id), box, { isExpanded, 'uxflow:size': size }, names));
  }
  const ways = new Map(Object.entries(route(document)));
  const edges = flows.map(({ edge }) => {
    const id = names.edge(edge.id);
    const points = (ways.get(edge.id)?.points ?? []).map(({ x, y }) => tag('di:waypoint', { x, y }));
    return tag('bpmndi:BPMNEdge', { id: names.free(`${id}_di`), bpmnElement: id }, lines(points));
  });
  const plane = tag(
    'bpmndi:BPMNPlane',
    { id: names.free('plane'), bpmnElement: planeOf },
    lines([...shapes, ...edges]),
  );
  return tag('bpmndi:BPMNDiagram', { id: names.free('diagram') }, lines([plane]));
}

function shape(
  id: string,
  { x, y, width, height }: Box,
  attributes: Readonly<Record<string, string | boolean | undefined>>,
  names: XmlNames,
): string {
  return tag('bpmndi:BPMNShape', { id: names.free(`${id}_di`), bpmnElement: id, ...attributes }, [
    tag('dc:Bounds', { x, y, width, height }),
  ]);
}
