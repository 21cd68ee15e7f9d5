/** By what runs can be grouped. */
export const GROUPINGS = ['day', 'agent', 'model', 'user', 'tenant', 'key', 'flow'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What is added up over runs. Micro-credits, milliseconds. */
export interface Figures {
  runs: number;
  succeeded: number;
  failed: number;
  cancelled: number;
  inputTokens: number;
  cachedTokens: number;
  outputTokens: number;
  cost: number;
  latency: number;
}

interface Sql {
  /** Of `usage_day`. */
  column: string;
  /** What one event adds to it. */
  ofEvent: string;
}

/** Where each figure comes from, in SQL. */
export const FIGURE_SQL: Record<keyof Figures, Sql> = {
  runs: { column: 'runs', ofEvent: '1' },
  succeeded: { column: 'succeeded', ofEvent: `outcome = 'succeeded'` },
  failed: { column: 'failed', ofEvent: `outcome = 'failed'` },
  cancelled: { column: 'cancelled', ofEvent: `outcome = 'cancelled'` },
  inputTokens: { column: 'input_tokens', ofEvent: 'input_tokens' },
  cachedTokens: { column: 'cached_tokens', ofEvent: 'cached_tokens' },
  outputTokens: { column: 'output_tokens', ofEvent: 'output_tokens' },
  cost: { column: 'cost', ofEvent: 'cost' },
  latency: { column: 'latency', ofEvent: 'latency' },
};

/** Column of `usage_event` that makes the groups; days are made from its time. */
export const GROUP_COLUMN: Record<Exclude<Grouping, 'day'>, string> = {
  agent: 'agent',
  model: 'model',
  user: 'user_id',
  tenant: 'tenant_id',
  key: 'key_id',
  flow: 'flow_id',
};
