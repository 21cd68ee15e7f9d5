import { emptyDocument, type FlowDocument } from '@uxflow/flow';

/** A flow of so many steps and transitions with texts as people write them: the same content for every system. */
export function flowOf(nodes: number, edges: number): FlowDocument {
  const document = emptyDocument('Bench');
  for (let i = 0; i < nodes; i += 1) {
    document.nodes[`n${i}`] = {
      id: `n${i}`,
      type: 'screen',
      title: `Enter the details of delivery ${i}`,
      description: 'The address is checked before people go on.',
      position: { x: (i % 40) * 240, y: Math.floor(i / 40) * 160 },
    };
  }
  for (let i = 0; i < edges; i += 1) {
    document.edges[`e${i}`] = {
      id: `e${i}`,
      source: `n${i % nodes}`,
      target: `n${(i * 7 + 1) % nodes}`,
      trigger: 'click',
      label: `Continue ${i}`,
    };
  }
  return document;
}

/** Where the node of the `i`th move goes: a drag, a few pixels at a time. */
export function moveOf(i: number, nodes: number): { id: string; x: number; y: number } {
  return { id: `n${(i * 31) % nodes}`, x: 100 + ((i * 3) % 1_000), y: 50 + ((i * 5) % 800) };
}

/** Steps of the flow that is edited over real sockets. */
export const FAN_OUT_NODES = 300;
