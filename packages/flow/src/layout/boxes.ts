import type { Point, Size } from '../document/types.ts';
import { LIMITS } from '../document/limits.ts';

/** An axis-parallel rectangle in canvas pixels; `x`, `y` is its top left corner. */
export interface Box extends Point, Size {}

/** True when the boxes share area; touching edges do not count. */
export function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The smallest box round all of them; a zero box at the origin when there are none. */
export function boundsOf(boxes: Iterable<Box>): Box {
  let left = Infinity,
    top = Infinity,
    right = -Infinity,
    bottom = -Infinity;
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  if (left === Infinity) return { x: 0, y: 0, width: 0, height: 0 };
  return { x: left, y: top, width: right - left, height: bottom - top };
}

const CELL = 256;
/** A box over more cells than this is kept in a plain list, so that one giant cannot fill the memory. */
const MAX_CELLS = 4_096;

/** A grid of boxes that answers "what lies here?" without looking at all of them. */
export class BoxIndex<T extends Box = Box> {
  readonly #cells = new Map<string, T[]>();
  readonly #giants: T[] = [];
  /** Boxes looked at so far, for callers that bound their work. */
  visited = 0;

  constructor(boxes: Iterable<T> = []) {
    for (const box of boxes) this.add(box);
  }

  add(box: T): void {
    const cells = cellsOf(box);
    if (cells === undefined) {
      this.#giants.push(box);
      return;
    }
    for (const key of cells) {
      const cell = this.#cells.get(key);
      if (cell) cell.push(box);
      else this.#cells.set(key, [box]);
    }
  }

  /** Some box that overlaps `area` (and satisfies `where`), or undefined. */
  hit(area: Box, where: (box: T) => boolean = () => true): T | undefined {
    const keys = cellsOf(area);
    const cells =
      keys === undefined ? [...this.#cells.values()] : keys.map((key) => this.#cells.get(key) ?? []);
    for (const boxes of [this.#giants, ...cells]) {
      for (const box of boxes) {
        this.visited += 1;
        if (overlaps(box, area) && where(box)) return box;
      }
    }
    return undefined;
  }
}

function cellsOf(box: Box): string[] | undefined {
  const left = Math.floor(box.x / CELL),
    right = Math.floor((box.x + box.width) / CELL);
  const top = Math.floor(box.y / CELL),
    bottom = Math.floor((box.y + box.height) / CELL);
  if ((right - left + 1) * (bottom - top + 1) > MAX_CELLS) return undefined;
  const keys: string[] = [];
  for (let column = left; column <= right; column += 1) {
    for (let row = top; row <= bottom; row += 1) keys.push(`${column},${row}`);
  }
  return keys;
}

/**
 * The free place nearest to `wanted` for a box of this size, at least `gap` pixels from everything in the index.
 * Looks along rows further and further away and jumps over what is in the way, so it also ends in a crowd.
 */
export function freeSpot(index: BoxIndex, size: Size, wanted: Point, gap: number): Point {
  const start = { x: Math.round(wanted.x), y: Math.round(wanted.y) };
  const padded = (x: number, y: number): Box => ({
    x: x - gap,
    y: y - gap,
    width: size.width + 2 * gap,
    height: size.height + 2 * gap,
  });
  const step = Math.max(16, Math.round(Math.min(size.height, 400) / 3));
  let best: Point | undefined;
  let bestCost = Infinity;
  for (let ring = 0; ring * step < bestCost && ring * step <= 2 * LIMITS.coordinate; ring += 1) {
    for (const offset of ring === 0 ? [0] : [ring * step, -ring * step]) {
      const y = start.y + offset;
      if (Math.abs(y) > LIMITS.coordinate) continue;
      for (const direction of [1, -1]) {
        let x = start.x;
        for (;;) {
          const cost = Math.hypot(x - start.x, offset);
          if (cost >= bestCost || Math.abs(x) > LIMITS.coordinate) break;
          const obstacle = index.hit(padded(x, y));
          if (!obstacle) {
            best = { x, y };
            bestCost = cost;
            break;
          }
          x =
            direction > 0
              ? Math.ceil(obstacle.x + obstacle.width + gap)
              : Math.floor(obstacle.x - gap - size.width);
        }
      }
    }
  }
  return best ?? start;
}
