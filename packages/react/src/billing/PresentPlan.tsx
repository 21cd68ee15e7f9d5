import type { BillingOverview } from '@uxflow/sdk/billing';
import type { ReactElement, Ref } from 'react';
import { badgeOf, money } from './billing-words.ts';
import { ActionButton, Refused } from './parts.tsx';
import type { UseBilling } from './use-billing.ts';

/** The plan that is subscribed to, its state in words, and what to do when something is owed. */
export function PresentPlan({
  billing,
  overview,
  name,
  headingRef,
  onPortal,
}: {
  billing: UseBilling;
  overview: BillingOverview;
  name: string;
  headingRef: Ref<HTMLHeadingElement>;
  onPortal: () => void;
}): ReactElement {
  const { subscription: now } = overview;
  const badge = badgeOf(now);
  const payUrl = now.subscription?.payUrl ?? null;
  const pays = now.subscription !== null && now.state !== 'canceled';
  return (
    <section className="uxf-billing__present" data-tone={badge.tone} aria-label="Your plan">
      <div className="uxf-billing__headline">
        <h3 ref={headingRef} tabIndex={-1}>
          {name}
        </h3>
        <span className="uxf-billing__badge" data-tone={badge.tone} data-testid="billing-state">
          {badge.text}
        </span>
        {pays && now.subscription && (
          <span className="uxf-billing__price">{money(now.subscription.pricePerMonth)} a month</span>
        )}
      </div>
      <p className="uxf-billing__message" role="status" data-testid="billing-message">
        {now.message}
      </p>
      <div className="uxf-billing__actions">
        {payUrl !== null && (
          <a className="uxf-button" data-primary="" href={payUrl}>
            {now.state === 'past_due' || now.state === 'suspended'
              ? 'Pay the open invoice'
              : 'Confirm the payment'}
          </a>
        )}
        <ActionButton billing={billing} name="portal" onPress={onPortal}>
          Manage cards and invoices
        </ActionButton>
      </div>
      <Refused billing={billing} part="portal" />
    </section>
  );
}
