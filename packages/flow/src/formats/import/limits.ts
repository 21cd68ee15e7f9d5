import { FlowError } from '../../document/errors.ts';
import { LIMITS } from '../../document/limits.ts';

/** @throws FlowError `limit_exceeded` for a file that is larger than a document may be. */
export function checkLength(source: string): void {
  if (source.length > LIMITS.documentBytes) {
    throw new FlowError('limit_exceeded', [
      { path: '', message: `at most ${LIMITS.documentBytes} characters: split the flow` },
    ]);
  }
}

/** @throws FlowError `limit_exceeded` when one more record of this kind would be too many. */
export function checkRoom(kind: 'nodes' | 'edges' | 'frames', records: number): void {
  if (records < LIMITS[kind]) return;
  throw new FlowError('limit_exceeded', [
    { path: '', message: `at most ${LIMITS[kind]} ${kind} fit into one flow: split it` },
  ]);
}

/** A file that cannot be read at all. */
export function unreadable(message: string, line?: number): FlowError {
  return new FlowError('invalid_request', [{ path: line === undefined ? '' : `line ${line}`, message }]);
}
