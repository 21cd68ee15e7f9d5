import { useEffect, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';

export interface InlineTitleProps {
  value: string;
  editing: boolean;
  /** Accessible name of the field while typing. */
  label: string;
  maxLength: number;
  /** Lines shown before the rest is cut; the whole text is in the tooltip. */
  lines?: number;
  placeholder?: string;
  onCommit: (value: string) => void;
  onCancel: () => void;
}

/** Text that turns into a field in place: Enter or leaving it keeps the text, Escape gives it up. */
export function InlineTitle(props: InlineTitleProps): ReactElement {
  if (props.editing) return <TitleField {...props} />;
  return (
    <span className="uxf-title" style={{ WebkitLineClamp: props.lines ?? 2 }} title={props.value}>
      {props.value}
    </span>
  );
}

function TitleField({
  value,
  label,
  maxLength,
  placeholder,
  onCommit,
  onCancel,
}: InlineTitleProps): ReactElement {
  const [draft, setDraft] = useState(value);
  const field = useRef<HTMLTextAreaElement>(null);
  // Enter unmounts the field, which blurs it: the end is told once.
  const ended = useRef(false);

  useEffect(() => {
    // After React Flow has handled the click that opened the field.
    const frame = requestAnimationFrame(() => {
      field.current?.focus({ preventScroll: true });
      field.current?.select();
    });
    return () => cancelAnimationFrame(frame);
  }, []);

  const end = (keep: boolean): void => {
    if (ended.current) return;
    ended.current = true;
    if (keep) onCommit(draft);
    else onCancel();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      end(true);
    } else if (event.key === 'Escape') end(false);
  };

  return (
    <textarea
      ref={field}
      className="uxf-title-field nodrag nopan nowheel"
      value={draft}
      aria-label={label}
      rows={1}
      maxLength={maxLength}
      placeholder={placeholder}
      onChange={(event) => setDraft(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => end(true)}
    />
  );
}
