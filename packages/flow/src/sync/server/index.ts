export type { Ports, SqlRow, SqlValue, Store } from '../store.ts';
export { FlowLog, type Catchup, type CommitRequest, type FlowLogOptions, type RevertRequest } from './log.ts';
export type { Committed, Outcome, Refusal, RefusalCode } from './outcome.ts';
