import type { FlowEdge } from '../document/types.ts';

/** What stands on an edge: its label, else its condition, else nothing. */
export function edgeText(edge: Pick<FlowEdge, 'label' | 'condition'>): string {
  return (edge.label?.trim() || edge.condition?.trim()) ?? '';
}
