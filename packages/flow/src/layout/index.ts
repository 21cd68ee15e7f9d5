export { layout, type LayoutOptions, type LayoutResult } from './layout.ts';
export type { Direction, Spacing } from './layered.ts';
export { placeNear } from './place-near.ts';
export { nodeSize, titleBox, labelSize, type SizedNode, type TitleBox } from './node-size.ts';
export type { Box } from './boxes.ts';
export { route, type Route } from './route.ts';
