import type { NodeType } from '@uxflow/flow';

/** Where a node goes. Names are still masked. */
export type Place =
  | { kind: 'after' | 'before'; of: string }
  | { kind: 'between'; first: string; second: string }
  | { kind: 'end' }
  | { kind: 'beginning' };

export interface NewNode {
  title: string;
  type: NodeType | null;
}

/** One edit as the request words it: names are masked and not yet looked up. */
export type Command =
  | { kind: 'add'; nodes: NewNode[]; place: Place | null; label?: string; description?: string }
  | { kind: 'rename'; node: string; title: string }
  | { kind: 'describe'; node: string; text: string }
  | { kind: 'retype'; node: string; type: NodeType }
  | { kind: 'remove'; nodes: string }
  | { kind: 'connect'; from: string; to: string; label?: string }
  | { kind: 'disconnect'; from: string; to: string; label?: string }
  | { kind: 'label'; from: string; to: string; label: string }
  | { kind: 'move'; node: string; place: Place }
  | { kind: 'frame'; nodes: string; frame: string }
  | { kind: 'name'; name: string }
  | { kind: 'fix' }
  | { kind: 'layout'; direction?: 'right' | 'down' };
