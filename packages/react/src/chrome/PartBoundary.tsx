import { Component, type ReactNode } from 'react';

interface Props {
  fallback: ReactNode;
  onError?: ((error: unknown) => void) | undefined;
  children: ReactNode;
}

/**
 * Keeps the editor alive when a part of it that is loaded later cannot be had, as after a new release of the page
 * that embeds it. React knows this only of classes.
 */
export class PartBoundary extends Component<Props, { failed: boolean }> {
  override state: { failed: boolean } = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: unknown): void {
    this.props.onError?.(error);
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}

/** Said in the place of the part that is missing. */
export function PartMissing(): ReactNode {
  return (
    <p className="uxf-panel__note" role="alert">
      This part of the editor could not be loaded. Your work is safe: reload the page to go on.
    </p>
  );
}
