import { FlowError } from '../document/errors.ts';
import type { FlowDocument, Op } from '../document/types.ts';
import { arrangeAll, type Arrangement } from './arrange.ts';
import { arrangeSome } from './arrange-some.ts';
import { boundsOf, type Box } from './boxes.ts';
import type { Direction, Spacing } from './layered.ts';
import { nodeBoxes } from './node-boxes.ts';

export interface LayoutOptions {
  /** Where the flow runs to: down (the default: wide boxes stack well) or to the right. */
  direction?: Direction;
  /** Move only these nodes; the others stay. Unknown ids are refused. */
  nodeIds?: readonly string[];
  /** Pixels between neighbours of one rank (default 48) and between ranks (default 64). */
  spacing?: Partial<Spacing>;
}

export interface LayoutResult {
  /** Patches of `position` for the nodes that move, and of `position` and `size` for the frames round them. */
  ops: Op[];
  /** What the flow covers afterwards, in canvas pixels. */
  bounds: Box;
}

const SPACING: Spacing = { node: 48, rank: 64 };

/** Places nodes and frames without touching the document; for importers that build their own. */
export function arrange(document: FlowDocument, options: LayoutOptions = {}): Arrangement {
  const { direction = 'TB', nodeIds } = options;
  const spacing = { ...SPACING, ...options.spacing };
  const boxes = nodeBoxes(document);
  const unknown = nodeIds?.findIndex((id) => !boxes.has(id)) ?? -1;
  if (unknown >= 0) {
    throw new FlowError('unknown_record', [
      {
        path: `nodeIds.${unknown}`,
        message: `there is no node "${nodeIds?.[unknown]}"; name nodes of this flow`,
      },
    ]);
  }
  const pinned = new Set(
    Object.values(document.nodes)
      .filter((node) => node.pinned)
      .map(({ id }) => id),
  );
  const movable = new Set((nodeIds ?? [...boxes.keys()]).filter((id) => !pinned.has(id)));
  if (movable.size + pinned.size === boxes.size)
    return arrangeAll(document, boxes, pinned, direction, spacing);
  return arrangeSome(document, boxes, movable, direction, spacing);
}

/**
 * Tidies a flow: ranks along `direction`, no overlaps, frames round their nodes. Pinned nodes never move. The same
 * document always gives the same result. Positions are whole pixels.
 *
 * @throws FlowError `unknown_record` when `nodeIds` names a node that is not there.
 */
export function layout(document: FlowDocument, options: LayoutOptions = {}): LayoutResult {
  const { nodes, frames } = arrange(document, options);
  const ops: Op[] = [];
  for (const node of Object.values(document.nodes)) {
    const { x, y } = nodes.get(node.id) ?? node.position;
    if (x !== node.position.x || y !== node.position.y) {
      ops.push({ op: 'patch', kind: 'node', id: node.id, set: { position: { x, y } } });
    }
  }
  for (const frame of Object.values(document.frames)) {
    const { x, y, width, height } = frames.get(frame.id) ?? { ...frame.position, ...frame.size };
    const set: Record<string, Record<string, number>> = {};
    if (x !== frame.position.x || y !== frame.position.y) set['position'] = { x, y };
    if (width !== frame.size.width || height !== frame.size.height) set['size'] = { width, height };
    if (Object.keys(set).length > 0) ops.push({ op: 'patch', kind: 'frame', id: frame.id, set });
  }
  return { ops, bounds: boundsOf([...nodes.values(), ...frames.values()]) };
}
