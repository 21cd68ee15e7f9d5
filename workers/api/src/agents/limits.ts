/** The one place where the limits of agent runs are written. Those of each model stand in `models/registry.ts`. */
export const RUN_LIMITS = {
  /** Characters of a prompt. */
  promptChars: 20_000,
  /** Model answers in a row that hold nothing but refused calls, after which a run is given up. */
  refusedAnswers: 2,
  /** Calls of the model for one step, the first one included, when it is busy or unreachable. */
  attempts: 4,
  /** Times that one step is begun anew after the run's object was interrupted. */
  restarts: 3,
  /** Tool calls that are carried out of one answer. */
  callsPerAnswer: 100,
  /** Output tokens without which another call of the model is not worth making. */
  minOutputTokens: 256,
  /** Milliseconds that a hold outlives its run's deadline, so that settling can be retried. */
  holdGraceMs: 10 * 60_000,
} as const satisfies Record<string, number>;
