import { useEffect, useRef, type ReactElement } from 'react';
import { Icon, type IconName } from '../icons.tsx';
import type { AgentStep } from './steps.ts';

const MARK: Record<AgentStep['kind'], IconName> = {
  add: 'plus',
  connect: 'redo',
  change: 'check',
  remove: 'minus',
  look: 'info',
};

/** The steps as they land; the newest stays in view while the agent works. */
export function StepList({
  steps,
  active,
  planned,
  onShow,
}: {
  steps: readonly AgentStep[];
  active: boolean;
  planned: number;
  onShow: (nodeIds: readonly string[]) => void;
}): ReactElement | null {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const element = list.current;
    if (active && element && steps.length > 0) element.scrollTop = element.scrollHeight;
  }, [steps, active]);
  if (steps.length === 0) {
    return active ? (
      <p className="uxf-thinking">
        <i />
        <i />
        <i />
        <span>{planned > 0 ? `Planning ${planned} ${planned === 1 ? 'step' : 'steps'}` : 'Thinking'}</span>
      </p>
    ) : null;
  }
  return (
    <ol ref={list} className="uxf-steps" aria-label="Steps">
      {steps.map((step) => (
        <li key={step.id} className="uxf-step" data-kind={step.kind} data-pending={step.pending || undefined}>
          <span className="uxf-step__mark">
            <Icon name={MARK[step.kind]} size={12} />
          </span>
          {step.nodeIds.length > 0 ? (
            <button type="button" title={step.text} onClick={() => onShow(step.nodeIds)}>
              {step.text}
            </button>
          ) : (
            <span title={step.text}>{step.text}</span>
          )}
        </li>
      ))}
    </ol>
  );
}
