import { useReactFlow, useStore } from '@xyflow/react';
import type { ReactElement } from 'react';
import { IconButton } from '../chrome/IconButton.tsx';

/** Undo, redo, tidy up. */
export function HistoryBar({
  onUndo,
  onRedo,
  onLayout,
  arranging,
  empty,
}: {
  onUndo: () => void;
  onRedo: () => void;
  onLayout: () => void;
  arranging: boolean;
  empty: boolean;
}): ReactElement {
  return (
    <div className="uxf-dock uxf-history" role="toolbar" aria-label="Edit">
      <IconButton icon="undo" label="Undo" shortcut="Control+Z Meta+Z" data-testid="undo" onClick={onUndo} />
      <IconButton
        icon="redo"
        label="Redo"
        shortcut="Control+Shift+Z Meta+Shift+Z"
        data-testid="redo"
        onClick={onRedo}
      />
      <span className="uxf-dock__line" aria-hidden="true" />
      <IconButton
        icon="layout"
        label="Arrange automatically"
        data-testid="layout"
        disabled={arranging || empty}
        onClick={onLayout}
      />
    </div>
  );
}

export function ZoomBar({ onFit }: { onFit: () => void }): ReactElement {
  const flow = useReactFlow();
  const zoom = useStore((state) => Math.round(state.transform[2] * 100));
  return (
    <div className="uxf-dock uxf-zoom" role="toolbar" aria-label="View">
      <IconButton icon="minus" label="Zoom out" onClick={() => void flow.zoomOut({ duration: 150 })} />
      <button
        type="button"
        className="uxf-zoom__level"
        aria-label={`Zoom ${zoom} %, reset to 100 %`}
        data-tip="Reset zoom"
        onClick={() => void flow.zoomTo(1, { duration: 200 })}
      >
        {zoom}%
      </button>
      <IconButton icon="plus" label="Zoom in" onClick={() => void flow.zoomIn({ duration: 150 })} />
      <span className="uxf-dock__line" aria-hidden="true" />
      <IconButton icon="fit" label="Show everything" onClick={() => onFit()} />
    </div>
  );
}
