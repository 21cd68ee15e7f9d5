import type { Stripe } from 'stripe';
import { invalid, StripeError } from '../errors.ts';
import type { Wire } from '../wire.ts';
import { DAY, type World } from '../world.ts';

type MeterEvent = Wire<Stripe.Billing.MeterEvent>;

const OLDEST = 35 * DAY;
const AHEAD = 300;

interface Given {
  event_name: string;
  payload: Record<string, string>;
  identifier?: string | undefined;
  timestamp?: number | undefined;
}

/**
 * Counts usage. What the request itself shows to be wrong is refused at once, a known identifier among it; what only a
 * look at the account shows (no such meter, no such customer) is accepted and reported later by a thin event, as Stripe
 * does.
 * @throws StripeError for a duplicate identifier, a timestamp out of range, a payload without customer or value.
 */
export function recordUsage(world: World, given: Given): MeterEvent {
  const meter = world.store
    .all('billing.meter')
    .findLast(({ event_name }) => event_name === given.event_name);
  const customerKey = meter?.customer_mapping.event_payload_key ?? 'stripe_customer_id';
  const customer = given.payload[customerKey];
  const now = world.now(customer);
  const timestamp = given.timestamp ?? now;
  if (timestamp < now - OLDEST) {
    throw invalid(
      'The timestamp must be within the past 35 calendar days.',
      'timestamp',
      'timestamp_too_far_in_past',
    );
  }
  if (timestamp > now + AHEAD) {
    throw invalid(
      'The timestamp must not be more than 5 minutes in the future.',
      'timestamp',
      'timestamp_in_future',
    );
  }
  const identifier = given.identifier ?? world.newId('identifier');
  const known = world.store.get('meter_event', identifier);
  if (known && known.created > now - DAY) {
    throw invalid(
      `An event already exists with identifier ${identifier}.`,
      'identifier',
      'duplicate_meter_event',
    );
  }
  const event = {
    object: 'billing.meter_event',
    created: now,
    event_name: given.event_name,
    identifier,
    livemode: false,
    payload: given.payload,
    timestamp,
  } satisfies MeterEvent;
  if (!meter) {
    reportNoMeter(world, identifier, given.event_name);
    return event;
  }
  const raw = given.payload[meter.value_settings.event_payload_key];
  const counts = meter.default_aggregation.formula === 'count';
  if (customer === undefined)
    throw invalid(
      `Missing payload field: ${customerKey}.`,
      `payload[${customerKey}]`,
      'meter_event_no_customer_defined',
    );
  if (!counts && !/^-?\d{1,12}(\.\d{1,12})?$/.test(raw ?? '')) {
    throw invalid(
      `Invalid value: ${raw ?? 'none'}.`,
      `payload[${meter.value_settings.event_payload_key}]`,
      'meter_event_invalid_value',
    );
  }
  const found = world.store.get('customer', customer);
  if (meter.status !== 'active')
    report(world, meter.id, 'archived_meter', 'The meter is archived.', identifier);
  else if (!found || 'deleted' in found) {
    report(world, meter.id, 'meter_event_customer_not_found', `No such customer: ${customer}`, identifier);
  } else {
    const value = counts ? 1 : Number(raw);
    world.store.put('meter_event', {
      id: identifier,
      meter: meter.id,
      customer,
      value,
      timestamp,
      created: now,
    });
  }
  return event;
}

/** As `recordUsage` for the event stream, which accepts everything and reports all that is wrong later. */
export function streamUsage(world: World, given: Given): void {
  try {
    recordUsage(world, given);
  } catch (error) {
    const meter = world.store
      .all('billing.meter')
      .findLast(({ event_name }) => event_name === given.event_name);
    // A duplicate has been counted; there is nothing to report.
    if (!(error instanceof StripeError)) throw error;
    if (error.body.code === 'duplicate_meter_event') return;
    if (meter)
      report(
        world,
        meter.id,
        error.body.code ?? 'meter_event_invalid_value',
        error.message,
        given.identifier ?? '',
      );
    else reportNoMeter(world, given.identifier ?? '', given.event_name);
  }
}

type Report = Stripe.Events.V1BillingMeterErrorReportTriggeredEvent.Data;
type Code = Report['reason']['error_types'][number]['code'];

function dataOf(
  world: World,
  code: Report['reason']['error_types'][number]['code'],
  message: string,
  identifier: string,
) {
  const at = new Date(world.now() * 1_000).toISOString();
  return {
    developer_message_summary: `There is 1 invalid event: ${message}`,
    reason: {
      error_count: 1,
      error_types: [
        {
          code: code as Code,
          error_count: 1,
          sample_errors: [{ error_message: message, request: { identifier } }],
        },
      ],
    },
    validation_end: at,
    validation_start: at,
  } satisfies Report;
}

function report(world: World, meter: string, code: string, message: string, identifier: string): void {
  world.emitThin({
    type: 'v1.billing.meter.error_report_triggered',
    data: dataOf(world, code, message, identifier),
    related_object: { id: meter, type: 'billing.meter', url: `/v1/billing/meters/${meter}` },
  });
}

function reportNoMeter(world: World, identifier: string, name: string): void {
  const message = `No meter found for event name ${name}`;
  world.emitThin({
    type: 'v1.billing.meter.no_meter_found',
    data: dataOf(world, 'no_meter', message, identifier),
  });
}
