import { describe, expect, test } from 'vitest';
import {
  ADA,
  BOB,
  commit,
  documentOf,
  expectOk,
  freshLog,
  putEdge,
  putNode,
  removeNode,
  setTitle,
} from '../../../test/log.ts';
import type { FlowLog } from './log.ts';
import type { Actor } from '../messages.ts';

let count = 0;
function undo(log: FlowLog, actor: Actor) {
  return expectOk(log.undo({ actor, key: `undo${(count += 1)}` }));
}
function redo(log: FlowLog, actor: Actor) {
  return expectOk(log.redo({ actor, key: `redo${(count += 1)}` }));
}

describe('undo and redo', () => {
  test('take steps back and forth in order, each as a commit of its own, until the actor edits anew [U1]', () => {
    const log = freshLog();
    commit(log, ADA, [putNode('a')]);
    commit(log, ADA, [setTitle('a', 'one')]);
    commit(log, ADA, [setTitle('a', 'two')]);
    const titles = (steps: ((log: FlowLog, actor: Actor) => unknown)[]) =>
      steps.map((step) => {
        step(log, ADA);
        return documentOf(log).nodes['a']?.title;
      });
    expect(titles([undo, undo, redo, redo, undo, undo, undo])).toEqual([
      'one',
      'Node a',
      'one',
      'two',
      'one',
      'Node a',
      undefined,
    ]);
    expect(log.undo({ actor: ADA, key: 'none' })).toMatchObject({ ok: false, code: 'conflict' });
    expect(titles([redo, redo])).toEqual(['Node a', 'one']);
    expect(documentOf(log)).toMatchObject({ nodes: { a: { title: 'one' } } });
    expect(expectOk(log.snapshot()).clock).toBe(12);
    commit(log, ADA, [putNode('b')]);
    expect(log.redo({ actor: ADA, key: 'late' })).toMatchObject({ ok: false, code: 'conflict' });
    expect(titles([undo, undo])).toEqual(['one', 'Node a']);
  });

  test('a repeated key takes back one step only [K2]', () => {
    const log = freshLog();
    commit(log, ADA, [putNode('a')]);
    commit(log, ADA, [putNode('b')]);
    const first = expectOk(log.undo({ actor: ADA, key: 'u' }));
    expect(log.undo({ actor: ADA, key: 'u' })).toMatchObject({
      clock: first.clock,
      applied: first.applied,
      skipped: [],
    });
    expect(Object.keys(documentOf(log).nodes)).toEqual(['a']);
  });

  test("reach only the actor's own steps [U3]", () => {
    const log = freshLog();
    commit(log, ADA, [putNode('a')]);
    commit(log, BOB, [putNode('b')]);
    undo(log, ADA);
    expect(Object.keys(documentOf(log).nodes)).toEqual(['b']);
    expect(log.undo({ actor: ADA, key: 'x' })).toMatchObject({ code: 'conflict' });
  });

  test('all commits of a run are one step [U2]', () => {
    const log = freshLog();
    commit(log, ADA, [putNode('mine')]);
    commit(log, ADA, [putNode('a'), putNode('b')], { runId: 'run_1' });
    commit(log, BOB, [putNode('bob')]);
    commit(log, ADA, [putEdge('e', 'a', 'b'), setTitle('mine', 'By agent')], { runId: 'run_1' });
    commit(log, ADA, [setTitle('a', 'Polished')], { runId: 'run_1' });
    const after = documentOf(log);
    expect(undo(log, ADA).skipped).toEqual([]);
    expect(documentOf(log)).toMatchObject({ nodes: { mine: { title: 'Node mine' }, bob: {} }, edges: {} });
    expect(Object.keys(documentOf(log).nodes).sort()).toEqual(['bob', 'mine']);
    expect(redo(log, ADA).skipped).toEqual([]);
    expect(documentOf(log)).toEqual(after);
    undo(log, ADA);
    expect(Object.keys(documentOf(log).nodes).sort()).toEqual(['bob', 'mine']);
    undo(log, ADA);
    expect(Object.keys(documentOf(log).nodes)).toEqual(['bob']);
  });
});

describe('what others have done since', () => {
  test('a field that somebody changed since is left, the others are taken back, and it says so [U4]', () => {
    const log = freshLog();
    commit(log, ADA, [putNode('a')]);
    commit(log, ADA, [{ op: 'patch', kind: 'node', id: 'a', set: { title: 'Ada', pinned: true } }]);
    commit(log, BOB, [setTitle('a', 'Bob')]);
    expect(undo(log, ADA).skipped).toEqual([
      'Left the title of node “Bob” as it is: Bob has changed it since.',
    ]);
    expect(documentOf(log).nodes['a']).toEqual({
      id: 'a',
      type: 'screen',
      title: 'Bob',
      position: { x: 0, y: 0 },
    });
  });

  test('even when the other wrote the same value that the step had left [U4]', () => {
    const log = freshLog();
    commit(log, ADA, [putNode('a')]);
    commit(log, ADA, [setTitle('a', 'same')]);
    commit(log, BOB, [setTitle('a', 'other')]);
    commit(log, BOB, [setTitle('a', 'same')]);
    commit(log, ADA, [setTitle('a', 'third')]);
    undo(log, ADA);
    expect(documentOf(log).nodes['a']?.title).toBe('same');
    expect(undo(log, ADA)).toMatchObject({
      applied: [],
      skipped: [expect.stringContaining('Bob has changed it since')],
    });
    expect(documentOf(log).nodes['a']?.title).toBe('same');
  });

  test('but not what the other has taken back himself', () => {
    const log = freshLog();
    commit(log, ADA, [putNode('a')]);
    commit(log, BOB, [setTitle('a', 'Bob')]);
    undo(log, BOB);
    expect(undo(log, ADA).skipped).toEqual([]);
    expect(documentOf(log).nodes).toEqual({});
  });

  test('a made node stays when somebody edited it, linked to it or put it to use [U5]', () => {
    const log = freshLog();
    commit(log, ADA, [putNode('a'), putNode('b'), putNode('c')]);
    commit(log, BOB, [setTitle('a', 'Bob'), putNode('bob'), putEdge('e', 'bob', 'b')]);
    const { skipped } = undo(log, ADA);
    expect(skipped).toEqual([
      'Kept node “Node b”: it has been linked to since.',
      'Kept node “Bob”: Bob has edited it since.',
    ]);
    expect(Object.keys(documentOf(log).nodes).sort()).toEqual(['a', 'b', 'bob']);
    expect(documentOf(log).edges['e']).toBeDefined();
    redo(log, ADA);
    expect(Object.keys(documentOf(log).nodes).sort()).toEqual(['a', 'b', 'bob', 'c']);
  });

  test('a removed node comes back with its edges, except those whose other end is gone [U5]', () => {
    const log = freshLog();
    commit(log, BOB, [
      putNode('a'),
      putNode('b'),
      putNode('c'),
      putEdge('ab', 'a', 'b'),
      putEdge('ac', 'a', 'c'),
    ]);
    commit(log, ADA, [removeNode('a')]);
    commit(log, BOB, [removeNode('c')]);
    expect(undo(log, ADA).skipped).toEqual([
      'Could not bring back the edge from “Node a” to “c”: the node it belongs to has been removed.',
    ]);
    expect(Object.keys(documentOf(log).edges)).toEqual(['ab']);
    redo(log, ADA);
    expect(Object.keys(documentOf(log).nodes)).toEqual(['b']);
  });

  test('redo does not remove what somebody edited after the undo brought it back [U5]', () => {
    const log = freshLog();
    commit(log, BOB, [putNode('a')]);
    commit(log, ADA, [removeNode('a')]);
    undo(log, ADA);
    commit(log, BOB, [setTitle('a', 'Needed')]);
    expect(redo(log, ADA).skipped).toEqual(['Kept node “Needed”: Bob has edited it since.']);
    expect(documentOf(log).nodes['a']?.title).toBe('Needed');
  });

  test('a screen is not taken back under an edge that somebody attached to its new element', () => {
    const log = freshLog();
    commit(log, BOB, [putNode('a'), putNode('b')]);
    commit(log, ADA, [
      {
        op: 'patch',
        kind: 'node',
        id: 'a',
        set: { screen: { elements: [{ id: 'ok', kind: 'button', label: 'OK' }], states: [] } },
      },
    ]);
    commit(log, BOB, [
      {
        op: 'put',
        kind: 'edge',
        value: { id: 'e', source: 'a', target: 'b', trigger: 'click', elementId: 'ok' },
      },
    ]);
    expect(undo(log, ADA).skipped).toEqual(['Kept node “Node a”: it has been linked to since.']);
    expect(documentOf(log).edges['e']?.elementId).toBe('ok');
  });

  test('an edge is not led back to a source that lacks the element somebody attached it to', () => {
    const log = freshLog();
    const screen = { elements: [{ id: 'ok', kind: 'button', label: 'OK' }], states: [] };
    commit(log, BOB, [putNode('a'), putNode('b', { screen }), putEdge('e', 'a', 'a')]);
    commit(log, ADA, [{ op: 'patch', kind: 'edge', id: 'e', set: { source: 'b', label: 'Ada' } }]);
    commit(log, BOB, [{ op: 'patch', kind: 'edge', id: 'e', set: { elementId: 'ok' } }]);
    expect(undo(log, ADA).skipped).toEqual([
      'Kept the edge from “Node b” to “Node a”: it has been linked to since.',
    ]);
    expect(documentOf(log).edges['e']).toMatchObject({ source: 'b', elementId: 'ok' });
  });
});
