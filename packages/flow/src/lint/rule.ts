import type { FlowNode, Op } from '../document/types.ts';
import type { GraphIndex } from './graph-index.ts';
import type { LintSource } from './sources.ts';

/** How grave an issue is, gravest first. */
export const LINT_SEVERITIES = ['error', 'warning', 'info'] as const;
export type LintSeverity = (typeof LINT_SEVERITIES)[number];

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
  return quoteText(node.title.trim() || node.id);
}

/** Any text as it stands in a message: quoted, one line, shortened. */
export function quoteText(words: string): string {
  const text = Array.from(words.trim().replace(/\s+/g, ' '));
  return `“${text.length > SHOWN_TITLE ? `${text.slice(0, SHOWN_TITLE - 1).join('')}…` : text.join('')}”`;
}

/** A finding; `fix` may be missing or empty. */
export function finding(message: string, nodeIds: string[], edgeIds: string[] = [], fix?: Op[]): Finding {
  return { message, nodeIds, edgeIds, ...(fix && fix.length > 0 ? { fix } : {}) };
}
