import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ADA, countingPorts, expectOk, freshLog, putNode } from '../../test/log.ts';
import { nodeStore, type NodeStore } from './node-store.ts';
import { FlowLog } from './server/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'uxflow-store-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Lets the database grow by so many pages of 4 KB and no more, as on a disk that is nearly full. */
function leave(store: NodeStore, pages: number): void {
  const used = Number(store.exec('PRAGMA page_count')[0]?.['page_count']);
  store.exec(`PRAGMA max_page_count = ${used + pages}`);
}

describe.each([
  ['in memory', () => ':memory:'],
  ['in a file', () => join(folder, 'full.db')],
])('a store %s that is full', (_, path) => {
  test('says so, has changed nothing in the store or the log, and goes on when there is room again [L4]', () => {
    const store = nodeStore(path());
    const log = freshLog({}, store);
    let seq = 0;
    const send = () =>
      log.commit({
        actor: ADA,
        key: `tab:${seq}`,
        sequenced: true,
        ops: Array.from({ length: 8 }, (__, i) =>
          putNode(`n${seq}-${i}`, { description: 'x'.repeat(3_000) }),
        ),
      });
    const failures: number[] = [];
    for (const pages of [1, 5, 9, 14, 20, 27, 35]) {
      leave(store, pages);
      let before = log.snapshot();
      const fill = (): void => {
        for (;;) {
          seq += 1;
          before = log.snapshot();
          expectOk(send());
        }
      };
      expect(fill).toThrow(/database or disk is full/);
      failures.push(seq);
      expect(log.snapshot()).toEqual(before);
      expect(new FlowLog(store, countingPorts()).snapshot()).toEqual(before);
      expect(log.lastSeq(ADA, 'tab')).toBe(seq - 1);
      leave(store, 10_000);
      expect(send()).toMatchObject({ ok: true, clock: seq });
    }
    expect(new Set(failures).size).toBe(failures.length);
    store.close();
  });
});
