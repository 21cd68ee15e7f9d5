import type { Arc } from './graph.ts';

/**
 * The strongly connected component of each step, as a number; a component has a higher number than all that it leads
 * to. Tarjan's algorithm with a stack of its own, linear time.
 */
export function components(steps: number, out: (step: number) => readonly Arc[]): Int32Array {
  const component = new Int32Array(steps).fill(-1);
  const order = new Int32Array(steps).fill(-1);
  const low = new Int32Array(steps);
  const open: number[] = [];
  let count = 0;
  let found = 0;
  for (let root = 0; root < steps; root += 1) {
    if (order[root] !== -1) continue;
    const path = [root];
    const next = [0];
    order[root] = low[root] = count++;
    open.push(root);
    while (path.length > 0) {
      const depth = path.length - 1;
      const step = path[depth] ?? 0;
      const arc = out(step)[next[depth] ?? 0];
      if (arc) {
        next[depth] = (next[depth] ?? 0) + 1;
        const { target } = arc;
        if (order[target] === -1) {
          order[target] = low[target] = count++;
          open.push(target);
          path.push(target);
          next.push(0);
        } else if (component[target] === -1) {
          low[step] = Math.min(low[step] ?? 0, order[target] ?? 0);
        }
        continue;
      }
      path.pop();
      next.pop();
      const above = path[depth - 1];
      if (above !== undefined) low[above] = Math.min(low[above] ?? 0, low[step] ?? 0);
      if (low[step] !== order[step]) continue;
      for (let member = open.pop(); member !== undefined; member = open.pop()) {
        component[member] = found;
        if (member === step) break;
      }
      found += 1;
    }
  }
  return component;
}
