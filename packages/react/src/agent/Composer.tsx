import type { Run } from '@uxflow/sdk';
import { useId, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { Icon } from '../icons.tsx';

/** What the API takes, in characters. */
const MAX_PROMPT = 20_000;
/** The counter appears when this many are left. */
const COUNTED = 2_000;

/** The key that sends, as it is written on this machine's keyboard. */
const COMMAND =
  typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';

const EXAMPLES = [
  {
    name: 'Sign-up',
    prompt:
      'A visitor signs up with e-mail and password. We send a code. If the code is wrong three times, block for ten minutes. If it is right, show the dashboard.',
  },
  {
    name: 'Checkout',
    prompt:
      'A shopper opens the cart and enters the shipping address. They choose a payment method. If the payment fails, show an error and go back to the payment method. Otherwise confirm the order and send a receipt.',
  },
  {
    name: 'Invite a teammate',
    prompt:
      '1. Open team settings\n2. Enter a colleague’s e-mail\n3. Send the invitation\n4. If the colleague has no account, they sign up first\n5. The colleague joins the workspace',
  },
] as const;

/** The prompt. Ctrl or ⌘ and Enter sends it. */
export function Composer({
  prompt,
  onPrompt,
  busy,
  showExamples,
  onSend,
}: {
  prompt: string;
  onPrompt: (prompt: string) => void;
  busy: boolean;
  showExamples: boolean;
  onSend: (prompt: string, mode: Run['mode']) => void;
}): ReactElement {
  const [review, setReview] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const hint = useId();
  const left = MAX_PROMPT - prompt.length;
  const ready = prompt.trim() !== '' && left >= 0 && !busy;

  const send = (): void => {
    if (!ready) return;
    onSend(prompt.trim(), review ? 'propose' : 'apply');
    onPrompt('');
    // Here the button is about to be disabled, which would drop the focus; on a touch screen the field would keep the
    // keyboard over the canvas.
    if (matchMedia('(pointer: coarse)').matches)
      form.current?.closest<HTMLElement>('.uxf-panel')?.focus({ preventScroll: true });
    else field.current?.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      send();
    }
  };

  return (
    <form
      ref={form}
      className="uxf-composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="uxf-composer__box" data-over={left < 0 || undefined}>
        <textarea
          ref={field}
          data-testid="agent-prompt"
          aria-label="What should the agent draw or change?"
          rows={3}
          value={prompt}
          aria-describedby={hint}
          aria-invalid={left < 0 || undefined}
          placeholder="Describe a flow, or what to change…"
          onChange={(event) => onPrompt(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <div className="uxf-composer__foot">
          <span id={hint} className="uxf-composer__hint" data-over={left < 0 || undefined}>
            {left < COUNTED ? (
              left < 0 ? (
                `${-left} characters too many`
              ) : (
                `${left} characters left`
              )
            ) : busy ? (
              'The agent is working'
            ) : (
              <span className="uxf-composer__keys">
                <kbd>{COMMAND}</kbd> <kbd>↵</kbd> to send
              </span>
            )}
          </span>
          <button
            type="submit"
            className="uxf-send"
            data-testid="agent-send"
            aria-label="Send to the agent"
            disabled={!ready}
          >
            <Icon name="send" />
          </button>
        </div>
      </div>
      <label className="uxf-composer__mode">
        <input
          type="checkbox"
          data-testid="agent-review"
          checked={review}
          onChange={(event) => setReview(event.target.checked)}
        />
        Let me review the changes first
      </label>
      {showExamples && (
        <div className="uxf-examples" role="group" aria-label="Examples">
          <span>Try</span>
          {EXAMPLES.map((example) => (
            <button
              key={example.name}
              type="button"
              className="uxf-chipbutton"
              title={example.prompt}
              onClick={() => {
                onPrompt(example.prompt);
                field.current?.focus();
              }}
            >
              {example.name}
            </button>
          ))}
        </div>
      )}
    </form>
  );
}
