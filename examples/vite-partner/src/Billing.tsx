import { BillingPanel } from '@uxflow/react';
import type { ReactElement } from 'react';
import { billingSource, type Session } from './api.ts';
import { credits } from './credits.ts';

const source = billingSource();

/** `/#/billing`: what Acme pays, for its admins. The server refuses everybody else too. */
export function Billing({ session }: { session: Session }): ReactElement {
  if (!session.user.admin) {
    return (
      <p className="acme-note">
        Only Acme’s admins look after plan and credits. Ask one of them if you need more credits.
      </p>
    );
  }
  return <BillingPanel source={source} credits={credits} className="acme-billing" />;
}
