import { LIMITS, type Op } from '@uxflow/flow';
import type { LintIssue } from '@uxflow/flow/lint';
import { useState, type ReactElement } from 'react';
import { InlineTitle } from '../canvas/nodes/InlineTitle.tsx';
import { People } from '../chrome/People.tsx';
import { Icon } from '../icons.tsx';
import { LintBadge } from '../lint/LintBadge.tsx';
import type { Person } from '../room/people.ts';
import { SaveState, type SaveStateProps } from './SaveState.tsx';

export interface TopBarProps extends SaveStateProps {
  name: string;
  people: readonly Person[];
  lint: readonly LintIssue[] | null;
  /** Whether the agent panel is open; null when there is none. */
  panel: boolean | null;
  onRename: (name: string) => void;
  onTogglePanel: () => void;
  onShow: (nodeIds: readonly string[], edgeIds: readonly string[]) => void;
  onFix: (ops: Op[]) => void;
}

/** What this flow is called and whether it is saved, who is here, and the way to the agent. */
export function TopBar(props: TopBarProps): ReactElement {
  const { name, readOnly, panel } = props;
  const [renaming, setRenaming] = useState(false);
  return (
    <div className="uxf-top">
      <div className="uxf-dock uxf-name">
        {renaming ? (
          <InlineTitle
            value={name}
            editing
            label="Name of the flow"
            maxLength={LIMITS.title}
            onCommit={(value) => {
              setRenaming(false);
              props.onRename(value);
            }}
            onCancel={() => setRenaming(false)}
          />
        ) : (
          <button
            type="button"
            className="uxf-name__button"
            title={name}
            disabled={readOnly}
            aria-label={`Flow ${name}${readOnly ? '' : ', rename'}`}
            onClick={() => setRenaming(true)}
          >
            {name}
          </button>
        )}
        <SaveState status={props.status} pending={props.pending} readOnly={readOnly} />
      </div>
      <LintBadge issues={props.lint} readOnly={readOnly} onShow={props.onShow} onFix={props.onFix} />
      <span className="uxf-top__space" />
      <People people={props.people} />
      {panel === false && (
        <button
          type="button"
          className="uxf-button uxf-agentbutton"
          aria-expanded={false}
          aria-label="Open the agent panel"
          onClick={props.onTogglePanel}
        >
          <Icon name="sparkle" /> <span>Agent</span>
        </button>
      )}
    </div>
  );
}
