import type { EdgeTrigger, NodeType } from '../../document/types.ts';
import type { Meaning } from './shapes.ts';

/** What was said about a vertex, all mentions together. */
export interface Vertex {
  key: string;
  raw?: string;
  meaning?: Meaning;
  type?: NodeType;
  subgraph?: Subgraph;
  line: number;
}
export interface Subgraph {
  key: string;
  raw: string;
  parent?: Subgraph;
  line: number;
}
export interface Link {
  source: string;
  target: string;
  raw?: string;
  trigger?: EdgeTrigger;
  line: number;
}
export interface Warning {
  line?: number;
  message: string;
}

/** A flowchart as it is written, before anything is interpreted. Maps, because keys come from outside. */
export interface Chart {
  title?: string;
  direction: 'TB' | 'LR';
  vertices: Map<string, Vertex>;
  links: Link[];
  subgraphs: Subgraph[];
  warnings: Warning[];
}

/** Written by `toMermaid` in front of a link whose trigger cannot be told from its label. */
export const TRIGGER_COMMENT = '%% trigger:';
/** Prefix of the classes that carry a node's type. `end` alone as a class would be a keyword in Mermaid. */
export const TYPE_CLASS = 'ux_';
