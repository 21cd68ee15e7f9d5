import { useCallback, useMemo, useRef, useState } from 'react';

export interface Toast {
  id: number;
  kind: 'error' | 'info';
  title: string;
  text?: string;
}
export interface Toasts {
  toasts: readonly Toast[];
  show: (toast: Omit<Toast, 'id'>) => void;
  dismiss: (id: number) => void;
}

const SHOWN = 3;

/** The newest few messages; the same one again replaces the first. */
export function useToasts(): Toasts {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const next = useRef(1);
  const dismiss = useCallback(
    (id: number) => setToasts((current) => current.filter((toast) => toast.id !== id)),
    [],
  );
  const show = useCallback((toast: Omit<Toast, 'id'>) => {
    const id = next.current;
    next.current += 1;
    setToasts((current) => {
      const others = current.filter(({ title, text }) => title !== toast.title || text !== toast.text);
      return [...others, { ...toast, id }].slice(-SHOWN);
    });
  }, []);
  return useMemo(() => ({ toasts, show, dismiss }), [toasts, show, dismiss]);
}
