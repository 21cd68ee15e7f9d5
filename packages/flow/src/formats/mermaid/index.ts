export { fromMermaid, type MermaidImport, type MermaidImportOptions } from './from-mermaid.ts';
export { toMermaid } from './to-mermaid.ts';
