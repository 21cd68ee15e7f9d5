import { type FlowDocument, NODE_TYPES } from '@uxflow/flow';
import { parseDocument } from '@uxflow/flow/schema';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { edit, sketch } from './edit.fixture.ts';

const TITLES = [
  'Enter code',
  'Enter e-mail',
  'Go to cart',
  'Review and delete',
  'Add',
  'Is it paid?',
  'Ende',
  'Prüfung',
  'after',
  '"x"',
  'Step 2',
  '__proto__',
];

const flows: fc.Arbitrary<FlowDocument> = fc
  .record({
    nodes: fc.array(fc.tuple(fc.constantFrom(...NODE_TYPES), fc.constantFrom(...TITLES)), { maxLength: 6 }),
    edges: fc.array(fc.tuple(fc.nat(5), fc.nat(5), fc.constantFrom('', ' yes', ' no')), { maxLength: 9 }),
  })
  .map(({ nodes, edges }) =>
    sketch(
      nodes.map(([type, title], at) => `n${at}: ${type} ${title}`),
      edges
        .filter(([a, b]) => a < nodes.length && b < nodes.length)
        .map(([a, b, label]) => `n${a}>n${b}${label}`),
    ),
  );

const names = fc.oneof(
  fc.constantFrom(...TITLES),
  fc.constantFrom(...TITLES).map((title) => `"${title}"`),
  fc.constantFrom(
    'it',
    'the decision',
    'step 2',
    'the last step',
    'the end',
    'everything',
    '„Neu“',
    'New',
    'Enter',
    '“',
    '"',
    '',
  ),
);
const templates = [
  'add $ after $',
  'insert $ between $ and $ with label $',
  'add a decision $ before $',
  'add $, $ and $',
  'rename $ to $',
  'delete $ and $',
  'remove $',
  'connect $ to $ if $',
  'disconnect $ from $',
  'change $ to a screen',
  'move $ after $',
  'move $ into frame $',
  'move $ out of its frame',
  'rename the flow to $',
  'label of the edge between $ and $ → $',
  'set the description of $ to $',
  'fix the lint issues',
  'tidy up',
  'füge $ nach $ ein',
  'benenne $ in $ um',
  'lösche $',
  'verbinde $ mit $ mit Beschriftung $',
  'mache $ zu einer Entscheidung',
  'verschiebe $ in den Rahmen $',
  'After $, the user opens $. If it fails, go back to $.',
  '$ $ $',
];
const command = fc.constantFrom(...templates).chain((template) => {
  const parts = template.split('$');
  return fc
    .array(names, { minLength: parts.length - 1, maxLength: parts.length - 1 })
    .map((chosen) => parts.map((part, at) => part + (chosen[at] ?? '')).join(''));
});
const requests = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .array(command, { minLength: 1, maxLength: 4 })
      .chain((all) =>
        fc.constantFrom('. ', '\n- ', ' and ', '; then ', ' und ').map((joint) => all.join(joint)),
      ),
  },
  { weight: 1, arbitrary: fc.string({ minLength: 1, unit: 'grapheme', maxLength: 120 }) },
);

it(
  'any words on any small flow leave a valid flow without loose edges, and never fail',
  { timeout: 60_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(flows, requests, async (flow, request) => {
        const { outcome, document, reply } = await edit(request, flow);
        expect(outcome.error).toBeUndefined();
        expect(outcome.status).toBe('succeeded');
        expect(reply).not.toBe('');
        // What is planned is what happens: the tools refuse nothing.
        expect(reply).not.toMatch(/refused\.|abgelehnt\./);
        for (const edge of Object.values(document.edges)) {
          expect(
            Object.hasOwn(document.nodes, edge.source) && Object.hasOwn(document.nodes, edge.target),
          ).toBe(true);
        }
        for (const node of Object.values(document.nodes))
          if (node.frameId !== undefined) expect(Object.hasOwn(document.frames, node.frameId)).toBe(true);
        expect(parseDocument(document)).toEqual(document);
      }),
      { numRuns: 250 },
    );
  },
);
