import type { EdgeTrigger, NodeType } from '../../document/types.ts';

export type StateKind = 'state' | 'choice' | 'fork' | 'join' | 'start' | 'end' | 'region';

/** What was said about a state, all mentions together. */
export interface State {
  key: string;
  kind: StateKind;
  /** Descriptions, one for each time that one was given. */
  texts: string[];
  /** The composite state or region it stands in. */
  parent?: State;
  /** Written with braces, or a region: other states may stand in it. */
  composite: boolean;
  type?: NodeType;
  /** Id and title that `toStateDiagram` wrote down for a `[*]`, which has neither in Mermaid. */
  id?: string;
  name?: string;
  line: number;
}
export interface Transition {
  source: string;
  target: string;
  label: string;
  trigger?: EdgeTrigger;
  line: number;
}
export interface Note {
  text: string;
  /** The state it stands beside; none for a floating note. */
  state?: string;
  id?: string;
  line: number;
}

/** A state diagram as it is written. Maps, because keys come from outside. */
export interface StateChart {
  title?: string;
  direction: 'TB' | 'LR';
  states: Map<string, State>;
  transitions: Transition[];
  notes: Note[];
  warnings: { line: number; message: string }[];
}

/** Written by `toStateDiagram` in front of what has no id or text of its own in Mermaid, as JSON. */
export const RECORD_COMMENT = '%% record:';
