export {
  PNG_LIMITS,
  pngRenderer,
  type PngAssets,
  type PngImage,
  type PngOptions,
  type PngRenderer,
} from './to-png.ts';
