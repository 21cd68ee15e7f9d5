import type { FlowEdge, Point } from '../../document/types.ts';
import { edgeText } from '../../layout/edge-text.ts';
import { LABEL_FONT, labelLines, labelSize } from '../../layout/node-size.ts';
import type { Route } from '../../layout/route.ts';
import { text } from './nodes.ts';
import type { Theme } from './theme.ts';
import { element, num } from './xml.ts';

const RADIUS = 10;
const HEAD_LENGTH = 9;
const HEAD_WIDTH = 9;

/** The line with rounded corners and an arrow head; to a note only a dotted thread, for nobody walks there. */
export function drawEdge(edge: FlowEdge, { points }: Route, theme: Theme, remark: boolean): string {
  if (remark) {
    return element('path', {
      d: roundedPath(points),
      fill: 'none',
      stroke: theme.nodes.note.stroke,
      'stroke-width': 1.5,
      'stroke-dasharray': '1 5',
      'stroke-linecap': 'round',
    });
  }
  const colour = theme.edges[edge.trigger] ?? theme.edge;
  return (
    element('path', {
      d: roundedPath(shortened(points)),
      fill: 'none',
      stroke: colour,
      'stroke-width': 1.75,
      'stroke-dasharray': edge.trigger === 'back' || edge.trigger === 'timeout' ? '6 5' : undefined,
    }) + arrowHead(points, colour)
  );
}

/** The label on a patch of the ground's colour, so that lines under it do not strike it through. */
export function drawLabel(edge: FlowEdge, { label }: Route, theme: Theme, ground: string): string {
  const words = edgeText(edge);
  if (words === '') return '';
  const { width, height } = labelSize(words);
  const { lines } = labelLines(words);
  const colour = theme.edges[edge.trigger] ?? theme.label;
  const first = label.y - ((lines.length - 1) * LABEL_FONT.lineHeight) / 2 + LABEL_FONT.size * 0.35;
  return (
    element('rect', {
      x: label.x - width / 2,
      y: label.y - height / 2,
      width,
      height,
      rx: 5,
      fill: ground,
      'fill-opacity': 0.94,
    }) +
    lines
      .map((line, number) =>
        text(line, label.x, first + number * LABEL_FONT.lineHeight, {
          size: LABEL_FONT.size,
          fill: colour,
          anchor: 'middle',
          weight: 500,
          room: width - 4,
          typeface: theme.typeface,
        }),
      )
      .join('')
  );
}

/** The line ends inside the arrow head, not at its tip, which would come out blunt. */
function shortened(points: Point[]): Point[] {
  const end = points.at(-1),
    before = points.at(-2);
  if (!end || !before) return points;
  const length = Math.hypot(end.x - before.x, end.y - before.y);
  const cut = Math.min(HEAD_LENGTH - 2, length / 2) / Math.max(1, length);
  return [
    ...points.slice(0, -1),
    { x: end.x - (end.x - before.x) * cut, y: end.y - (end.y - before.y) * cut },
  ];
}

function roundedPath(points: Point[]): string {
  const at = ({ x, y }: Point): string => `${num(x)} ${num(y)}`;
  return points
    .map((point, number) => {
      const before = points[number - 1],
        after = points[number + 1];
      if (!before) return `M${at(point)}`;
      if (!after) return `L${at(point)}`;
      const towards = (other: Point): Point => {
        const length = Math.hypot(other.x - point.x, other.y - point.y);
        const share = Math.min(RADIUS, length / 2) / Math.max(1, length);
        return { x: point.x + (other.x - point.x) * share, y: point.y + (other.y - point.y) * share };
      };
      return `L${at(towards(before))}Q${at(point)} ${at(towards(after))}`;
    })
    .join('');
}

function arrowHead(points: Point[], colour: string): string {
  const end = points.at(-1),
    before = points.at(-2);
  if (!end || !before) return '';
  const angle = Math.atan2(end.y - before.y, end.x - before.x);
  const corner = (side: number): string => {
    const x = end.x - HEAD_LENGTH * Math.cos(angle) + side * (HEAD_WIDTH / 2) * Math.sin(angle);
    const y = end.y - HEAD_LENGTH * Math.sin(angle) - side * (HEAD_WIDTH / 2) * Math.cos(angle);
    return `${num(x)} ${num(y)}`;
  };
  return element('path', { d: `M${num(end.x)} ${num(end.y)}L${corner(1)}L${corner(-1)}Z`, fill: colour });
}
