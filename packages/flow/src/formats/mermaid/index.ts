export { fromMermaid } from './from-mermaid.ts';
export type { MermaidImport, MermaidImportOptions } from './import-types.ts';
export { toMermaid } from './to-mermaid.ts';
