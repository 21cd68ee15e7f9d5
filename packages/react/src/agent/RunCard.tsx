import type { FlowDocument, Op } from '@uxflow/flow';
import { APIError, type Room } from '@uxflow/sdk';
import { useEffect, useState, type ReactElement } from 'react';
import { explain } from '../chrome/words.ts';
import { Icon, type IconName } from '../icons.tsx';
import { ProposalReview } from './ProposalReview.tsx';
import { isActive, type RunView } from './run-view.ts';
import { RunCost } from './RunCost.tsx';
import { StepList } from './StepList.tsx';

export interface RunCardProps {
  view: RunView;
  expanded: boolean;
  newest: boolean;
  readOnly: boolean;
  onToggle: () => void;
  onCancel: () => Promise<void>;
  document: FlowDocument;
  room: Room;
  onReview: (ops: readonly Op[] | null) => void;
  onRetry: () => void;
  onResume: () => void;
  onShow: (nodeIds: readonly string[]) => void;
  onUndo: () => void;
}

type Shown = 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled' | 'refused' | 'lost';
const STATUS = {
  queued: { text: 'Waiting its turn', icon: 'more' },
  running: { text: 'Working', icon: 'sparkle' },
  waiting: { text: 'Waiting for you', icon: 'more' },
  succeeded: { text: 'Done', icon: 'check' },
  failed: { text: 'Failed', icon: 'error' },
  cancelled: { text: 'Cancelled', icon: 'stop' },
  refused: { text: 'Not started', icon: 'error' },
  lost: { text: 'Connection lost', icon: 'offline' },
} as const satisfies Record<Shown, { text: string; icon: IconName }>;

function shownStatus({ run, failure }: RunView): Shown {
  if (failure !== null) return run === null ? 'refused' : 'lost';
  return run?.status ?? 'queued';
}

/** One run: what was asked, what happened, what it cost. */
export function RunCard(props: RunCardProps): ReactElement {
  const { view, expanded, newest } = props;
  const status = shownStatus(view);
  const active = isActive(view);
  const changes = view.steps.filter(({ kind }) => kind !== 'look').length;
  return (
    <article
      className="uxf-run"
      data-status={status}
      data-active={active || undefined}
      data-run-id={view.id}
      aria-label={view.prompt.slice(0, 80)}
    >
      <button
        type="button"
        className="uxf-run__head"
        aria-expanded={expanded}
        disabled={newest}
        onClick={props.onToggle}
      >
        <span className="uxf-run__prompt" title={view.prompt}>
          {view.prompt}
        </span>
        {!newest && <Icon name="chevron" size={14} />}
      </button>
      <div className="uxf-run__meta">
        <span
          className="uxf-status"
          data-testid="run-status"
          data-status={status === 'refused' || status === 'lost' ? 'failed' : status}
        >
          <Icon name={STATUS[status].icon} size={13} /> {STATUS[status].text}
        </span>
        <Elapsed view={view} active={active} />
        {!active && changes > 0 && (
          <span>
            {changes} {changes === 1 ? 'change' : 'changes'}
          </span>
        )}
        {active && view.run && <CancelButton onCancel={props.onCancel} />}
      </div>
      {expanded && (
        <div className="uxf-run__body">
          <StepList steps={view.steps} active={active} planned={view.planned} onShow={props.onShow} />
          {view.reply !== '' && <p className="uxf-run__reply">{view.reply}</p>}
          {view.run?.proposalId !== undefined && (
            <ProposalReview
              flowId={view.run.flowId}
              proposalId={view.run.proposalId}
              document={props.document}
              room={props.room}
              readOnly={props.readOnly}
              onReview={props.onReview}
              onShow={props.onShow}
            />
          )}
          <Unused sentences={view.unused.length > 0 ? view.unused : (view.run?.unused ?? [])} />
          <Failure view={view} onRetry={props.onRetry} onResume={props.onResume} readOnly={props.readOnly} />
        </div>
      )}
      {view.run && (
        <div className="uxf-run__foot">
          <RunCost run={view.run} running={active ? (view.cost ?? 0) : null} />
          {newest && !active && !props.readOnly && view.run.commitIds.length > 0 && (
            <button type="button" className="uxf-textbutton" onClick={props.onUndo}>
              <Icon name="undo" size={14} /> Undo this run
            </button>
          )}
        </div>
      )}
    </article>
  );
}

function CancelButton({ onCancel }: { onCancel: () => Promise<void> }): ReactElement {
  const [state, setState] = useState<'idle' | 'asked' | 'failed'>('idle');
  const cancel = (): void => {
    setState('asked');
    onCancel().catch(() => setState('failed'));
  };
  return (
    <button
      type="button"
      className="uxf-textbutton"
      data-testid="agent-cancel"
      disabled={state === 'asked'}
      onClick={cancel}
    >
      <Icon name="stop" size={14} />{' '}
      {state === 'asked' ? 'Cancelling…' : state === 'failed' ? 'Cancel again' : 'Cancel'}
    </button>
  );
}

function Unused({ sentences }: { sentences: readonly string[] }): ReactElement | null {
  if (sentences.length === 0) return null;
  return (
    <details className="uxf-unused">
      <summary>
        <Icon name="info" size={13} />{' '}
        {sentences.length === 1 ? '1 sentence was' : `${sentences.length} sentences were`} not used
      </summary>
      <ul>
        {sentences.map((sentence, index) => (
          <li key={index}>{sentence}</li>
        ))}
      </ul>
    </details>
  );
}

function Failure({
  view,
  onRetry,
  onResume,
  readOnly,
}: {
  view: RunView;
  onRetry: () => void;
  onResume: () => void;
  readOnly: boolean;
}): ReactElement | null {
  const { run, failure } = view;
  if (failure === null && run?.status !== 'failed') return null;
  const told =
    failure !== null
      ? explain(failure)
      : { title: '', text: run?.error?.detail ?? 'The agent gave no reason.', retry: true };
  const noCredits = failure instanceof APIError && failure.status === 402;
  const lost = failure !== null && run !== null;
  return (
    <div className="uxf-failure" role="alert" data-kind={noCredits ? 'credits' : undefined}>
      {told.title !== '' && <b>{told.title}</b>}
      <p>{lost ? 'The agent goes on without this window.' : told.text}</p>
      {!readOnly &&
        (lost ? (
          <button type="button" className="uxf-button" onClick={onResume}>
            Reconnect
          </button>
        ) : (
          <button type="button" className="uxf-button" onClick={onRetry}>
            Send again
          </button>
        ))}
    </div>
  );
}

function Elapsed({ view, active }: { view: RunView; active: boolean }): ReactElement | null {
  const { run } = view;
  // The server's clock may differ from this one; a run never began in the future.
  const [begun] = useState(() => Math.min(Date.now(), run ? Date.parse(run.createdAt) : Infinity));
  const [now, setNow] = useState(begun);
  useEffect(() => {
    if (!active) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [active]);
  const ended = run?.endedAt;
  if (!active && ended === undefined) return null;
  const milliseconds =
    run && ended !== undefined ? Date.parse(ended) - Date.parse(run.createdAt) : now - begun;
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  return (
    <span className="uxf-elapsed">
      {seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`}
    </span>
  );
}
