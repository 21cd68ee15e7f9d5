export type { Ports, SqlRow, SqlValue, Store } from '../store.ts';
