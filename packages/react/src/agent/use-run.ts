import { UXFlowError, type Room, type Run, type RunStream } from '@uxflow/sdk';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLatest } from '../canvas/use-latest.ts';
import { useUXFlow } from '../provider.tsx';
import { isActive, newView, withEvent, withRun, ENDED, type RunView } from './run-view.ts';

/** Runs of the past that are shown. */
const LISTED = 20;

export interface UseRunOptions {
  /** The flow's room: runs that others start then show up by themselves, and steps are told with the titles of its nodes. */
  room?: Room | null | undefined;
  onRunEnd?: ((run: Run) => void) | undefined;
}

export interface UseRun {
  /** Newest first. */
  runs: readonly RunView[];
  /** The newest run that has not ended. */
  active: RunView | null;
  /** `loading` until the runs of before are known; `error` when they could not be fetched. */
  status: 'loading' | 'ready' | 'error';
  /** Starts a run, by default in the mode `apply`; how it goes is told by `runs`. */
  start: (prompt: string, mode?: Run['mode']) => void;
  /** Asks a run to stop. Rejects when the server could not be told. */
  cancel: (id: string) => Promise<void>;
  /** Fetches the steps of a run of before. */
  open: (id: string) => void;
  /** Fetches the list anew. */
  refresh: () => void;
}

/** The agent runs of a flow: starts and follows them, and takes up those that were going on when the page was opened. */
export function useRun(flowId: string, options: UseRunOptions = {}): UseRun {
  const client = useUXFlow();
  const latest = useLatest(options);
  const [runs, setRuns] = useState<readonly RunView[]>([]);
  const [status, setStatus] = useState<UseRun['status']>('loading');
  const [shown, setShown] = useState({ client, flowId });
  if (shown.client !== client || shown.flowId !== flowId) {
    setShown({ client, flowId });
    setRuns([]);
    setStatus('loading');
  }
  const known = useLatest(runs);
  const followed = useRef(new Set<string>());
  const starting = useRef(0);
  const life = useRef(new AbortController());
  const { room } = options;

  const update = useCallback((id: string, change: (view: RunView) => RunView) => {
    setRuns((views) => views.map((view) => (view.id === id ? change(view) : view)));
  }, []);

  const follow = useCallback(
    async (stream: RunStream, id: string) => {
      if (followed.current.has(id)) return;
      followed.current.add(id);
      const { signal } = life.current;
      update(id, (view) => ({
        ...view,
        events: 'reading',
        steps: [],
        titles: {},
        planned: 0,
        turnStart: 0,
        reply: view.run && ENDED.includes(view.run.status) ? view.reply : '',
      }));
      const titleOf = (nodeId: string): string | undefined =>
        latest.current.room?.document?.nodes[nodeId]?.title;
      try {
        for await (const event of stream) update(id, (view) => withEvent(view, event, titleOf));
        const run = await stream.finalRun();
        if (signal.aborted) return;
        const before = known.current.find((view) => view.id === id);
        update(id, (view) => ({ ...withRun(view, run), events: 'read' }));
        if (before && isActive(before)) latest.current.onRunEnd?.(run);
      } catch (error) {
        // The run goes on without us; it can be taken up again.
        followed.current.delete(id);
        if (!signal.aborted)
          update(id, (view) => ({
            ...view,
            events: 'unread',
            failure: isActive(view) ? error : view.failure,
          }));
      }
    },
    [known, latest, update],
  );

  const resume = useCallback(
    (id: string) => {
      if (!followed.current.has(id)) void follow(client.runs.resume(id, { signal: life.current.signal }), id);
    },
    [client, follow],
  );

  const refresh = useCallback(() => {
    const { signal } = life.current;
    client.runs.list(flowId, { limit: LISTED }, { signal }).then(
      ({ data }) => {
        if (signal.aborted) return;
        setStatus('ready');
        setRuns((views) => merge(views, data));
        for (const run of data) if (!ENDED.includes(run.status)) resume(run.id);
      },
      (error: unknown) => {
        if (!signal.aborted) setStatus((current) => (current === 'ready' ? current : 'error'));
        if (!(error instanceof UXFlowError)) throw error;
      },
    );
  }, [client, flowId, resume]);

  useEffect(() => {
    life.current = new AbortController();
    followed.current = new Set();
    refresh();
    return () => life.current.abort();
  }, [refresh]);

  useEffect(
    () =>
      room?.on('run', ({ runId, status: now }) => {
        const view = known.current.find(({ id }) => id === runId);
        if (view?.run && !ENDED.includes(now as Run['status'])) {
          update(runId, (current) =>
            current.run ? withRun(current, { ...current.run, status: now as Run['status'] }) : current,
          );
        } else if (!view && starting.current === 0) refresh();
      }),
    [room, known, refresh, update],
  );

  const start = useCallback(
    (prompt: string, mode: Run['mode'] = 'apply') => {
      const draft = `draft-${Date.now()}-${Math.random().toString(36).slice(2)}`;
      const { signal } = life.current;
      setRuns((views) => [newView(draft, prompt, null), ...views]);
      starting.current += 1;
      const stream = client.runs.stream(flowId, { prompt, mode }, { signal });
      stream.created.then(
        (run) => {
          starting.current -= 1;
          setRuns((views) =>
            views.flatMap((view) => {
              if (view.id === draft) return [withRun({ ...view, id: run.id }, run)];
              // The room may have told of this run before the answer came.
              return view.id === run.id ? [] : [view];
            }),
          );
          void follow(stream, run.id);
        },
        (error: unknown) => {
          starting.current -= 1;
          if (!signal.aborted) update(draft, (view) => ({ ...view, failure: error }));
        },
      );
    },
    [client, flowId, follow, update],
  );

  const cancel = useCallback(
    async (id: string) => {
      const run = await client.runs.cancel(id);
      update(id, (view) => withRun(view, run));
    },
    [client, update],
  );

  const active = useMemo(() => runs.find(isActive) ?? null, [runs]);
  return { runs, active, status, start, cancel, open: resume, refresh };
}

/** What is shown, with what the server lists; drafts that it does not know yet stay on top. */
function merge(views: readonly RunView[], listed: readonly Run[]): RunView[] {
  const shown = new Map(views.map((view) => [view.id, view]));
  const ids = new Set(listed.map(({ id }) => id));
  const drafts = views.filter(({ id }) => !ids.has(id));
  return [
    ...drafts,
    ...listed.map((run) => {
      const view = shown.get(run.id);
      return view ? withRun(view, run) : newView(run.id, run.prompt, run);
    }),
  ];
}
