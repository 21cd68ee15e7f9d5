import type { ButtonHTMLAttributes, ReactElement } from 'react';
import { Icon, type IconName } from '../icons.tsx';

/** A square button with an icon; `label` is its accessible name and its tooltip. */
export function IconButton({
  icon,
  label,
  shortcut,
  ...rest
}: {
  icon: IconName;
  label: string;
  shortcut?: string;
  [data: `data-${string}`]: string | undefined;
} & ButtonHTMLAttributes<HTMLButtonElement>): ReactElement {
  return (
    <button
      type="button"
      className="uxf-iconbutton"
      aria-label={label}
      aria-keyshortcuts={shortcut}
      data-tip={label}
      {...rest}
    >
      <Icon name={icon} />
    </button>
  );
}
