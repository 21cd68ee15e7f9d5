import type { ReactElement, ReactNode } from 'react';
import type { Explanation } from '../chrome/words.ts';
import { Icon } from '../icons.tsx';
import type { Part, UseBilling } from './use-billing.ts';

/** A button that keeps the focus while what it began goes on; meanwhile all of them wait. */
export function ActionButton({
  billing,
  name,
  primary = false,
  onPress,
  describedBy,
  children,
}: {
  billing: Pick<UseBilling, 'busy'>;
  /** Of what it begins, as `UseBilling.busy` names it. */
  name: string;
  primary?: boolean;
  onPress: () => void;
  describedBy?: string;
  children: ReactNode;
}): ReactElement {
  const own = billing.busy === name;
  return (
    <button
      type="button"
      className="uxf-button"
      data-primary={primary ? '' : undefined}
      aria-disabled={billing.busy !== null || undefined}
      aria-busy={own || undefined}
      aria-describedby={describedBy}
      onClick={() => {
        if (billing.busy === null) onPress();
      }}
    >
      {own ? 'One moment …' : children}
    </button>
  );
}

/** What was refused in this part, said aloud. */
export function Refused({ billing, part }: { billing: UseBilling; part: Part }): ReactElement | null {
  if (billing.refused?.part !== part) return null;
  return <Alert why={billing.refused.why} />;
}

export function Alert({ why, children }: { why: Explanation; children?: ReactNode }): ReactElement {
  return (
    <div className="uxf-billing__alert" role="alert">
      <Icon name="error" />
      <div>
        <strong>{why.title}</strong>
        <p>{why.text}</p>
        {children}
      </div>
    </div>
  );
}
