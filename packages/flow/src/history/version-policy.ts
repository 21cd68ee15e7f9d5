const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface VersionPolicy {
  /** An edit after so long begins a new stretch of work. */
  pause: number;
  commits: number;
  /** Many commits make a version no more often than that. */
  spacing: number;
  thinning: readonly { olderThan: number; onePer: number }[];
  mostAutomatic: number;
  mostNamed: number;
}

/**
 * The one place that says when the product makes versions by itself and which of them it keeps. Times in
 * milliseconds.
 *
 * A version is made of the flow as it stands *before* an edit, when that edit ends a pause or when many commits have
 * come since the last version. So nothing ticks while nobody edits, and what is newer than the latest version is the
 * flow itself.
 *
 * Thinning: everything of the last day, then the last version of each hour for a week, of each day for 90 days, of
 * each week for ever; of what remains the latest `mostAutomatic`. Named versions are never thinned.
 */
export const VERSION_POLICY: VersionPolicy = {
  pause: 10 * MINUTE,
  commits: 250,
  spacing: 5 * MINUTE,
  thinning: [
    { olderThan: 90 * DAY, onePer: 7 * DAY },
    { olderThan: 7 * DAY, onePer: DAY },
    { olderThan: DAY, onePer: HOUR },
  ],
  mostAutomatic: 500,
  mostNamed: 1_000,
};

/** A version as far as the policy cares; `at` is when its state was reached. */
export interface VersionTime {
  id: string;
  at: number;
}

/** Whether the flow, last edited at `edited`, becomes a version before it is edited at `now`. */
export function isVersionDue(
  flow: { clock: number; edited: number },
  now: number,
  latest: { clock: number; at: number } | undefined,
): boolean {
  const commits = flow.clock - (latest?.clock ?? 0);
  if (commits <= 0) return false;
  if (now - flow.edited >= VERSION_POLICY.pause) return true;
  return (
    commits >= VERSION_POLICY.commits &&
    (latest === undefined || flow.edited - latest.at >= VERSION_POLICY.spacing)
  );
}

/**
 * Ids of the automatic versions that are no longer kept at `now`. Thinning often or seldom leaves the same, as long
 * as the total is within bounds.
 */
export function thinned(automatic: readonly VersionTime[], now: number): string[] {
  const kept = new Set<string>();
  let count = 0;
  return automatic
    .toSorted((a, b) => b.at - a.at)
    .filter(({ at }) => {
      const tier = VERSION_POLICY.thinning.find(({ olderThan }) => now - at > olderThan);
      const slot = tier && `${tier.onePer} ${Math.floor(at / tier.onePer)}`;
      if (count >= VERSION_POLICY.mostAutomatic || (slot !== undefined && kept.has(slot))) return true;
      if (slot !== undefined) kept.add(slot);
      count += 1;
      return false;
    })
    .map(({ id }) => id);
}
