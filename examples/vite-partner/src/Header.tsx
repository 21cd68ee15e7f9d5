import { CreditMeter } from '@uxflow/react';
import type { ReactElement } from 'react';
import type { Session } from './api.ts';
import { credits } from './credits.ts';
import type { Theme } from './use-theme.ts';

/** Micro-credits at which Acme wants to know. */
const LOW = 20_000_000;

export function Header({
  session,
  theme,
  onToggleTheme,
  onMenu,
  menu,
}: {
  session: Session | null;
  theme: Theme;
  onToggleTheme: () => void;
  onMenu: () => void;
  menu: boolean;
}): ReactElement {
  const name = session?.user.name ?? '';
  return (
    <header className="acme-header">
      <button
        type="button"
        className="acme-icon acme-menu"
        aria-label="Menu"
        aria-expanded={menu}
        onClick={onMenu}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M3 6h14M3 10h14M3 14h14" />
        </svg>
      </button>
      <span className="acme-logo">
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <rect width="24" height="24" rx="7" />
          <path d="M5.5 17 10.5 8l3 5 2-3 3 7" />
        </svg>
        Acme <span>Roadmaps</span>
      </span>
      <nav className="acme-nav" aria-label="Acme Roadmaps">
        <span>Roadmap</span>
        <span aria-current="page">Projects</span>
        <span>Releases</span>
        <span>Feedback</span>
      </nav>
      <span className="acme-space" />
      {session && (
        <CreditMeter
          source={credits}
          lowAt={LOW}
          onGetMore={session.user.admin ? () => (location.hash = '/billing') : undefined}
        />
      )}
      <button
        type="button"
        className="acme-icon"
        aria-label={theme === 'light' ? 'Switch to dark' : 'Switch to light'}
        onClick={onToggleTheme}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true">
          {theme === 'light' ? (
            <path d="M16.5 11.5A7 7 0 0 1 8.5 3.5a7 7 0 1 0 8 8Z" />
          ) : (
            <path d="M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M4.3 15.7l1.1-1.1M14.6 5.4l1.1-1.1" />
          )}
        </svg>
      </button>
      <span
        className="acme-user"
        role="img"
        title={session ? `${name}, ${session.user.role}` : undefined}
        aria-label={`Signed in as ${name}`}
      >
        {name
          .split(' ')
          .map((word) => word[0])
          .join('')}
      </span>
    </header>
  );
}
