import type { FlowDocument, Op } from '@uxflow/flow';
import type { Room } from '@uxflow/sdk';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { IconButton } from '../chrome/IconButton.tsx';
import { Icon } from '../icons.tsx';
import { Composer } from './Composer.tsx';
import { RunCard } from './RunCard.tsx';
import type { UseRun } from './use-run.ts';

export interface AgentPanelProps {
  runs: UseRun;
  readOnly: boolean;
  /** What is being typed. */
  prompt: string;
  onPrompt: (prompt: string) => void;
  /** The flow has nothing in it yet. */
  empty: boolean;
  onShow: (nodeIds: readonly string[]) => void;
  /** The flow as it stands. */
  document: FlowDocument;
  room: Room;
  /** Told what is being reviewed, and null when nothing is any more. */
  onReview: (ops: readonly Op[] | null) => void;
  onUndoRun: (runId: string) => void;
  onClose: () => void;
}

/** Where people ask an agent, and see what it did, step by step and to the last credit. */
export function AgentPanel({
  runs,
  readOnly,
  prompt,
  onPrompt,
  empty,
  onShow,
  document,
  room,
  onReview,
  onUndoRun,
  onClose,
}: AgentPanelProps): ReactElement {
  const { active } = runs;
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => new Set());
  const newest = runs.runs[0];

  // The newest run is shown with its steps, also after a reload.
  const { open } = runs;
  const unread = newest?.events === 'unread' && newest.failure === null ? newest.id : null;
  useEffect(() => {
    if (unread !== null) open(unread);
  }, [unread, open]);

  const toggle = (id: string): void => {
    if (!opened.has(id)) open(id);
    setOpened((current) =>
      current.has(id) ? new Set([...current].filter((each) => each !== id)) : new Set([...current, id]),
    );
  };

  return (
    <aside className="uxf-panel" tabIndex={-1} data-working={active !== null || undefined} aria-label="Agent">
      <header className="uxf-panel__head">
        <span className="uxf-panel__title">
          <Icon name="sparkle" /> Agent
        </span>
        <IconButton icon="close" label="Close the agent panel" onClick={onClose} />
      </header>
      {readOnly ? (
        <p className="uxf-panel__note">
          You can look at this flow. To ask an agent for changes, you need permission to edit it.
        </p>
      ) : (
        <Composer
          prompt={prompt}
          onPrompt={onPrompt}
          busy={active !== null}
          showExamples={empty && runs.runs.length === 0}
          onSend={runs.start}
        />
      )}
      <div className="uxf-runs" role="group" aria-label="Agent runs" aria-busy={active !== null}>
        {runs.runs.map((view, index) => (
          <RunCard
            key={view.id}
            view={view}
            expanded={index === 0 || opened.has(view.id)}
            newest={index === 0}
            readOnly={readOnly}
            onToggle={() => toggle(view.id)}
            onCancel={() => runs.cancel(view.id)}
            document={document}
            room={room}
            onReview={onReview}
            onRetry={() => runs.start(view.prompt, view.run?.mode)}
            onResume={() => open(view.id)}
            onShow={onShow}
            onUndo={() => onUndoRun(view.id)}
          />
        ))}
        {runs.status === 'error' && (
          <div className="uxf-panel__note" role="alert">
            Earlier runs could not be loaded.{' '}
            <button type="button" className="uxf-link" onClick={runs.refresh}>
              Try again
            </button>
          </div>
        )}
      </div>
      <Announcer runs={runs} />
    </aside>
  );
}

const QUIET_MS = 900;

/** Tells screen readers the newest step, at a pace that can be listened to, and how the run ended. */
function Announcer({ runs }: { runs: UseRun }): ReactElement {
  const newest = runs.runs[0];
  const status = newest?.run?.status;
  const ended =
    status === 'succeeded'
      ? 'The agent has finished.'
      : status === 'failed'
        ? 'The run failed.'
        : status === 'cancelled'
          ? 'The run was cancelled.'
          : '';
  const text =
    newest === undefined ? '' : ended === '' ? (newest.steps.at(-1)?.text ?? 'The agent is working.') : ended;
  const [said, setSaid] = useState('');
  const first = useRef(true);
  useEffect(() => {
    // What had ended before the page was opened is no news.
    if (first.current && text === '') return undefined;
    if (first.current && ended !== '') {
      first.current = false;
      return undefined;
    }
    first.current = false;
    const timer = setTimeout(() => setSaid(text), QUIET_MS);
    return () => clearTimeout(timer);
  }, [text, ended]);
  return (
    <div className="uxf-sr" role="log" aria-live="polite" aria-label="What the agent does">
      {said}
    </div>
  );
}
