/** Why a document or an op was refused. The codes are part of the public contract. */
export type FlowErrorCode =
  | 'invalid_request' // the shape is wrong: see issues
  | 'unknown_record' // a patch or remove names a record that is not there
  | 'dangling_reference' // an edge, frame or persona reference points at nothing
  | 'frame_cycle' // a frame would become its own ancestor
  | 'limit_exceeded'; // the document would pass one of LIMITS

export interface FlowIssue {
  /** Where, as a dotted path from the root of what was validated, e.g. `ops.3.value.title`. */
  path: string;
  /** What is wrong and how to mend it. */
  message: string;
}

/** The one error that the flow package throws for bad input. Nothing has changed when it is thrown. */
export class FlowError extends Error {
  readonly code: FlowErrorCode;
  readonly issues: FlowIssue[];

  constructor(code: FlowErrorCode, issues: FlowIssue[]) {
    const first = issues[0];
    super(first ? [first.path, first.message].filter((part) => part !== '').join(': ') : code);
    this.name = 'FlowError';
    this.code = code;
    this.issues = issues;
  }
}
