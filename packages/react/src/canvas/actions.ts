import type { FlowEdge, FlowNode } from '@uxflow/flow';
import { createContext, useContext } from 'react';

/** What nodes and edges may ask of the editor. Stable for its whole life, so using it renders nothing anew. */
export interface CanvasActions {
  retitle(node: FlowNode, title: string): void;
  relabel(edge: FlowEdge, label: string): void;
  startEditing(id: string): void;
  stopEditing(): void;
}

const CanvasActionsContext = createContext<CanvasActions | null>(null);
export const CanvasActionsProvider = CanvasActionsContext.Provider;

export function useCanvasActions(): CanvasActions {
  const actions = useContext(CanvasActionsContext);
  if (!actions) throw new Error('This part of the canvas must be inside a FlowEditor');
  return actions;
}
