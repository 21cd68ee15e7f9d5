import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isVersionDue, thinned, VERSION_POLICY, type VersionTime } from './version-policy.ts';

const DAY = 86_400_000;
const { pause, commits, spacing, mostAutomatic } = VERSION_POLICY;

describe('a version is due', () => {
  const at = 1_000 * DAY;
  test('when an edit ends a pause, if anything has happened since the last one [V2]', () => {
    const flow = { clock: 7, edited: at };
    expect(isVersionDue(flow, at + pause - 1, undefined)).toBe(false);
    expect(isVersionDue(flow, at + pause, undefined)).toBe(true);
    expect(isVersionDue(flow, at + pause, { clock: 6, at: at - 1 })).toBe(true);
    expect(isVersionDue(flow, at + pause, { clock: 7, at })).toBe(false);
    expect(isVersionDue({ clock: 0, edited: 0 }, at, undefined)).toBe(false);
  });

  test('after many commits, but not in quick succession [V2]', () => {
    const flow = { clock: commits + 5, edited: at };
    expect(isVersionDue({ clock: commits - 1, edited: at }, at + 1, undefined)).toBe(false);
    expect(isVersionDue(flow, at + 1, undefined)).toBe(true);
    expect(isVersionDue(flow, at + 1, { clock: 6, at: at - spacing })).toBe(false);
    expect(isVersionDue(flow, at + 1, { clock: 5, at: at - spacing })).toBe(true);
    expect(isVersionDue(flow, at + 1, { clock: 5, at: at - spacing + 1 })).toBe(false);
  });
});

const now = 20_000 * DAY;
const drop = (versions: VersionTime[], at: number): VersionTime[] => {
  const gone = new Set(thinned(versions, at));
  return versions.filter(({ id }) => !gone.has(id));
};
const versionsOver = (days: number, most: number) =>
  fc
    .uniqueArray(fc.integer({ min: 1, max: days * DAY }), { maxLength: most })
    .map((ages) => ages.map((age): VersionTime => ({ id: `v${age}`, at: now - age })));

describe('thinning', () => {
  test('leaves the same whether it is done often or once [V3]', () => {
    fc.assert(
      fc.property(versionsOver(150, 200), fc.array(fc.integer({ min: 0, max: 150 * DAY })), (all, waits) => {
        let often: VersionTime[] = [];
        let taken = 0;
        const ordered = all.toSorted((a, b) => a.at - b.at);
        for (const at of [...waits.map((wait) => now - wait).toSorted((a, b) => a - b), now]) {
          for (; taken < ordered.length; taken += 1) {
            const next = ordered[taken];
            if (!next || next.at > at) break;
            often.push(next);
          }
          often = drop(often, at);
        }
        expect(often.map(({ id }) => id).toSorted()).toEqual(
          drop(all, now)
            .map(({ id }) => id)
            .toSorted(),
        );
      }),
    );
  });

  test('keeps all of the last day, the latest of all, and never two of one hour, day or week beyond [V3]', () => {
    fc.assert(
      fc.property(versionsOver(400, 300), (all) => {
        const kept = drop(all, now);
        const isRecent = ({ at }: VersionTime): boolean => now - at <= DAY;
        expect(kept.filter(isRecent)).toEqual(all.filter(isRecent));
        const latest = all.toSorted((a, b) => b.at - a.at)[0];
        if (latest) expect(kept).toContain(latest);
        for (const { olderThan, onePer } of VERSION_POLICY.thinning) {
          const slots = kept
            .filter(({ at }) => now - at > olderThan)
            .map(({ at }) => Math.floor(at / onePer));
          expect(new Set(slots).size).toBe(slots.length);
        }
      }),
    );
  });

  test('keeps the latest of more than fit [V3]', () => {
    const all = Array.from({ length: mostAutomatic + 30 }, (_, i) => ({ id: `v${i}`, at: now - i }));
    expect(drop(all, now)).toEqual(all.slice(0, mostAutomatic));
  });
});
