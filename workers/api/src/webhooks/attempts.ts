/** How an attempt went, as the delivery log keeps it. */
export interface Attempt {
  /** Milliseconds since the epoch. */
  at: number;
  durationMs: number;
  /** Absent when no answer came. */
  status?: number;
  /** Why it counts as failed, in words. */
  error?: string;
  /** How the answer's body began. */
  response?: string;
}

/** What the webhook Worker is to send: everything but the sending is done. */
export interface DeliveryJob {
  deliveryId: string;
  /** Names this attempt; to be handed back with its report. */
  lease: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** What came of a job. */
export interface AttemptReport extends Attempt {
  deliveryId: string;
  lease: string;
  /** Seconds that the endpoint asks to be left in peace (`Retry-After`). */
  retryAfter?: number;
}

/** A message of the queue `uxflow-webhook-deliveries`: this delivery may be due. */
export interface DeliveryMessage {
  deliveryId: string;
}

/** What the webhook Worker may ask of deliveries; `ApiEntrypoint` implements it. */
export interface DeliveryRpc {
  /**
   * Takes those of the deliveries that are due and that nobody else has taken. A job that is not reported within two
   * minutes counts as lost and is due again.
   */
  claimDeliveries(deliveryIds: string[]): Promise<DeliveryJob[]>;
  /** Writes down what came of jobs and sets the next attempt of those that failed. A report of a lost job is ignored. */
  reportAttempts(reports: AttemptReport[]): Promise<void>;
}
