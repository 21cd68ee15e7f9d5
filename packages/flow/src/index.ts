export * from './document/types.ts';
export { LIMITS } from './document/limits.ts';
export { clip } from './document/clip.ts';
export { ID_PATTERN, isId } from './document/ids.ts';
export { FlowError, type FlowErrorCode, type FlowIssue } from './document/errors.ts';
export { emptyDocument } from './document/empty.ts';
export { applyOps, invertOps, type Applied } from './document/ops.ts';
export { diff } from './document/diff.ts';
