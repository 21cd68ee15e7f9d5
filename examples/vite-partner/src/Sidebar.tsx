import type { ReactElement } from 'react';
import type { FlowItem } from './api.ts';

const PROJECTS = [
  { name: 'Checkout revamp', color: '#1c6b4f' },
  { name: 'Mobile app 3.0', color: '#b4622d' },
  { name: 'Self-serve trials', color: '#4a5fc1' },
  { name: 'Partner portal', color: '#9a3b78' },
];

export function Sidebar({
  flows,
  current,
  billing,
  open,
  onNew,
  onClose,
}: {
  flows: readonly FlowItem[];
  current: string | null;
  /** The billing page is shown; null for people who have none. */
  billing: boolean | null;
  open: boolean;
  onNew: () => void;
  onClose: () => void;
}): ReactElement {
  return (
    <>
      {open && <button type="button" className="acme-scrim" aria-label="Close the menu" onClick={onClose} />}
      <aside className="acme-sidebar" data-open={open || undefined}>
        <h2>Projects</h2>
        <ul>
          {PROJECTS.map(({ name, color }, index) => (
            <li key={name}>
              <span
                className="acme-project"
                aria-current={index === 0 && billing !== true ? 'true' : undefined}
              >
                <i style={{ background: color }} />
                {name}
              </span>
            </li>
          ))}
        </ul>
        {billing !== null && (
          <>
            <h2>Workspace</h2>
            <ul>
              <li>
                <a href="#/billing" aria-current={billing ? 'page' : undefined} onClick={onClose}>
                  <svg viewBox="0 0 20 20" aria-hidden="true">
                    <path d="M2.5 5.5a1 1 0 0 1 1-1h13a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-13a1 1 0 0 1-1-1v-9ZM2.5 8.5h15M5.5 12.5h3" />
                  </svg>
                  <span>Plan and credits</span>
                </a>
              </li>
            </ul>
          </>
        )}
        <h2>
          Flows{' '}
          <button type="button" className="acme-new" onClick={onNew}>
            New flow
          </button>
        </h2>
        <ul className="acme-flows">
          {flows.map(({ id, name }) => (
            <li key={id}>
              <a
                href={`#${id}`}
                aria-current={id === current ? 'page' : undefined}
                title={name}
                onClick={onClose}
              >
                <svg viewBox="0 0 20 20" aria-hidden="true">
                  <path d="M7.5 3h5v3.5h-5V3ZM2.5 13.5h5V17h-5v-3.5ZM12.5 13.5h5V17h-5v-3.5ZM10 6.5V10M5 13.5V10h10v3.5" />
                </svg>
                <span>{name}</span>
              </a>
            </li>
          ))}
        </ul>
      </aside>
    </>
  );
}
