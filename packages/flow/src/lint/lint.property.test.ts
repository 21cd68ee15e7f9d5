import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyDocument, sketch } from '../../test/documents.ts';
import { applyOps } from '../document/ops.ts';
import type { FlowDocument } from '../document/types.ts';
import { lint } from './index.ts';

/** Each error once for everything it names, so that a smaller or larger group is not mistaken for a new error. */
const errors = (document: FlowDocument): Set<string> =>
  new Set(
    lint(document)
      .filter(({ severity }) => severity === 'error')
      .flatMap(({ rule, nodeIds, edgeIds }) => {
        const places = [...nodeIds, ...edgeIds];
        return (places.length === 0 ? ['the flow'] : places).map((id) => `${rule} ${id}`);
      }),
  );

test('every fix applies, removes its own issue and brings no new error', () => {
  let fixes = 0;
  const title = fc.constantFrom('Sign up', 'Is it right?', 'Done', 'Pay');
  const label = fc.constantFrom('Yes', 'no', 'Nein', 'by card', '');
  fc.assert(
    fc.property(anyDocument({ maxNodes: 8, title, label }), (document) => {
      for (const issue of lint(document)) {
        if (!issue.fix) continue;
        fixes += 1;
        const { document: after } = applyOps(document, issue.fix);
        const same = lint(after).filter(
          ({ rule, nodeIds, edgeIds }) =>
            rule === issue.rule &&
            nodeIds.join() === issue.nodeIds.join() &&
            edgeIds.join() === issue.edgeIds.join(),
        );
        expect(same).toEqual([]);
        const before = errors(document);
        // A node or edge that the fix adds counts too: it is not excused for being new.
        expect([...errors(after)].filter((error) => !before.has(error))).toEqual([]);
      }
    }),
    { numRuns: 400 },
  );
  expect(fixes).toBeGreaterThan(400);
});

test('a full document is linted without recursion', () => {
  const nodes = Array.from(
    { length: 10_000 },
    (_, number) => `n${number} ${number === 0 ? 'start' : 'action'}`,
  );
  const chain = sketch(
    nodes,
    nodes.slice(1).map((_, number) => `n${number} > n${number + 1}`),
  );
  expect(lint(chain).map(({ rule }) => rule)).toEqual(['dead-end', 'missing-end']);
  expect(lint(sketch(nodes))).toHaveLength(10_000 + 9_999 + 1);
});

test('a full document in which everything meets in one step is linted in linear time too', () => {
  // Looking at all ways of the hub for each of its ways would take 10^8 looks a rule.
  const spokes = Array.from({ length: 9_990 }, (_, number) => `n${number}`);
  const star = (type: string, title: string, trigger: string): FlowDocument =>
    sketch(
      ['s start', 'hub screen Delete account', ...spokes.map((id) => `${id} ${type} ${title}`), 'e end'],
      [
        's > hub',
        'hub > e',
        ...spokes.flatMap((id) => [`hub > ${id} / ${trigger}`, `${id} > hub / ${trigger}`]),
      ],
    );
  for (const [type, title] of [
    ['screen', 'Solve the captcha'],
    ['action', 'Delete file'],
    ['end', 'End'],
  ] as const)
    for (const trigger of ['click', 'timeout'])
      expect(lint(star(type, title, trigger)).length).toBeGreaterThan(0);
});
