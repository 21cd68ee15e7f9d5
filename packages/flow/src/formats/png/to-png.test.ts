import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { sketch } from '../../../test/documents.ts';
import { hostileDocument } from '../../../test/hostile.ts';
import { readPng, type Pixels } from '../../../test/png.ts';
import { emptyDocument } from '../../document/empty.ts';
import { LIMITS } from '../../document/limits.ts';
import type { FlowDocument } from '../../document/types.ts';
import { nodeSize } from '../../layout/index.ts';
import { THEMES } from '../svg/theme.ts';
import { readFont } from './font.ts';
import { nodePngRenderer } from './node.ts';
import { PNG_LIMITS, pngRenderer, type PngRenderer } from './to-png.ts';

// Properties run on any machine, however busy it is.
vi.setConfig({ testTimeout: 60_000 });

const REGULAR = new Uint8Array(readFileSync(new URL('../../../fonts/inter-regular.ttf', import.meta.url)));
const PADDING = 40;

let renderer: PngRenderer;
beforeAll(async () => {
  renderer = await nodePngRenderer();
});

/** One node at the origin, whose picture therefore begins `PADDING` left of and above it. */
const single = (type: string, title: string): FlowDocument => sketch([`a ${type} ${title}`]);

function differing(
  pixels: Pixels,
  from: string,
  area: { x: number; y: number; width: number; height: number },
): number {
  let count = 0;
  for (let y = area.y; y < area.y + area.height; y += 1)
    for (let x = area.x; x < area.x + area.width; x += 1) if (pixels.at(x, y) !== from) count += 1;
  return count;
}

describe('a flow as a PNG', () => {
  test('is the drawing at the scale asked for, in the colours of the theme', () => {
    const document = single('end', 'Done');
    const { width, height } = nodeSize({ type: 'end', title: 'Done' });
    for (const [theme, scale] of [
      ['light', 1],
      ['dark', 3],
    ] as const) {
      const image = renderer.render(document, { theme, scale });
      const pixels = readPng(image.bytes);
      expect([pixels.width, pixels.height]).toEqual([image.width, image.height]);
      expect([image.width, image.height]).toEqual([(width + 80) * scale, (height + 80) * scale]);
      expect(pixels.at(3, 3)).toBe(THEMES[theme].background);
      expect(pixels.at((PADDING + 10) * scale, (PADDING + height / 2) * scale)).toBe(
        THEMES[theme].nodes.end.fill,
      );
    }
  });

  test('the same document gives the same bytes, in this renderer and in another', async () => {
    const document = sketch(
      ['a start Los', 'b screen Straße & Größe', 'c end Ende'],
      ['a > b : weiter', 'b > c / error'],
    );
    const { bytes } = renderer.render(document);
    expect(renderer.render(structuredClone(document)).bytes).toEqual(bytes);
    expect((await nodePngRenderer()).render(document).bytes).toEqual(bytes);
    expect(renderer.render(sketch(['a start Los'])).bytes).not.toEqual(bytes);
  });

  test('titles are drawn: letters stand where the title does, and only there', () => {
    const fill = THEMES.light.nodes.end.fill;
    const middle = { x: PADDING + 40, y: PADDING + 12, width: 60, height: 24 };
    expect(
      differing(readPng(renderer.render(single('end', 'Done'), { scale: 1 }).bytes), fill, middle),
    ).toBeGreaterThan(60);
    const untitled = single('end', 'x');
    if (untitled.nodes['a']) untitled.nodes['a'].title = '';
    expect(differing(readPng(renderer.render(untitled, { scale: 1 }).bytes), fill, middle)).toBe(0);
  });

  test.each(['ff'.repeat(60), '→'.repeat(60), "'".repeat(90), 'WWWWiiii '.repeat(9), '— '.repeat(80)])(
    'a title that runs wider than its estimate stays inside its node: %s',
    (title) => {
      const document = single('action', title);
      const { width, height } = nodeSize({ type: 'action', title });
      const pixels = readPng(renderer.render(document, { scale: 1 }).bytes);
      for (const x of [0, PADDING + width + 2])
        expect(
          differing(pixels, THEMES.light.background, { x, y: 0, width: PADDING - 3, height: height + 60 }),
        ).toBe(0);
    },
  );

  test('Latin, German, Greek, Cyrillic, Vietnamese and common symbols are all in the bundled font', () => {
    const title =
      'Grüße aus Ærøskøbing, Łódź, Kraków, İstanbul; Đặng Việt; Ελλάδα; Привіт, Їжак; „Zitat“ – ‚x‘ … “q” ‘a’ ' +
      '€ £ ¥ ₿ © ® ™ § ° ± × ÷ ≤ ≥ ≠ ≈ ∞ → ← ↑ ↓ ↔ ⇒ • ● ○ ■ □ ▲ ▶ ✓ ✗ ★ ☆ ♥ ⚠ ½ ¼ ² ³ № ① ⌘ ⏎ ß ẞ';
    expect(renderer.render(single('note', title)).missing).toEqual([]);
  });

  test('a character that no font has is a box and is told, one for each that a reader sees', () => {
    const image = renderer.render(single('end', 'a 登 👨‍👩‍👧‍👦 ש 🇩🇪 登 ✓\uFE0F \u202Eb'));
    expect(image.missing).toEqual(['登', '👨‍👩‍👧‍👦', 'ש', '🇩🇪']);
    expect(renderer.render(single('end', 'ש')).bytes).toEqual(renderer.render(single('end', '登')).bytes);
    expect(renderer.render(single('end', '登')).bytes).not.toEqual(
      renderer.render(single('end', '登登')).bytes,
    );
  });

  test('a document that fills its limits gets the largest picture within those of a picture', () => {
    const far = emptyDocument('Far');
    for (const [at, [x, y]] of [
      [-1, -1],
      [1, 1],
      [0, 0],
    ].entries())
      far.nodes[`n${at}`] = {
        id: `n${at}`,
        type: 'screen',
        title: 'Far',
        position: { x: (x ?? 0) * LIMITS.coordinate, y: (y ?? 0) * LIMITS.coordinate },
      };
    const wide = structuredClone(far);
    for (const node of Object.values(wide.nodes)) node.position.y = 0;
    for (const document of [far, wide]) {
      const { width, height, scale, bytes } = renderer.render(document, { scale: 4 });
      expect(readPng(bytes).width).toBe(width);
      expect(width * height).toBeLessThanOrEqual(PNG_LIMITS.pixels * 1.01);
      // A line of nodes keeps a pixel of height, however wide that makes it.
      expect(Math.min(width, height) === 1 || Math.max(width, height) <= PNG_LIMITS.side).toBe(true);
      expect(scale).toBeLessThan(0.01);
    }
    expect(renderer.render(emptyDocument('')).width).toBe(480);
  });

  test('a flow too large to be drawn in a Worker is refused before it is, with another way', () => {
    const ids = Array.from({ length: 4_000 }, (_, at) => at);
    const huge = sketch(
      ids.map((at) => `n${at} screen`),
      ids.map((at) => `n${at} > n${(at + 1) % 4_000} : on to the next of all these screens`),
    );
    for (const [at, node] of Object.values(huge.nodes).entries()) node.position = { x: 0, y: at * 240 };
    expect(() => renderer.render(huge)).toThrow(
      expect.objectContaining({
        code: 'limit_exceeded',
        message: expect.stringContaining('export it as SVG'),
      }),
    );
  });

  test('letters too small to be read are bars, of the same picture with other letters', () => {
    const picture = (title: string, scale: number): Uint8Array =>
      renderer.render(single('end', title), { scale }).bytes;
    expect(picture('abcd', 0.2)).toEqual(picture('dcba', 0.2));
    expect(picture('abcd', 0.2)).not.toEqual(picture('', 0.2));
    expect(picture('abcd', 0.3)).not.toEqual(picture('dcba', 0.3));
  });

  test('whatever people wrote, a picture comes out', () => {
    fc.assert(
      fc.property(hostileDocument(6), (document) => {
        const { bytes, width } = renderer.render(document, { scale: 0.4 });
        expect(readPng(bytes).width).toBe(width);
      }),
      { numRuns: 25 },
    );
  });
});

describe('fonts', () => {
  test('weights and widths are those of the file', () => {
    const font = readFont(REGULAR, 'inter');
    expect(font.weight).toBe(400);
    expect(font.advance('H'.codePointAt(0) ?? 0)).toBeCloseTo(0.744, 2);
    expect(font.advance(0x4e00)).toBeUndefined();
  });

  test('a file that is no font, or a part of one, is refused by its place', async () => {
    await expect(pngRenderer({ wasm: new Uint8Array(), fonts: [] })).rejects.toThrow(/fonts is empty/);
    await expect(
      pngRenderer({ wasm: new Uint8Array(), fonts: [REGULAR, new Uint8Array(300)] }),
    ).rejects.toThrow(/^fonts\[1\] is not a TrueType or OpenType font/);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000 }), (length) => {
        expect(() => readFont(REGULAR.slice(0, length), 'x')).toThrow(TypeError);
      }),
    );
  });

  test('a broken font file ends in a typed error or is read, never in a hang', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: 700 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 6 }),
        (changes) => {
          const bytes = REGULAR.slice();
          for (const [at, value] of changes) bytes[at] = value;
          try {
            readFont(bytes, 'x').advance(65);
          } catch (error) {
            expect(error).toSatisfy((thrown) => thrown instanceof TypeError || thrown instanceof RangeError);
          }
        },
      ),
    );
  });
});
