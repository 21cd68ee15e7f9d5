import type { Stripe } from 'stripe';
import { z } from 'zod';
import { closeDispute, type Dispute, NO_EVIDENCE } from '../engine/disputes.ts';
import { invalid } from '../errors.ts';
import { page } from '../list.ts';
import { bool, id, mergeMetadata, metadata, PAGE, params, seconds, text } from '../params.ts';
import { route } from '../route.ts';
import type { World } from '../world.ts';
import { ofPayment } from './of-payment.ts';

const update = params<Stripe.DisputeUpdateParams>()({
  evidence: z.record(z.string(), text).optional(),
  metadata: metadata.optional(),
  submit: bool.optional(),
});

/** Takes evidence; `winning_evidence` and `losing_evidence` decide at once, as in Stripe's test mode. */
function submitEvidence(world: World, disputeId: string, input: z.output<typeof update>): Dispute {
  const before = world.store.need('dispute', disputeId);
  const unknown = Object.keys(input.evidence ?? {}).find((name) => !(name in NO_EVIDENCE));
  if (unknown !== undefined) {
    throw invalid(
      `Received unknown parameter: evidence[${unknown}]`,
      `evidence[${unknown}]`,
      'parameter_unknown',
    );
  }
  const submitted = input.evidence !== undefined && (input.submit ?? true);
  const after = world.update('dispute', disputeId, {
    evidence: { ...before.evidence, ...input.evidence },
    metadata: mergeMetadata(before.metadata, input.metadata),
    status: submitted && before.status === 'needs_response' ? 'under_review' : before.status,
    evidence_details: {
      ...before.evidence_details,
      has_evidence: before.evidence_details.has_evidence || input.evidence !== undefined,
      submission_count: before.evidence_details.submission_count + (submitted ? 1 : 0),
      submission_method: submitted ? 'manual' : before.evidence_details.submission_method,
    },
  });
  world.emitUpdate('charge.dispute.updated', after, before);
  const word = submitted ? input.evidence?.['uncategorized_text'] : undefined;
  if (word === 'winning_evidence') return closeDispute(world, disputeId, 'won');
  if (word === 'losing_evidence') return closeDispute(world, disputeId, 'lost');
  return after;
}

export const disputeRoutes = [
  route('GET', '/v1/disputes/:id', params<object>()({}), (world, _input, { id }) =>
    world.store.need('dispute', id),
  ),
  route('POST', '/v1/disputes/:id', update, (world, input, { id }) => submitEvidence(world, id, input)),
  route('POST', '/v1/disputes/:id/close', params<object>()({}), (world, _input, { id }) =>
    closeDispute(world, id, 'lost'),
  ),
  route(
    'GET',
    '/v1/disputes',
    params<Stripe.DisputeListParams>()({
      ...PAGE,
      charge: id.optional(),
      payment_intent: id.optional(),
      created: seconds.optional(),
    }),
    (world, input) => {
      const found = world.store.all('dispute').filter(ofPayment(input));
      return page('/v1/disputes', found, input);
    },
  ),
  route('GET', '/v1/radar/early_fraud_warnings/:id', params<object>()({}), (world, _input, { id }) =>
    world.store.need('radar.early_fraud_warning', id),
  ),
  route(
    'GET',
    '/v1/radar/early_fraud_warnings',
    params<Stripe.Radar.EarlyFraudWarningListParams>()({
      ...PAGE,
      charge: id.optional(),
      payment_intent: id.optional(),
      created: seconds.optional(),
    }),
    (world, input) => {
      const found = world.store.all('radar.early_fraud_warning').filter(ofPayment(input));
      return page('/v1/radar/early_fraud_warnings', found, input);
    },
  ),
];
