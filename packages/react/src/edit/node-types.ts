import type { NodeType } from '@uxflow/flow';

/** What people read about a node type: its name, what a fresh node of it is called, and when to use it. */
export const NODE_TYPE_TEXT = {
  start: { name: 'Start', fresh: 'Start', hint: 'Where people enter the flow' },
  screen: { name: 'Screen', fresh: 'New screen', hint: 'Something people see' },
  action: { name: 'Action', fresh: 'New action', hint: 'Something people do' },
  decision: { name: 'Decision', fresh: 'New decision?', hint: 'A question with two or more answers' },
  system: { name: 'System step', fresh: 'New system step', hint: 'Something that happens behind the scenes' },
  subflow: { name: 'Sub-flow', fresh: 'New sub-flow', hint: 'A step that is a flow of its own' },
  end: { name: 'End', fresh: 'End', hint: 'Where people leave the flow' },
  note: { name: 'Note', fresh: 'New note', hint: 'A remark, not a step' },
} as const satisfies Record<NodeType, { name: string; fresh: string; hint: string }>;

/** In the order in which the palette and the inspector show them. */
export const PALETTE = Object.keys(NODE_TYPE_TEXT) as NodeType[];
