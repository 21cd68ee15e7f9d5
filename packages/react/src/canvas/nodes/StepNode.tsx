import { LIMITS, type FlowNode } from '@uxflow/flow';
import { Handle, Position, type NodeProps } from '@xyflow/react';
import { memo, type CSSProperties, type ReactElement, type ReactNode } from 'react';
import { NODE_TYPE_TEXT } from '../../edit/node-types.ts';
import { Icon } from '../../icons.tsx';
import { peerStyle } from '../../room/peer-style.ts';
import { useCanvasActions } from '../actions.ts';
import type { StepNode as StepNodeType } from '../model.ts';
import { boxOf } from '../node-size.ts';
import { InlineTitle } from './InlineTitle.tsx';
import { ScreenBody } from './ScreenBody.tsx';

/** Pixels; FAR_LINE is a line of a title that is seen from afar, as the style sheet has it. */
const TITLE_LINE = 19;
const FAR_LINE = 22;

const SIDES = [
  [Position.Top, 'top'],
  [Position.Right, 'right'],
  [Position.Bottom, 'bottom'],
  [Position.Left, 'left'],
] as const;

/** One step of the flow in the shape of its type. Fixed in size, so that layout and canvas agree on overlaps. */
export const StepNode = memo(function StepNode({
  data,
  selected,
  isConnectable,
}: NodeProps<StepNodeType>): ReactElement {
  const { node, issue, peers, arrived, editing } = data;
  const actions = useCanvasActions();
  const [peer] = peers;
  const title = (
    <InlineTitle
      value={node.title}
      editing={editing}
      label={`Title of ${node.title}`}
      maxLength={LIMITS.title}
      lines={linesOf(node)}
      onCommit={(value) => actions.retitle(node, value)}
      onCancel={actions.stopEditing}
    />
  );
  return (
    <div
      className="uxf-node"
      data-type={node.type}
      data-selected={selected || undefined}
      data-arrived={arrived || undefined}
      data-issue={issue}
      style={{ '--uxf-far-lines': farLinesOf(node), ...(peer && peerStyle(peer.color)) } as CSSProperties}
      data-peer={peer ? '' : undefined}
    >
      {shapeOf(node, title)}
      {issue && (
        <span className="uxf-node__issue" data-severity={issue}>
          <Icon name={issue === 'info' ? 'info' : 'warning'} size={12} />
        </span>
      )}
      {node.pinned && (
        <span className="uxf-node__pin" title="Pinned: layout never moves it">
          <Icon name="pin" size={11} />
        </span>
      )}
      {peer && <span className="uxf-node__peer">{peers.map(({ name }) => name).join(', ')}</span>}
      {node.type !== 'note' &&
        SIDES.map(([position, side]) => (
          <Handle
            key={side}
            id={side}
            type="source"
            position={position}
            isConnectable={isConnectable}
            className="uxf-handle"
            aria-hidden="true"
          />
        ))}
    </div>
  );
});

/** Lines of title that there is room for: one more than measured, because the reader's font may run wider. */
function linesOf(node: FlowNode): number {
  const { lines, height } = boxOf(node);
  if (node.type === 'note')
    return Math.max(1, Math.floor((height - (node.description ? 56 : 22)) / TITLE_LINE));
  return lines.length + 1;
}

/** The same for the larger titles of a flow that is seen from afar. A diamond has half of its height for them. */
function farLinesOf(node: FlowNode): number {
  const { height, lines } = boxOf(node);
  if (node.type === 'screen') return Math.max(1, Math.min(2, lines.length));
  return Math.max(
    1,
    Math.floor(
      (node.type === 'decision' ? height / 2 : height - 10) / (node.type === 'decision' ? 18 : FAR_LINE),
    ),
  );
}

function shapeOf(node: FlowNode, title: ReactNode): ReactNode {
  const text = NODE_TYPE_TEXT[node.type];
  switch (node.type) {
    case 'start':
    case 'end':
      return (
        <div className="uxf-pill">
          <span className="uxf-pill__mark">
            <Icon name={node.type} size={13} />
          </span>
          {title}
        </div>
      );
    case 'screen':
      return <ScreenBody node={node} title={title} />;
    case 'decision':
      return (
        <div className="uxf-decision">
          <svg viewBox="0 0 200 100" preserveAspectRatio="none" aria-hidden="true">
            <path
              d="M90 5Q100 0 110 5L190 45Q200 50 190 55L110 95Q100 100 90 95L10 55Q0 50 10 45Z"
              vectorEffect="non-scaling-stroke"
            />
          </svg>
          <div className="uxf-decision__text">{title}</div>
        </div>
      );
    case 'note':
      return (
        <div className="uxf-note">
          {title}
          {node.description && <p className="uxf-note__text">{node.description}</p>}
        </div>
      );
    default:
      return (
        <div className="uxf-card">
          <span className="uxf-badge">
            <Icon name={node.type} size={15} />
          </span>
          <div className="uxf-card__text">
            {title}
            {boxOf(node).lines.length === 1 && (
              <span className="uxf-card__sub" title={node.description}>
                {node.description ?? text.name}
              </span>
            )}
          </div>
        </div>
      );
  }
}
