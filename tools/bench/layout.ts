import type { FlowDocument } from '@uxflow/flow';
import { flowOf, withOneMore } from './layout/flows.ts';
import { movement, qualityOf, type Quality } from './layout/quality.ts';
import { asItStands, OURS, placed, SYSTEMS } from './layout/systems.ts';
import { interleaved, type Row } from './measure.ts';

const ROUNDS = 5;
/** Steps of a flow, and the seeds of the flows of this size. */
const SET: [size: number, seeds: number[]][] = [
  [20, [1, 2, 3, 4]],
  [100, [5, 6, 7]],
  [300, [8, 9]],
  [1_000, [10]],
];
const FIGURES: [keyof Quality, string][] = [
  ['crossings', 'crossings'],
  ['overlaps', 'node overlaps'],
  ['throughNodes', 'edges through nodes'],
  ['hiddenLabels', 'labels on nodes or labels'],
  ['length', 'px of edges'],
];

/**
 * Layout with the ways of all edges, of this product, dagre and elkjs, each with its own lines. Quality is summed over
 * the flows of a size; what one more step in the middle moves is the mean over them.
 */
export async function benchLayout(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [size, seeds] of SET) {
    const flows = seeds.map((seed) => flowOf(size, seed));
    const metric = `${flows.length} × ${size} nodes`;
    const timed = SYSTEMS.map(({ name, draw }) => ({
      system: name,
      run: async () => {
        for (const flow of flows) await draw(flow);
      },
    }));
    rows.push(...(await interleaved(metric, timed, ROUNDS)));
    const qualities: [string, Quality[]][] = [];
    const moved: [string, number[]][] = [];
    for (const { name, draw } of SYSTEMS) {
      const drawn = await Promise.all(flows.map(async (flow) => ({ flow, drawing: await draw(flow) })));
      qualities.push([name, drawn.map(({ flow, drawing }) => qualityOf(flow, drawing))]);
      moved.push([name, []]);
      for (const { flow, drawing } of drawn)
        moved.at(-1)?.[1].push(movement(drawing, await draw(withOneMore(flow).document)));
    }
    moved.push([`${OURS.name}, nodeIds`, flows.map(movedByPart)]);
    for (const [key, unit] of FIGURES) {
      for (const [system, found] of qualities) {
        const sum = found.reduce((total, quality) => total + quality[key], 0);
        rows.push({ system, metric, unit, median: sum, rounds: 1 });
      }
    }
    for (const [system, means] of moved) {
      const mean = means.reduce((total, value) => total + value, 0) / means.length;
      rows.push({ system, metric, unit: 'px a node moved by an edit', median: mean, rounds: 1 });
    }
  }
  return rows;
}

/** What moves when only the new step is placed, as after an edit in the editor or by an agent. */
function movedByPart(flow: FlowDocument): number {
  const before = placed(flow);
  const { document, added } = withOneMore(before);
  return movement(asItStands(before), asItStands(placed(document, [added])));
}
