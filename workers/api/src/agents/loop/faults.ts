/** Why a run ended without success. The codes are public: they stand in `run.error.code`. */
export type RunFaultCode =
  | 'cancelled' // somebody asked for it
  | 'model_busy'
  | 'model_unavailable'
  | 'model_timeout'
  | 'model_filtered'
  | 'model_empty'
  | 'model_interrupted'
  | 'model_error'
  | 'model_truncated'
  | 'invalid_tool_calls'
  | 'deadline_exceeded'
  | 'queue_timeout'
  | 'step_limit'
  | 'credit_limit'
  | 'flow_unavailable'
  | 'credential_revoked'
  | 'interrupted'
  | 'internal';

/**
 * Ends a run. `detail` is for the person who asked for it: what happened and what to do, without a provider's own
 * words, which may hold anything.
 */
export class RunFault extends Error {
  readonly code: RunFaultCode;

  constructor(code: RunFaultCode, detail: string, cause?: unknown) {
    super(detail, { cause });
    this.name = 'RunFault';
    this.code = code;
  }
}

export function cancelled(): RunFault {
  return new RunFault('cancelled', 'The run was cancelled.');
}

/** Whatever was thrown, as a fault; what is none is a defect of ours. */
export function toRunFault(thrown: unknown): RunFault {
  if (thrown instanceof RunFault) return thrown;
  return new RunFault(
    'internal',
    'The run broke off because of a fault on our side. Please try again.',
    thrown,
  );
}
