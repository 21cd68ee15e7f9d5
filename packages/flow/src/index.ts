export * from './document/types.ts';
export { LIMITS } from './document/limits.ts';
export { FlowError, type FlowErrorCode, type FlowIssue } from './document/errors.ts';
