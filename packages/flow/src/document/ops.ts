import { DocumentState } from './state.ts';
import type { FlowDocument, Op } from './types.ts';

export interface Applied {
  document: FlowDocument;
  /**
   * What was done, in simplest form: each op creates, changes or removes exactly one record, and clean-up stands as
   * ops of its own. Applying these to the same document gives the same result.
   */
  applied: Op[];
}

/**
 * Carries out `ops` in order, each on what the ones before it left, all or none. `document` stays as it is; the
 * result shares every record and collection that was not touched.
 *
 * References are kept whole: a removed node takes its edges along; a removed frame, persona or screen element is
 * cleared from the fields that point at it. Ops that change nothing leave no trace in `applied`.
 *
 * The shapes of values are not checked here but in `@uxflow/flow/schema`.
 *
 * @throws FlowError `invalid_request` (unknown kind or field, bad id, required field missing or cleared),
 *   `unknown_record`, `dangling_reference`, `frame_cycle`, `limit_exceeded`; `path` begins with `ops.<index>`.
 */
export function applyOps(document: FlowDocument, ops: readonly Op[]): Applied {
  const state = new DocumentState(document);
  const { applied } = state.applyAll(ops);
  return { document: state.document, applied };
}

/**
 * The ops that take `ops` back: applied to the result of `applyOps(document, ops)` they give `document` again.
 *
 * @throws FlowError when `ops` do not apply to `document`.
 */
export function invertOps(document: FlowDocument, ops: readonly Op[]): Op[] {
  return new DocumentState(document).applyAll(ops).inverse;
}
