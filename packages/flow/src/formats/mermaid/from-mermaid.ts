import { fromStateDiagram } from '../state-diagram/index.ts';
import { fromFlowchart } from './from-flowchart.ts';
import type { MermaidImport, MermaidImportOptions } from './import-types.ts';
import { isStateDiagram } from './source.ts';

/**
 * A Mermaid `flowchart`, `graph` or `stateDiagram` as a flow, placed by the layout. Styling and click handlers are
 * ignored.
 *
 * @throws FlowError `invalid_request` with path `line N`, or `limit_exceeded`.
 */
export function fromMermaid(source: string, options: MermaidImportOptions = {}): MermaidImport {
  return isStateDiagram(source) ? fromStateDiagram(source, options) : fromFlowchart(source, options);
}
