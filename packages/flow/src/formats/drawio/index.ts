export { fromDrawio, type DrawioImport } from './from-drawio.ts';
