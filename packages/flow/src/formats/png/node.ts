import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pngRenderer, type PngRenderer } from './to-png.ts';

/**
 * The renderer with what it needs loaded from the disk, for Node and its like.
 * @param fallbacks further fonts (TrueType or OpenType) for characters that Inter does not have
 */
export async function nodePngRenderer(fallbacks: readonly Uint8Array[] = []): Promise<PngRenderer> {
  const wasm = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm');
  const fonts = ['inter-regular.ttf', 'inter-semibold.ttf'].map(
    (name) => new URL(`../../../fonts/${name}`, import.meta.url),
  );
  const [module, ...bytes] = await Promise.all([readFile(wasm), ...fonts.map((path) => readFile(path))]);
  return pngRenderer({ wasm: module, fonts: [...bytes, ...fallbacks] });
}
