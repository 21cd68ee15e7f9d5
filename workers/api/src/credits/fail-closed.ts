import { ApiError } from '../platform/errors.ts';
import type { WorkspaceAccountRpc } from './account.rpc.ts';
import { type Gathered, LONGEST_WAIT } from './gathering.ts';

/** Seconds after which a caller may try again. */
const RETRY_AFTER = 5;

/**
 * A workspace's ledger that answers or refuses, never guesses: a call that throws or hangs is tried once more on a new
 * stub (every operation is idempotent by key, and a stub is of no use after an exception), then it is
 * `credits_unavailable`. Nothing has been charged then: a hold whose answer got lost is released at its expiry.
 * @param open makes a new stub.
 * @param together makes the first attempt of the calls that it has, in company; the second goes alone, so that no call
 * fails because of another.
 */
export function failClosed(open: () => WorkspaceAccountRpc, together?: Gathered): WorkspaceAccountRpc {
  const call = async <T>(
    ask: (account: WorkspaceAccountRpc) => Promise<T>,
    askFirst: () => Promise<T> = () => ask(open()),
  ): Promise<T> => {
    try {
      return await withTimeout(askFirst());
    } catch (first) {
      if (isOverloaded(first)) throw unavailable(first);
    }
    try {
      return await withTimeout(ask(open()));
    } catch (cause) {
      throw unavailable(cause);
    }
  };
  return {
    grant: (input) => call((account) => account.grant(input)),
    renewPlan: (input) => call((account) => account.renewPlan(input)),
    reverse: (input) => call((account) => account.reverse(input)),
    setPolicy: (input) => call((account) => account.setPolicy(input)),
    policy: () => call((account) => account.policy()),
    hold: (input) => call((account) => account.hold(input), together && (() => together.hold(input))),
    settle: (input) => call((account) => account.settle(input), together && (() => together.settle(input))),
    void: (input) => call((account) => account.void(input), together && (() => together.void(input))),
    holdMany: (inputs) => call((account) => account.holdMany(inputs)),
    settleMany: (inputs) => call((account) => account.settleMany(inputs)),
    voidMany: (inputs) => call((account) => account.voidMany(inputs)),
    budgets: () => call((account) => account.budgets()),
    setBudgets: (rules) => call((account) => account.setBudgets(rules)),
    audit: (input) => call((account) => account.audit(input)),
    auditLog: (input) => call((account) => account.auditLog(input)),
    verifyAudit: () => call((account) => account.verifyAudit()),
    balance: () => call((account) => account.balance()),
    entries: (input) => call((account) => account.entries(input)),
    flush: () => call((account) => account.flush()),
    position: () => call((account) => account.position()),
    projected: (input) => call((account) => account.projected(input)),
    overage: (input) => call((account) => account.overage(input)),
    redeliver: (input) => call((account) => account.redeliver(input)),
    budget: (input) => call((account) => account.budget(input)),
  };
}

function unavailable(cause: unknown): ApiError {
  const detail =
    'The credit ledger does not answer, so nothing was started and nothing charged. Try again shortly.';
  return new ApiError('credits_unavailable', detail, { retryAfter: RETRY_AFTER, cause });
}

/** The runtime marks objects that have more to do than they can; asking again makes that worse. */
function isOverloaded(error: unknown): boolean {
  return error instanceof Error && 'overloaded' in error && error.overloaded === true;
}

async function withTimeout<T>(answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`The ledger has not answered in ${LONGEST_WAIT} ms`)),
      LONGEST_WAIT,
    );
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
