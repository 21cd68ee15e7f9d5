import type { FlowNode } from '../../document/types.ts';
import type { Box } from '../../layout/boxes.ts';
import { TITLE_FONT, titleBox } from '../../layout/node-size.ts';
import { wrapText } from '../../layout/text.ts';
import type { SetLine, Theme, Typeface } from './theme.ts';
import { element, escapeXml, num } from './xml.ts';

const HEADER = 26;
const CORNER = 14;

/** One node as a group with a tooltip: shape, title, and what its type adds. */
export function drawNode(node: FlowNode, theme: Theme): string {
  const { lines, fontSize, width, height } = titleBox(node);
  const box: Box = { ...node.position, width, height };
  const shape = SHAPES[node.type];
  const parts = [
    `<title>${escapeXml(`${node.type}: ${node.title}`)}</title>`,
    shape(box, theme, node),
    node.type === 'screen'
      ? screenTitle(box, lines, theme, node)
      : centredText(box, lines, fontSize, theme, node),
  ];
  return `<g>${parts.join('')}</g>`;
}

type Draw = (box: Box, theme: Theme, node: FlowNode) => string;

const SHAPES: Readonly<Record<FlowNode['type'], Draw>> = {
  start: (box, theme) => plate(box, theme, 'start', 24),
  end: (box, theme) => plate(box, theme, 'end', 24),
  action: (box, theme) => plate(box, theme, 'action', 12),
  system: (box, theme) =>
    plate(box, theme, 'system', 6) + cog(box.x + 17, box.y + box.height / 2, theme.nodes.system.stroke),
  subflow: (box, theme) =>
    plate(box, theme, 'subflow', 6) +
    [12, box.width - 12]
      .map((offset) =>
        element('path', {
          d: `M${num(box.x + offset)} ${num(box.y)}v${num(box.height)}`,
          stroke: theme.nodes.subflow.stroke,
          'stroke-width': 1.5,
        }),
      )
      .join(''),
  decision: drawDecision,
  note: drawNote,
  screen: drawScreen,
};

function plate(box: Box, theme: Theme, type: FlowNode['type'], radius: number): string {
  const { fill, stroke } = theme.nodes[type];
  const rx = Math.min(radius, box.width / 2, box.height / 2);
  return (
    element('rect', { ...box, y: box.y + 3, rx, fill: theme.shadow }) +
    element('rect', { ...box, rx, fill, stroke, 'stroke-width': 1.5 })
  );
}

function drawDecision(box: Box, theme: Theme): string {
  const { x, y, width, height } = box;
  const { fill, stroke } = theme.nodes.decision;
  const diamond = (top: number): string =>
    `M${num(x + width / 2)} ${num(top)}L${num(x + width)} ${num(top + height / 2)}L${num(x + width / 2)} ${num(top + height)}` +
    `L${num(x)} ${num(top + height / 2)}Z`;
  return (
    element('path', { d: diamond(y + 3), fill: theme.shadow }) +
    element('path', { d: diamond(y), fill, stroke, 'stroke-width': 1.5, 'stroke-linejoin': 'round' })
  );
}

function drawNote({ x, y, width, height }: Box, theme: Theme): string {
  const { fill, stroke } = theme.nodes.note;
  const fold = Math.min(CORNER, width / 2, height / 2);
  const outline = `M${num(x)} ${num(y)}h${num(width - fold)}l${num(fold)} ${num(fold)}v${num(height - fold)}h${num(-width)}Z`;
  const corner = `M${num(x + width - fold)} ${num(y)}v${num(fold)}h${num(fold)}`;
  return (
    element('path', { d: outline, fill, stroke, 'stroke-width': 1.25, 'stroke-linejoin': 'round' }) +
    element('path', { d: corner, fill: 'none', stroke, 'stroke-width': 1.25, 'stroke-linejoin': 'round' })
  );
}

/** A window: header with three dots, and below the title either its first elements or placeholder bars. */
function drawScreen(box: Box, theme: Theme, node: FlowNode): string {
  const { x, y, width, height } = box;
  const { stroke } = theme.nodes.screen;
  const parts = [plate(box, theme, 'screen', 10)];
  if (height < HEADER + 30 || width < 60) return parts.join('');
  parts.push(
    element('path', {
      d: `M${num(x + 0.75)} ${num(y + HEADER)}v${num(-HEADER + 10)}a9.25 9.25 0 0 1 9.25 -9.25h${num(width - 20)}a9.25 9.25 0 0 1 9.25 9.25v${num(HEADER - 10)}Z`,
      fill: theme.screen.header,
    }),
  );
  for (const offset of [14, 24, 34]) {
    parts.push(
      element('circle', { cx: x + offset, cy: y + HEADER / 2, r: 2.75, fill: stroke, 'fill-opacity': 0.55 }),
    );
  }
  parts.push(drawContent(box, theme, node));
  return parts.join('');
}

function drawContent({ x, y, width, height }: Box, theme: Theme, node: FlowNode): string {
  const bottom = y + height - 14;
  const inner = width - 32;
  if (height < 120) return '';
  const elements = node.screen?.elements ?? [];
  if (elements.length > 0) {
    const shown = elements.length > 2 ? elements.slice(0, 1) : elements;
    const rows = shown.map(({ label, kind }) => label || kind);
    if (elements.length > 2) rows.push(`+ ${elements.length - 1}`);
    return rows
      .map((row, number) => {
        const top = bottom - (rows.length - number) * 21 + 2;
        const more = number === shown.length;
        const field = more
          ? ''
          : element('rect', {
              x: x + 16,
              y: top,
              width: inner,
              height: 18,
              rx: 4,
              fill: 'none',
              stroke: theme.screen.bar,
            });
        const [line = ''] = wrapText(row.replace(/\s+/gu, ' '), inner - 16, 11, 1);
        return (
          field +
          text(line, x + (more ? 16 : 24), top + 13, {
            size: 11,
            fill: theme.screen.muted,
            anchor: 'start',
            room: inner - 12,
            typeface: theme.typeface,
          })
        );
      })
      .join('');
  }
  const bar = (offset: number, share: number): string =>
    element('rect', {
      x: x + 16,
      y: bottom - offset,
      width: inner * share,
      height: 7,
      rx: 3.5,
      fill: theme.screen.bar,
    });
  return (
    bar(37, 0.9) +
    bar(23, 0.6) +
    element('rect', {
      x: x + width - 16 - 46,
      y: bottom - 14,
      width: 46,
      height: 14,
      rx: 4,
      fill: theme.screen.accent,
      'fill-opacity': 0.45,
    })
  );
}

function cog(x: number, y: number, colour: string): string {
  const teeth = Array.from({ length: 8 }, (_, number) => {
    const angle = (number * Math.PI) / 4;
    const at = (radius: number): string =>
      `${num(x + radius * Math.cos(angle))} ${num(y + radius * Math.sin(angle))}`;
    return `M${at(5)}L${at(7.25)}`;
  });
  return (
    element('circle', { cx: x, cy: y, r: 4.5, fill: 'none', stroke: colour, 'stroke-width': 1.75 }) +
    element('path', { d: teeth.join(''), stroke: colour, 'stroke-width': 1.75, 'stroke-linecap': 'round' })
  );
}

function centredText(box: Box, lines: string[], fontSize: number, theme: Theme, node: FlowNode): string {
  const left = node.type === 'system' ? 10 : 0; // beside the cog, not under it
  const first = box.y + box.height / 2 - ((lines.length - 1) * TITLE_FONT.lineHeight) / 2 + fontSize * 0.35;
  const weight = node.type === 'note' ? 400 : 600;
  const room = node.type === 'decision' ? box.width * 0.7 : box.width - 12 - left;
  return lines
    .map((line, number) =>
      text(line, box.x + box.width / 2 + left / 2, first + number * TITLE_FONT.lineHeight, {
        size: fontSize,
        fill: theme.nodes[node.type].text,
        anchor: 'middle',
        weight,
        room,
        typeface: theme.typeface,
      }),
    )
    .join('');
}

function screenTitle(box: Box, lines: string[], theme: Theme, node: FlowNode): string {
  const small = box.height < HEADER + 30 || box.width < 60;
  if (small) return centredText(box, lines.slice(0, 1), TITLE_FONT.size, theme, node);
  return lines
    .map((line, number) =>
      text(line, box.x + 16, box.y + HEADER + 22 + number * TITLE_FONT.lineHeight, {
        size: TITLE_FONT.size,
        fill: theme.nodes.screen.text,
        anchor: 'start',
        weight: 600,
        room: box.width - 24,
        typeface: theme.typeface,
      }),
    )
    .join('');
}

interface TextStyle {
  size: number;
  fill: string;
  anchor: 'start' | 'middle';
  weight?: number;
  /** Pixels that the line may take. */
  room: number;
  typeface: Typeface | undefined;
}

/** One line of text. `plaintext` lets right-to-left titles run their own way. */
export function text(line: string, x: number, y: number, style: TextStyle): string {
  if (line.trim() === '') return '';
  const { size, fill, anchor, weight, room, typeface } = style;
  const set: SetLine = typeface?.set(line, size, weight ?? 400, room) ?? { line };
  if ('bar' in set) return bar(x - (anchor === 'middle' ? set.bar / 2 : 0), y, set.bar, style);
  return element(
    'text',
    {
      x,
      y,
      'font-size': size,
      fill,
      'text-anchor': anchor,
      'font-weight': weight,
      'unicode-bidi': 'plaintext',
      textLength: set.length,
      lengthAdjust: set.length === undefined ? undefined : 'spacingAndGlyphs',
    },
    escapeXml(set.line),
  );
}

function bar(x: number, y: number, width: number, { size, fill }: TextStyle): string {
  const height = size / 2;
  return element('rect', { x, y: y - height, width, height, fill, 'fill-opacity': 0.4 });
}
