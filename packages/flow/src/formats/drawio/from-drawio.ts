import type { FlowDocument } from '../../document/types.ts';
import { boundsOf } from '../../layout/boxes.ts';
import type { Drawing } from '../import/drawing.ts';
import { fromDrawing } from '../import/from-drawing.ts';
import { checkRoom } from '../import/limits.ts';
import { Warnings, type ImportWarning } from '../import/warnings.ts';
import { readCells } from './cells.ts';
import { drawPage } from './page-drawing.ts';
import { readPages } from './pages.ts';

export interface DrawioImport {
  document: FlowDocument;
  /** What was left out or changed; the rest arrived as it was drawn. */
  warnings: ImportWarning[];
}

const DEFAULT_NAME = 'Imported flow';
/** Pixels between the pages of a file, which a flow shows below each other. */
const GAP = 160;

/**
 * A draw.io file as a flow, placed as it is drawn: shapes become nodes by what they mean in a flowchart, containers,
 * swimlanes, groups and several pages become frames, HTML labels become text, arrows become edges with their labels,
 * unbound ones by the shapes they end at. Colours, fonts and routes are ignored.
 *
 * @throws FlowError `invalid_request` with path `line N`, or `limit_exceeded`.
 */
export function fromDrawio(source: string): DrawioImport {
  const warnings = new Warnings();
  const pages: { name: string; drawing: Drawing }[] = [];
  let nodes = 0;
  for (const page of readPages(source)) {
    const drawing = drawPage(readCells(page, warnings), warnings);
    nodes += drawing.nodes.length;
    checkRoom('nodes', nodes - 1);
    pages.push({ name: page.name, drawing });
  }
  const filled = pages.filter(({ drawing }) => drawing.nodes.length + drawing.frames.length > 0);
  const only = filled.length === 1 ? filled[0] : undefined;
  const name =
    only && !/^(?:Page|Seite)-\d+$/u.test(only.name) && only.name !== '' ? only.name : DEFAULT_NAME;
  const drawing = only?.drawing ?? stacked(filled);
  return { document: fromDrawing({ ...drawing, name }, warnings), warnings: warnings.list() };
}

/** Pages below each other, each in a frame; their keys may be the same. */
function stacked(pages: readonly { name: string; drawing: Drawing }[]): Drawing {
  const all: Drawing = { name: '', nodes: [], frames: [], edges: [] };
  let top = 0;
  for (const [number, { name, drawing }] of pages.entries()) {
    const key = (own: string): string => (number === 0 ? own : `p${number + 1}.${own}`);
    const page = `page-${number + 1}`;
    const bounds = boundsOf(
      [...drawing.nodes, ...drawing.frames].flatMap(({ box }) =>
        box && Number.isFinite(box.x + box.y) ? [box] : [],
      ),
    );
    const [dx, dy] = [-bounds.x, top - bounds.y];
    const moved = <T extends { x: number; y: number }>(box: T): T => ({
      ...box,
      x: box.x + dx,
      y: box.y + dy,
    });
    all.frames.push({ key: page, title: name });
    for (const frame of drawing.frames) {
      const parent = frame.parent === undefined ? page : key(frame.parent);
      all.frames.push({
        ...frame,
        key: key(frame.key),
        parent,
        ...(frame.box ? { box: moved(frame.box) } : {}),
      });
    }
    for (const node of drawing.nodes) {
      const frame = node.frame === undefined ? page : key(node.frame);
      all.nodes.push({ ...node, key: key(node.key), frame, ...(node.box ? { box: moved(node.box) } : {}) });
    }
    for (const edge of drawing.edges) {
      const end = (at: typeof edge.source): typeof edge.source => ({
        ...(at.key === undefined ? {} : { key: key(at.key) }),
        ...(at.point ? { point: moved(at.point) } : {}),
      });
      all.edges.push({ ...edge, key: key(edge.key), source: end(edge.source), target: end(edge.target) });
    }
    top += bounds.height + GAP;
  }
  return all;
}
