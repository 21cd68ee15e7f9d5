import type { TopUp } from '@uxflow/sdk/billing';
import type { ReactElement } from 'react';
import { money } from './billing-words.ts';
import { ActionButton, Refused } from './parts.tsx';
import type { UseBilling } from './use-billing.ts';

/** Packs of credits, bought once on a page of Stripe's. */
export function TopUps({
  billing,
  topUps,
  onBuy,
}: {
  billing: UseBilling;
  topUps: readonly TopUp[];
  onBuy: (topUp: TopUp) => void;
}): ReactElement {
  return (
    <section aria-label="Buy credits">
      <h3>Buy credits</h3>
      <p className="uxf-billing__hint">Bought credits never expire, whatever plan you are on.</p>
      <Refused billing={billing} part="packs" />
      <ul className="uxf-billing__packs">
        {topUps.map((topUp) => (
          <li key={topUp.id} className="uxf-billing__pack">
            <span>
              <strong>{topUp.name}</strong>
              <span className="uxf-billing__hint">{money(topUp.price)}, once</span>
            </span>
            <ActionButton billing={billing} name={`pack:${topUp.id}`} onPress={() => onBuy(topUp)}>
              Buy<span className="uxf-visually-hidden"> {topUp.name}</span>
            </ActionButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
