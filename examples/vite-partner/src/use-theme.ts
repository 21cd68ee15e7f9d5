import { useCallback, useEffect, useState } from 'react';

export type Theme = 'light' | 'dark';

function initial(): Theme {
  const kept = localStorage.getItem('acme-theme');
  if (kept === 'light' || kept === 'dark') return kept;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** The theme of the whole page, kept for the next visit. */
export function useTheme(): [Theme, () => void] {
  const [theme, setTheme] = useState<Theme>(initial);
  useEffect(() => {
    document.documentElement.style.colorScheme = theme;
    localStorage.setItem('acme-theme', theme);
  }, [theme]);
  const toggle = useCallback(() => setTheme((current) => (current === 'light' ? 'dark' : 'light')), []);
  return [theme, toggle];
}
