export { DEFAULT_BASE_URL, UXFlow, type UXFlowOptions } from './client.ts';
export type { ClientToken, Credentials } from './core/auth.ts';
export {
  APIError,
  AbortError,
  ConnectionError,
  TimeoutError,
  UXFlowError,
  isUXFlowError,
  type APIErrorCode,
  type ClientErrorCode,
  type ErrorCode,
  type Problem,
} from './core/errors.ts';
export type {
  APIPromise,
  APIResponse,
  Http,
  HttpConfig,
  Method,
  Query,
  RequestInput,
  RequestOptions,
} from './core/http.ts';
export type { ListParams, Page, PagePromise } from './core/pagination.ts';
export type { RunStream, RunStreamOptions } from './core/run-stream.ts';
export type { RunEvent } from './events.ts';
export type { Flows } from './resources/flows.ts';
export type { Proposals } from './resources/proposals.ts';
export type { Versions } from './resources/versions.ts';
export type { Runs } from './resources/runs.ts';
export type {
  Agents,
  ApiKeys,
  ClientTokens,
  CreditsResource,
  LintConfigResource,
  UsageResource,
} from './resources/workspace.ts';
export type {
  CommitReceipt,
  PresenceChange,
  RefusedEdit,
  Room,
  RoomEvents,
  RoomOptions,
  RoomSnapshot,
  RoomStatus,
  UndoReceipt,
  WebSocketConstructor,
  WebSocketLike,
} from './realtime/types.ts';
export type { RefusedError } from './realtime/refused.ts';
export * from './types.ts';
