import type { ApiEntrypoint } from '@uxflow/api/entrypoint';

export interface Env {
  /** The API Worker; this Worker has no database of its own. */
  API: Service<ApiEntrypoint>;
  /** Commit and a hash of uncommitted changes, as `/healthz` tells them. */
  BUILD?: string;
  /** Milliseconds that a partner's endpoint gets to answer; 15,000 unless set. */
  WEBHOOK_TIMEOUT_MS?: string;
}
