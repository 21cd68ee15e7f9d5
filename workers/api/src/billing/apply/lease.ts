import type { BillingPorts } from '../ports.ts';

/** Longer than any one call to Stripe with its retries takes. Milliseconds. */
const LEASE = 90_000;

/** Somebody else is bringing this workspace in step, or did so before we were done: try again. */
export class Busy extends Error {
  constructor(workspaceId: string) {
    super(`${workspaceId} is being brought in step with Stripe by somebody else`);
    this.name = 'Busy';
  }
}

/**
 * A workspace that only the holder brings in step with Stripe. What was read from Stripe under the lease is newer than
 * what anybody wrote before, so an older state never overwrites a newer one.
 */
export interface Hold {
  workspaceId: string;
  /** To be called right before each effect: throws when the lease was lost, because then what was read may be old. */
  confirm: () => Promise<void>;
}

export async function underLease<T>(
  { store, now, newOwner }: BillingPorts,
  workspaceId: string,
  work: (hold: Hold) => Promise<T>,
): Promise<T> {
  const owner = newOwner();
  if (!(await store.lease(workspaceId, owner, now(), now() + LEASE))) throw new Busy(workspaceId);
  const confirm = async (): Promise<void> => {
    if (!(await store.renewLease(workspaceId, owner, now() + LEASE))) throw new Busy(workspaceId);
  };
  try {
    return await work({ workspaceId, confirm });
  } finally {
    await store.release(workspaceId, owner);
  }
}
