import type { FlowDocument } from '@uxflow/flow';
import { useReactFlow } from '@xyflow/react';
import { useCallback, useState, type RefObject } from 'react';
import type { Selection } from '../canvas/props.ts';

/** Selects things on the canvas and brings them into view. */
export function useShowOnCanvas(latest: RefObject<{ document: FlowDocument }>): {
  request: Selection | null;
  show: (nodeIds: readonly string[], edgeIds?: readonly string[]) => void;
} {
  const flow = useReactFlow();
  const [request, setRequest] = useState<Selection | null>(null);
  const show = useCallback(
    (nodeIds: readonly string[], edgeIds: readonly string[] = []) => {
      const { nodes, edges } = latest.current.document;
      const chosen = {
        nodeIds: nodeIds.filter((id) => nodes[id]),
        edgeIds: edgeIds.filter((id) => edges[id]),
      };
      const ends = chosen.edgeIds.flatMap((id) =>
        [edges[id]?.source, edges[id]?.target].filter((end) => end !== undefined),
      );
      const inView = [...new Set([...chosen.nodeIds, ...ends])];
      if (inView.length === 0) return;
      setRequest(chosen);
      const duration = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 350;
      void flow.fitView({ nodes: inView.map((id) => ({ id })), padding: 0.4, maxZoom: 1, duration });
    },
    [flow, latest],
  );
  return { request, show };
}
