export { align } from './align.ts';
export { matchRecords, type Matches, type MatchOptions } from './match.ts';
export { merge } from './merge.ts';
export {
  structuralDiff,
  type ChangedRecord,
  type FieldChange,
  type RecordRef,
  type StructuralDiff,
  type StructuralDiffOptions,
} from './structural-diff.ts';
export type { MergeConflict, Merged, MergeOptions, MergeSide } from './types.ts';
