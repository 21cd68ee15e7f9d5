import { MICRO_CREDITS } from '@uxflow/sdk';
import type { AutoTopUp, AutoTopUpParams, TopUp } from '@uxflow/sdk/billing';
import { useId, useState, type FormEvent, type ReactElement } from 'react';
import { creditsOf, money, type Question } from './billing-words.ts';
import { Confirm } from './Confirm.tsx';
import { Refused } from './parts.tsx';
import type { UseBilling } from './use-billing.ts';

interface Draft {
  enabled: boolean;
  topUp: TopUp['id'];
  /** Credits and dollars, as typed. */
  threshold: string;
  cap: string;
}

/** The most that the API takes. */
const MOST_CREDITS = 1_000_000;
const MOST_DOLLARS = 1_000_000;

const draftOf = (saved: AutoTopUp, topUps: readonly TopUp[]): Draft => {
  const pack = topUps.find(({ id }) => id === saved.topUp);
  return {
    enabled: saved.enabled,
    topUp: saved.topUp,
    threshold: String(saved.threshold / MICRO_CREDITS),
    // A cap of nothing would let nothing through: the price of one pack is what somebody begins with.
    cap: String((saved.monthlyCap || (pack?.price ?? 0)) / 100),
  };
};

/** Whether, when and up to what amount a pack is bought by itself. */
export function AutoTopUpForm({
  billing,
  saved,
  topUps,
  onSave,
}: {
  billing: UseBilling;
  saved: AutoTopUp;
  topUps: readonly TopUp[];
  /** @returns whether it was done */
  onSave: (wish: AutoTopUpParams, part: 'auto' | 'question') => Promise<boolean>;
}): ReactElement {
  const id = useId();
  const [edited, setEdited] = useState<Draft | null>(null);
  const [asking, setAsking] = useState<AutoTopUpParams | null>(null);
  const draft = edited ?? draftOf(saved, topUps);
  const set = (change: Partial<Draft>): void => setEdited({ ...draft, ...change });
  const pack = topUps.find(({ id: each }) => each === draft.topUp);
  const wrong = draft.enabled ? wrongWith(draft, pack) : {};
  const failing = Object.keys(wrong).length > 0;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (failing || billing.busy !== null) return;
    billing.forgetRefusal();
    const wish: AutoTopUpParams = {
      enabled: draft.enabled,
      topUp: draft.topUp,
      threshold: Math.round(Number(draft.threshold) * MICRO_CREDITS) || 0,
      monthlyCap: Math.round(Number(draft.cap) * 100) || 0,
    };
    if (wish.enabled) setAsking(wish);
    else void onSave(wish, 'auto').then((done) => done && setEdited(null));
  };

  const field = (name: 'threshold' | 'cap', label: string): ReactElement => (
    <div className="uxf-field">
      <label htmlFor={`${id}-${name}`}>{label}</label>
      <input
        id={`${id}-${name}`}
        inputMode="decimal"
        autoComplete="off"
        value={draft[name]}
        aria-invalid={wrong[name] !== undefined || undefined}
        aria-describedby={wrong[name] === undefined ? undefined : `${id}-${name}-wrong`}
        onChange={({ target }) => set({ [name]: target.value })}
      />
      {wrong[name] !== undefined && (
        <small id={`${id}-${name}-wrong`} className="uxf-billing__wrong">
          {wrong[name]}
        </small>
      )}
    </div>
  );

  return (
    <section aria-label="Automatic top-up">
      <h3>Automatic top-up</h3>
      <form className="uxf-billing__auto" onSubmit={submit}>
        <label className="uxf-billing__check">
          <input
            type="checkbox"
            checked={draft.enabled}
            onChange={({ target }) => set({ enabled: target.checked })}
          />
          Buy a pack by itself when credits run low
        </label>
        <p className="uxf-billing__hint">
          {saved.enabled
            ? `On: a pack is bought when less than ${creditsOf(saved.threshold)} is left. ${money(saved.spentThisMonth)} of ${money(saved.monthlyCap)} was charged this month.`
            : 'Off: nothing is charged without asking.'}
        </p>
        {draft.enabled && (
          <div className="uxf-billing__fields">
            {field('threshold', 'When fewer credits are left than')}
            <div className="uxf-field">
              <label htmlFor={`${id}-pack`}>Buy</label>
              <select
                id={`${id}-pack`}
                value={draft.topUp}
                onChange={({ target }) =>
                  set({ topUp: topUps.find(({ id: each }) => each === target.value)?.id ?? draft.topUp })
                }
              >
                {topUps.map(({ id: each, name, price }) => (
                  <option key={each} value={each}>
                    {name} for {money(price)}
                  </option>
                ))}
              </select>
            </div>
            {field('cap', 'At most a calendar month, US dollars')}
          </div>
        )}
        <Refused billing={billing} part="auto" />
        {edited && (
          <div className="uxf-billing__actions">
            <button
              type="submit"
              className="uxf-button"
              data-primary=""
              aria-disabled={failing || billing.busy !== null || undefined}
            >
              {billing.busy === 'auto' ? 'One moment …' : 'Save'}
            </button>
            <button type="button" className="uxf-button" onClick={() => setEdited(null)}>
              Discard
            </button>
          </div>
        )}
      </form>
      {asking && (
        <Confirm
          question={questionAbout(asking, pack)}
          busy={billing.busy !== null}
          onNo={() => setAsking(null)}
          onYes={() => {
            void onSave(asking, 'question').then((done) => {
              if (!done) return;
              setAsking(null);
              setEdited(null);
            });
          }}
        >
          <Refused billing={billing} part="question" />
        </Confirm>
      )}
    </section>
  );
}

function wrongWith({ threshold, cap }: Draft, pack: TopUp | undefined): { threshold?: string; cap?: string } {
  const credits = Number(threshold);
  const dollars = Number(cap);
  return {
    ...((threshold.trim() === '' || !(credits > 0 && credits <= MOST_CREDITS)) && {
      threshold: `Enter a number of credits from 1 to ${MOST_CREDITS.toLocaleString('en')}.`,
    }),
    ...((cap.trim() === '' || !(dollars * 100 >= (pack?.price ?? 1) && dollars <= MOST_DOLLARS)) && {
      cap: `Enter at least ${money(pack?.price ?? 1)}, the price of one pack.`,
    }),
  };
}

function questionAbout({ threshold, monthlyCap }: AutoTopUpParams, pack: TopUp | undefined): Question {
  return {
    title: 'Top up automatically?',
    text: `Whenever fewer than ${creditsOf(threshold)} are left, ${money(pack?.price ?? 0)} is charged to your card without asking again, at most ${money(monthlyCap)} in a calendar month.`,
    yes: 'Turn it on',
    no: 'Not now',
  };
}
