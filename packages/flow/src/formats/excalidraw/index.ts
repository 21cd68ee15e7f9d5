export { fromExcalidraw, type ExcalidrawImport } from './from-excalidraw.ts';
