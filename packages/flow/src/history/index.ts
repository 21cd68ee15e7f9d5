export { blameOf, type Blame, type CommitAuthor, type RecordBlame, type Written } from './blame.ts';
export {
  compareDocuments,
  type DocumentComparison,
  type FieldChange,
  type RecordChange,
  type RecordEntry,
} from './compare.ts';
