import type { BillingSource } from '@uxflow/sdk/billing';
import type { CreditsWatch } from '@uxflow/sdk/credits';
import { useEffect, useRef, useState, type CSSProperties, type ReactElement } from 'react';
import { CreditMeter } from '../credits/CreditMeter.tsx';
import { Icon } from '../icons.tsx';
import { useUXFlowContext } from '../provider.tsx';
import { AutoTopUpForm } from './AutoTopUpForm.tsx';
import { presentPlan } from './billing-words.ts';
import { Invoices } from './Invoices.tsx';
import { Notices } from './Notices.tsx';
import { Alert } from './parts.tsx';
import { PlanCards } from './PlanCards.tsx';
import { PresentPlan } from './PresentPlan.tsx';
import { TopUps } from './TopUps.tsx';
import { useBilling, type UseBilling } from './use-billing.ts';

export interface BillingPanelProps {
  /** `billingSourceAt(url)` of `@uxflow/sdk/billing`, or functions of your own. Keep it the same between renders. */
  source: BillingSource;
  /** The balance, e.g. `watchCreditsAt(url)` of `@uxflow/sdk/credits`. Without it none is shown. */
  credits?: CreditsWatch | undefined;
  /** Goes to a page of Stripe's. Default: in this window. */
  openPage?: ((url: string) => void) | undefined;
  className?: string | undefined;
  style?: CSSProperties | undefined;
}

const here = (url: string): void => location.assign(url);

/** What a workspace pays, for the people who look after that: plan, credits, packs, cards and invoices. */
export function BillingPanel(props: BillingPanelProps): ReactElement {
  const { source, credits, openPage = here } = props;
  const { theme, className } = useUXFlowContext();
  const billing = useBilling(source, credits, openPage);
  const classes = ['uxf-root', 'uxf-billing', className, props.className].filter(Boolean).join(' ');
  return (
    <div className={classes} style={props.style} data-uxf-theme={theme}>
      <div className="uxf-billing__top">
        <h2>Plan and credits</h2>
        {credits && <CreditMeter source={credits} />}
      </div>
      <Returned how={source.returned ?? null} />
      <Body billing={billing} source={source} />
    </div>
  );
}

function Returned({ how }: { how: 'paid' | 'cancelled' | null }): ReactElement | null {
  const [gone, setGone] = useState(false);
  if (how === null || gone) return null;
  return (
    <div className="uxf-billing__returned" data-how={how} role="status">
      <Icon name={how === 'paid' ? 'check' : 'info'} />
      <p>
        {how === 'paid'
          ? 'Thank you. What you bought appears here as soon as it is confirmed, mostly within seconds.'
          : 'You turned back before paying: nothing was bought or charged.'}
      </p>
      <button type="button" className="uxf-iconbutton" aria-label="Dismiss" onClick={() => setGone(true)}>
        <Icon name="close" />
      </button>
    </div>
  );
}

function Body({ billing, source }: { billing: UseBilling; source: BillingSource }): ReactElement {
  const heading = useRef<HTMLHeadingElement>(null);
  const [changes, setChanges] = useState(0);
  // The button that was pressed may be gone; what it did is told there.
  useEffect(() => {
    if (changes > 0) heading.current?.focus();
  }, [changes]);
  const { overview, failed } = billing;
  if (!overview) return failed ? <Failed billing={billing} /> : <Loading />;

  const { plans, topUps, subscription } = overview;
  const id = presentPlan(subscription);
  const present = plans.find((plan) => plan.id === id);
  if (!present) {
    // A plan that is no longer in the list cannot be compared with the others.
    return <Alert why={{ title: 'This plan is unknown here', text: 'Reload the page.', retry: false }} />;
  }
  return (
    <>
      {failed && (
        <p className="uxf-billing__stale" role="status">
          Not up to date: {failed.title.toLowerCase()}.
        </p>
      )}
      <PresentPlan
        billing={billing}
        overview={overview}
        name={present.name}
        headingRef={heading}
        onPortal={() => void billing.leadTo('portal', 'portal', () => source.portal())}
      />
      <PlanCards
        billing={billing}
        overview={overview}
        present={present}
        onSubscribe={(plan) => void billing.leadTo('plan', `plan:${plan}`, () => source.checkout({ plan }))}
        onChange={(plan, part) => billing.act(part, `plan:${plan.id}`, () => source.changePlan(plan.id))}
        onChanged={() => setChanges((before) => before + 1)}
      />
      <TopUps
        billing={billing}
        topUps={topUps}
        onBuy={({ id: topUp }) =>
          void billing.leadTo('packs', `pack:${topUp}`, () => source.checkout({ topUp }))
        }
      />
      <AutoTopUpForm
        billing={billing}
        saved={subscription.autoTopUp}
        topUps={topUps}
        onSave={(wish, part) => billing.act(part, 'auto', async () => void (await source.setAutoTopUp(wish)))}
      />
      <Invoices invoices={billing.invoices} />
      <Notices notices={subscription.notices} />
    </>
  );
}

function Loading(): ReactElement {
  return (
    <div className="uxf-billing__loading" role="status" aria-label="Reading plan and credits">
      <i />
      <i />
      <i />
    </div>
  );
}

function Failed({ billing }: { billing: UseBilling }): ReactElement | null {
  const { failed, refresh } = billing;
  if (!failed) return null;
  return (
    <Alert why={failed}>
      {failed.retry && (
        <button type="button" className="uxf-button" onClick={() => void refresh()}>
          Try again
        </button>
      )}
    </Alert>
  );
}
