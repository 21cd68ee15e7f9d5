import type { NodeType } from '@uxflow/flow';
import type { ReactElement } from 'react';
import { NODE_TYPE_TEXT, PALETTE } from '../edit/node-types.ts';
import { Icon } from '../icons.tsx';

/** The drag data's type; its value is the node type. */
export const DRAGGED_TYPE = 'application/x-uxflow-node-type';

/** The eight steps: click adds one in the middle of the view, dragging puts it where it is dropped. */
export function Palette({ onAdd }: { onAdd: (type: NodeType) => void }): ReactElement {
  return (
    <div className="uxf-dock uxf-palette" role="toolbar" aria-label="Add a step" aria-orientation="vertical">
      {PALETTE.map((type) => (
        <button
          key={type}
          type="button"
          className="uxf-palette__item"
          data-type={type}
          draggable
          aria-label={`Add ${NODE_TYPE_TEXT[type].name.toLowerCase()}`}
          data-tip={NODE_TYPE_TEXT[type].name}
          onClick={() => onAdd(type)}
          onDragStart={(event) => {
            event.dataTransfer.setData(DRAGGED_TYPE, type);
            event.dataTransfer.effectAllowed = 'copy';
          }}
        >
          <Icon name={type} />
        </button>
      ))}
    </div>
  );
}
