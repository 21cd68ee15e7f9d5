import { FlowError, type Op } from '@uxflow/flow';
import { UXFlowError } from '../core/errors.ts';
import { RefusedError } from './refused.ts';
import type { UndoReceipt } from './types.ts';

interface Waiting {
  ops: readonly Op[];
  resolve(receipt: UndoReceipt): void;
  reject(error: UXFlowError): void;
}

/** What this page has asked of the room and not been answered. */
export class Requests {
  readonly #waiting = new Map<string, Waiting>();
  readonly #refused: (event: { error: RefusedError; ops: readonly Op[] }) => void;

  /** @param refused told of every refusal that has no other way to a person. */
  constructor(refused: (event: { error: RefusedError; ops: readonly Op[] }) => void) {
    this.#refused = refused;
  }

  /** @param start asks; the outcome arrives under the ticket it returns, undefined means that there was nothing to do. */
  run(ops: readonly Op[], start: () => string | undefined, nothing: () => UndoReceipt): Promise<UndoReceipt> {
    const promise = new Promise<UndoReceipt>((resolve, reject) => {
      const ticket = start();
      if (ticket === undefined) resolve(nothing());
      else this.#waiting.set(ticket, { ops, resolve, reject });
    }).catch((error: unknown) => {
      const refusal =
        error instanceof FlowError ? new RefusedError(error.code, error.message, error.issues) : error;
      if (refusal instanceof RefusedError) this.#refused({ error: refusal, ops });
      throw refusal;
    });
    // Told by the event already; a caller who ignores the promise must not get an unhandled rejection on top.
    promise.catch(() => undefined);
    return promise;
  }

  /** Whether `ticket` is of another page, which tells its outcome itself. */
  isForeign(ticket: string | undefined): boolean {
    return ticket !== undefined && ticket.includes('.') && !this.#waiting.has(ticket);
  }

  resolve(ticket: string, receipt: UndoReceipt): void {
    this.#take(ticket)?.resolve(receipt);
  }

  /** @param ticket undefined when it is not known which request is refused. */
  reject(ticket: string | undefined, error: RefusedError): void {
    const waiting = ticket === undefined ? undefined : this.#take(ticket);
    if (waiting) waiting.reject(error);
    else this.#refused({ error, ops: [] });
  }

  rejectAll(error: UXFlowError): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  #take(ticket: string): Waiting | undefined {
    const waiting = this.#waiting.get(ticket);
    this.#waiting.delete(ticket);
    return waiting;
  }
}
