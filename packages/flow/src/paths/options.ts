import { FlowError } from '../document/errors.ts';

/** The bounds of what may be asked; the one place where they are written. */
export const PATH_LIMITS: Readonly<
  Record<'paths' | 'defaultPaths' | 'loops' | 'defaultLoops' | 'transitions', number>
> = {
  paths: 10_000,
  defaultPaths: 1_000,
  /** How often a path may come back to the same step. */
  loops: 10,
  defaultLoops: 1,
  /** Transitions of all paths of one answer together. */
  transitions: 200_000,
};

/** @throws FlowError `invalid_request` unless `value` is a whole number from `least` to `most` */
export function whole(value: number, field: string, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new FlowError('invalid_request', [
    { path: field, message: `Give a whole number from ${least} to ${most}` },
  ]);
}
