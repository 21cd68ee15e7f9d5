import type { FlowEdge } from '../../document/types.ts';
import { bpmnData } from './data.ts';
import { derivedKind, elementOf, pools } from './flow-kind.ts';
import type { Plan } from './plan.ts';
import type { XmlNames } from './xml-names.ts';

export interface PlannedFlow {
  edge: FlowEdge;
  kind: 'sequenceFlow' | 'messageFlow' | 'association';
  /** Ids in the file. */
  source: string;
  target: string;
  /** The container in which it is written; for message flows the collaboration. */
  container: string;
}
export interface Attached {
  edge: FlowEdge;
  host: string;
}

/** Every edge with what it becomes; edges without both ends are left out, for a valid document has none. */
export function planFlows(
  plan: Plan,
  names: XmlNames,
): { flows: PlannedFlow[]; attached: Map<string, Attached> } {
  const { document } = plan;
  const poolOf = pools(document);
  const flows: PlannedFlow[] = [];
  const attached = new Map<string, Attached>();
  for (const edge of Object.values(document.edges)) {
    const source = document.nodes[edge.source],
      target = document.nodes[edge.target];
    if (!source || !target) continue;
    const { element, whole = [] } = bpmnData(edge.data);
    const [from, to] = [plan.containerOf(source), plan.containerOf(target)];
    const plain = { edge, source: names.node(source.id), target: names.node(target.id) };
    const derived = derivedKind(document, edge, poolOf);
    const common = plan.common(from, to);
    if (element === 'association' || derived === 'association') {
      flows.push({ ...plain, kind: 'association', container: plan.processOf(from) });
    } else if (derived === 'messageFlow' || common === undefined) {
      const poolOr = (end: 'source' | 'target', container: string): string => {
        const process = plan.processOf(container);
        return whole.includes(end) && plan.kind(process) === 'pool' ? names.frame(process) : plain[end];
      };
      const ends = { source: poolOr('source', from), target: poolOr('target', to) };
      flows.push({ edge, ...ends, kind: 'messageFlow', container: '' });
    } else {
      const through = (container: string): string | undefined => {
        const frame = plan.lifted(container, common);
        return frame === undefined ? undefined : names.frame(frame);
      };
      const host = through(from) ?? plain.source;
      const isEvent = elementOf(target) === 'boundaryEvent' && !attached.has(target.id) && common === to;
      if (element === 'attachment' && isEvent && host !== plain.target)
        attached.set(target.id, { edge, host });
      else
        flows.push({
          edge,
          source: host,
          target: through(to) ?? plain.target,
          kind: 'sequenceFlow',
          container: common,
        });
    }
  }
  return { flows, attached };
}
