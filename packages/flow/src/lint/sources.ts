const NIELSEN = 'https://www.nngroup.com/articles/ten-usability-heuristics/';

export interface LintSource {
  name: string;
  url?: string;
}

/** What the rules cite, each written once. */
export const SOURCES: Readonly<
  Record<'visibility' | 'control' | 'minimalism' | 'recovery' | 'flowcharts' | 'graph', LintSource>
> = {
  visibility: { name: 'Nielsen heuristic 1: Visibility of system status', url: NIELSEN },
  control: { name: 'Nielsen heuristic 3: User control and freedom', url: NIELSEN },
  minimalism: { name: 'Nielsen heuristic 8: Aesthetic and minimalist design', url: NIELSEN },
  recovery: {
    name: 'Nielsen heuristic 9 (help users recognize, diagnose and recover from errors); WCAG 2.2 SC 3.3.1 and 3.3.3',
    url: 'https://www.w3.org/WAI/WCAG22/Understanding/error-identification.html',
  },
  flowcharts: {
    name: 'ISO 5807:1985, flowchart symbols: terminator and decision',
    url: 'https://www.iso.org/standard/11955.html',
  },
  graph: { name: 'General: integrity of a directed graph' },
};
