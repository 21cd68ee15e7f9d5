import type { Point, Size } from '../document/types.ts';
import { LIMITS } from '../document/limits.ts';

/** An axis-parallel rectangle in canvas pixels; `x`, `y` is its top left corner. */
export interface Box extends Point, Size {}

/** True when the boxes share area; touching edges do not count. */
export function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The box with `by` pixels more on every side. */
export function grown(box: Box, by: number): Box {
  return { x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by };
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
  readonly #cells = new Map<number, T[]>();
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

  delete(box: T): void {
    const lists = cellsOf(box)?.map((key) => this.#cells.get(key) ?? []) ?? [this.#giants];
    for (const list of lists) {
      const at = list.indexOf(box);
      if (at >= 0) list.splice(at, 1);
    }
  }

  /** Some box that overlaps `area` (and satisfies `where`), or undefined. */
  hit(area: Box, where: (box: T) => boolean = () => true): T | undefined {
    const found = this.#first(this.#giants, area, where);
    if (found) return found;
    const { left, right, top, bottom } = rangeOf(area);
    if (!((right - left + 1) * (bottom - top + 1) <= MAX_CELLS)) {
      for (const cell of this.#cells.values()) {
        const box = this.#first(cell, area, where);
        if (box) return box;
      }
      return undefined;
    }
    for (let column = left; column <= right; column += 1) {
      for (let row = top; row <= bottom; row += 1) {
        const cell = this.#cells.get(keyOf(column, row));
        const box = cell && this.#first(cell, area, where);
        if (box) return box;
      }
    }
    return undefined;
  }

  #first(boxes: T[], area: Box, where: (box: T) => boolean): T | undefined {
    for (const box of boxes) {
      this.visited += 1;
      if (overlaps(box, area) && where(box)) return box;
    }
    return undefined;
  }
}

function rangeOf(box: Box): { left: number; right: number; top: number; bottom: number } {
  return {
    left: Math.floor(box.x / CELL),
    right: Math.floor((box.x + box.width) / CELL),
    top: Math.floor(box.y / CELL),
    bottom: Math.floor((box.y + box.height) / CELL),
  };
}

/** Cells far off the canvas may share a number: then a few boxes more are looked at. */
const keyOf = (column: number, row: number): number => column * 67_108_864 + row;

function cellsOf(box: Box): number[] | undefined {
  const { left, right, top, bottom } = rangeOf(box);
  if (!((right - left + 1) * (bottom - top + 1) <= MAX_CELLS)) return undefined;
  const keys: number[] = [];
  for (let column = left; column <= right; column += 1) {
    for (let row = top; row <= bottom; row += 1) keys.push(keyOf(column, row));
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
