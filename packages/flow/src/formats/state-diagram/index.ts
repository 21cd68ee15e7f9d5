export type { MermaidImport, MermaidImportOptions } from '../mermaid/import-types.ts';
export { fromStateDiagram } from './from-state-diagram.ts';
export { toStateDiagram } from './to-state-diagram.ts';
