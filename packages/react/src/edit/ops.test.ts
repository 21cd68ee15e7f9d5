import { applyOps, emptyDocument, NODE_TYPES, type FlowDocument, type Op } from '@uxflow/flow';
import { expect, test } from 'vitest';
import {
  connect,
  createNode,
  describeNode,
  moveNodes,
  putNode,
  relabelEdge,
  removeRecords,
  renameFlow,
  retitleNode,
  retypeNode,
} from './ops.ts';

function flow(...types: (typeof NODE_TYPES)[number][]): FlowDocument {
  const ops: Op[] = types.map((type, index) => ({
    op: 'put',
    kind: 'node',
    value: { id: `n${index}`, type, title: `Node ${index}`, position: { x: 0, y: index * 100 } },
  }));
  return applyOps(emptyDocument('Test'), ops).document;
}

function node(document: FlowDocument, id: string) {
  const found = document.nodes[id];
  if (!found) throw new Error(`no node ${id}`);
  return found;
}

test('a fresh node of every type is one that the flow accepts', () => {
  for (const type of NODE_TYPES) {
    const fresh = createNode(type, { x: 10.4, y: -3.6 });
    const { document } = applyOps(emptyDocument('Test'), putNode(fresh));
    expect(document.nodes[fresh.id]?.position).toEqual({ x: 10, y: -4 });
  }
});

test('a transition is refused, with a reason, where the flow would make no sense', () => {
  const document = flow('start', 'screen', 'end', 'note');
  for (const [source, target] of [
    ['n1', 'n1'],
    ['n1', 'n3'],
    ['n3', 'n1'],
    ['n2', 'n1'],
    ['n1', 'n0'],
    ['n1', 'gone'],
  ]) {
    const answer = connect(document, source ?? '', target ?? '');
    expect('refusal' in answer && answer.refusal.length > 10, `${source} → ${target}`).toBe(true);
  }
  const link = connect(document, 'n0', 'n1');
  if (!('ops' in link)) throw new Error('start → screen must be allowed');
  const linked = applyOps(document, link.ops).document;
  expect(Object.values(linked.edges)).toMatchObject([{ source: 'n0', target: 'n1', trigger: 'auto' }]);
  expect('refusal' in connect(linked, 'n0', 'n1')).toBe(true);
});

test('a move that ends where it began is no edit', () => {
  const document = flow('screen', 'screen');
  expect(
    moveNodes(
      document,
      new Map([
        ['n0', { x: 0.3, y: 0 }],
        ['n1', { x: 5, y: 5 }],
      ]),
    ),
  ).toEqual([{ op: 'patch', kind: 'node', id: 'n1', set: { position: { x: 5, y: 5 } } }]);
});

test('edges that go along with a removed node are not removed a second time', () => {
  const document = flow('screen', 'screen', 'screen');
  const linked = ['n1', 'n2'].reduce((current, target, index) => {
    const link = connect(current, `n${index}`, target);
    return 'ops' in link ? applyOps(current, link.ops).document : current;
  }, document);
  const ops = removeRecords(linked, ['n0', 'n0', 'gone'], Object.keys(linked.edges));
  expect(ops.map((op) => op.op === 'remove' && op.kind)).toEqual(['node', 'edge']);
  expect(() => applyOps(linked, ops)).not.toThrow();
});

test('empty or unchanged texts are no edits; an emptied description and label are removed', () => {
  const document = flow('screen');
  const screen = node(document, 'n0');
  expect(retitleNode(screen, '   ')).toEqual([]);
  expect(retitleNode(screen, ' Node 0 ')).toEqual([]);
  expect(renameFlow(document, 'Test')).toEqual([]);
  expect(describeNode({ ...screen, description: 'x' }, '')).toEqual([
    { op: 'patch', kind: 'node', id: 'n0', set: { description: null } },
  ]);
  expect(relabelEdge({ id: 'e', source: 'a', target: 'b', trigger: 'click', label: 'Yes' }, ' ')).toEqual([
    { op: 'patch', kind: 'edge', id: 'e', set: { label: null } },
  ]);
});

test('a change of type brings and takes what only screens have', () => {
  const document = flow('action');
  const screen = applyOps(document, retypeNode(node(document, 'n0'), 'screen')).document;
  expect(screen.nodes['n0']?.screen).toEqual({ elements: [], states: [{ kind: 'default' }] });
  const back = applyOps(screen, retypeNode(node(screen, 'n0'), 'system')).document;
  expect(back.nodes['n0']).toMatchObject({ type: 'system' });
  expect(back.nodes['n0']?.screen).toBeUndefined();
});
