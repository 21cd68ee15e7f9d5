import { applyOps, emptyDocument, type Op } from '@uxflow/flow';
import { expect, test } from 'vitest';
import { ghostsOf, withGhosts } from './ghosts.ts';

const node = (id: string): Op => ({
  op: 'put',
  kind: 'node',
  value: { id, type: 'screen', title: id, position: { x: 0, y: 0 } },
});
const edge = (id: string, source: string, target: string): Op => ({
  op: 'put',
  kind: 'edge',
  value: { id, source, target, trigger: 'click' },
});
const { document } = applyOps(emptyDocument('Flow'), [node('a'), node('b'), node('c'), edge('e', 'a', 'b')]);

test('what is added is a ghost that nobody can take hold of, what is changed or removed is marked', () => {
  const ghosts = ghostsOf(document, [
    node('new'),
    edge('to', 'a', 'new'),
    { op: 'patch', kind: 'node', id: 'c', set: { title: 'C' } },
    { op: 'remove', kind: 'node', id: 'b' },
  ]);
  expect(ghosts.nodes).toMatchObject([
    { id: 'new', draggable: false, selectable: false, connectable: false },
  ]);
  expect(ghosts.edges).toMatchObject([{ id: 'to', source: 'a', target: 'new', selectable: false }]);
  expect([...ghosts.marks]).toEqual([
    ['c', 'changed'],
    ['b', 'removed'],
    ['e', 'removed'],
  ]);
});

test('ops that do not apply to the flow as it stands show nothing', () => {
  const gone: Op = { op: 'patch', kind: 'node', id: 'gone', set: { title: 'x' } };
  expect(ghostsOf(document, [edge('to', 'a', 'gone'), gone])).toEqual({
    nodes: [],
    edges: [],
    marks: new Map(),
  });
});

test('items for which nothing is proposed keep their object', () => {
  const items = [{ id: 'a' }, { id: 'b' }];
  expect(withGhosts(items, [], new Map())).toBe(items);
  const shown = withGhosts(items, [{ id: 'new' }], new Map([['b', 'changed']]));
  expect(shown).toEqual([{ id: 'a' }, { id: 'b', className: 'uxf-changed' }, { id: 'new' }]);
  expect(shown[0]).toBe(items[0]);
});
