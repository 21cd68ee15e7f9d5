import type { EdgeTrigger, NodeType } from '../../document/types.ts';
import type { Meaning, Text } from './shapes.ts';

/** What was said about a vertex, all mentions together. */
export interface Vertex {
  key: string;
  text?: Text;
  meaning?: Meaning;
  type?: NodeType;
  line: number;
}
export interface Subgraph {
  /** The id under which links and other subgraphs name it. */
  key: string;
  /** Mermaid made the id up, because none was written. */
  unnamed: boolean;
  text: Text;
  parent?: Subgraph;
  /** An earlier one with the same id, which this one only goes on with. */
  same?: Subgraph;
  line: number;
}
export interface Link {
  source: string;
  target: string;
  text?: Text;
  id?: string;
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
  /** The subgraph that a vertex or another subgraph is in, by key. */
  parents: Map<string, Subgraph>;
  warnings: Warning[];
}

/** Written by `toMermaid` in front of a link whose trigger cannot be told from its label. */
export const TRIGGER_COMMENT = '%% trigger:';
/** Prefix of the classes that carry a node's type. `end` alone as a class would be a keyword in Mermaid. */
export const TYPE_CLASS = 'ux_';
