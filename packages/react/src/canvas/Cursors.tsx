import type { Point } from '@uxflow/flow';
import { useStore, ViewportPortal } from '@xyflow/react';
import type { ReactElement } from 'react';
import { peerStyle } from '../room/peer-style.ts';

export interface Cursor {
  peerId: string;
  name: string;
  color: string;
  at: Point;
}

/** Where the others point, at the same size whatever the zoom. */
export function Cursors({ cursors }: { cursors: readonly Cursor[] }): ReactElement | null {
  const zoom = useStore((state) => state.transform[2]);
  if (cursors.length === 0) return null;
  return (
    <ViewportPortal>
      {cursors.map(({ peerId, name, color, at }) => (
        <div
          key={peerId}
          className="uxf-cursor"
          data-peer-id={peerId}
          style={peerStyle(color, { transform: `translate(${at.x}px, ${at.y}px) scale(${1 / zoom})` })}
          aria-hidden="true"
        >
          <svg width="16" height="18" viewBox="0 0 16 18">
            <path d="M1.5 1.5 14 8.3 8.2 9.7 5.4 15.5Z" />
          </svg>
          <span>{name}</span>
        </div>
      ))}
    </ViewportPortal>
  );
}
