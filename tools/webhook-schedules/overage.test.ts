import { METER_EVENT, reportOverage } from '@uxflow/api/billing';
import { expect, test } from 'vitest';
import { setUpStripe } from '../stripe-setup/setup.ts';
import { type Account, openAccount } from './account.ts';
import { openBackend } from './backend.ts';
import { killedAfter } from './fuse.ts';

const DAY = 86_400;

async function metered(account: Account, customer: string): Promise<number> {
  const { data: meters } = await account.stripe.billing.meters.list();
  const meter = meters.find(({ event_name: name }) => name === METER_EVENT)?.id ?? '';
  const { data } = await account.stripe.billing.meters.listEventSummaries(meter, {
    customer,
    start_time: account.now() - 20 * DAY - (account.now() % 60),
    end_time: account.now() + 60 - (account.now() % 60),
  });
  return data.reduce((sum, { aggregated_value: value }) => sum + value, 0);
}

async function open() {
  const account = openAccount(7);
  await setUpStripe(account.stripe, { tell: () => undefined });
  const { id: customer } = await account.stripe.customers.create({});
  const backend = openBackend(account, customer);
  await backend.begin();
  return { account, customer, backend };
}

test('overage is counted once, however often and wherever the report was cut off', async () => {
  const { account, customer, backend } = await open();
  account.advance(3_600);
  let expected = 0;
  for (let seq = 1; seq <= 12; seq++) {
    const row = { seq, amount: seq * 1_234_567, at: account.now() * 1_000 };
    expected += row.amount;
    // Dies at another place each time, and is sent again.
    await killedAfter(seq, () => reportOverage(backend.ports, 'ws_1', row));
    await reportOverage(backend.ports, 'ws_1', row);
    await reportOverage(backend.ports, 'ws_1', row);
  }
  expect(await metered(account, customer)).toBe(expected);
});

test('what can never be billed is told to the operator, and holds nothing up', async () => {
  const { account, customer, backend } = await open();
  account.advance(40 * DAY);
  const now = account.now() * 1_000;
  await reportOverage(backend.ports, 'ws_1', { seq: 1, amount: 5, at: now - 36 * DAY * 1_000 });
  await reportOverage(backend.ports, 'ws_nobody', { seq: 1, amount: 7, at: now });
  await reportOverage(backend.ports, 'ws_1', { seq: 2, amount: 9, at: now });
  expect(await metered(account, customer)).toBe(9);
  const { notices } = await backend.state();
  expect(notices.map((notice) => [notice['id'], notice['workspace_id']])).toEqual([
    ['overage:ws_1:meter:1', null],
    ['overage:ws_nobody:meter:1', null],
  ]);
});
