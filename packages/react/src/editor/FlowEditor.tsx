import type { Run } from '@uxflow/sdk';
import { ReactFlowProvider } from '@xyflow/react';
import type { CSSProperties, ReactElement } from 'react';
import { ErrorScreen, Skeleton } from '../chrome/states.tsx';
import { explain } from '../chrome/words.ts';
import { useUXFlowContext } from '../provider.tsx';
import { useRoom } from '../room/use-room.ts';
import { EditorBody } from './EditorBody.tsx';

export interface FlowEditorProps {
  /** The flow to open, `flw_…`. */
  flowId: string;
  /** Whether people can ask agents here. Default true. */
  agentPanel?: boolean | undefined;
  /** Shows the flow without letting it be changed. A token without `edit` permission has the same effect. */
  readOnly?: boolean | undefined;
  /** A run that this editor followed has ended, its credits settled. */
  onRunEnd?: ((run: Run) => void) | undefined;
  /** Anything that people are told about as an error: the room closed, a refused edit, a failed action. */
  onError?: ((error: unknown) => void) | undefined;
  className?: string | undefined;
  style?: CSSProperties | undefined;
}

/**
 * The editor of one flow, live with everyone else who has it open. It fills its parent, so give that a height.
 * Import `@uxflow/react/styles.css` once.
 */
export function FlowEditor(props: FlowEditorProps): ReactElement {
  const { theme, className } = useUXFlowContext();
  const classes = ['uxf-root', 'uxf-editor', className, props.className].filter(Boolean).join(' ');
  return (
    <div className={classes} style={props.style} data-uxf-theme={theme}>
      <OpenFlow key={props.flowId} {...props} />
    </div>
  );
}

function OpenFlow(props: FlowEditorProps): ReactElement {
  const live = useRoom(props.flowId);
  const { room, document } = live;
  if (room && document) {
    return (
      <ReactFlowProvider>
        <EditorBody {...props} live={live} room={room} document={document} />
      </ReactFlowProvider>
    );
  }
  if (live.status === 'closed')
    return <ErrorScreen explanation={explain(live.closedBecause)} onRetry={live.reopen} />;
  return <Skeleton />;
}
