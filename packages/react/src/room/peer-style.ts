import type { CSSProperties } from 'react';

/** Hands somebody's colour to the style sheet. React's types know no custom properties. */
export function peerStyle(color: string, rest: CSSProperties = {}): CSSProperties {
  return { ...rest, '--uxf-peer': color } as CSSProperties;
}
