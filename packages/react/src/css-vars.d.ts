import 'react';

declare module 'react' {
  interface CSSProperties {
    /** The colour of somebody else in the room. */
    '--uxf-peer'?: string;
  }
}
