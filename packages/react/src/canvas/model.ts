import type { FlowEdge, FlowNode, Frame } from '@uxflow/flow';
import type { Edge, Node } from '@xyflow/react';
import type { Direction, Rect } from './route.ts';

/** Somebody else who has this selected. */
export interface PeerMark {
  peerId: string;
  name: string;
  color: string;
}

export type CanvasNodeData = {
  node: FlowNode;
  /** The worst lint finding on it. */
  issue?: 'error' | 'warning' | 'info';
  peers: readonly PeerMark[];
  /** It appeared while the editor was open, so its arrival is shown. */
  arrived: boolean;
  /** Its title is being typed. */
  editing: boolean;
};
export type CanvasFrameData = { frame: Frame };
export type StepNode = Node<CanvasNodeData, 'step'>;
export type FrameNode = Node<CanvasFrameData, 'frame'>;
export type CanvasNode = StepNode | FrameNode;

export type CanvasEdgeData = {
  edge: FlowEdge;
  direction: Direction;
  /** `side` for the outermost branches of a decision. */
  leaves: 'side' | 'end';
  /** It begins on the same way as another transition of the same step. */
  shared: boolean;
  /** It leads to a decision. */
  intoDecision: boolean;
  /** What the way should keep clear of; empty while somebody drags or in very large flows. */
  obstacles: readonly Rect[];
  arrived: boolean;
  editing: boolean;
};
export type CanvasEdge = Edge<CanvasEdgeData, 'transition'>;
