import { Resvg, initWasm } from '@resvg/resvg-wasm';
import { FlowError } from '../../document/errors.ts';
import type { FlowDocument } from '../../document/types.ts';
import { draw, type SvgOptions } from '../svg/to-svg.ts';
import { readFont } from './font.ts';
import { FontTypeface } from './typeface.ts';

/** What the caller loads, because this package reads no files and fetches nothing. */
export interface PngAssets {
  /** `@resvg/resvg-wasm/index_bg.wasm`, as a compiled module or as its bytes. */
  wasm: Parameters<typeof initWasm>[0];
  /**
   * TrueType or OpenType fonts, at least one. The first that has a character draws it, so a fallback for other
   * scripts stands behind `@uxflow/flow/fonts/inter-regular.ttf` and `inter-semibold.ttf`.
   */
  fonts: readonly Uint8Array[];
}

export interface PngOptions extends SvgOptions {
  /** Picture pixels a canvas pixel, 0.1 to 4; default 2, as sharp screens have it. Less where the picture would pass PNG_LIMITS. */
  scale?: number;
}

export interface PngImage {
  bytes: Uint8Array;
  /** In picture pixels. */
  width: number;
  height: number;
  /** The scale that was used; text of fewer than 3.5 picture pixels is drawn as bars. */
  scale: number;
  /** Characters that no font has, drawn as □, each once. */
  missing: string[];
}

export interface PngRenderer {
  /**
   * The flow as a PNG. The same document, options and fonts give the same bytes.
   * @throws FlowError `limit_exceeded` for a flow that is too large to be drawn; `toSvg` takes any
   */
  render(document: FlowDocument, options?: PngOptions): PngImage;
}

/**
 * What fits into the 128 MB that a Worker has: a picture is kept twice while it is written (6 megapixels, 48 MB), and a
 * drawing of 2.5 million characters (about 1,900 steps with two labelled transitions each) takes 30 MB more.
 */
export const PNG_LIMITS: Readonly<{ pixels: number; side: number; drawing: number }> = {
  pixels: 6_000_000,
  side: 8_192,
  drawing: 2_500_000,
};
const SCALES = { least: 0.1, most: 4, usual: 2 };

/** The library takes its WebAssembly once a process. */
let started: Promise<void> | undefined;

/**
 * A renderer that draws flows without a browser, from the same drawing as `toSvg`.
 * @throws TypeError for a font that cannot be read
 */
export async function pngRenderer({ wasm, fonts }: PngAssets): Promise<PngRenderer> {
  if (fonts.length === 0) throw new TypeError('fonts is empty: text cannot be drawn without a font');
  const known = fonts.map((bytes, at) => readFont(bytes, `fonts[${at}]`));
  const fontBuffers = [...fonts];
  started ??= initWasm(wasm);
  try {
    await started;
  } catch (error) {
    started = undefined;
    throw error;
  }
  return {
    render(document, options = {}) {
      const missing = new Set<string>();
      let scale = 1;
      const { svg } = draw(document, options, (width, height) => {
        scale = fittingScale(width, height, options.scale ?? SCALES.usual);
        return new FontTypeface(known, scale, missing);
      });
      if (svg.length > PNG_LIMITS.drawing) throw tooLarge(document);
      return { ...rasterise(svg, fontBuffers, scale), scale, missing: [...missing] };
    },
  };
}

function tooLarge({ nodes, edges }: FlowDocument): FlowError {
  const size = `${Object.keys(nodes).length} steps and ${Object.keys(edges).length} transitions`;
  return new FlowError('limit_exceeded', [
    { path: 'nodes', message: `A flow of ${size} is too large for a PNG; export it as SVG` },
  ]);
}

/** The wanted scale, or the largest at which the picture stays within the limits; no side gets less than a pixel. */
function fittingScale(width: number, height: number, wanted: number): number {
  const asked = Math.min(SCALES.most, Math.max(SCALES.least, wanted));
  const bySide = PNG_LIMITS.side / Math.max(width, height);
  const byArea = Math.sqrt(PNG_LIMITS.pixels / (width * height));
  return Math.max(Math.min(asked, bySide, byArea), 1 / Math.min(width, height));
}

function rasterise(
  svg: string,
  fontBuffers: Uint8Array[],
  scale: number,
): { bytes: Uint8Array; width: number; height: number } {
  const resvg = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: { fontBuffers, defaultFontFamily: 'Inter' },
  });
  try {
    const image = resvg.render();
    try {
      return { bytes: image.asPng(), width: image.width, height: image.height };
    } finally {
      image.free();
    }
  } finally {
    resvg.free();
  }
}
