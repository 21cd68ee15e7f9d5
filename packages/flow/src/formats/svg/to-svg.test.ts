import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { anyDocument, sketch } from '../../../test/documents.ts';
import { emptyDocument } from '../../document/empty.ts';
import { NODE_TYPES } from '../../document/types.ts';
import { labelSize, layout, nodeSize, route } from '../../layout/index.ts';
import { applyOps } from '../../document/ops.ts';
import { toSvg } from './index.ts';
import { THEMES } from './theme.ts';

// Properties run on any machine, however busy it is.
vi.setConfig({ testTimeout: 60_000 });

/** Reads markup strictly: tags must be balanced, attributes quoted, text escaped. Gives the elements in order. */
function elementsOf(svg: string): { name: string; attributes: Map<string, string>; text: string }[] {
  const found: { name: string; attributes: Map<string, string>; text: string }[] = [];
  const open: typeof found = [];
  const token = /<(\/?)([a-z]+)((?:\s[\w:-]+="[^"<]*")*)(\/?)>|([^<]+)/gy;
  let at = 0;
  for (let match = token.exec(svg); match; match = token.exec(svg)) {
    at = token.lastIndex;
    const [, closes, name = '', attributes = '', empty, text] = match;
    if (text !== undefined) {
      if (/&(?!(?:amp|lt|gt|quot|#39);)/u.test(text)) throw new Error(`unescaped text: ${text}`);
      const parent = open.at(-1);
      if (parent) parent.text += text;
    } else if (closes) {
      if (open.pop()?.name !== name) throw new Error(`</${name}> does not match`);
    } else {
      const values = [...attributes.matchAll(/\s([\w:-]+)="([^"]*)"/gu)].map(
        ([, key = '', value = '']): [string, string] => [key, value],
      );
      const element = { name, attributes: new Map(values), text: '' };
      found.push(element);
      if (!empty) open.push(element);
    }
  }
  if (at !== svg.length || open.length > 0) throw new Error(`not well-formed near ${svg.slice(at, at + 60)}`);
  return found;
}

const ALLOWED = new Set(['svg', 'title', 'desc', 'rect', 'path', 'circle', 'text', 'g']);
const NASTY = fc.oneof(
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><image href="http://x"/>',
    ']]>',
    '&amp;',
    '\u0000\u0008\uFFFE',
    '\uD800',
    'مرحبا',
    '👩‍👩‍👧',
    '',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

describe('toSvg', () => {
  test('is well-formed and holds only drawing, whatever the texts are', () => {
    fc.assert(
      fc.property(
        anyDocument({ maxNodes: 10, title: NASTY, label: NASTY }),
        NASTY,
        fc.constantFrom('light' as const, 'dark' as const),
        (document, name, theme) => {
          document.name = name;
          const svg = toSvg(document, { theme });
          for (const { name: element, attributes } of elementsOf(svg)) {
            expect(ALLOWED).toContain(element);
            expect([...attributes.keys()].filter((key) => /^on|href|style|^id$/u.test(key))).toEqual([]);
            expect([...attributes.values()].filter((value) => /NaN|Infinity|url\(/u.test(value))).toEqual([]);
          }
          // What XML 1.0 cannot hold must not be there in any form.
          expect(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/u.test(svg)).toBe(false);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('the view box holds every node, frame, line and label', () => {
    fc.assert(
      fc.property(anyDocument({ maxNodes: 10 }), fc.integer({ min: 0, max: 80 }), (document, padding) => {
        const [left = 0, top = 0, width = 0, height = 0] = (
          elementsOf(toSvg(document, { padding }))[0]?.attributes.get('viewBox') ?? ''
        )
          .split(' ')
          .map(Number);
        const holds = (x: number, y: number): boolean =>
          x >= left + padding - 1 &&
          y >= top + padding - 1 &&
          x <= left + width - padding + 1 &&
          y <= top + height - padding + 1;
        for (const node of Object.values(document.nodes)) {
          const size = nodeSize(node);
          expect(
            holds(node.position.x, node.position.y) &&
              holds(node.position.x + size.width, node.position.y + size.height),
          ).toBe(true);
        }
        for (const [id, { points, label }] of Object.entries(route(document))) {
          const size = labelSize(document.edges[id]?.label ?? '');
          expect(
            [...points, { x: label.x + size.width / 2, y: label.y + size.height / 2 }].every(({ x, y }) =>
              holds(x, y),
            ),
          ).toBe(true);
        }
      }),
      { numRuns: 80 },
    );
  });

  test('names the flow and every node for those who cannot see it', () => {
    const document = sketch(['a start Begin', 'b end Over & out'], ['a > b : go']);
    const [svg, ...rest] = elementsOf(toSvg(document));
    expect(svg?.attributes.get('role')).toBe('img');
    expect(rest.filter(({ name }) => name === 'title').map(({ text }) => text)).toEqual([
      'Sketch',
      'start: Begin',
      'end: Over &amp; out',
    ]);
    expect(rest.find(({ name }) => name === 'desc')?.text).toContain(
      '2 steps and 1 transitions, starting at Begin',
    );
    expect(rest.filter(({ name }) => name === 'text').map(({ text }) => text)).toEqual([
      'Begin',
      'Over &amp; out',
      'go',
    ]);
  });

  test('an empty flow is a small valid picture', () => {
    const elements = elementsOf(toSvg(emptyDocument('Nothing yet')));
    expect(elements.map(({ name }) => name)).toEqual(['svg', 'title', 'desc', 'rect']);
    expect(elements[0]?.attributes.get('viewBox')).toBe('-40 -40 240 160');
  });

  test('every type has a shape of its own', () => {
    const drawings = NODE_TYPES.map((type) =>
      toSvg(sketch([`a ${type} Same title`]))
        .replaceAll(`${type}:`, '')
        .split('\n')
        .slice(3)
        .join(),
    );
    expect(new Set(drawings).size).toBe(NODE_TYPES.length);
  });

  test('a long title is drawn whole, and cut only in a node that has a size of its own', () => {
    const title = 'Lorem ipsum dolor sit amet '.repeat(7).trim();
    const document = sketch([`a action ${title}`]);
    const words = (): string =>
      elementsOf(toSvg(document))
        .filter(({ name }) => name === 'text')
        .map(({ text }) => text)
        .join(' ');
    expect(words()).toBe(title);
    const a = document.nodes['a'];
    if (a) a.size = { width: 160, height: 60 };
    expect(words()).toMatch(/^Lorem .*…$/);
  });

  test('an image or link of a screen is never referred to', () => {
    const document = sketch(['a screen Home']);
    const a = document.nodes['a'];
    if (a)
      a.screen = {
        elements: [{ id: 'x', kind: 'button', label: 'Go' }],
        states: [],
        imageUrl: 'https://example.com/x.png',
        externalUrl: 'https://example.com',
      };
    expect(toSvg(document)).not.toContain('example.com');
    expect(toSvg(document)).toContain('>Go<');
  });

  test('the same flow gives the same picture; a tidied one at its own places', () => {
    const document = sketch(['a start', 'b end'], ['a > b']);
    const tidy = applyOps(document, layout(document).ops).document;
    expect(toSvg(tidy)).toBe(toSvg(tidy));
    expect(toSvg(tidy)).not.toBe(toSvg(document));
  });
});

describe('themes', () => {
  /** WCAG 2.2 relative luminance contrast of two `#rrggbb` colours. */
  const contrast = (a: string, b: string): number => {
    const luminance = (colour: string): number => {
      const [red = 0, green = 0, blue = 0] = [1, 3, 5]
        .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
        .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  test.each(Object.entries(THEMES))(
    '%s: every text stands out from its ground by at least 4.5 : 1',
    (_, theme) => {
      const pairs: [string, string][] = [
        ...Object.values(theme.nodes).map(({ text, fill }): [string, string] => [text, fill]),
        ...[theme.label, ...Object.values(theme.edges)].flatMap((text): [string, string][] => [
          [text, theme.background],
          [text, theme.frame.fill],
        ]),
        [theme.frame.text, theme.frame.fill],
        [theme.screen.muted, theme.nodes.screen.fill],
      ];
      for (const [text, ground] of pairs)
        expect(contrast(text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    },
  );
});
