export * from './messages.ts';
export {
  SyncClient, type PendingRequest, type SyncClientOptions, type SyncEvent, type SyncState, type SyncStatus,
} from './client.ts';
