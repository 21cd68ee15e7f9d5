import { UXFlowError } from '../core/errors.ts';

/** An edit was refused, by the room or before it was sent. It is not in the document. */
export class RefusedError extends UXFlowError {
  override readonly name: string = 'RefusedError';
  /** Each wrong field, with its path from the request, e.g. `ops.3.value.title`. */
  readonly issues: readonly { path: string; message: string }[];

  constructor(code: string, detail: string, issues: readonly { path: string; message: string }[] = []) {
    super(code, detail);
    this.issues = issues;
  }
}
