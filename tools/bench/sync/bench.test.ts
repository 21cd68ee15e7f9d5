import { expect, test } from 'vitest';
import { benchColdOpen } from '../cold-open.ts';
import { benchGrowth } from '../growth.ts';
import { benchIngest } from '../ingest.ts';

test('every system carries out the same small jobs, so that its figures are of work that was done', async () => {
  const rows = [...(await benchIngest(60, 1, 20)), ...(await benchColdOpen([44], 1)), ...benchGrowth(100)];
  expect(new Set(rows.map(({ system }) => system.split(',')[0]))).toEqual(
    new Set([
      'uxflow',
      'tldraw sync',
      'Yjs',
      'SQLite alone',
      'uxflow is faster by',
      'SQLite alone is faster by',
    ]),
  );
  expect(rows.filter(({ median }) => !(median > 0))).toEqual([]);
}, 30_000);
