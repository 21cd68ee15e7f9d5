import type { FlowDocument, Frame, Point } from '../../document/types.ts';
import { BoxIndex, boundsOf, type Box } from '../../layout/boxes.ts';
import { edgeText } from '../../layout/edge-text.ts';
import { FRAME_TITLE_SIZE, hierarchyOf } from '../../layout/hierarchy.ts';
import { nodeBoxes } from '../../layout/node-boxes.ts';
import { labelSize } from '../../layout/node-size.ts';
import { route, type Route } from '../../layout/route.ts';
import { wrapText } from '../../layout/text.ts';
import { drawEdge, drawLabel } from './edges.ts';
import { drawNode, text } from './nodes.ts';
import { THEMES, type Theme, type Typeface } from './theme.ts';
import { element, escapeXml, num } from './xml.ts';

export interface SvgOptions {
  theme?: 'light' | 'dark';
  /** Pixels left free round the flow; default 40. */
  padding?: number;
}

const FONT = 'Inter, "Helvetica Neue", Helvetica, Arial, "Liberation Sans", "Noto Sans", sans-serif';
/** Size of the picture of an empty flow, padding apart. */
const EMPTY: Box = { x: 0, y: 0, width: 160, height: 80 };

/**
 * The flow as one self-contained SVG: no script, no `foreignObject`, no ids, nothing fetched, every text escaped,
 * so it may be put into any page as it is. Nodes stand where the document says; edges are routed round them.
 */
export function toSvg(document: FlowDocument, options: SvgOptions = {}): string {
  return draw(document, options).svg;
}

/** The same with its size in pixels, and set in a typeface whose glyphs are known, chosen by that size. */
export function draw(
  document: FlowDocument,
  options: SvgOptions,
  typefaceFor?: (width: number, height: number) => Typeface,
): { svg: string; width: number; height: number } {
  const padding = Math.max(0, options.padding ?? 40);
  const routes = route(document);
  const area = contentArea(document, routes);
  const x = Math.floor(area.x - padding),
    y = Math.floor(area.y - padding);
  const width = Math.ceil(area.x + area.width + padding) - x,
    height = Math.ceil(area.y + area.height + padding) - y;
  const theme: Theme = { ...THEMES[options.theme ?? 'light'], typeface: typefaceFor?.(width, height) };
  const routed = Object.values(document.edges).flatMap((edge) => {
    const way = Object.hasOwn(routes, edge.id) ? routes[edge.id] : undefined;
    return way ? [{ edge, way }] : [];
  });
  const isNote = (id: string): boolean => document.nodes[id]?.type === 'note';
  const frames = new BoxIndex(
    Object.values(document.frames).map(({ position, size }): Box => ({ ...position, ...size })),
  );
  const groundAt = ({ x: left, y: top }: Point): string =>
    frames.hit({ x: left, y: top, width: 1, height: 1 }) ? theme.frame.fill : theme.background;
  const content = [
    `<title>${escapeXml(document.name)}</title>`,
    `<desc>${escapeXml(description(document))}</desc>`,
    element('rect', { x, y, width, height, fill: theme.background }),
    ...hierarchyOf(document).frames.map((frame) => drawFrame(frame, theme)),
    ...routed.map(({ edge, way }) => drawEdge(edge, way, theme, isNote(edge.source) || isNote(edge.target))),
    ...Object.values(document.nodes).map((node) => drawNode(node, theme)),
    ...routed.map(({ edge, way }) => drawLabel(edge, way, theme, groundAt(way.label))),
  ];
  const svg = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: [x, y, width, height].map(num).join(' '),
      role: 'img',
      'font-family': FONT,
    },
    `${content.join('\n')}\n`,
  );
  return { svg, width, height };
}

/** Nodes and transitions in words, for those who cannot see the picture. */
function description(document: FlowDocument): string {
  const nodes = Object.values(document.nodes),
    edges = Object.values(document.edges);
  const start = nodes.find(({ type }) => type === 'start');
  const from = start ? `, starting at ${start.title}` : '';
  return `User flow with ${nodes.length} steps and ${edges.length} transitions${from}.`;
}

function contentArea(document: FlowDocument, routes: Record<string, Route>): Box {
  const boxes: Box[] = [...nodeBoxes(document).values()];
  for (const { position, size } of Object.values(document.frames)) boxes.push({ ...position, ...size });
  for (const edge of Object.values(document.edges)) {
    const way = Object.hasOwn(routes, edge.id) ? routes[edge.id] : undefined;
    if (!way) continue;
    for (const point of way.points) boxes.push({ ...point, width: 0, height: 0 });
    const size = labelSize(edgeText(edge));
    boxes.push({ x: way.label.x - size.width / 2, y: way.label.y - size.height / 2, ...size });
  }
  return boxes.length === 0 ? EMPTY : boundsOf(boxes);
}

function drawFrame({ title, position, size }: Frame, theme: Theme): string {
  const { fill, stroke, text: colour } = theme.frame;
  const room = Math.max(24, size.width - 40);
  const [line = ''] = wrapText(title.replace(/\s+/gu, ' '), room, FRAME_TITLE_SIZE, 1);
  return (
    element('rect', { ...position, ...size, rx: 16, fill, stroke, 'stroke-width': 1.25 }) +
    text(line, position.x + 20, position.y + 29, {
      size: FRAME_TITLE_SIZE,
      fill: colour,
      anchor: 'start',
      weight: 600,
      room,
      typeface: theme.typeface,
    })
  );
}
