import { stripeOf } from '../billing/stripe.ts';
import { identityStore } from '../identity/store.ts';
import { config } from '../platform/config.ts';
import type { Env } from '../platform/env.ts';
import { ApiError, unwrap } from '../platform/errors.ts';
import { logEvent } from '../platform/logging.ts';
import { workspaceAccount } from '../platform/objects.ts';
import { toPage } from '../platform/pagination.ts';
import { cursors } from './cursors.ts';
import { reconcileOverage, reconcilePayments } from './payments.core.ts';
import { projectionOf } from './ports.d1.ts';
import { stripePayments } from './ports.stripe.ts';
import type { Drift, LedgerPort } from './ports.ts';
import { reconcileProjection } from './projection.core.ts';
import { type ReportRow, reconciliationStore } from './store.ts';

/** Workspaces in one batch: each costs about a dozen calls, and an invocation has a thousand. */
const BATCH = 40;
/** After that (ms) a batch ends early; the next one goes on. */
const TIME = 60_000;
const CURSOR = 'reconciliation';

function ledgerOf(env: Env, workspaceId: string): LedgerPort {
  const account = workspaceAccount(env, workspaceId);
  return {
    overage: (from, to) => account.overage({ from, to }),
    position: () => account.position(),
    flush: async () => void unwrap(await account.flush()),
    rows: (stream, after, limit) => account.projected({ stream, after, limit }),
    redeliver: async (stream, after) => void unwrap(await account.redeliver({ stream, after })),
  };
}

export function reconciliationService(env: Env, now = Date.now) {
  const store = reconciliationStore(env);
  const identity = identityStore(env);

  const reconcile = async (workspaceId: string): Promise<Drift[]> => {
    const projection = projectionOf(env.DB, workspaceId);
    const ledger = ledgerOf(env, workspaceId);
    const drifts = await reconcileProjection(ledger, projection);
    if (config(env).STRIPE_SECRET_KEY !== undefined) {
      const payments = stripePayments(stripeOf(env), workspaceId, await store.customers(workspaceId));
      drifts.push(...(await reconcilePayments(projection, payments, now())));
      drifts.push(...(await reconcileOverage(ledger, payments, now())));
    }
    await store.add(workspaceId, drifts, now());
    for (const drift of drifts) logEvent('error', 'reconciliation_drift', { workspaceId, ...drift });
    return drifts;
  };

  return {
    /** @throws ApiError `not_found`; `credits_unavailable` when the ledger or D1 does not answer. */
    one: async (workspaceId: string) => {
      if (!(await identity.workspaceById(workspaceId))) {
        throw new ApiError('not_found', 'There is no such workspace.');
      }
      return { workspaces: 1, failed: 0, drifts: (await reconcile(workspaceId)).length };
    },

    /**
     * The next workspaces after those of the last call, from the first again after the last. One that fails is logged
     * and gets its next turn with the others.
     */
    next: async (batch = BATCH) => {
      const [positions, started] = [cursors(env.DB), now()];
      const after = await positions.read(CURSOR);
      const workspaces = await identity.workspaces(after ?? undefined, batch);
      const done = { workspaces: 0, failed: 0, drifts: 0 };
      for (const { id } of workspaces) {
        if (now() - started > TIME) break;
        try {
          done.drifts += (await reconcile(id)).length;
        } catch (error) {
          done.failed += 1;
          logEvent('error', 'reconciliation_failed', { workspaceId: id, error: String(error) });
        }
        done.workspaces += 1;
        await positions.write(CURSOR, id);
      }
      if (done.workspaces === workspaces.length && workspaces.length < batch)
        await positions.write(CURSOR, '');
      logEvent('info', 'reconciled', done);
      return done;
    },

    list: async (workspaceId: string | undefined, before: string | undefined, limit: number) =>
      toPage(
        await store.list(workspaceId, before, limit + 1),
        limit,
        ({ id }) => [id],
        ({ at, seenAt, ...row }: ReportRow) => ({
          ...row,
          at: new Date(at).toISOString(),
          seenAt: new Date(seenAt).toISOString(),
        }),
      ),
  };
}
