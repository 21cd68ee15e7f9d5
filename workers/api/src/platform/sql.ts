import type { SqlRow, SqlValue, Store } from '@uxflow/flow/sync/server';

/** The Durable Object driver of the one storage port. Its twin for Node is `@uxflow/flow/sync/node`. */
export function durableStore(storage: DurableObjectStorage): Store {
  return {
    exec<Row extends SqlRow>(sql: string, ...params: SqlValue[]): Row[] {
      const bound = params.map((value) => (value instanceof Uint8Array ? value.slice().buffer : value));
      return storage.sql.exec(sql, ...bound).toArray() as Row[];
    },
    transaction: (body) => storage.transactionSync(body),
  };
}
