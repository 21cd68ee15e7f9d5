import { emptyDocument } from '../src/index.ts';
import type { ClientStorage, Draft, KeptSnapshot, QueueEntry } from '../src/sync/index.ts';
import { ADA, putNode } from './edits.ts';

/** A fresh storage opened twice, as by two tabs. */
export interface TwoTabs {
  one: ClientStorage;
  two: ClientStorage;
}
export interface ClientStorageRule {
  title: string;
  run(tabs: TwoTabs, equal: (actual: unknown, expected: unknown) => void): Promise<void>;
}

export const draft = (ticket: string, id: string = ticket): Draft => ({
  ticket,
  at: 5,
  request: { type: 'commit', baseClock: 3, ops: [putNode(id)], message: 'why' },
});
const snapshot = (clock: number): KeptSnapshot => ({
  clock,
  document: emptyDocument(`Flow ${clock}`),
  permission: 'edit',
  actor: ADA,
});
const start = { after: 0, floor: 0 };
const tickets = (entries: readonly QueueEntry[]): string[] => entries.map(({ ticket }) => ticket);

/** What every driver of `ClientStorage` promises. */
export const CLIENT_STORAGE_CONTRACT: ClientStorageRule[] = [
  {
    title: 'a fresh one names the browser once, for all tabs, and is empty [D2]',
    run: async ({ one, two }, equal) => {
      const [first, second] = await Promise.all([one.load(), two.load()]);
      equal(/^[\w-]{1,64}$/.test(first.clientId), true);
      equal(second, { clientId: first.clientId, entries: [] });
    },
  },
  {
    title:
      'drafts get consecutive numbers in their order and are read back as they were, with their keys [D2]',
    run: async ({ one, two }, equal) => {
      const { clientId } = await one.load();
      const undo: Draft = { ticket: 'a.2', at: 6, request: { type: 'undo' } };
      const written = await one.append([draft('a.1'), undo], start);
      equal(written, [
        {
          seq: 1,
          ticket: 'a.1',
          at: 5,
          request: { ...draft('a.1').request, key: `${clientId}:1` },
        },
        { seq: 2, ticket: 'a.2', at: 6, request: { type: 'undo', key: `${clientId}:2` } },
      ]);
      equal((await two.load()).entries, written);
      equal(await two.entries(1), written.slice(1));
    },
  },
  {
    title: 'tabs that write at once never share a number, and each sees what stands before its own [D2, D3]',
    run: async ({ one, two }, equal) => {
      const all = await Promise.all(
        Array.from({ length: 20 }, (_, i) => (i % 2 ? one : two).append([draft(`t.${i}`)], start)),
      );
      const { entries } = await one.load();
      equal(
        entries.map(({ seq }) => seq),
        Array.from({ length: 20 }, (_, i) => i + 1),
      );
      equal(new Set(tickets(entries)).size, 20);
      for (const seen of all) equal(seen, entries.slice(0, seen.length));
    },
  },
  {
    title: 'a number is never used again, removed or not, nor one known to be used elsewhere [D2]',
    run: async ({ one, two }, equal) => {
      await one.append([draft('a.1'), draft('a.2')], start);
      await one.settle([1, 2]);
      const [next] = await two.append([draft('b.1')], { after: 2, floor: 0 });
      equal(next?.seq, 3);
      const [floored] = await two.append([draft('b.2')], { after: 3, floor: 40 });
      equal(floored?.seq, 41);
      equal(floored?.request.key.endsWith(':41'), true);
    },
  },
  {
    title: 'the snapshot and the removal of what it holds are one step, and what is not named stays [D8]',
    run: async ({ one, two }, equal) => {
      await one.append([draft('a.1'), draft('a.2'), draft('a.3')], start);
      await one.settle([1, 3], snapshot(7));
      const kept = await two.load();
      equal([kept.snapshot, tickets(kept.entries)], [snapshot(7), ['a.2']]);
      await two.settle([], snapshot(9));
      equal((await one.load()).snapshot, snapshot(9));
    },
  },
  {
    title:
      'a refusal stays with its entry until that is removed; one that is gone is not brought back by it [D6]',
    run: async ({ one, two }, equal) => {
      const refusal = { code: 'invalid_request', detail: 'No', issues: [{ path: 'ops.0', message: 'No' }] };
      const [entry] = await one.append([draft('a.1')], start);
      await one.refuse(1, refusal);
      await one.refuse(9, refusal);
      equal((await two.load()).entries, [{ ...entry, refusal }]);
      await two.settle([1]);
      await one.refuse(1, refusal);
      equal((await two.load()).entries, []);
    },
  },
  {
    title: 'text of any language, deep data and thousands of edits come back as they were',
    run: async ({ one, two }, equal) => {
      const ops = [putNode('ü', { title: '確認 🛒 \u202eabc', data: { deep: [1, null, { on: true }] } })];
      await one.append([{ ticket: 'a.1', at: 0, request: { type: 'commit', baseClock: 0, ops } }], start);
      await one.append(
        Array.from({ length: 2_000 }, (_, i) => draft(`a.${i + 2}`)),
        { after: 1, floor: 0 },
      );
      const { entries } = await two.load();
      equal(entries.length, 2_001);
      equal(entries[0]?.request.type === 'commit' && entries[0].request.ops, ops);
      equal(
        entries.every(({ seq }, i) => seq === i + 1),
        true,
      );
    },
  },
];
