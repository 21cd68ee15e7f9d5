import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  arcsOf,
  closure,
  coverable,
  everyPath,
  goalsOf,
  mostApart,
  startsOf,
} from '../../test/brute-paths.ts';
import { anyDocument, sketch } from '../../test/documents.ts';
import { emptyDocument } from '../document/empty.ts';
import { FlowError } from '../document/errors.ts';
import type { FlowDocument } from '../document/types.ts';
import { complexity, coveragePaths, enumeratePaths, shortestPath, type FlowPath } from './index.ts';

const SIGN_IN = sketch(
  ['s start', 'form screen', 'ok decision', 'home screen', 'wrong screen', 'e end', 'n note'],
  ['s > form', 'form > ok', 'ok > home : Yes', 'ok > wrong : No', 'wrong > form', 'home > e', 'form > n'],
);
const tell = ({ nodeIds }: FlowPath): string => nodeIds.join(' ');
const asText = ({ nodeIds, edgeIds }: FlowPath): string => [nodeIds[0], ...edgeIds].join(' ');

/** A path is one only if each edge leads from the node before it to the node behind it. */
function expectWalk(document: FlowDocument, { nodeIds, edgeIds }: FlowPath): void {
  expect(nodeIds).toHaveLength(edgeIds.length + 1);
  edgeIds.forEach((id, i) => {
    expect([document.edges[id]?.source, document.edges[id]?.target]).toEqual([nodeIds[i], nodeIds[i + 1]]);
  });
  expect(startsOf(document)).toContain(nodeIds[0]);
  expect(nodeIds.map((id) => goalsOf(document).includes(id))).toEqual([...edgeIds.map(() => false), true]);
}

const small = anyDocument({ maxNodes: 6 });
const runs = { numRuns: 300 };

describe('enumerate', () => {
  test('gives each way once; a loop is taken as often as it is allowed', () => {
    expect(enumeratePaths(SIGN_IN, { loops: 0 }).paths.map(tell)).toEqual(['s form ok home e']);
    expect(enumeratePaths(SIGN_IN).paths.map(tell)).toEqual([
      's form ok home e',
      's form ok wrong form ok home e',
    ]);
    expect(enumeratePaths(SIGN_IN, { loops: 3 }).paths).toHaveLength(4);
  });

  test('goes between the steps that are named', () => {
    expect(enumeratePaths(SIGN_IN, { from: ['wrong'], to: ['home'], loops: 0 }).paths.map(tell)).toEqual([
      'wrong form ok home',
    ]);
  });

  test('agrees with trying everything, whatever the flow', () => {
    fc.assert(
      fc.property(small, fc.integer({ min: 0, max: 1 }), (document, loops) => {
        fc.pre(arcsOf(document).length <= 9);
        const { paths, complete } = enumeratePaths(document, { loops, limit: 10_000 });
        const expected = everyPath(document, loops);
        fc.pre(expected.length < 10_000);
        expect(complete).toBe(true);
        expect(paths.map(asText).sort()).toEqual(expected.sort());
        for (const path of paths) expectWalk(document, path);
      }),
      runs,
    );
  });

  test('stops at the limit and says so', () => {
    const { paths, complete } = enumeratePaths(SIGN_IN, { loops: 3, limit: 2 });
    expect([paths.length, complete]).toEqual([2, false]);
    expect(enumeratePaths(SIGN_IN, { loops: 1, limit: 2 }).complete).toBe(true);
  });

  test('a maze in which nearly all moves lead nowhere still gives its paths', () => {
    // Everybody is linked with everybody, but the only way on is the one that has been used to come in.
    const ids = Array.from({ length: 16 }, (_, i) => `m${i}`);
    const edges = ids.flatMap((a) => ids.filter((b) => b !== a).map((b) => `${a} > ${b}`));
    const maze = sketch(
      ['s start', 'gate screen', ...ids.map((id) => `${id} screen`), 'e end'],
      ['s > gate', ...ids.map((id) => `gate > ${id}`), ...edges, 'm0 > gate', 'gate > e'],
    );
    const { paths } = enumeratePaths(maze, { loops: 0 });
    expect(paths.map(tell)).toEqual(['s gate e']);
    expect(enumeratePaths(maze, { loops: 1, limit: 50 }).paths).toHaveLength(50);
  });

  test('a flow of 10,000 steps in a row is one path', () => {
    const nodes = Array.from(
      { length: 10_000 },
      (_, i) => `n${i} ${i === 0 ? 'start' : i === 9_999 ? 'end' : 'action'}`,
    );
    const chain = sketch(
      nodes,
      nodes.slice(1).map((_, i) => `n${i} > n${i + 1}`),
    );
    expect(enumeratePaths(chain).paths[0]?.nodeIds).toHaveLength(10_000);
    expect(shortestPath(chain)?.edgeIds).toHaveLength(9_999);
    expect(coveragePaths(chain)).toMatchObject({ paths: [{}], uncovered: [] });
    expect(complexity(chain)).toMatchObject({ cyclomatic: 1, depth: 9_999, shortest: 9_999, loops: 0 });
  });
});

describe('shortest', () => {
  test('is the way with the fewest transitions, or null', () => {
    expect(tell(shortestPath(SIGN_IN) ?? { nodeIds: [], edgeIds: [] })).toBe('s form ok home e');
    expect(shortestPath(sketch(['s start', 'e end']))).toBeNull();
    expect(shortestPath(SIGN_IN, { to: ['s'] })).toEqual({ nodeIds: ['s'], edgeIds: [] });
  });

  test('is as short as the shortest of all paths, whatever the flow', () => {
    fc.assert(
      fc.property(small, (document) => {
        fc.pre(arcsOf(document).length <= 9);
        const lengths = everyPath(document, 0).map((path) => path.split(' ').length - 1);
        const path = shortestPath(document);
        if (path) expectWalk(document, path);
        expect(path?.edgeIds.length ?? null).toBe(lengths.length > 0 ? Math.min(...lengths) : null);
      }),
      runs,
    );
  });
});

describe('coverage', () => {
  test('takes every transition in few paths and names those that no path can take', () => {
    expect(coveragePaths(SIGN_IN).paths.map(tell)).toEqual(['s form ok wrong form ok home e']);
    const lost = sketch(['s start', 'a screen', 'b screen', 'e end'], ['s > e', 'a > e', 's > b']);
    expect(coveragePaths(lost)).toMatchObject({ paths: [{ nodeIds: ['s', 'e'] }], uncovered: ['e2', 'e3'] });
  });

  test('takes what can be taken, in as few paths as there can be, whatever the flow', () => {
    fc.assert(
      fc.property(small, (document) => {
        const possible = coverable(document);
        fc.pre(possible.length <= 12);
        const { paths, complete, uncovered } = coveragePaths(document);
        expect(complete).toBe(true);
        for (const path of paths) expectWalk(document, path);
        const taken = new Set(paths.flatMap(({ edgeIds }) => edgeIds));
        expect([...taken].sort()).toEqual(possible.map(({ id }) => id).sort());
        const rest = arcsOf(document).filter(({ id }) => !taken.has(id));
        expect(uncovered).toEqual(rest.map(({ id }) => id));
        expect(paths).toHaveLength(mostApart(document));
      }),
      { numRuns: 600 },
    );
  });

  test('a large flow is covered greedily: everything is taken, and no path in vain', () => {
    const levels = Array.from({ length: 200 }, (_, i) => [
      `d${i} decision`,
      `a${i} screen`,
      `b${i} screen`,
    ]).flat();
    const edges = Array.from({ length: 200 }, (_, i) => [
      `d${i} > a${i} : x`,
      `d${i} > b${i} : y`,
      `a${i} > d${i + 1}`,
      `b${i} > d${i + 1}`,
      `b${i} > d${i} : again`,
    ]).flat();
    const ladder = sketch(['s start', ...levels, 'd200 end'], ['s > d0', ...edges]);
    const { paths, uncovered } = coveragePaths(ladder);
    expect([paths.length, uncovered]).toEqual([2, []]);
    for (const path of paths) expectWalk(ladder, path);
  });

  test('stops at the limit and names what is left', () => {
    const fan = sketch(['s start', 'a end', 'b end', 'c end'], ['s > a', 's > b', 's > c']);
    expect(coveragePaths(fan, { limit: 2 })).toMatchObject({
      paths: [{}, {}],
      complete: false,
      uncovered: ['e3'],
    });
  });
});

describe('complexity', () => {
  test('measures a flow', () => {
    expect(complexity(SIGN_IN)).toEqual({
      steps: 6,
      transitions: 6,
      decisions: 1,
      starts: 1,
      ends: 1,
      cyclomatic: 2,
      loops: 1,
      depth: 4,
      shortest: 4,
      widest: 2,
      density: 1,
    });
    expect(complexity(emptyDocument('x'))).toMatchObject({
      steps: 0,
      cyclomatic: 0,
      depth: 0,
      shortest: null,
    });
  });

  test('cyclomatic complexity is one more than the choices on the way, loops are what leads back to itself', () => {
    fc.assert(
      fc.property(small, (document) => {
        const arcs = arcsOf(document);
        const leads = closure(document, arcs);
        const starts = startsOf(document);
        const reached = [...new Set(starts)].concat(
          Object.keys(document.nodes).filter(
            (id) => !starts.includes(id) && starts.some((start) => leads(start, id)),
          ),
        );
        const exits = (id: string) => arcs.filter(({ source }) => source === id).length;
        const choices = reached.reduce((sum, id) => sum + Math.max(0, exits(id) - 1), 0);
        const measured = complexity(document);
        expect(measured.cyclomatic).toBe(starts.length === 0 ? 0 : choices + starts.length);
        const circular = Object.keys(document.nodes).filter((id) => leads(id, id));
        const groups = new Set(
          circular.map((id) => circular.find((other) => leads(id, other) && leads(other, id))),
        );
        expect(measured.loops).toBe(groups.size);
        expect(measured.widest).toBe(Math.max(0, ...Object.keys(document.nodes).map(exits)));
      }),
      runs,
    );
  });
});

test.each([
  ['an unknown step', () => shortestPath(SIGN_IN, { to: ['home', 'nowhere'] }), 'unknown_record', 'to.1'],
  ['a note', () => enumeratePaths(SIGN_IN, { from: ['n'] }), 'unknown_record', 'from.0'],
  ['too many loops', () => enumeratePaths(SIGN_IN, { loops: 11 }), 'invalid_request', 'loops'],
  ['no path', () => coveragePaths(SIGN_IN, { limit: 0 }), 'invalid_request', 'limit'],
  ['no number', () => enumeratePaths(SIGN_IN, { limit: Number.NaN }), 'invalid_request', 'limit'],
])('%s is refused with its place', (_, ask, code, path) => {
  let refusal: unknown;
  try {
    ask();
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(FlowError);
  expect(refusal).toMatchObject({ code, issues: [{ path }] });
});
