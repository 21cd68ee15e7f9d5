import { describe, expect, test } from 'vitest';
import { outcomeOf } from '../../test/browser-checks.ts';
import { BrowserWorld, type BrowserOptions } from '../../test/browser-world.ts';
import { ADA, putNode } from '../../test/log.ts';
import { seeded } from '../../test/random-ops.ts';
import { emptyDocument } from '../index.ts';
import { readEntry, type ClientStorage, type QueueEntry } from './client-storage.ts';
import { SyncClient } from './client.ts';

const SEEDS = Number(process.env['FUZZ_SEEDS'] ?? 60);
const STEPS = Number(process.env['FUZZ_STEPS'] ?? 250);
const FIRST = Number(process.env['FUZZ_FIRST'] ?? 1);

/** What the runs have seen, to know that they prove something. */
const totals = { landed: 0, refused: 0, neverWritten: 0, failures: 0 };

/** Everything that is wrong after a run of `STEPS` random events; empty when all promises hold. */
async function run(seed: number, more: Partial<BrowserOptions> = {}): Promise<string[]> {
  const world = new BrowserWorld({ choose: seeded(seed), ...more });
  for (let i = 0; i < STEPS; i += 1) await world.step();
  // Half of the browsers are closed in the middle of whatever they do, but not a tab that keeps nothing.
  if (seed % 2 === 0)
    for (const tab of world.tabs.filter(({ broken, failed }) => !broken && !failed)) await world.kill(tab);
  await world.open();
  await world.settle();
  const { problems, fates } = await outcomeOf(world);
  totals.landed += fates.landed;
  totals.refused += fates.refused;
  totals.neverWritten += fates.neverWritten;
  totals.failures += world.server.disk.failures;
  return problems;
}

describe('tabs of one browser that are killed at any point', () => {
  test(
    `land every kept edit once, tell every refused one, and agree (${SEEDS} seeds) [D1, D3, D5, D6]`,
    async () => {
      for (let seed = FIRST; seed < FIRST + SEEDS; seed += 1)
        expect({ seed, problems: await run(seed) }).toEqual({ seed, problems: [] });
    },
    60_000 + SEEDS * 1_000,
  );

  test(
    `also when several send at once (${SEEDS} seeds) [D3, D4]`,
    async () => {
      for (let seed = FIRST; seed < FIRST + SEEDS; seed += 1)
        expect({ seed, problems: await run(seed, { manyLeaders: true }) }).toEqual({ seed, problems: [] });
    },
    60_000 + SEEDS * 1_000,
  );

  test(
    `also when disks fail: such a tab goes on alone (${SEEDS} seeds) [D7]`,
    async () => {
      for (let seed = FIRST; seed < FIRST + SEEDS; seed += 1) {
        const found = await run(seed, { manyLeaders: true, breaks: 3 });
        expect({ seed, problems: found }).toEqual({ seed, problems: [] });
      }
    },
    60_000 + SEEDS * 1_000,
  );
});

test('the runs above had edits of every fate', () => {
  expect(totals.landed).toBeGreaterThan(SEEDS * 20);
  expect(totals.refused).toBeGreaterThan(SEEDS * 3);
  expect(totals.neverWritten).toBeGreaterThan(SEEDS);
  expect(totals.failures).toBeGreaterThan(SEEDS);
});

test('an entry that cannot be read takes no edit along that has no number yet [D6]', async () => {
  const client = new SyncClient({ clientId: 'alone', send: () => undefined });
  const document = emptyDocument('Flow');
  const snapshot = { clock: 1, document, permission: 'edit' as const, actor: ADA };
  client.share({ clientId: 'shared', tab: 'tab', snapshot, entries: [], enter: () => undefined });
  client.commit([putNode('a')]);
  client.entered([readEntry(1, 'garbage')]);
  expect([client.pendingCount, Object.keys(client.document?.nodes ?? {})]).toEqual([1, ['a']]);
});

describe('the runs see', () => {
  const caught = async (
    wrap: (storage: ClientStorage) => ClientStorage,
    pattern: RegExp,
  ): Promise<boolean> => {
    for (let seed = 1; seed <= 60; seed += 1)
      if ((await run(seed, { wrap, manyLeaders: true })).some((problem) => pattern.test(problem)))
        return true;
    return false;
  };
  /** `storage` with some of its calls replaced. */
  const but = (storage: ClientStorage, changes: Partial<ClientStorage>): ClientStorage => ({
    load: () => storage.load(),
    append: (drafts, from) => storage.append(drafts, from),
    entries: (after) => storage.entries(after),
    refuse: (seq, refusal) => storage.refuse(seq, refusal),
    settle: (seqs, snapshot) => storage.settle(seqs, snapshot),
    ...changes,
  });

  test('entries that are sent over a gap', async () => {
    // A tab that takes over only what it wrote itself, as if it trusted its own memory.
    const gap = (storage: ClientStorage): ClientStorage =>
      but(storage, {
        append: async (drafts, from) =>
          (await storage.append(drafts, from)).filter(({ ticket }) =>
            drafts.some((draft) => draft.ticket === ticket),
          ),
      });
    expect(await caught(gap, /lost/)).toBe(true);
  }, 60_000);

  test('an entry that gets a new key when it is taken over', async () => {
    let taken = 0;
    const renumber = (entries: QueueEntry[]): QueueEntry[] =>
      entries.map((entry) => ({
        ...entry,
        request: {
          ...entry.request,
          key: entry.request.key.replace(/:\d+$/, () => `:${10_000 + (taken += 1)}`),
        },
      }));
    const wrap = (storage: ClientStorage): ClientStorage =>
      but(storage, {
        load: async () => {
          const kept = await storage.load();
          return { ...kept, entries: renumber(kept.entries) };
        },
      });
    expect(await caught(wrap, /landed \d+ times|lost/)).toBe(true);
  }, 60_000);

  test('an entry that is removed before it is answered', async () => {
    const wrap = (storage: ClientStorage): ClientStorage =>
      but(storage, {
        append: async (drafts, from) => {
          const entries = await storage.append(drafts, from);
          await storage.settle(entries.map(({ seq }) => seq));
          return entries;
        },
      });
    expect(await caught(wrap, /kept and is lost/)).toBe(true);
  }, 60_000);

  test('a write that is confirmed before it is there', async () => {
    const wrap = (storage: ClientStorage): ClientStorage => {
      let held: (() => Promise<unknown>) | undefined;
      return but(storage, {
        append: async (drafts, from) => {
          await held?.();
          const { clientId, entries } = await storage.load();
          const seq = Math.max(from.after, from.floor, ...entries.map((entry) => entry.seq));
          held = () => storage.append(drafts, from);
          return drafts.map((draft, i): QueueEntry => ({
            seq: seq + i + 1,
            ticket: draft.ticket,
            at: draft.at,
            request: { ...draft.request, key: `${clientId}:${seq + i + 1}` } as QueueEntry['request'],
          }));
        },
      });
    };
    expect(await caught(wrap, /lost|twice|landed \d/)).toBe(true);
  }, 60_000);

  test('a refusal that nobody notes', async () => {
    const wrap = (storage: ClientStorage): ClientStorage =>
      but(storage, { refuse: (seq) => storage.settle([seq]) });
    expect(await caught(wrap, /kept and is lost/)).toBe(true);
  }, 60_000);
});
