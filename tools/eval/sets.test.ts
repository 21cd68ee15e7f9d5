import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadSet, parseSet, type EvalItem, type ExpectedFlow } from './load.ts';

const path = (name: string): string => fileURLToPath(new URL(`./sets/${name}`, import.meta.url));
const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

const dev = loadSet(path('designer.dev.jsonl'));
const test = loadSet(path('designer.test.jsonl'));

function problems({ nodes, edges }: ExpectedFlow): string[] {
  const found: string[] = [];
  const out = new Map(nodes.map((node) => [node.id, edges.filter((edge) => edge.source === node.id)]));
  const follow = (from: string | undefined, next: (id: string) => string[]): Set<string> => {
    const seen = new Set<string>();
    const queue = from === undefined ? [] : [from];
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      queue.push(...next(id));
    }
    return seen;
  };
  for (const type of ['start', 'end'] as const) {
    const count = nodes.filter((node) => node.type === type).length;
    if (count !== 1) found.push(`${count} ${type} nodes`);
  }
  const start = nodes.find((node) => node.type === 'start');
  const end = nodes.find((node) => node.type === 'end');
  const reached = follow(start?.id, (id) => (out.get(id) ?? []).map((edge) => edge.target));
  const finishes = follow(end?.id, (id) =>
    edges.filter((edge) => edge.target === id).map((edge) => edge.source),
  );
  for (const node of nodes) {
    const leaving = out.get(node.id) ?? [];
    if (!reached.has(node.id)) found.push(`"${node.title}" is not reached from Start`);
    if (!finishes.has(node.id)) found.push(`"${node.title}" never reaches End`);
    if (node.type === 'decision') {
      const labels = new Set(leaving.map((edge) => edge.label));
      if (labels.size < 2) found.push(`"${node.title}" has fewer than two branches`);
      if (labels.has(undefined)) found.push(`"${node.title}" has a branch without label`);
      if (!node.title.endsWith('?')) found.push(`"${node.title}" is not a question`);
    } else if (leaving.some((edge) => edge.label !== undefined)) {
      found.push(`"${node.title}" has a label but is no decision`);
    }
    if (node.type === 'end' && leaving.length > 0) found.push('End has a successor');
  }
  const keys = edges.map((edge) => JSON.stringify([edge.source, edge.target, edge.label]));
  if (new Set(keys).size !== keys.length) found.push('an edge is there twice');
  return found;
}

describe('the designer set', () => {
  it('is the one whose hashes were committed first', () => {
    const lines = readFileSync(path('SPLIT.sha256'), 'utf8').trim().split('\n');
    const actual = ['designer.dev.jsonl', 'designer.test.jsonl'].map(
      (name) => `${sha256(readFileSync(path(name)))}  ${name}`,
    );
    expect(lines).toEqual(actual);
  });

  it.each([...dev, ...test])('$id follows the guide', (item) => {
    expect(problems(item.expected)).toEqual([]);
    expect(item.style).toBeDefined();
    expect(item.source).toBeDefined();
  });

  it.each([
    ['dev', dev],
    ['test', test],
  ])('%s is large enough and has both languages', (_name, items) => {
    expect(items.length).toBeGreaterThanOrEqual(24);
    const german = items.filter((item) => item.lang === 'de').length / items.length;
    expect(german).toBeGreaterThan(0.35);
    expect(german).toBeLessThan(0.45);
  });

  it('is split by the hash of the ids within language and style', () => {
    const groups = new Map<string, EvalItem[]>();
    for (const item of [...dev, ...test]) {
      const key = `${item.lang} ${item.style ?? ''}`;
      groups.set(key, [...(groups.get(key) ?? []), item]);
    }
    const byTurns = { dev: new Set<string>(), test: new Set<string>() };
    for (const group of groups.values()) {
      const sorted = group.toSorted((a, b) => (sha256(a.id) < sha256(b.id) ? -1 : 1));
      for (const [i, item] of sorted.entries()) byTurns[i % 2 === 0 ? 'dev' : 'test'].add(item.id);
    }
    expect(new Set(dev.map((item) => item.id))).toEqual(byTurns.dev);
    expect(new Set(test.map((item) => item.id))).toEqual(byTurns.test);
  });
});

describe('parseSet', () => {
  const good = {
    id: 'a',
    lang: 'en',
    text: 'She pays.',
    expected: { nodes: [{ id: 'p', title: 'Pay' }], edges: [{ source: 'p', target: 'p' }] },
  };
  const line = (change: object): string => JSON.stringify({ ...good, ...change });

  it('reads what the contract asks for and no more', () => {
    expect(parseSet(`${line({})}\n`, 'f')).toEqual([good]);
  });

  it.each([
    ['{"id": ', 'f:2: line: not JSON'],
    ['[]', 'f:2: line: must be an object'],
    [line({}), 'f:2: id: "a" is already on line 1'],
    [line({ id: '' }), 'f:2: id: must not be empty'],
    [line({ id: 'b', lang: 'fr' }), 'f:2: lang: must be "en" or "de"'],
    [line({ id: 'b', text: 7 }), 'f:2: text: must be a string'],
    [line({ id: 'b', extra: 1 }), 'f:2: extra: unknown field'],
    [line({ id: 'b', expected: null }), 'f:2: expected: must be an object'],
    [line({ id: 'b', expected: { nodes: {}, edges: [] } }), 'f:2: expected.nodes: must be an array'],
    [
      line({ id: 'b', expected: { nodes: [{ id: 'p', title: 'Pay', type: 'task' }], edges: [] } }),
      'f:2: expected.nodes[0].type: must be one of',
    ],
    [
      line({ id: 'b', expected: { ...good.expected, edges: [{ source: 'p', target: 'q' }] } }),
      'f:2: expected.edges[0].target: no node "q"',
    ],
  ])('names line and field of %s', (bad, message) => {
    expect(() => parseSet(`${line({})}\n${bad}\n`, 'f')).toThrow(message);
  });

  it('refuses an empty file', () => {
    expect(() => parseSet('\n', 'f')).toThrow('f: no items');
  });
});
