// Every component here needs the browser once it runs: frameworks with server components are told so.
'use client';

export { UXFlowProvider, useUXFlow, type Theme, type UXFlowProviderProps } from './provider.tsx';
export { FlowEditor, type FlowEditorProps } from './editor/FlowEditor.tsx';
export { BillingPanel, type BillingPanelProps } from './billing/BillingPanel.tsx';
export { CreditMeter, type CreditMeterProps } from './credits/CreditMeter.tsx';
export { useCredits } from './credits/use-credits.ts';
export { useRoom, type UseRoom } from './room/use-room.ts';
export { useRun, type UseRun, type UseRunOptions } from './agent/use-run.ts';
export type { RunView } from './agent/run-view.ts';
export type { AgentStep } from './agent/steps.ts';
