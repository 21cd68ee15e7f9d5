import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ADA,
  BOB,
  commit,
  documentOf,
  expectOk,
  putEdge,
  putNode,
  removeNode,
  setTitle,
} from '../../../test/log.ts';
import { fromNumbers, namesFrom, randomOp } from '../../../test/random-ops.ts';
import { VERSION_POLICY } from '../../history/version-policy.ts';
import { emptyDocument, type FlowDocument } from '../../index.ts';
import { nodeStore } from '../node-store.ts';
import type { Store } from '../store.ts';
import { FlowLog } from './log.ts';
import type { FlowLogOptions } from './requests.ts';

/** A flow whose clock on the wall is the test's. */
function flow(options: FlowLogOptions = {}, store: Store = nodeStore(':memory:')) {
  let now = 1_700_000_000_000;
  let count = 0;
  const ports = { now: () => now, newId: (prefix: string) => `${prefix}_${(count += 1)}` };
  const log = new FlowLog(store, ports, options);
  expectOk(log.create({ name: 'Flow', actor: ADA }));
  return {
    log,
    store,
    reopened: () => new FlowLog(store, ports, options),
    wait: (ms: number) => {
      now += ms;
    },
    named: (name: string, more: { id?: string; clock?: number } = {}) =>
      log.history.name({ id: `ver_${name}`, name, actor: BOB, ...more }),
    versions: () => expectOk(log.history.list(undefined, 100)).versions,
    /** The archive takes everything that waits for it. */
    archive(into: Map<string, string> = new Map()): Map<string, string> {
      for (let next = log.history.toArchive(); next; next = log.history.toArchive()) {
        into.set(next.id, next.json);
        log.history.archived(next.id);
      }
      return into;
    },
  };
}

describe('versions', () => {
  test('are made by name at the current clock or a retained one, once an id, and listed newest first [V1]', () => {
    const { log, named, versions } = flow({ retention: 5, compactEvery: 1 });
    for (let i = 0; i < 9; i += 1) commit(log, ADA, [putNode(`n${i}`)]);
    const first = expectOk(named('first')).version;
    expect(first).toMatchObject({ id: 'ver_first', clock: 9, kind: 'named', name: 'first', actor: BOB });
    commit(log, ADA, [putNode('later')]);
    expect(expectOk(named('first'))).toMatchObject({ version: first });
    expect(expectOk(named('past', { clock: 6 })).version).toMatchObject({ clock: 6 });
    expect(named('older', { clock: 2 })).toMatchObject({
      code: 'not_retained',
      extra: { oldestClock: 5 },
    });
    expect(named('future', { clock: 11 })).toMatchObject({ code: 'not_found' });
    expect(versions().map(({ id }) => id)).toEqual(['ver_past', 'ver_first']);
    const [newest] = versions();
    expect(expectOk(log.history.list(newest?.no, 1)).versions).toEqual([first]);
  });

  test('are made by themselves of what stood before a pause, in the name of its last author [V2]', () => {
    const { log, wait, versions } = flow();
    commit(log, ADA, [putNode('a')]);
    wait(1_000);
    const { at } = commit(log, BOB, [setTitle('a', 'Bob')]).change ?? {};
    wait(VERSION_POLICY.pause);
    expect(versions()).toEqual([]);
    expect(log.commit({ actor: ADA, key: 'bad', ops: [setTitle('none', 'x')] })).toMatchObject({ ok: false });
    expect(versions()).toEqual([]);
    commit(log, ADA, [setTitle('a', 'Later')]);
    expect(versions()).toMatchObject([{ kind: 'automatic', clock: 2, actor: BOB, at }]);
    expect(versions()[0]).not.toHaveProperty('name');
    wait(VERSION_POLICY.pause);
    expectOk(log.undo({ actor: ADA, key: 'u' }));
    expect(versions().map(({ clock }) => clock)).toEqual([3, 2]);
  });

  test('are made by themselves after many commits, also by a log that was opened again [V2]', () => {
    const { log, reopened, wait, versions } = flow();
    for (let i = 0; i <= VERSION_POLICY.commits; i += 1) commit(log, ADA, [putNode(`n${i}`)]);
    expect(versions().map(({ clock }) => clock)).toEqual([VERSION_POLICY.commits]);
    wait(VERSION_POLICY.spacing);
    const again = reopened();
    for (let i = 0; i <= VERSION_POLICY.commits; i += 1) commit(again, ADA, [putNode(`m${i}`)]);
    expect(versions().map(({ clock }) => clock)).toEqual([
      2 * VERSION_POLICY.commits,
      VERSION_POLICY.commits,
    ]);
  });

  test('that are thinned out are removed from the archive, named ones never [V3]', () => {
    const { log, wait, named, versions, archive } = flow();
    for (let i = 0; i < 20; i += 1) {
      commit(log, ADA, [putNode(`n${i}`)]);
      if (i === 7) expectOk(named('kept'));
      wait(VERSION_POLICY.pause);
    }
    archive();
    expect(versions()).toHaveLength(19);
    wait(400 * 86_400_000);
    commit(log, ADA, [putNode('after')]);
    archive();
    const left = versions();
    expect(left.length).toBeLessThanOrEqual(4);
    expect(left.map(({ id }) => id)).toContain('ver_kept');
    const gone = log.history.toRemove(100);
    expect(gone).toHaveLength(20 - left.length);
    for (const id of gone) {
      expect(log.history.find(id)).toMatchObject({ code: 'not_found' });
      log.history.removed(id);
    }
    expect(log.history.toRemove(100)).toEqual([]);
  });

  test('are at most so many by name [V3]', () => {
    const { log, named } = flow();
    commit(log, ADA, [putNode('a')]);
    for (let i = 0; i < VERSION_POLICY.mostNamed; i += 1) expectOk(named(`v${i}`));
    expect(named('one more')).toMatchObject({ code: 'limit_exceeded' });
    expect(named('v3')).toMatchObject({ ok: true });
  });
});

describe('the past', () => {
  test('of every version is known for ever, from the log, held, or from the archive, whenever it gets there [V4]', () => {
    const choices = fc.array(fc.nat(9_999), { minLength: 60, maxLength: 300 });
    fc.assert(
      fc.property(choices, (numbers) => {
        const choose = fromNumbers(numbers);
        const fresh = namesFrom(choose, 10);
        const { log, wait, named, versions, archive } = flow({ retention: 4, compactEvery: 3 });
        const archived = new Map<string, string>();
        const past = new Map<number, FlowDocument>();
        for (let i = 0; i < 40; i += 1) {
          log.commit({ actor: ADA, key: `k${i}`, ops: [randomOp(choose, documentOf(log), fresh)] });
          const { clock, document } = expectOk(log.snapshot());
          past.set(clock, document);
          if (choose(4) === 0) named(`v${i}`);
          if (choose(4) === 0) wait(VERSION_POLICY.pause);
          if (choose(9) === 0) archive(archived);
        }
        const read = (ref: number | string): FlowDocument => {
          const found = expectOk(log.history.past(ref));
          return 'document' in found
            ? found.document
            : (JSON.parse(archived.get(found.archived) ?? '') as FlowDocument);
        };
        for (const { id, clock } of versions()) {
          expect(read(id)).toEqual(past.get(clock));
          expect(read(clock)).toEqual(past.get(clock));
        }
        archive(archived);
        for (const { id, clock } of versions()) expect(read(id)).toEqual(past.get(clock));
      }),
      { numRuns: 60 },
    );
  });

  test('of a clock that neither log nor version has is refused by code and the oldest clock [L2]', () => {
    const { log, named } = flow({ retention: 3, compactEvery: 1 });
    commit(log, ADA, [putNode('a')]);
    expectOk(named('one'));
    for (let i = 0; i < 9; i += 1) commit(log, ADA, [putNode(`n${i}`)]);
    expect(expectOk(log.history.past(1))).toMatchObject({
      clock: 1,
      document: { nodes: { a: { id: 'a' } } },
    });
    expect(log.history.past(2)).toMatchObject({ code: 'not_retained', extra: { oldestClock: 7 } });
    expect(log.history.past(11)).toMatchObject({ code: 'not_found' });
    expect(log.history.past('ver_none')).toMatchObject({ code: 'not_found' });
  });
});

describe('restore', () => {
  const document = (log: FlowLog, version: string): FlowDocument => {
    const found = expectOk(log.history.past(version));
    if (!('document' in found)) throw new Error('archived');
    return found.document;
  };

  test('is one commit that leads to the document of the version, undone as one step, and what stood before is a version [V5, V2]', () => {
    const { log, named, versions } = flow();
    commit(log, ADA, [putNode('a'), putNode('b'), putEdge('e', 'a', 'b')]);
    const then = documentOf(log);
    expectOk(named('then'));
    commit(log, BOB, [removeNode('a'), setTitle('b', 'B'), putNode('c'), { op: 'rename', name: 'Other' }]);
    const before = documentOf(log);
    const request = { actor: ADA, key: 'r', versionId: 'ver_then', document: document(log, 'ver_then') };
    const restored = expectOk(log.restore(request));
    expect(restored).toMatchObject({
      clock: 3,
      conflicts: [],
      change: { message: 'Restored “then”', actor: ADA },
    });
    expect(documentOf(log)).toEqual(then);
    expect(versions().map(({ clock, kind }) => `${kind} ${clock}`)).toEqual(['automatic 2', 'named 1']);
    const { records, commits } = expectOk(log.history.blame());
    expect(records.find(({ id }) => id === 'a')).toMatchObject({ made: 3 });
    expect(commits.find(({ clock }) => clock === 3)).toMatchObject({ actor: ADA });

    expect(log.restore(request)).toMatchObject({ ok: true, clock: 3 });
    expect(log.restore({ ...request, key: 'again' })).toMatchObject({ ok: true, clock: 3, commitId: '' });
    expectOk(log.undo({ actor: ADA, key: 'u' }));
    expect(documentOf(log)).toEqual(before);
    expectOk(log.redo({ actor: ADA, key: 'redo' }));
    expect(documentOf(log)).toEqual(then);

    // What stood before has a version already: no second one.
    commit(log, BOB, [setTitle('b', 'Late')]);
    expectOk(named('late'));
    expectOk(log.restore({ ...request, key: 'third' }));
    expect(versions().map(({ clock }) => clock)).toEqual([6, 2, 1]);
  });

  test('is refused for a version that is not there and a document that is none, and nothing changes [V5]', () => {
    const { log, named, versions } = flow();
    commit(log, ADA, [putNode('a')]);
    expectOk(named('then'));
    commit(log, ADA, [putNode('b')]);
    const before = log.snapshot();
    const request = { actor: ADA, key: 'r', versionId: 'ver_then' };
    expect(log.restore({ ...request, versionId: 'ver_no', document: emptyDocument('x') })).toMatchObject({
      code: 'not_found',
    });
    const broken = {
      ...emptyDocument('x'),
      edges: { e: { id: 'e', source: 'no', target: 'no', trigger: 'click' } },
    };
    expect(log.restore({ ...request, document: broken as FlowDocument })).toMatchObject({
      code: 'dangling_reference',
    });
    expect(log.snapshot()).toEqual(before);
    expect(versions()).toHaveLength(1);
  });
});

test('a store that fails while a version is made leaves no version and no commit [L4]', () => {
  const store = nodeStore(':memory:');
  let broken = false;
  const { log, wait, versions } = flow(
    {},
    {
      transaction: (body) => store.transaction(body),
      exec: (sql, ...params) => {
        if (broken && sql.startsWith('INSERT INTO version ')) throw new Error('disk full');
        return store.exec(sql, ...params);
      },
    },
  );
  commit(log, ADA, [putNode('a')]);
  wait(VERSION_POLICY.pause);
  broken = true;
  expect(() => log.commit({ actor: ADA, key: 'k', ops: [putNode('b')] })).toThrow('disk full');
  expect(() => log.history.name({ id: 'ver_x', name: 'x', actor: ADA })).toThrow('disk full');
  expect(expectOk(log.snapshot()).clock).toBe(1);
  broken = false;
  expectOk(log.commit({ actor: ADA, key: 'k', ops: [putNode('b')] }));
  expect(versions().map(({ clock }) => clock)).toEqual([1]);
});
