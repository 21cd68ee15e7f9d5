import type { Rect } from './route.ts';

/** Where the canvas is looked at from. Pure geometry; screen pixels unless said otherwise. */

export interface View {
  x: number;
  y: number;
  zoom: number;
}
interface Size {
  width: number;
  height: number;
}

/** Free space round the flow, and between its steps and the bars that float over the canvas. */
const MARGIN = 18;
const BAR_GAP = 10;
/** How far the way of a loop may run outside of the steps, in canvas pixels. */
const LOOP = 34;
const STEP = 0.97;
/** Middle first: a flow is moved aside only where that lets it be larger. */
const ACROSS = [0.5, 0.4, 0.6, 0.3, 0.7, 0.15, 0.85, 0, 1];
const DOWN = [0.5, 0.25, 0.75, 0, 1];

/**
 * The largest view of everything in which no step lies under a bar.
 * @param nodes in canvas pixels
 * @param bars what covers the stage, measured from its corner
 */
export function wholeView(nodes: readonly Rect[], stage: Size, bars: readonly Rect[], maxZoom: number): View {
  const bounds = boundsOf(nodes);
  const room = {
    width: Math.max(1, stage.width - 2 * MARGIN),
    height: Math.max(1, stage.height - 2 * MARGIN),
  };
  let zoom = Math.min(maxZoom, room.width / bounds.width, room.height / bounds.height);
  // By then the flow is a speck: wherever there is room at all, it has been found.
  const least = zoom / 4;
  for (; zoom > least; zoom *= STEP) {
    const slack = { x: room.width - bounds.width * zoom, y: room.height - bounds.height * zoom };
    for (const down of DOWN) {
      for (const across of ACROSS) {
        const view = {
          zoom,
          x: MARGIN + slack.x * across - bounds.x * zoom,
          y: MARGIN + slack.y * down - bounds.y * zoom,
        };
        if (!covered(nodes, view, bars)) return view;
      }
    }
  }
  return {
    zoom,
    x: stage.width / 2 - (bounds.x + bounds.width / 2) * zoom,
    y: stage.height / 2 - (bounds.y + bounds.height / 2) * zoom,
  };
}

/** What holds all steps and the ways beside them. */
function boundsOf(nodes: readonly Rect[]): Rect {
  const x = Math.min(...nodes.map((node) => node.x)) - LOOP;
  const y = Math.min(...nodes.map((node) => node.y));
  const width = Math.max(...nodes.map((node) => node.x + node.width)) + LOOP - x;
  return {
    x,
    y,
    width: Math.max(1, width),
    height: Math.max(1, Math.max(...nodes.map((node) => node.y + node.height)) - y),
  };
}

function covered(nodes: readonly Rect[], { x, y, zoom }: View, bars: readonly Rect[]): boolean {
  return nodes.some((node) => {
    const left = node.x * zoom + x - BAR_GAP;
    const top = node.y * zoom + y - BAR_GAP;
    const right = left + node.width * zoom + 2 * BAR_GAP;
    const bottom = top + node.height * zoom + 2 * BAR_GAP;
    return bars.some(
      (bar) => left < bar.x + bar.width && right > bar.x && top < bar.y + bar.height && bottom > bar.y,
    );
  });
}
