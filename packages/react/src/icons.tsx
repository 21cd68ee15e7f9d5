import type { ReactElement } from 'react';

/** 16 × 16 line icons, one path each, drawn in the text colour. */
const PATHS = {
  start: 'M5 3.4v9.2c0 .4.4.6.7.4l7-4.6c.3-.2.3-.6 0-.8l-7-4.6c-.3-.2-.7 0-.7.4Z',
  end: 'M3.5 14.2V2.6M3.5 3.2h7.9c.5 0 .8.6.4 1L9.9 6.4l1.9 2.2c.4.4.1 1-.4 1H3.5',
  screen:
    'M2.5 4a1.5 1.5 0 0 1 1.5-1.5h8A1.5 1.5 0 0 1 13.5 4v8a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 12V4Zm0 2h11M4.7 4.3h0M6.6 4.3h0',
  action: 'M3.2 2.8l3.9 10 1.5-4.3 4.3-1.5-9.7-4.2ZM9 9l3.8 3.8',
  decision: 'M8 1.9 14.1 8 8 14.1 1.9 8 8 1.9ZM6.6 6.9c0-1.7 2.8-1.6 2.8.1 0 .9-1.4 1-1.4 2M8 10.7h0',
  system:
    'M3.5 2.5h9a1 1 0 0 1 1 1V6a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1V3.5a1 1 0 0 1 1-1ZM3.5 9h9a1 1 0 0 1 1 1v2.5a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1V10a1 1 0 0 1 1-1ZM5 4.75h0M5 11.25h0',
  subflow: 'M2.5 2.5h4.2v4.2H2.5V2.5ZM9.3 9.3h4.2v4.2H9.3V9.3ZM4.6 6.7v3.2c0 .8.7 1.5 1.5 1.5h3.2',
  note: 'M2.5 3.5a1 1 0 0 1 1-1h9a1 1 0 0 1 1 1v6l-4 4h-6a1 1 0 0 1-1-1v-9ZM9.5 13.3V10.5a1 1 0 0 1 1-1h2.8M5.2 5.6h5.6M5.2 8.2h3',
  undo: 'M6 3 2.8 6.2 6 9.4M3 6.2h6.6a3.6 3.6 0 0 1 0 7.2H6.5',
  redo: 'm10 3 3.2 3.2L10 9.4M13 6.2H6.4a3.6 3.6 0 0 0 0 7.2h3.1',
  layout:
    'M6.2 2.5h3.6v3H6.2v-3ZM2 10.5h3.6v3H2v-3ZM10.4 10.5H14v3h-3.6v-3ZM8 5.5V8M3.8 10.5V9a1 1 0 0 1 1-1h6.4a1 1 0 0 1 1 1v1.5',
  plus: 'M8 3.2v9.6M3.2 8h9.6',
  minus: 'M3.2 8h9.6',
  fit: 'M2.5 5.8V3.5a1 1 0 0 1 1-1h2.3M10.2 2.5h2.3a1 1 0 0 1 1 1v2.3M13.5 10.2v2.3a1 1 0 0 1-1 1h-2.3M5.8 13.5H3.5a1 1 0 0 1-1-1v-2.3',
  close: 'm4 4 8 8M12 4l-8 8',
  trash:
    'M2.8 4.3h10.4M6 4.3V2.8h4v1.5M4.2 4.3l.6 8.2a1 1 0 0 0 1 .9h4.4a1 1 0 0 0 1-.9l.6-8.2M6.7 7v3.8M9.3 7v3.8',
  check: 'm3 8.5 3.3 3.3L13 4.8',
  warning:
    'M7.1 2.9 1.7 12a1 1 0 0 0 .9 1.5h10.8a1 1 0 0 0 .9-1.5L8.9 2.9a1 1 0 0 0-1.8 0ZM8 6.3v3.2M8 11.5h0',
  error: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 5v3.6M8 10.9h0',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.5v3.6M8 5.1h0',
  sparkle:
    'M7 2.3c.5 3 1.6 4.2 4.7 4.7C8.6 7.5 7.5 8.7 7 11.7 6.5 8.7 5.4 7.5 2.3 7 5.4 6.5 6.5 5.3 7 2.3ZM12.2 10c.2 1.3.7 1.8 2 2-1.3.2-1.8.7-2 2-.2-1.3-.7-1.8-2-2 1.3-.2 1.8-.7 2-2Z',
  send: 'M8 13V3.3M3.7 7.5 8 3.2l4.3 4.3',
  stop: 'M4.5 5.5a1 1 0 0 1 1-1h5a1 1 0 0 1 1 1v5a1 1 0 0 1-1 1h-5a1 1 0 0 1-1-1v-5Z',
  chevron: 'm4.5 6.3 3.5 3.5 3.5-3.5',
  offline:
    'M2 2l12 12M3.9 8.6a6 6 0 0 1 2-1.3M1.9 6.2A9.3 9.3 0 0 1 4.3 4.6M7 3.6a9.2 9.2 0 0 1 7.1 2.6M10.3 7.4a6 6 0 0 1 1.8 1.2M6.2 10.8a2.7 2.7 0 0 1 3.3 0M8 12.9h0',
  pin: 'M9.7 2.2 13.8 6.3 11.3 7.2 8.9 9.6l-.5 3L3.4 7.6l3-.5 2.4-2.4.9-2.5ZM5.8 10.2 2.5 13.5',
  more: 'M3.5 8h0M8 8h0M12.5 8h0',
} as const;

export type IconName = keyof typeof PATHS;

/** Decorative: the control that holds it carries the accessible name. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }): ReactElement {
  return (
    <svg
      className="uxf-icon"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
