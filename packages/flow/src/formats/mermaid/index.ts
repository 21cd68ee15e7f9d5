export { fromMermaid, type MermaidImport } from './from-mermaid.ts';
export { toMermaid } from './to-mermaid.ts';
