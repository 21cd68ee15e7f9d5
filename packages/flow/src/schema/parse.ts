import { FlowError } from '../document/errors.ts';
import { LIMITS } from '../document/limits.ts';
import type { FlowDocument, Op } from '../document/types.ts';
import type { ClientMessage } from '../sync/messages.ts';
import { documentSchema } from './document.ts';
import { checkGraph } from './graph.ts';
import { clientMessageSchema } from './messages.ts';
import { moves, plainCommit } from './moves.ts';
import { opsSchema } from './ops.ts';
import { parse } from './validate.ts';

/**
 * A whole document from anywhere.
 *
 * @throws FlowError `invalid_request` for a wrong shape, else what `checkGraph` finds; paths like `nodes.a.title`.
 */
export function parseDocument(value: unknown): FlowDocument {
  refuseHiddenKeys(value);
  const document = parse(documentSchema, value);
  checkGraph(document);
  return document;
}

/**
 * The ops of one commit from anywhere. Whether they apply is for `applyOps` to say.
 *
 * @param options `internal` lifts the limit of ops in one commit, for the product's own commits.
 * @throws FlowError `limit_exceeded` for too many, `invalid_request` for a wrong shape; paths like `ops.3.value.title`.
 */
export function parseOps(value: unknown, options: { internal?: boolean } = {}): Op[] {
  if (!options.internal && Array.isArray(value) && value.length > LIMITS.commitOps) {
    throw new FlowError('limit_exceeded', [
      {
        path: 'ops',
        message: `Holds ${value.length} ops, at most ${LIMITS.commitOps} are allowed: send several commits`,
      },
    ]);
  }
  return moves(value) ?? parse(opsSchema, value, 'ops');
}

/**
 * One message of a client. The ops of a commit are only known to be a list: `FlowLog.commit` checks them.
 *
 * @throws FlowError `invalid_request`; paths like `key` or `cursor.x`.
 */
export function parseClientMessage(value: unknown): ClientMessage {
  return plainCommit(value) ?? parse(clientMessageSchema, value);
}

/** A record schema passes over an own `__proto__`, which JSON.parse can make: here it is refused like any bad id. */
function refuseHiddenKeys(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [collection, records] of Object.entries(value)) {
    if (typeof records === 'object' && records !== null && Object.hasOwn(records, '__proto__')) {
      throw new FlowError('invalid_request', [
        { path: `${collection}.__proto__`, message: 'This id is reserved: take another' },
      ]);
    }
  }
}
