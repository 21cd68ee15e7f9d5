import type { Step } from './steps.ts';

/** The shortest part of a history, as far as leaving out steps finds one, that still `fails`. */
export function shrink(steps: readonly Step[], fails: (steps: readonly Step[]) => boolean): readonly Step[] {
  let shortest = steps;
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < shortest.length;) {
      const shorter = shortest.toSpliced(at, size);
      if (fails(shorter)) shortest = shorter;
      else at += size;
    }
  }
  return shortest;
}
