import { useEffect, useState, type ReactElement, type ReactNode } from 'react';
import { Icon, type IconName } from '../icons.tsx';
import type { Explanation } from './words.ts';

const SLOW_MS = 6_000;

/** The outline of an editor while the flow is on its way. */
export function Skeleton(): ReactElement {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="uxf-skeleton" role="status" aria-label="Opening the flow">
      <div className="uxf-skeleton__flow" aria-hidden="true">
        <i data-shape="pill" />
        <i data-shape="card" />
        <i data-shape="screen" />
        <i data-shape="card" />
      </div>
      {slow && <p className="uxf-skeleton__slow">Still trying to reach the server…</p>}
    </div>
  );
}

/** A full-size message: nothing here, no access, no connection. */
function StateScreen({
  icon,
  title,
  text,
  children,
  alert = false,
}: {
  icon: IconName;
  title: string;
  text: string;
  children?: ReactNode;
  alert?: boolean;
}): ReactElement {
  return (
    <div className="uxf-state" role={alert ? 'alert' : undefined}>
      <span className="uxf-state__icon">
        <Icon name={icon} size={22} />
      </span>
      <h2>{title}</h2>
      <p>{text}</p>
      {children && <div className="uxf-state__actions">{children}</div>}
    </div>
  );
}

export function ErrorScreen({
  explanation,
  onRetry,
}: {
  explanation: Explanation;
  onRetry: () => void;
}): ReactElement {
  return (
    <StateScreen icon="error" title={explanation.title} text={explanation.text} alert>
      {explanation.retry && (
        <button type="button" className="uxf-button" data-primary="" onClick={onRetry}>
          Retry
        </button>
      )}
    </StateScreen>
  );
}
