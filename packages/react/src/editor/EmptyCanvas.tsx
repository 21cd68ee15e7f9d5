import type { NodeType } from '@uxflow/flow';
import type { ReactElement } from 'react';
import { Icon } from '../icons.tsx';

/** What to do with a flow that has nothing in it. */
export function EmptyCanvas({
  readOnly,
  agent,
  onAdd,
}: {
  readOnly: boolean;
  agent: boolean;
  onAdd: (type: NodeType) => void;
}): ReactElement {
  return (
    <div className="uxf-empty">
      <svg width="132" height="92" viewBox="0 0 132 92" aria-hidden="true">
        <rect x="41" y="1.5" width="50" height="19" rx="9.5" />
        <path d="M66 21v11M62.5 29l3.5 4 3.5-4" />
        <path d="M66 35.5 93 50 66 64.5 39 50Z" />
        <path d="M39 50H22v14M93 50h17v14" />
        <rect x="4" y="65" width="36" height="25" rx="5" />
        <rect x="92" y="65" width="36" height="25" rx="5" />
        <path d="M4 72h36M92 72h36" />
      </svg>
      <h2>This flow is empty</h2>
      <p>
        {readOnly
          ? 'Nothing has been drawn here yet.'
          : agent
            ? 'Describe it to the agent, or draw the first step yourself.'
            : 'Draw the first step. Double-click anywhere to add one.'}
      </p>
      {!readOnly && (
        <button type="button" className="uxf-button" onClick={() => onAdd('start')}>
          <Icon name="plus" size={14} /> Add a start
        </button>
      )}
    </div>
  );
}
