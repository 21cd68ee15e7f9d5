import type { FlowDocument, NodeType, Op } from '@uxflow/flow';
import type { Room } from '@uxflow/sdk';
import {
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ReactElement,
} from 'react';
import { useRun } from '../agent/use-run.ts';
import { Canvas } from '../canvas/Canvas.tsx';
import type { Selection } from '../canvas/props.ts';
import { Palette } from '../canvas/Palette.tsx';
import { useLatest } from '../canvas/use-latest.ts';
import { useCanvasView } from '../canvas/use-view.ts';
import { PartBoundary, PartMissing } from '../chrome/PartBoundary.tsx';
import { ToastStack } from '../chrome/ToastStack.tsx';
import { useLint } from '../lint/use-lint.ts';
import { cursorsOf, peopleOf, selectionsOf } from '../room/people.ts';
import type { UseRoom } from '../room/use-room.ts';
import { renameFlow } from '../edit/ops.ts';
import type { FlowEditorProps } from './FlowEditor.tsx';
import { HistoryBar, ZoomBar } from './Bars.tsx';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { EmptyCanvas } from './EmptyCanvas.tsx';
import { TopBar } from './TopBar.tsx';
import { useEdits } from './use-edits.ts';
import { useStatusAfterGrace } from './use-grace.ts';
import { useShowOnCanvas } from './use-show.ts';

const Inspector = lazy(() => import('../edit/Inspector.tsx'));
const AgentPanel = lazy(() =>
  import('../agent/AgentPanel.tsx').then((module) => ({ default: module.AgentPanel })),
);

/** Below this width the agent panel is a sheet over the canvas, closed at first. */
const NARROW = 720;
/** How long something must stay selected before its fields open. */
const INSPECT_MS = 260;
const NOTHING: Selection = { nodeIds: [], edgeIds: [] };

export interface EditorBodyProps extends FlowEditorProps {
  live: UseRoom;
  room: Room;
  document: FlowDocument;
}

/** The editor once its flow is there. */
export function EditorBody(props: EditorBodyProps): ReactElement {
  const { live, room, document, flowId, agentPanel = true } = props;
  const readOnly = props.readOnly === true || live.permission !== 'edit' || live.status === 'closed';
  const status = useStatusAfterGrace(live.status);
  const view = useCanvasView();
  const latest = useLatest(props);
  const edits = useEdits(room, flowId, latest);
  const runs = useRun(flowId, { room, onRunEnd: props.onRunEnd });
  const lint = useLint(document);
  const show = useShowOnCanvas(latest);
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const [editingId, setEditingId] = useState<string | null>(null);
  // Known once the editor's width is; the canvas waits for it, so that the flow is fitted into the room it has.
  const [panel, setPanel] = useState<boolean | null>(null);
  const [inspected, setInspected] = useState<Selection | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const [addRequest, setAddRequest] = useState<{ type: NodeType } | null>(null);
  const add = useCallback((type: NodeType) => setAddRequest({ type }), []);

  // What is typed to the agent outlives the panel, which may be closed meanwhile.
  const [prompt, setPrompt] = useState('');
  const [proposed, setProposed] = useState<readonly Op[] | null>(null);

  useLayoutEffect(() => {
    const body = root.current;
    if (!body) return undefined;
    let wide = body.clientWidth >= NARROW;
    setPanel(wide);
    const observer = new ResizeObserver(() => {
      if (body.clientWidth >= NARROW === wide) return;
      wide = !wide;
      // Never away from under somebody's hands.
      if (wide || !body.querySelector('.uxf-panel')?.contains(body.ownerDocument.activeElement))
        setPanel(wide);
    });
    observer.observe(body);
    return () => observer.disconnect();
  }, []);

  const select = useCallback(
    (chosen: Selection) => {
      setSelection(chosen);
      room.setPresence({ selection: [...chosen.nodeIds, ...chosen.edgeIds] });
    },
    [room],
  );

  // A moment later, so that it never slides under the second click of a double click, nor flickers during a drag.
  useEffect(() => {
    const timer = setTimeout(() => setInspected(selection), INSPECT_MS);
    return () => clearTimeout(timer);
  }, [selection]);

  const issues = lint.byNode;
  const peerKey = live.peers;
  const peers = useStableSelections(useMemo(() => selectionsOf(peerKey), [peerKey]));
  const cursors = useMemo(() => cursorsOf(peerKey), [peerKey]);
  const people = useMemo(() => peopleOf(peerKey), [peerKey]);

  // Selected things that somebody else has deleted are no longer selected.
  const present = useMemo(
    () => ({
      nodeIds: selection.nodeIds.filter((id) => document.nodes[id]),
      edgeIds: selection.edgeIds.filter((id) => document.edges[id]),
    }),
    [selection, document],
  );

  useEffect(() => room.on('refused', ({ error }) => edits.fail(error)), [room, edits]);

  // Where nothing can be kept, a closed page loses what it has not sent.
  const unkept = live.pending > 0 && !live.kept;
  useEffect(() => {
    if (!unkept) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unkept]);

  const empty = Object.keys(document.nodes).length === 0;
  return (
    <div ref={root} className="uxf-body" data-readonly={readOnly || undefined}>
      {panel !== null && (
        <div className="uxf-stage">
          <Canvas
            document={document}
            readOnly={readOnly}
            selection={present}
            editingId={editingId}
            issues={issues}
            peers={peers}
            cursors={cursors}
            proposed={proposed}
            following={runs.active !== null}
            view={view}
            selectRequest={show.request}
            addRequest={addRequest}
            onSelect={select}
            onEdit={setEditingId}
            onOps={edits.commit}
            onNotice={edits.notice}
            onUndo={edits.undo}
            onRedo={edits.redo}
            onCursor={(cursor) => room.setPresence({ cursor })}
          >
            {empty && <EmptyCanvas readOnly={readOnly} agent={agentPanel} onAdd={add} />}
          </Canvas>
          <TopBar
            name={document.name}
            readOnly={readOnly}
            status={status}
            pending={live.pending}
            people={people}
            lint={lint.issues}
            panel={agentPanel ? panel : null}
            onRename={(name) => edits.commit(renameFlow(document, name))}
            onTogglePanel={() => setPanel(!panel)}
            onShow={show.show}
            onFix={edits.commit}
          />
          {!readOnly && <Palette onAdd={add} />}
          {!readOnly && (
            <HistoryBar
              onUndo={edits.undo}
              onRedo={edits.redo}
              onLayout={edits.arrange}
              arranging={edits.arranging}
              empty={empty}
            />
          )}
          <ZoomBar onFit={view.fit} />
          {!readOnly &&
            inspected === selection &&
            editingId === null &&
            present.nodeIds.length + present.edgeIds.length > 0 && (
              <PartBoundary
                onError={props.onError}
                fallback={
                  <section className="uxf-inspector" aria-label="Inspector">
                    <PartMissing />
                  </section>
                }
              >
                <Suspense fallback={null}>
                  <Inspector
                    document={document}
                    nodeIds={present.nodeIds}
                    edgeIds={present.edgeIds}
                    onOps={edits.commit}
                    onClose={() => setInspected(null)}
                  />
                </Suspense>
              </PartBoundary>
            )}
          <ConnectionBanner status={status} live={live} onDismiss={room.dismiss} />
          <ToastStack toasts={edits.toasts} dismiss={edits.dismiss} />
        </div>
      )}
      {agentPanel && panel && (
        <PartBoundary
          onError={props.onError}
          fallback={
            <aside className="uxf-panel" aria-label="Agent">
              <PartMissing />
            </aside>
          }
        >
          <Suspense fallback={<aside className="uxf-panel" aria-label="Agent" aria-busy="true" />}>
            <AgentPanel
              runs={runs}
              prompt={prompt}
              onPrompt={setPrompt}
              readOnly={readOnly}
              empty={empty}
              onShow={show.show}
              document={document}
              room={room}
              onReview={setProposed}
              onUndoRun={edits.undoRun}
              onClose={() => setPanel(false)}
            />
          </Suspense>
        </PartBoundary>
      )}
    </div>
  );
}

/** Cursors move all the time; the selections keep their object until they change, so that no node is drawn anew. */
function useStableSelections<T extends ReadonlyMap<string, readonly { peerId: string }[]>>(next: T): T {
  const [kept, setKept] = useState(next);
  const key = (map: T): string =>
    [...map].map(([id, marks]) => `${id}=${marks.map(({ peerId }) => peerId).join()}`).join(';');
  if (kept === next || key(kept) === key(next)) return kept;
  setKept(next);
  return next;
}
