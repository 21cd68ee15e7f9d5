import type { NodeType, Point } from '@uxflow/flow';
import { useEffect, useRef, type KeyboardEvent, type ReactElement } from 'react';
import { NODE_TYPE_TEXT, PALETTE } from '../edit/node-types.ts';
import { Icon } from '../icons.tsx';

export interface AddRequest {
  /** Where the step will be, in canvas pixels. */
  at: Point;
  /** Where the menu opens, in pixels from the surface's corner. */
  left: number;
  top: number;
  /** The step that the new one is to follow. */
  from?: string;
}

/** Pixels at most. */
export const ADD_MENU = { width: 236, height: 372 } as const;

/** Asks which step to add here. Arrow keys, Enter and Escape work as in any menu. */
export function AddMenu({
  request,
  onChoose,
  onClose,
}: {
  request: AddRequest;
  onChoose: (type: NodeType) => void;
  onClose: () => void;
}): ReactElement {
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    menu.current?.querySelector('button')?.focus();
  }, []);

  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    const buttons = [...(menu.current?.querySelectorAll('button') ?? [])];
    const index = buttons.findIndex((button) => button === document.activeElement);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      buttons[(index + step + buttons.length) % buttons.length]?.focus();
    } else if (event.key === 'Escape') onClose();
  };
  return (
    <div
      ref={menu}
      className="uxf-menu"
      role="menu"
      aria-label="Add a step here"
      tabIndex={-1}
      style={{ left: request.left, top: request.top, width: ADD_MENU.width }}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onClose();
      }}
    >
      {PALETTE.filter((type) => request.from === undefined || (type !== 'start' && type !== 'note')).map(
        (type) => (
          <button
            key={type}
            type="button"
            role="menuitem"
            className="uxf-menu__item"
            data-type={type}
            onClick={() => onChoose(type)}
          >
            <span className="uxf-badge">
              <Icon name={type} size={14} />
            </span>
            <span>
              <b>{NODE_TYPE_TEXT[type].name}</b>
              <small>{NODE_TYPE_TEXT[type].hint}</small>
            </span>
          </button>
        ),
      )}
    </div>
  );
}
