import type { FlowDocument, FlowNode, ScreenElement, ScreenStateKind } from '../../src/document/types.ts';
import type { LintRuleId } from '../../src/lint/index.ts';
import { parseDocument } from '../../src/schema/index.ts';
import { sketch } from '../documents.ts';

/** A flow between a start and an end called `end`, with what a screen shows and what its transitions start at. */
export function flow(
  nodes: string[],
  edges: string[],
  more: {
    screens?: Record<string, { elements?: ScreenElement[]; states?: ScreenStateKind[]; imageUrl?: string }>;
    nodes?: Record<string, Partial<FlowNode>>;
    from?: Record<string, string>;
  } = {},
): FlowDocument {
  const document = sketch(['start start Start', ...nodes, 'end end All is done'], edges);
  for (const [id, { elements = [], states = [], imageUrl }] of Object.entries(more.screens ?? {})) {
    const node = document.nodes[id];
    if (!node) throw new Error(`no node ${id}`);
    node.screen = { elements, states: states.map((kind) => ({ kind })), ...(imageUrl && { imageUrl }) };
  }
  for (const [id, fields] of Object.entries(more.nodes ?? {}))
    Object.assign(document.nodes[id] ?? {}, fields);
  for (const [id, elementId] of Object.entries(more.from ?? {}))
    Object.assign(document.edges[id] ?? {}, { elementId });
  return parseDocument(document);
}
export const element = (id: string, label: string, kind = 'button'): ScreenElement => ({ id, kind, label });

/** What a rule finds and what it passes over, each with a few words. */
export interface Cases {
  found: [string, FlowDocument][];
  silent: [string, FlowDocument][];
}

export const A: string[] = ['a screen Pick a date'];
export const through = (...edges: string[]): string[] => ['start > a', ...edges];

export type RuleCases = Partial<Record<LintRuleId, Cases>>;
