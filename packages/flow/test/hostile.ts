import fc from 'fast-check';
import type { FlowDocument } from '../src/document/types.ts';
import { anyDocument } from './documents.ts';

/** Texts that have broken exporters: each ends, opens or turns round something in one of the target languages. */
export const HOSTILE: readonly string[] = [
  `'); process.exit(); //`,
  '*/ process.exit() /*',
  '`${process.exit()}`',
  '\\',
  `\\'`,
  '"); process.exit(); //',
  '</script><script>alert(1)</script>',
  '<!-- -->',
  '${process.exit()}',
  'two\nlines',
  'three\r\nmore\rlines',
  'separators\u2028and\u2029more',
  'nul\u0000 and escape\u001B[31m',
  'שלום עולם',
  '\u202Eright to left override',
  '\u2067unclosed isolate',
  'family 👨‍👩‍👧‍👦 and flag 🇩🇪',
  'lone \uD800 surrogate',
  '\uDC00',
  '"""',
  '```',
  '````js\nalert(1)\n````',
  '| a | b |',
  '# heading',
  '- item',
  '1. one',
  '> quote',
  '--- ',
  '===',
  '[link](javascript:alert(1))',
  '![image](https://example.com/x.png)',
  '<img src=x onerror=alert(1)>',
  '&lt;b&gt; &amp; &#42;',
  '**bold** _under_ ~~gone~~',
  'https://example.com and www.example.com',
  '@everyone #1',
  'Feature: other',
  'Scenario Outline: <x>',
  'Examples:',
  'Given "quoted" <angle> {string} (optional) a/b',
  '@tag',
  '# language: xx',
  '__proto__',
  'constructor',
  'to string',
  '2024',
  '*',
  '.',
  '   ',
  '',
];

const text = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom(...HOSTILE),
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.string({ maxLength: 30 }),
    fc.array(fc.constantFrom(...HOSTILE), { minLength: 2, maxLength: 3 }).map((parts) => parts.join(' ')),
  );

/** Any document in which everything that a person writes, ids of data excepted, is hostile. */
export function hostileDocument(maxNodes = 10): fc.Arbitrary<FlowDocument> {
  return fc
    .record({
      document: anyDocument({ maxNodes, title: text(), label: text() }),
      name: text(),
      extras: fc.array(fc.record({ one: text(), two: text(), three: text() }), {
        minLength: 1,
        maxLength: 4,
      }),
    })
    .map(({ document, name, extras }) => {
      document.name = name;
      const extra = (at: number): { one: string; two: string; three: string } =>
        extras[at % extras.length] ?? { one: '', two: '', three: '' };
      for (const [at, { one, two }] of extras.entries())
        document.personas[`p${at}`] = { id: `p${at}`, name: one, goal: two };
      for (const [at, node] of Object.values(document.nodes).entries()) {
        const { one, two, three } = extra(at);
        if (at % 2 === 0) node.description = `${one}\n\n${two}`;
        if (at % 3 === 0) node.personaIds = ['p0'];
        if (node.type === 'screen')
          node.screen = {
            elements: [{ id: 'x', kind: one, label: two }],
            states: [{ kind: 'error', note: three }],
            externalUrl: 'https://example.com/a?b=c&d',
          };
      }
      for (const [at, edge] of Object.values(document.edges).entries()) {
        if (at % 2 === 0) edge.condition = extra(at).three;
        if (document.nodes[edge.source]?.screen) edge.elementId = 'x';
      }
      return document;
    });
}
