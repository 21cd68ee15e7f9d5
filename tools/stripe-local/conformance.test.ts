import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createStripeLocal } from './server.ts';

/** Triggers of the Stripe CLI, and the events that must be there afterwards where that is not the trigger's own name. */
const TRIGGERS: Record<string, string[] | null> = {
  'billing_portal.configuration.created': null,
  'billing_portal.configuration.updated': null,
  'billing_portal.session.created': null,
  'charge.captured': null,
  'charge.dispute.closed': null,
  'charge.dispute.created': null,
  'charge.dispute.updated': null,
  'charge.failed': null,
  'charge.refund.updated': null,
  'charge.refunded': null,
  'charge.succeeded': null,
  'checkout.session.async_payment_failed': null,
  'checkout.session.async_payment_succeeded': null,
  'checkout.session.completed': null,
  'checkout.session.expired': null,
  'customer.created': null,
  'customer.deleted': null,
  'customer.subscription.created': null,
  'customer.subscription.deleted': null,
  'customer.subscription.paused': null,
  'customer.subscription.trial_will_end': null,
  'customer.subscription.updated': null,
  'customer.updated': null,
  'invoice.created': null,
  'invoice.deleted': null,
  'invoice.finalized': null,
  'invoice.marked_uncollectible': null,
  'invoice.paid': null,
  'invoice.payment_action_required': null,
  'invoice.payment_failed': null,
  'invoice.payment_succeeded': null,
  'invoice.sent': null,
  'invoice.updated': null,
  'invoice.voided': null,
  'invoiceitem.created': null,
  'invoiceitem.deleted': null,
  'payment_intent.amount_capturable_updated': null,
  'payment_intent.canceled': null,
  'payment_intent.created': null,
  'payment_intent.payment_failed': null,
  'payment_intent.processing': null,
  'payment_intent.requires_action': null,
  'payment_intent.succeeded': null,
  'payment_method.attached': null,
  'payment_method.detached': null,
  'payment_method.updated': null,
  'price.created': null,
  'price.updated': null,
  'product.created': null,
  'product.deleted': null,
  'product.updated': null,
  'setup_intent.canceled': null,
  'setup_intent.created': null,
  'setup_intent.requires_action': null,
  'setup_intent.setup_failed': null,
  'setup_intent.succeeded': null,
  'subscription.payment_failed': ['invoice.payment_failed', 'customer.subscription.created'],
  'subscription.payment_succeeded': ['invoice.payment_succeeded', 'customer.subscription.created'],
  'subscription_schedule.canceled': null,
  'subscription_schedule.completed': null,
  'subscription_schedule.created': null,
  'subscription_schedule.released': null,
  'subscription_schedule.updated': null,
  'test_helpers.test_clock.advancing': null,
  'test_helpers.test_clock.created': null,
  'test_helpers.test_clock.deleted': null,
  'test_helpers.test_clock.ready': null,
};

/** The CLI's binary of this platform, or why there is none. */
function findCli(): { path: string } | { reason: string } {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('@stripe/cli/package.json');
    const path = createRequire(wrapper).resolve(`@stripe/cli-${platform}/bin/stripe`);
    const { status, error } = spawnSync(path, ['--version']);
    return status === 0
      ? { path }
      : { reason: `the Stripe CLI does not run here: ${error?.message ?? status}` };
  } catch (error) {
    return {
      reason: `no Stripe CLI for ${platform}: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

const cli = findCli();
const home = mkdtempSync(join(tmpdir(), 'stripe-cli-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function trigger(path: string, name: string, base: string): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      path,
      ['trigger', name, '--api-base', base, '--api-key', 'sk_test_cli4242424242424242'],
      {
        // A proxy nobody listens on: the CLI looks for newer versions of itself, and shall reach this machine alone.
        env: { HOME: home, HTTPS_PROXY: 'http://127.0.0.1:9', STRIPE_CLI_TELEMETRY_OPTOUT: '1' },
      },
    );
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

describe.skipIf('reason' in cli)(
  `the Stripe CLI triggers${'reason' in cli ? ` (skipped: ${cli.reason})` : ''}`,
  () => {
    test.concurrent.each(Object.entries(TRIGGERS))(
      '%s as against Stripe itself',
      async (name, events) => {
        if ('reason' in cli) throw new Error(cli.reason);
        const local = await createStripeLocal({ seed: 5, now: Math.floor(Date.now() / 1_000) });
        try {
          const { code, output } = await trigger(cli.path, name, local.url);
          expect(code, output).toBe(0);
          // Bank debits come through a little later.
          local.clock.advance({ seconds: 10 });
          const types = local.world.store.all('event').map(({ type }) => type);
          expect(types).toEqual(expect.arrayContaining(events ?? [name]));
        } finally {
          await local.close();
        }
      },
      60_000,
    );
  },
);
