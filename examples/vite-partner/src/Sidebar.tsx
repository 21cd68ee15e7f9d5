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
  open,
  onNew,
  onClose,
}: {
  flows: readonly FlowItem[];
  current: string | null;
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
              <span className="acme-project" aria-current={index === 0 ? 'true' : undefined}>
                <i style={{ background: color }} />
                {name}
              </span>
            </li>
          ))}
        </ul>
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
