import { nodeStore } from '../src/sync/node-store.ts';
import { FlowLog, type FlowLogOptions, type Store } from '../src/sync/server/index.ts';
import { ADA, countingPorts, expectOk } from './edits.ts';

export * from './edits.ts';

/** A log with an empty flow in memory. */
export function freshLog(options: FlowLogOptions = {}, store: Store = nodeStore(':memory:')): FlowLog {
  const log = new FlowLog(store, countingPorts(), options);
  expectOk(log.create({ name: 'Flow', actor: ADA }));
  return log;
}
