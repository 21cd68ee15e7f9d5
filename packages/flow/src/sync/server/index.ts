export type { Ports, SqlRow, SqlValue, Store } from '../store.ts';
export { FlowLog } from './log.ts';
export type { FlowHistory, NameVersionRequest, Past } from './history.ts';
export type { Version } from './versions.ts';
export type {
  AcceptRequest,
  Catchup,
  CommitRequest,
  EditProposalRequest,
  FlowLogOptions,
  ProposeRequest,
  RejectRequest,
  RestoreRequest,
  RevertRequest,
} from './requests.ts';
export type { FlowProposals } from './proposals.ts';
export type { Committed, Outcome, Refusal, RefusalCode } from './outcome.ts';
export { readFrame, type Frame, type Ping } from './frame.ts';
export { Room, type RoomOptions } from './room.ts';
export type { RoomSocket, SocketAttachment } from './socket.ts';
