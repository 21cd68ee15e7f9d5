import type { BillingOverview, PaidPlanId, Plan } from '@uxflow/sdk/billing';
import { useState, type ReactElement } from 'react';
import { creditsOf, money, type Offer, offerOf, questionFor } from './billing-words.ts';
import { Confirm } from './Confirm.tsx';
import { ActionButton, Refused } from './parts.tsx';
import type { UseBilling } from './use-billing.ts';

/** Every plan with what it brings and what can be done about it now. */
export function PlanCards({
  billing,
  overview,
  present,
  onSubscribe,
  onChange,
  onChanged,
}: {
  billing: UseBilling;
  overview: BillingOverview;
  present: Plan;
  onSubscribe: (plan: PaidPlanId) => void;
  /** @returns whether it was done */
  onChange: (plan: Plan, part: 'plan' | 'question') => Promise<boolean>;
  /** Told when a change is made and its dialog is gone. */
  onChanged: () => void;
}): ReactElement {
  const [asking, setAsking] = useState<Plan | null>(null);
  const offer = (plan: Plan): Offer => offerOf(plan, present, overview.subscription);
  const question = asking && questionFor(offer(asking), asking, present, overview.subscription);

  const change = (plan: Plan, part: 'plan' | 'question'): void => {
    void onChange(plan, part).then((done) => {
      if (!done) return;
      setAsking(null);
      onChanged();
    });
  };
  const press = (plan: Plan): void => {
    billing.forgetRefusal();
    const { kind } = offer(plan);
    if (kind === 'subscribe' && plan.id !== 'free') onSubscribe(plan.id);
    else if (kind === 'keep' || kind === 'resume') change(plan, 'plan');
    else setAsking(plan);
  };

  return (
    <section aria-label="Plans">
      <h3>Plans</h3>
      <Refused billing={billing} part="plan" />
      <ul className="uxf-billing__plans">
        {overview.plans.map((plan) => (
          <PlanCard
            key={plan.id}
            plan={plan}
            offer={offer(plan)}
            billing={billing}
            onPress={() => press(plan)}
          />
        ))}
      </ul>
      {asking && question && (
        <Confirm
          question={question}
          busy={billing.busy !== null}
          onNo={() => setAsking(null)}
          onYes={() => change(asking, 'question')}
        >
          <Refused billing={billing} part="question" />
        </Confirm>
      )}
    </section>
  );
}

const count = new Intl.NumberFormat('en');
const many = (amount: number, one: string, more: string): string =>
  `${count.format(amount)} ${amount === 1 ? one : more}`;

interface OfferedPlan {
  plan: Plan;
  offer: Offer;
  billing: UseBilling;
  onPress: () => void;
}

function PlanCard({ plan, offer, billing, onPress }: OfferedPlan): ReactElement {
  const current = offer.kind === 'current' || offer.kind === 'keep' || offer.kind === 'resume';
  return (
    <li
      className="uxf-billing__card"
      data-current={current || undefined}
      aria-current={current || undefined}
      data-plan={plan.id}
    >
      <h4>{plan.name}</h4>
      <p className="uxf-billing__amount">
        <strong>{money(plan.pricePerMonth)}</strong> a month
      </p>
      <p className="uxf-billing__credits">
        {plan.monthlyCredits > 0 ? `${creditsOf(plan.monthlyCredits)} each month` : 'Credits by the pack'}
      </p>
      <ul className="uxf-billing__brings">
        <li>{many(plan.members, 'member', 'members')}</li>
        <li>{many(plan.concurrentRuns, 'agent run', 'agent runs')} at a time</li>
        <li>{many(plan.historyDays, 'day', 'days')} of history</li>
        {plan.rolloverCap > 0 && <li>Up to {creditsOf(plan.rolloverCap)} roll over</li>}
        {plan.overage && (
          <li>
            Beyond them {plan.overage.centsPerCredit}¢ a credit, at most{' '}
            {creditsOf(plan.overage.capPerPeriod)} a period
          </li>
        )}
      </ul>
      <div className="uxf-billing__verb">
        <Verb plan={plan} offer={offer} billing={billing} onPress={onPress} />
      </div>
    </li>
  );
}

function Verb({ plan, offer, billing, onPress }: OfferedPlan): ReactElement {
  /** @param to said to who does not see the card, because several buttons bear the same words */
  const button = (label: string, primary: boolean, to = true, note?: string): ReactElement => (
    <>
      {note !== undefined && <small>{note}</small>}
      <ActionButton billing={billing} name={`plan:${plan.id}`} primary={primary} onPress={onPress}>
        {label}
        {to && <span className="uxf-visually-hidden"> to {plan.name}</span>}
      </ActionButton>
    </>
  );
  switch (offer.kind) {
    case 'current':
      return <span className="uxf-billing__now">Current plan</span>;
    case 'keep':
      return button('Stay on this plan', true, false, 'Takes back what is planned');
    case 'resume':
      return button('Resume', true, false);
    case 'subscribe':
      return button(
        'Subscribe',
        true,
        true,
        offer.trialDays === null ? undefined : `The first ${offer.trialDays} days are free`,
      );
    case 'upgrade':
      return button('Upgrade now', true);
    case 'downgrade':
      return button('Change at the end of the period', false);
    case 'cancel':
      return button('Cancel at the end of the period', false, false);
    case 'planned':
      return <span className="uxf-billing__now">Begins on {offer.on}</span>;
    case 'blocked':
      return <span className="uxf-billing__why">{offer.why}</span>;
  }
}
