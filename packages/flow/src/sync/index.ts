export * from './messages.ts';
export { SyncClient } from './client.ts';
export type { SyncClientOptions, SyncEvent, SyncState, SyncStatus } from './client-types.ts';
export type { PendingRequest } from './pending.ts';
