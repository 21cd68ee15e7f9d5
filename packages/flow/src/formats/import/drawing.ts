import type { Point } from '../../document/types.ts';
import type { Box } from '../../layout/boxes.ts';
import type { Meaning } from '../mermaid/shapes.ts';

/** A picture as a drawing program keeps it, before it is read as a flow. Keys are those of the file. */
export interface Drawing {
  name: string;
  nodes: DrawnNode[];
  frames: DrawnFrame[];
  edges: DrawnEdge[];
}

export interface DrawnNode {
  key: string;
  text: string;
  /** What its shape says. */
  meaning: Meaning;
  description?: string;
  /** Canvas pixels; none where the file has no usable place for it. */
  box?: Box;
  frame?: string;
  line?: number;
}

export interface DrawnFrame {
  key: string;
  title: string;
  box?: Box;
  parent?: string;
  line?: number;
}

/** An arrow; an end is what it is bound to, else the point where it lies. */
export interface DrawnEdge {
  key: string;
  text: string;
  source: DrawnEnd;
  target: DrawnEnd;
  /** It has heads at both ends. */
  both?: boolean;
  line?: number;
}
export interface DrawnEnd {
  key?: string;
  point?: Point;
}
