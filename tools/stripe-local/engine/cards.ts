/** What Stripe's documented test cards do, as far as it matters here. */
export interface TestCard {
  number: string;
  brand: 'visa' | 'mastercard' | 'amex';
  /** Names Stripe gives it: `pm_card_visa`, `tok_visa`. */
  names: string[];
  does: string;
  /** The bank's answer when it is charged. */
  charge:
    | 'succeeds'
    | 'generic_decline'
    | 'insufficient_funds'
    | 'expired_card'
    | 'incorrect_cvc'
    | 'processing_error';
  /** Refused already when it is saved to a customer. */
  refusesAttach?: boolean;
  /** `always`: every payment on session asks its owner; `setup`: only until it was authenticated once. */
  authentication?: 'always' | 'setup';
  after?: 'dispute' | 'inquiry' | 'early_fraud_warning' | 'refund_fails';
}

/** The first one succeeds; the page offers them all. */
export const TEST_CARDS: readonly TestCard[] = [
  {
    number: '4242424242424242',
    brand: 'visa',
    names: ['visa'],
    does: 'succeeds',
    charge: 'succeeds',
  },
  {
    number: '5555555555554444',
    brand: 'mastercard',
    names: ['mastercard'],
    does: 'succeeds (Mastercard)',
    charge: 'succeeds',
  },
  {
    number: '378282246310005',
    brand: 'amex',
    names: ['amex'],
    does: 'succeeds (American Express)',
    charge: 'succeeds',
  },
  {
    number: '4000000000000341',
    brand: 'visa',
    names: ['chargeCustomerFail'],
    does: 'can be saved, then every charge fails',
    charge: 'generic_decline',
  },
  {
    number: '4000000000000002',
    brand: 'visa',
    names: ['visa_chargeDeclined', 'chargeDeclined'],
    does: 'is declined',
    charge: 'generic_decline',
    refusesAttach: true,
  },
  {
    number: '4000000000009995',
    brand: 'visa',
    names: ['visa_chargeDeclinedInsufficientFunds', 'chargeDeclinedInsufficientFunds'],
    does: 'is declined: insufficient funds',
    charge: 'insufficient_funds',
    refusesAttach: true,
  },
  {
    number: '4000000000000069',
    brand: 'visa',
    names: ['chargeDeclinedExpiredCard'],
    does: 'is declined: expired',
    charge: 'expired_card',
    refusesAttach: true,
  },
  {
    number: '4000000000000127',
    brand: 'visa',
    names: ['chargeDeclinedIncorrectCvc'],
    does: 'is declined: wrong security code',
    charge: 'incorrect_cvc',
    refusesAttach: true,
  },
  {
    number: '4000000000000119',
    brand: 'visa',
    names: ['chargeDeclinedProcessingError'],
    does: 'is declined: processing error',
    charge: 'processing_error',
    refusesAttach: true,
  },
  {
    number: '4000002500003155',
    brand: 'visa',
    names: ['authenticationRequiredOnSetup'],
    does: 'asks for 3-D Secure once, then can be charged off session',
    charge: 'succeeds',
    authentication: 'setup',
  },
  {
    number: '4000002760003184',
    brand: 'visa',
    names: ['authenticationRequired', 'threeDSecure2Required', 'threeDSecureRequired'],
    does: 'asks for 3-D Secure on every payment; renewals fail',
    charge: 'succeeds',
    authentication: 'always',
  },
  {
    number: '4000000000000259',
    brand: 'visa',
    names: ['createDispute'],
    does: 'succeeds and is disputed as fraudulent',
    charge: 'succeeds',
    after: 'dispute',
  },
  {
    number: '4000000000001976',
    brand: 'visa',
    names: ['createDisputeInquiry'],
    does: 'succeeds and is disputed as an inquiry',
    charge: 'succeeds',
    after: 'inquiry',
  },
  {
    number: '4000000000005423',
    brand: 'visa',
    names: ['createIssuerFraudRecord'],
    does: 'succeeds with an early fraud warning',
    charge: 'succeeds',
    after: 'early_fraud_warning',
  },
  {
    number: '4000000000005126',
    brand: 'visa',
    names: ['refundFail'],
    does: 'succeeds; its refund fails later',
    charge: 'succeeds',
    after: 'refund_fails',
  },
];

const DECLINES: Record<Exclude<TestCard['charge'], 'succeeds'>, { code: string; message: string }> = {
  generic_decline: { code: 'card_declined', message: 'Your card was declined.' },
  insufficient_funds: { code: 'card_declined', message: 'Your card has insufficient funds.' },
  expired_card: { code: 'expired_card', message: 'Your card has expired.' },
  incorrect_cvc: { code: 'incorrect_cvc', message: "Your card's security code is incorrect." },
  processing_error: {
    code: 'processing_error',
    message: 'An error occurred while processing your card. Try again in a little bit.',
  },
};

export interface Decline {
  code: string;
  decline_code: string;
  message: string;
}

export function declineOf(card: TestCard): Decline | null {
  return card.charge === 'succeeds' ? null : { decline_code: card.charge, ...DECLINES[card.charge] };
}

export const AUTHENTICATION_REQUIRED: Decline = {
  code: 'authentication_required',
  decline_code: 'authentication_required',
  message: 'Your card was declined. This transaction requires authentication.',
};

/** By number (spaces allowed), `pm_card_visa` or `tok_visa`. */
export function testCard(name: string): TestCard | undefined {
  const digits = name.replaceAll(/[ -]/g, '');
  const short = /^(?:pm_card|tok)_(\w+)$/.exec(name)?.[1];
  return TEST_CARDS.find(
    ({ number, names }) => number === digits || (short !== undefined && names.includes(short)),
  );
}
