export { toSvg, type SvgOptions } from './to-svg.ts';
