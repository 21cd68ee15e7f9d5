import type { FlowNode, NodeType, Size } from '../document/types.ts';
import { measureText, wrapText } from './text.ts';

/** What a node's size depends on. */
export type SizedNode = Pick<FlowNode, 'type' | 'title' | 'size'>;

interface Shape {
  width: number;
  /** Width instead when the title needs more than two lines. */
  wider?: number;
  minHeight: number;
  /** Pixels left and right that the title may not use. */
  padX: number;
  /** Pixels of the height that are not title: padding, a header strip, a picture area. */
  chrome: number;
}

const SHAPES = {
  start: { width: 140, wider: 220, minHeight: 48, padX: 20, chrome: 28 },
  end: { width: 140, wider: 220, minHeight: 48, padX: 20, chrome: 28 },
  screen: { width: 220, minHeight: 140, padX: 16, chrome: 96 },
  action: { width: 220, minHeight: 72, padX: 28, chrome: 32 },
  system: { width: 220, minHeight: 72, padX: 30, chrome: 32 },
  subflow: { width: 220, minHeight: 72, padX: 28, chrome: 32 },
  note: { width: 200, minHeight: 72, padX: 16, chrome: 32 },
} as const satisfies Record<Exclude<NodeType, 'decision'>, Shape>;

/**
 * A diamond can only use the rectangle inside it, so a long question makes it wider in steps first; growing
 * only in height would give a needle. `share` is the part of the width that the text may use.
 */
const DIAMONDS = [
  { width: 200, share: 0.64, maxLines: 2 },
  { width: 240, share: 0.6, maxLines: 3 },
  { width: 300, share: 0.56, maxLines: 5 },
  { width: 400, share: 0.54, maxLines: Infinity },
] as const;
const DIAMOND_MIN_HEIGHT = 104;
const DIAMOND_PADDING = 4;

/** Font of node titles, in pixels; notes are set a little smaller. */
export const TITLE_FONT: { size: number; lineHeight: number; noteSize: number } = {
  size: 14,
  lineHeight: 19,
  noteSize: 13,
};

export interface TitleBox extends Size {
  /** The title, wrapped to fit the node; cut with an ellipsis only when the node has a size of its own. */
  lines: string[];
  fontSize: number;
}

const even = (value: number): number => Math.ceil(value / 2) * 2;

function fitTitle(node: SizedNode, width: number, share: number, room: number): string[] {
  const fontSize = node.type === 'note' ? TITLE_FONT.noteSize : TITLE_FONT.size;
  const maxLines = Math.max(1, Math.floor(room / TITLE_FONT.lineHeight));
  return wrapText(node.title, Math.max(24, width * share), fontSize, maxLines);
}

function diamond(node: SizedNode): TitleBox {
  const fontSize = TITLE_FONT.size;
  if (node.size) {
    return { ...node.size, fontSize, lines: fitTitle(node, node.size.width, 0.56, node.size.height * 0.44) };
  }
  for (const step of DIAMONDS) {
    const lines = wrapText(node.title, step.width * step.share, fontSize);
    if (lines.length > step.maxLines) continue;
    const text = lines.length * TITLE_FONT.lineHeight + DIAMOND_PADDING;
    return {
      width: step.width,
      height: even(Math.max(DIAMOND_MIN_HEIGHT, text / (1 - step.share))),
      lines,
      fontSize,
    };
  }
  throw new Error('the last diamond takes any number of lines');
}

/** Size of a node in canvas pixels together with its title broken into lines: what a renderer needs to draw it. */
export function titleBox(node: SizedNode): TitleBox {
  if (node.type === 'decision') return diamond(node);
  const shape: Shape = SHAPES[node.type];
  const fontSize = node.type === 'note' ? TITLE_FONT.noteSize : TITLE_FONT.size;
  if (node.size) {
    const { width, height } = node.size;
    const share = Math.max(0, width - 2 * shape.padX) / Math.max(1, width);
    return { width, height, fontSize, lines: fitTitle(node, width, share, height - shape.chrome + 12) };
  }
  const fit = (width: number): string[] => wrapText(node.title, width - 2 * shape.padX, fontSize);
  const narrow = fit(shape.width);
  const wider = shape.wider !== undefined && narrow.length > 2 ? shape.wider : undefined;
  const lines = wider === undefined ? narrow : fit(wider);
  const height = even(Math.max(shape.minHeight, lines.length * TITLE_FONT.lineHeight + shape.chrome));
  return { width: wider ?? shape.width, height, lines, fontSize };
}

/**
 * Size of a node in canvas pixels: its own `size` if it has one, else by type, growing with the title. The one
 * place that knows, shared by the layout, the editor and the SVG export.
 */
export function nodeSize(node: SizedNode): Size {
  const { width, height } = titleBox(node);
  return { width, height };
}

/** Font of edge labels and the width at which they wrap, in pixels. */
export const LABEL_FONT: { size: number; lineHeight: number; maxWidth: number } = {
  size: 12,
  lineHeight: 16,
  maxWidth: 150,
};

/** Size in pixels of an edge's label; zero without a label. */
export function labelSize(label: string): Size {
  if (label === '') return { width: 0, height: 0 };
  const lines = labelLines(label);
  return { width: Math.ceil(lines.width) + 12, height: lines.lines.length * LABEL_FONT.lineHeight + 4 };
}

/** An edge's label wrapped for drawing, with the width of its widest line in pixels. */
export function labelLines(label: string): { lines: string[]; width: number } {
  const lines = wrapText(label, LABEL_FONT.maxWidth, LABEL_FONT.size, 3);
  return { lines, width: Math.max(...lines.map((line) => measureText(line, LABEL_FONT.size))) };
}
