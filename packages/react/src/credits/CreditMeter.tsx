import type { CreditsWatch } from '@uxflow/sdk/credits';
import type { CSSProperties, ReactElement } from 'react';
import { Icon } from '../icons.tsx';
import { useUXFlowContext } from '../provider.tsx';
import { creditWords } from './credit-words.ts';
import { useCredits } from './use-credits.ts';

export interface CreditMeterProps {
  /**
   * Where the figures come from. Default: what the provider's user may see, which is what is left of his own budget. An
   * admin page hands in `watchCreditsAt(url)` of `@uxflow/sdk/credits`, relayed by your own server.
   */
  source?: CreditsWatch | undefined;
  /** Micro-credits at which the balance is said to run low. Budgets run low at a fifth. */
  lowAt?: number | undefined;
  /** Shows a button for more credits when they run low. */
  onGetMore?: (() => void) | undefined;
  className?: string | undefined;
  style?: CSSProperties | undefined;
}

/** What is left of the credits, kept up to date. Shows nothing to somebody who has no budget. */
export function CreditMeter(props: CreditMeterProps): ReactElement | null {
  const { theme, className } = useUXFlowContext();
  const { credits, status } = useCredits(props.source);
  const words = credits && creditWords(credits, props.lowAt);
  if (credits && !words) return null;
  const classes = ['uxf-root', 'uxf-meter', className, props.className].filter(Boolean).join(' ');
  const stale = status === 'offline' || status === 'closed';
  return (
    <div
      className={classes}
      style={props.style}
      data-uxf-theme={theme}
      data-level={words?.level}
      data-stale={stale || undefined}
    >
      <Icon name="sparkle" size={14} />
      {words ? (
        <>
          <span className="uxf-meter__main" data-testid="credits-available" data-credits={words.available}>
            {words.main}
          </span>
          {words.share !== null && (
            <progress className="uxf-meter__bar" value={words.share} aria-label="Share of the budget left" />
          )}
          {words.note !== '' && <span className="uxf-meter__note">{words.note}</span>}
          {stale && <span className="uxf-meter__note">not up to date</span>}
          {/* Said once when it happens; every single figure would be noise. */}
          <span className="uxf-visually-hidden" role="status">
            {words.level === 'low' && 'Credits are running low'}
            {words.level === 'empty' && 'No credits are left'}
          </span>
          {props.onGetMore && words.level !== 'fine' && (
            <button type="button" className="uxf-textbutton" onClick={props.onGetMore}>
              Get credits
            </button>
          )}
        </>
      ) : (
        <span className="uxf-meter__note">
          {status === 'closed' ? 'Credits cannot be read' : 'Reading credits …'}
        </span>
      )}
    </div>
  );
}
