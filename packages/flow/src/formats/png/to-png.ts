import { Resvg, initWasm } from '@resvg/resvg-wasm';
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
  /** The scale that was used. */
  scale: number;
  /** Characters that no font has, drawn as □. */
  missing: string[];
}

export interface PngRenderer {
  /** The flow as a PNG. The same document, options and fonts give the same bytes. */
  render(document: FlowDocument, options?: PngOptions): PngImage;
}

/** A picture is kept in memory twice while it is written: 8 megapixels take 64 MB of the 128 MB a Worker has. */
export const PNG_LIMITS: Readonly<{ pixels: number; side: number }> = { pixels: 8_000_000, side: 8_192 };
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
      const typeface = new FontTypeface(known);
      const { svg, width, height } = draw(document, options, typeface);
      const scale = fittingScale(width, height, options.scale ?? SCALES.usual);
      const { bytes, ...size } = rasterise(svg, fontBuffers, scale);
      return { bytes, ...size, scale, missing: [...typeface.missing] };
    },
  };
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
