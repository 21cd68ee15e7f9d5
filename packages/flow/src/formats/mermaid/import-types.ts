import type { FlowDocument } from '../../document/types.ts';
import type { Warning } from './chart.ts';

export interface MermaidImport {
  document: FlowDocument;
  /** What was left out or changed; the rest arrived as it was written. Lines count from 1. */
  warnings: Warning[];
}

export interface MermaidImportOptions {
  /** Place nodes and frames by the layout (the default); without it they all lie at 0, 0. */
  layout?: boolean;
}
