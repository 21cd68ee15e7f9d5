import type { FlowNode, Op } from '../document/types.ts';
import type { GraphIndex } from './graph-index.ts';
import type { LintSource } from './sources.ts';

export type LintSeverity = 'error' | 'warning' | 'info';

export interface Finding {
  /** What is wrong, for whom, and what to do about it; plain text. */
  message: string;
  nodeIds: string[];
  edgeIds: string[];
  /** Ops that mend it, where that can be done without guessing what the author meant. */
  fix?: Op[];
}

export interface LintRule {
  severity: LintSeverity;
  /** A few words for lists and settings. */
  title: string;
  /** Why it matters to the people who will use the designed product. */
  rationale: string;
  /** Where the rule comes from. */
  source: LintSource;
  check(graph: GraphIndex): Finding[];
}

const SHOWN_TITLE = 60;

/** A node's title as it stands in a message: quoted, one line, shortened. */
export function quote(node: Pick<FlowNode, 'id' | 'title'>): string {
  const title = Array.from((node.title.trim() || node.id).replace(/\s+/g, ' '));
  return `“${title.length > SHOWN_TITLE ? `${title.slice(0, SHOWN_TITLE - 1).join('')}…` : title.join('')}”`;
}
