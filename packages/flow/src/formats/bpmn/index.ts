export { fromBpmn, type BpmnImport } from './from-bpmn.ts';
export { toBpmn } from './to-bpmn.ts';
