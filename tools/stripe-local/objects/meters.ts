import type { Stripe } from 'stripe';
import { z } from 'zod';
import { usage } from '../engine/invoice-lines.ts';
import { recordUsage, streamUsage } from '../engine/metering.ts';
import { invalid } from '../errors.ts';
import type { Objects } from '../kinds.ts';
import { page, whole } from '../list.ts';
import { id, PAGE, params, text, time } from '../params.ts';
import { route } from '../route.ts';
import type { Wire } from '../wire.ts';
import type { World } from '../world.ts';
import { needCustomer } from './customers.ts';

type Meter = Objects['billing.meter'];

function setStatus(world: World, meterId: string, status: 'active' | 'inactive'): Meter {
  const before = world.store.need('billing.meter', meterId);
  if (before.status === status) throw invalid(`This meter is already ${status}.`, 'id');
  const after = world.update('billing.meter', meterId, {
    status,
    updated: world.now(),
    status_transitions: { deactivated_at: status === 'inactive' ? world.now() : null },
  });
  world.emit(status === 'active' ? 'billing.meter.reactivated' : 'billing.meter.deactivated', after);
  return after;
}

const WINDOW = { day: 86_400, hour: 3_600 };

export const meterRoutes = [
  route(
    'POST',
    '/v1/billing/meters',
    params<Stripe.Billing.MeterCreateParams>()({
      display_name: id,
      event_name: id,
      default_aggregation: z.strictObject({ formula: z.enum(['count', 'last', 'sum']) }),
      customer_mapping: z.strictObject({ event_payload_key: id, type: z.literal('by_id') }).optional(),
      event_time_window: z.enum(['day', 'hour']).optional(),
      value_settings: z.strictObject({ event_payload_key: id }).optional(),
    }),
    (world, input) => {
      const taken = world.store
        .all('billing.meter')
        .some(({ event_name, status }) => event_name === input.event_name && status === 'active');
      if (taken) {
        throw invalid(
          `An active meter already exists for event name ${input.event_name}.`,
          'event_name',
          'resource_already_exists',
        );
      }
      const meter = {
        id: world.newId('mtr_test'),
        object: 'billing.meter',
        created: world.now(),
        customer_mapping: input.customer_mapping ?? {
          event_payload_key: 'stripe_customer_id',
          type: 'by_id',
        },
        default_aggregation: input.default_aggregation,
        display_name: input.display_name,
        event_name: input.event_name,
        event_time_window: input.event_time_window ?? null,
        livemode: false,
        status: 'active',
        status_transitions: { deactivated_at: null },
        updated: world.now(),
        value_settings: input.value_settings ?? { event_payload_key: 'value' },
      } satisfies Meter;
      world.store.put('billing.meter', meter);
      world.emit('billing.meter.created', meter);
      return meter;
    },
  ),
  route('GET', '/v1/billing/meters/:id', params<object>()({}), (world, _input, { id }) =>
    world.store.need('billing.meter', id),
  ),
  route(
    'POST',
    '/v1/billing/meters/:id',
    params<Stripe.Billing.MeterUpdateParams>()({ display_name: id.optional() }),
    (world, input, { id }) => {
      const before = world.store.need('billing.meter', id);
      const after = world.update('billing.meter', id, {
        display_name: input.display_name ?? before.display_name,
        updated: world.now(),
      });
      world.emitUpdate('billing.meter.updated', after, before);
      return after;
    },
  ),
  route('POST', '/v1/billing/meters/:id/deactivate', params<object>()({}), (world, _input, { id }) =>
    setStatus(world, id, 'inactive'),
  ),
  route('POST', '/v1/billing/meters/:id/reactivate', params<object>()({}), (world, _input, { id }) =>
    setStatus(world, id, 'active'),
  ),
  route(
    'GET',
    '/v1/billing/meters',
    params<Stripe.Billing.MeterListParams>()({ ...PAGE, status: z.enum(['active', 'inactive']).optional() }),
    (world, input) => {
      const found = world.store
        .all('billing.meter')
        .filter(({ status }) => input.status === undefined || status === input.status);
      return page('/v1/billing/meters', found, input);
    },
  ),
  route(
    'GET',
    '/v1/billing/meters/:id/event_summaries',
    params<Stripe.Billing.MeterListEventSummariesParams>()({
      ...PAGE,
      customer: id,
      start_time: time,
      end_time: time,
      value_grouping_window: z.enum(['day', 'hour']).optional(),
    }),
    (world, input, { id }) => {
      const meter = world.store.need('billing.meter', id);
      const { customer, start_time: start, end_time: end, value_grouping_window: window } = input;
      needCustomer(world, customer);
      const step = window === undefined ? end - start : WINDOW[window];
      if (start % 60 !== 0 || end % 60 !== 0) {
        throw invalid('start_time and end_time must be aligned with minute boundaries.', 'start_time');
      }
      if (end <= start) throw invalid('end_time must be after start_time.', 'end_time');
      const summaries: Wire<Stripe.Billing.MeterEventSummary>[] = [];
      for (let from = start; from < end; from += step) {
        const to = Math.min(end, from + step);
        const value = usage(world, meter.id, customer, from, to);
        if (value === 0 && window !== undefined) continue;
        summaries.unshift({
          id: `mtrusg_test_${meter.id.slice(-8)}${from}`,
          object: 'billing.meter_event_summary',
          aggregated_value: value,
          end_time: to,
          livemode: false,
          meter: meter.id,
          start_time: from,
        });
      }
      return whole(`/v1/billing/meters/${id}/event_summaries`, summaries);
    },
  ),
  route(
    'POST',
    '/v1/billing/meter_events',
    params<Stripe.Billing.MeterEventCreateParams>()({
      event_name: id,
      payload: z.record(z.string(), text),
      identifier: z.string().min(1).max(100).optional(),
      timestamp: time.optional(),
    }),
    (world, input) => recordUsage(world, input),
  ),
  route('POST', '/v2/billing/meter_events', v2Event(), (world, input) => {
    const { timestamp, ...rest } = input;
    const event = recordUsage(world, { ...rest, timestamp: secondsOf(timestamp) });
    const at = (seconds: number) => new Date(seconds * 1_000).toISOString();
    return {
      ...event,
      object: 'v2.billing.meter_event',
      created: at(event.created),
      timestamp: at(event.timestamp),
    } satisfies Stripe.V2.Billing.MeterEvent;
  }),
  route('POST', '/v2/billing/meter_event_session', z.strictObject({}), (world) => {
    const at = (seconds: number) => new Date(seconds * 1_000).toISOString();
    return {
      id: world.newId('mes_test'),
      object: 'v2.billing.meter_event_session',
      authentication_token: world.newId('rk_test'),
      created: at(world.now()),
      expires_at: at(world.now() + 900),
      livemode: false,
    } satisfies Stripe.V2.Billing.MeterEventSession;
  }),
  route(
    'POST',
    '/v2/billing/meter_event_stream',
    z.strictObject({ events: z.array(v2Event()).min(1).max(100) }),
    (world, input) => {
      for (const event of input.events)
        streamUsage(world, { ...event, timestamp: secondsOf(event.timestamp) });
      return {};
    },
  ),
];

function secondsOf(timestamp: string | undefined): number | undefined {
  return timestamp === undefined ? undefined : Math.floor(Date.parse(timestamp) / 1_000);
}

function v2Event() {
  return z.strictObject({
    event_name: id,
    payload: z.record(z.string(), text),
    identifier: z.string().min(1).max(100).optional(),
    timestamp: z.iso.datetime({ offset: true }).optional(),
  });
}
