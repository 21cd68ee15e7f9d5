import type { FlowDocument, Point } from '../../document/types.ts';
import { BoxIndex, type Box } from '../../layout/boxes.ts';
import { coordinate } from './text.ts';

/** Pixels between an arrow's loose end and the shape that it plainly means. */
const REACH = 24;
/** Boxes looked at, all loose ends together: thousands of shapes on one spot are no drawing worth minutes. */
const MAX_WORK = 20_000_000;

interface Place extends Box {
  id: string;
}

/** Finds the node at which a loose end of an arrow points. */
export class NearestNode {
  readonly #index = new BoxIndex<Place>();

  constructor(document: FlowDocument) {
    for (const { id, position, size } of Object.values(document.nodes)) {
      if (size) this.#index.add({ id, ...position, ...size });
    }
  }

  /** The smallest node round the point, else the nearest within reach, else nothing. */
  at(point: Point): string | undefined {
    // Far outside the canvas the index would count cells for ever: there, adding one changes nothing.
    if (coordinate(point.x) === undefined || coordinate(point.y) === undefined) return undefined;
    if (this.#index.visited > MAX_WORK) return undefined;
    let best: string | undefined,
      bestCost = Infinity;
    const area = { x: point.x - REACH, y: point.y - REACH, width: 2 * REACH, height: 2 * REACH };
    this.#index.hit(area, (box) => {
      const cost = costOf(box, point);
      if (cost < bestCost) [best, bestCost] = [box.id, cost];
      return false;
    });
    return best;
  }
}

/** Below zero for what is round the point, smaller boxes first; else the distance, Infinity out of reach. */
function costOf({ x, y, width, height }: Box, point: Point): number {
  const dx = Math.max(x - point.x, point.x - x - width, 0);
  const dy = Math.max(y - point.y, point.y - y - height, 0);
  if (dx === 0 && dy === 0) return -1 / (1 + width * height);
  const distance = Math.hypot(dx, dy);
  return distance <= REACH ? distance : Infinity;
}
