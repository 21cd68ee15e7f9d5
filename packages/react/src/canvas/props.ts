import type { FlowDocument, NodeType, Op, Point } from '@uxflow/flow';
import type { ReactNode } from 'react';
import type { Cursor } from './Cursors.tsx';
import type { PeerMark } from './model.ts';
import type { CanvasView } from './use-view.ts';

export interface Selection {
  nodeIds: readonly string[];
  edgeIds: readonly string[];
}

export interface CanvasProps {
  document: FlowDocument;
  readOnly: boolean;
  selection: Selection;
  editingId: string | null;
  issues: ReadonlyMap<string, 'error' | 'warning' | 'info'>;
  peers: ReadonlyMap<string, readonly PeerMark[]>;
  cursors: readonly Cursor[];
  /** Asks to select something: each new object once. */
  selectRequest: Selection | null;
  /** Asks for a step in the middle of the view: each new object once. */
  addRequest: { type: NodeType } | null;
  /** What somebody is to decide on, shown as if it were there. */
  proposed: readonly Op[] | null;
  /** An agent is drawing: keep what it draws in view. */
  following: boolean;
  view: CanvasView;
  onSelect: (selection: Selection) => void;
  onEdit: (id: string | null) => void;
  onOps: (ops: Op[]) => void;
  onCursor: (cursor: Point | null) => void;
  /** Something could not be done; the reason in words. */
  onNotice: (text: string) => void;
  onUndo: () => void;
  onRedo: () => void;
  children?: ReactNode;
}
