import type { FlowNode } from '../../document/types.ts';
import { BESIDE } from './vocabulary.ts';
import { elementOf } from './flow-kind.ts';
import type { Structure } from './structure.ts';

/**
 * The node that stands for a frame as a whole: where a flow into it begins (a start event, else the first node) or
 * where a flow out of it ends (an end event, else the last node).
 */
export class FrameEnds {
  readonly #nodes = new Map<string, FlowNode[]>();
  readonly #frames = new Map<string, string[]>();
  readonly #known = new Map<string, string | undefined>();

  constructor({ document }: Structure) {
    for (const node of Object.values(document.nodes)) {
      if (node.frameId !== undefined && !BESIDE.has(elementOf(node))) push(this.#nodes, node.frameId, node);
    }
    for (const { id, parentId } of Object.values(document.frames)) {
      if (parentId !== undefined) push(this.#frames, parentId, id);
    }
  }

  of(frameId: string, side: 'entry' | 'exit'): string | undefined {
    const key = `${side} ${frameId}`;
    if (!this.#known.has(key)) this.#known.set(key, this.#find(frameId, side));
    return this.#known.get(key);
  }

  #find(frameId: string, side: 'entry' | 'exit'): string | undefined {
    const type = side === 'entry' ? 'start' : 'end';
    const seen = new Set<string>();
    let fallback: string | undefined;
    const queue = [frameId];
    for (let head = 0; head < queue.length; head += 1) {
      const here = queue[head] ?? '';
      if (seen.has(here)) continue;
      seen.add(here);
      const nodes = this.#nodes.get(here) ?? [];
      const end = nodes.find((node) => node.type === type);
      if (end) return end.id;
      fallback ??= (side === 'entry' ? nodes[0] : nodes.at(-1))?.id;
      queue.push(...(this.#frames.get(here) ?? []));
    }
    return fallback;
  }
}

function push<T>(groups: Map<string, T[]>, key: string, value: T): void {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
}
