import type { EdgeTrigger, NodeType } from '../../document/types.ts';

/** How a line is set: as text, squeezed to `length` pixels where that is given, or as a bar for what nobody could read. */
export type SetLine = { line: string; length?: number } | { bar: number };

/**
 * A font whose glyphs are known, for pictures that are drawn with exactly that font: sets one line so that it can be
 * shown and fits. Without one, the reader's own font does as it can.
 */
export interface Typeface {
  set(line: string, size: number, weight: number, room: number): SetLine;
}
interface Paint {
  fill: string;
  stroke: string;
  text: string;
}
export interface Theme {
  background: string;
  shadow: string;
  nodes: Readonly<Record<NodeType, Paint>>;
  /** What is drawn inside a screen: its header, placeholder bars and fields. */
  screen: { header: string; bar: string; muted: string; accent: string };
  edge: string;
  edges: Readonly<Partial<Record<EdgeTrigger, string>>>;
  label: string;
  frame: Paint;
  typeface?: Typeface | undefined;
}

/** Text and fill of every pair have a contrast of at least 4.5 : 1 (WCAG 2.2 SC 1.4.3). */
export const THEMES: Readonly<Record<'light' | 'dark', Theme>> = {
  light: {
    background: '#f8fafc',
    shadow: 'rgba(15,23,42,0.07)',
    nodes: {
      start: { fill: '#15803d', stroke: '#166534', text: '#ffffff' },
      end: { fill: '#1e293b', stroke: '#0f172a', text: '#ffffff' },
      screen: { fill: '#ffffff', stroke: '#6366f1', text: '#1e1b4b' },
      action: { fill: '#eff6ff', stroke: '#60a5fa', text: '#172554' },
      decision: { fill: '#fffbeb', stroke: '#f59e0b', text: '#451a03' },
      system: { fill: '#f1f5f9', stroke: '#94a3b8', text: '#0f172a' },
      subflow: { fill: '#faf5ff', stroke: '#a78bfa', text: '#2e1065' },
      note: { fill: '#fef9c3', stroke: '#eab308', text: '#422006' },
    },
    screen: { header: '#eef2ff', bar: '#e2e8f0', muted: '#64748b', accent: '#818cf8' },
    edge: '#64748b',
    edges: { error: '#c81e1e', timeout: '#b45309', success: '#15803d' },
    label: '#334155',
    frame: { fill: '#f1f5f9', stroke: '#cbd5e1', text: '#475569' },
  },
  dark: {
    background: '#0b1120',
    shadow: 'rgba(0,0,0,0.35)',
    nodes: {
      start: { fill: '#15803d', stroke: '#22c55e', text: '#ffffff' },
      end: { fill: '#e2e8f0', stroke: '#f8fafc', text: '#0f172a' },
      screen: { fill: '#1a2036', stroke: '#818cf8', text: '#e0e7ff' },
      action: { fill: '#14213d', stroke: '#3b82f6', text: '#dbeafe' },
      decision: { fill: '#2b1d0b', stroke: '#f59e0b', text: '#fef3c7' },
      system: { fill: '#1e293b', stroke: '#64748b', text: '#e2e8f0' },
      subflow: { fill: '#241a3d', stroke: '#a78bfa', text: '#ede9fe' },
      note: { fill: '#2d2708', stroke: '#ca8a04', text: '#fef9c3' },
    },
    screen: { header: '#252c4a', bar: '#334155', muted: '#94a3b8', accent: '#818cf8' },
    edge: '#94a3b8',
    edges: { error: '#f87171', timeout: '#fbbf24', success: '#4ade80' },
    label: '#cbd5e1',
    frame: { fill: '#111a2e', stroke: '#334155', text: '#94a3b8' },
  },
};
