import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FlowError } from '../../document/errors.ts';
import type { FlowDocument } from '../../document/types.ts';
import { parseDocument } from '../../schema/index.ts';
import { fromMermaid } from './index.ts';

const read = (source: string): FlowDocument => fromMermaid(source).document;
function refusal(source: string): { code: string; path: string; message: string } {
  try {
    fromMermaid(source, { layout: false });
  } catch (error) {
    if (!(error instanceof FlowError)) throw error;
    return { code: error.code, path: error.issues[0]?.path ?? '', message: error.issues[0]?.message ?? '' };
  }
  throw new Error('nothing was refused');
}

describe('hostile input', () => {
  test.each([
    ['50,000 open brackets', `graph TD\nA${'['.repeat(50_000)}`],
    ['50,000 open braces', `graph TD\nA${'{'.repeat(50_000)}`],
    ['50,000 quotes', `graph TD\nA[${'"'.repeat(50_001)}`],
    ['a million dots', `graph TD\nA -. ${'.'.repeat(1_000_000)}`],
    ['a million dashes', `graph TD\nA ${'-'.repeat(1_000_000)}`],
    ['many half links', `graph TD\nA -- ${'- '.repeat(300_000)}`],
    ['many ampersands', `graph TD\nA ${'& '.repeat(300_000)}`],
    ['a million equals signs in a link', `graph TD\nA == ${'='.repeat(1_000_000)}`],
    ['many dotted half links', `graph TD\nA -. ${'-. '.repeat(300_000)}`],
    ['many front matter fences', `---\n${'--- x\n'.repeat(100_000)}`],
    ['many at signs', `graph TD\nA ${'@'.repeat(1_000_000)}`],
    ['a long word before no link', `graph TD\nA ${'b'.repeat(1_000_000)}@c`],
    ['open fields', `graph TD\n${'A@{ shape: rect, '.repeat(50_000)}`],
    ['open subgraphs on one line', `graph TD\n${'subgraph '.repeat(100_000)}`],
    ['open tags', `graph TD\nA[${'<b '.repeat(100_000)}`],
  ])('%s are refused in linear time', (_, source) => {
    expect(refusal(source).code).toBe('invalid_request');
  });

  test.each([
    ['percent signs in one line', `graph TD\nA[${'%% '.repeat(300_000)}]`],
    ['spaces in a label', `graph TD\nA["${' '.repeat(1_000_000)}<"]`],
    ['breaks in a label', `graph TD\nA["x${'\n '.repeat(500_000)}<"]`],
    ['emphasis marks', `graph TD\nA["\`${'**a '.repeat(200_000)}\`"]`],
    ['underscores', `graph TD\nA["\`${'_a* '.repeat(200_000)}\`"]`],
    ['half entities', `graph TD\nA["${'#&'.repeat(500_000)}"]`],
    ['half breaks', `graph TD\nA["${'<br '.repeat(200_000)}"]`],
    ['HTML attributes', `graph TD\nA["${'<a b="c" '.repeat(100_000)}>"]`],
    ['comments', `graph TD\n${'%% x\n'.repeat(300_000)}A`],
    ['empty statements', `graph TD\n${';'.repeat(1_000_000)}A`],
    ['fields', `graph TD\nA@{ shape: rect, ${'label: x, '.repeat(50_000)} }`],
    ['fields before spaces', `graph TD\nA@{ ${'label: x, '.repeat(50_000)}${' '.repeat(500_000)} }`],
    ['lines of fields', `graph TD\nA@{\n${'label: x\n'.repeat(50_000)} }`],
    ['block text', `graph TD\nA@{\n label: |\n${'  x\n'.repeat(200_000)} }`],
    ['statements on one line', `graph TD;${'A-->A;'.repeat(20_000)}`],
    ['mentions across subgraphs', `graph TD;${'subgraph x;A;end;'.repeat(1_000)}`],
  ])('a million characters of %s are read in linear time', (_, source) => {
    expect(Object.keys(fromMermaid(source, { layout: false }).document.nodes)).toEqual(['A']);
  });

  test('50 MB are refused before they are read', () => {
    expect(refusal(`graph TD\n${'A --> B\n'.repeat(6_250_000)}`)).toMatchObject({
      code: 'limit_exceeded',
      path: 'source',
    });
  });

  test('1,001 nested subgraphs are one too many', () => {
    expect(
      refusal(
        Array.from({ length: 1_001 }, (_, number) => `subgraph s${number}`)
          .join('\n')
          .replace(/^/u, 'graph TD\n'),
      ),
    ).toMatchObject({
      code: 'limit_exceeded',
      path: 'line 1002',
    });
  });

  test('texts from right to left, emoji with joiners and combining marks are kept to the code point', () => {
    const texts = ['مرحبا بالعالم', 'שלום \u202Eעולם\u202C', '🧑‍🚀👍🏽', 'e\u0301', '登録する', '\u200F'];
    const { nodes } = read(`graph TD\n${texts.map((text, number) => `n${number}["${text}"]`).join('\n')}`);
    expect(Object.values(nodes).map(({ title }) => title)).toEqual(texts);
  });

  test('1,000 nested subgraphs become 1,000 nested frames', () => {
    const names = Array.from({ length: 1_000 }, (_, number) => `s${number}`);
    const { frames } = read(
      `graph TD\n${names.map((name) => `subgraph ${name}\n`).join('')}A\n${'end\n'.repeat(1_000)}`,
    );
    expect(Object.keys(frames)).toHaveLength(1_000);
  });

  test('ids that every object inherits get another id, and prototypes stay as they are', () => {
    const document = read(
      'graph TD\n__proto__[x] --> constructor --> toString\nsubgraph __proto__2\nend\nsubgraph hasOwnProperty\nend\n' +
        'x valueOf@--> y\nx@{ __proto__: title, constructor: 2, label: x }',
    );
    expect(Object.keys(document.edges)).toEqual(['edge-1', 'edge-2', 'edge-3']);
    expect(Object.values(document.nodes).map(({ id, title }) => `${id} ${title}`)).toEqual([
      'node-1 x',
      'node-2 constructor',
      'node-3 toString',
      'x x',
      'y y',
    ]);
    expect(({} as Record<string, unknown>)['title']).toBeUndefined();
    expect(parseDocument(JSON.parse(JSON.stringify(document)))).toEqual(document);
  });

  test('lone surrogates are replaced, over-long titles are cut with a warning', () => {
    const { document, warnings } = fromMermaid(`graph TD\nA["x\uD83D y #xD800;"]\nB["${'😀'.repeat(250)}"]`);
    expect(document.nodes['A']?.title).toBe('x\uFFFD y \uFFFD');
    expect(document.nodes['B']?.title).toBe('😀'.repeat(200));
    expect(warnings).toEqual([{ line: 3, message: 'a text was cut to 200 characters' }]);
  });

  test('any text is either a valid document or a FlowError', () => {
    const piece = fc.constantFrom(
      'A',
      'B',
      'end',
      ' ',
      '\n',
      ';',
      '-->',
      '--',
      '-.',
      '.->',
      '==>',
      '|',
      '[',
      ']',
      '(',
      ')',
      '{',
      '}',
      '"',
      '%%',
      ':::',
      '&',
      '@{',
      'subgraph ',
      'class ',
      'style ',
      'direction LR',
      'x',
      '>',
      '<',
      '#1;',
      '\uD83D',
      '__proto__',
      '~~~',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          const { document } = fromMermaid(`graph TD\n${pieces.join('')}`);
          expect(parseDocument(JSON.parse(JSON.stringify(document)))).toEqual(document);
        } catch (error) {
          if (!(error instanceof FlowError)) throw error;
          expect(error.issues[0]?.path).toMatch(/^line \d+$/);
        }
      }),
      { numRuns: 1_500 },
    );
  });
});
