import type { Stripe } from 'stripe';
import type { Wire } from './wire.ts';

type ErrorType = 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';

/** What stands under `error` in a Stripe answer. */
export interface ErrorBody {
  type: ErrorType;
  message: string;
  code?: string;
  decline_code?: string;
  param?: string;
  doc_url?: string;
  charge?: string;
  payment_intent?: Wire<Stripe.PaymentIntent>;
  payment_method?: Wire<Stripe.PaymentMethod>;
  setup_intent?: Wire<Stripe.SetupIntent>;
}

/** An answer that is an error. What the request wrote is undone unless `keep`: a declined charge stays on record. */
export class StripeError extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  readonly keep: boolean;

  constructor(status: number, body: ErrorBody, keep = false) {
    super(body.message);
    this.status = status;
    this.body = body.code
      ? { ...body, doc_url: `https://stripe.com/docs/error-codes/${body.code.replaceAll('_', '-')}` }
      : body;
    this.keep = keep;
  }
}

/** 400: the request is wrong; `param` in Stripe's bracket form. */
export function invalid(message: string, param?: string, code?: string): StripeError {
  return new StripeError(400, {
    type: 'invalid_request_error',
    message,
    ...(param === undefined ? {} : { param }),
    ...(code === undefined ? {} : { code }),
  });
}

/** No such object: 404 where the path names it, 400 where a parameter does. */
export function missing(kind: string, id: string, param = 'id'): StripeError {
  return new StripeError(param === 'id' ? 404 : 400, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    param,
    message: `No such ${kind.replaceAll(/[._]/g, ' ')}: '${id}'`,
  });
}

/** 402: the bank said no. What was written on the way (the failed charge) stays, unless told otherwise. */
export function cardError(
  decline: { code: string; decline_code?: string; message: string },
  about: Pick<ErrorBody, 'charge' | 'payment_intent' | 'payment_method' | 'setup_intent'> = {},
  keep = true,
): StripeError {
  return new StripeError(402, { type: 'card_error', ...decline, ...about }, keep);
}
