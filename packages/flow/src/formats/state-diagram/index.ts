export {
  fromStateDiagram,
  type StateDiagramImport,
  type StateDiagramImportOptions,
} from './from-state-diagram.ts';
export { toStateDiagram } from './to-state-diagram.ts';
