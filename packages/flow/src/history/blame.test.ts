import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ADA, BOB, commit, documentOf, expectOk, freshLog, putNode, setTitle } from '../../test/log.ts';
import { fromNumbers, namesFrom, randomOp } from '../../test/random-ops.ts';
import type { Change } from '../sync/index.ts';

/** Who last wrote what, found by going through every commit from the first one on. */
function replayed(changes: readonly Change[]) {
  let name = 0;
  const records = new Map<string, { made: number; fields: Map<string, number> }>();
  for (const { clock, ops } of changes) {
    for (const op of ops) {
      if (op.op === 'rename') name = clock;
      else if (op.op === 'put') records.set(`${op.kind} ${op.value.id}`, { made: clock, fields: new Map() });
      else if (op.op === 'remove') records.delete(`${op.kind} ${op.id}`);
      else
        for (const field of Object.keys(op.set)) records.get(`${op.kind} ${op.id}`)?.fields.set(field, clock);
    }
  }
  return { name, records };
}

test('blame names the last writer of every field, however little of the log is retained, undo and redo included [L3]', () => {
  const choices = fc.array(fc.nat(9_999), { minLength: 60, maxLength: 400 });
  fc.assert(
    fc.property(choices, fc.integer({ min: 1, max: 40 }), (numbers, retention) => {
      const choose = fromNumbers(numbers);
      const fresh = namesFrom(choose, 8);
      const log = freshLog({ retention, compactEvery: 3 });
      const changes: Change[] = [];
      for (let i = 0; i < 60; i += 1) {
        const actor = choose(2) === 0 ? ADA : BOB;
        const key = `k${i}`;
        const runId = choose(4) === 0 ? `run_${i}` : undefined;
        const outcome =
          choose(5) === 0
            ? log[choose(3) === 0 ? 'redo' : 'undo']({ actor, key })
            : log.commit({
                actor,
                key,
                ops: [randomOp(choose, documentOf(log), fresh)],
                ...(runId !== undefined && { runId }),
              });
        if (outcome.ok && outcome.change) changes.push(outcome.change);
      }
      const { name, records, commits } = expectOk(log.history.blame());
      const truth = replayed(changes);
      expect(name).toBe(truth.name);
      expect(records.map(({ kind, id }) => `${kind} ${id}`).toSorted()).toEqual(
        [...truth.records.keys()].toSorted(),
      );
      const authors = new Map(commits.map((author) => [author.clock, author]));
      for (const { kind, id, made, fields } of records) {
        const known = truth.records.get(`${kind} ${id}`);
        expect(made).toBe(known?.made);
        for (const [field, clock] of Object.entries(fields)) {
          expect([field, clock]).toEqual([field, known?.fields.get(field) ?? known?.made]);
          const { actor, at, runId } = changes[clock - 1] ?? {};
          expect(authors.get(clock)).toMatchObject({ actor, at, ...(runId !== undefined && { runId }) });
        }
      }
    }),
    { numRuns: 150 },
  );
});

test('what an undo brings back is told of the one who undid; the maker of an empty flow named it [L3]', () => {
  const log = freshLog();
  commit(log, ADA, [putNode('a')]);
  commit(log, BOB, [setTitle('a', 'Bob')], { runId: 'run_1' });
  expectOk(log.undo({ actor: BOB, key: 'u' }));
  const { records, commits, name } = expectOk(log.history.blame());
  expect(records).toMatchObject([
    { kind: 'node', id: 'a', label: 'Node a', made: 1, fields: { title: 3, type: 1, position: 1 } },
  ]);
  expect(commits).toMatchObject([
    { clock: 0, actor: ADA },
    { clock: 1, actor: ADA, commitId: expect.stringMatching(/^cmt_/) },
    { clock: 3, actor: BOB },
  ]);
  expect(name).toBe(0);
});
