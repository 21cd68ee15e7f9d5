import type { Meaning } from '../mermaid/shapes.ts';

/** `name;key=value;…` as draw.io writes it. A map: the keys come from outside. A name alone counts as `shape` too. */
export type Style = ReadonlyMap<string, string>;

export function readStyle(style: string): Style {
  const result = new Map<string, string>();
  for (const part of style.split(';')) {
    const at = part.indexOf('=');
    const [key, value] = at < 0 ? [part.trim(), ''] : [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    if (key !== '') result.set(key, value);
  }
  return result;
}

const SHAPES: readonly (readonly [pattern: RegExp, meaning: Meaning])[] = [
  [/^rhombus$|flowchart\.decision$|bpmn\.gateway|^mxgraph\.bpmn\.shape.*gateway/u, 'decision'],
  [/^ellipse$|^doubleEllipse$|flowchart\.(?:terminator|start_[12])$|^mxgraph\.bpmn\.event$/u, 'terminal'],
  [/^note2?$|^text$|flowchart\.annotation|^callout$|^line$/u, 'note'],
  [/^process2?$|flowchart\.predefined_process$/u, 'subflow'],
  [
    /^cylinder[23]?$|^datastore$|^cloud$|^hexagon$|^cube$|^component$|^internalStorage$|^dataStorage$/u,
    'system',
  ],
  [
    /flowchart\.(?:database|stored_data|direct_data|internal_storage|preparation)$|^mxgraph\.(?:aws|azure|gcp)/u,
    'system',
  ],
  [
    /^mxgraph\.(?:mockup|ios7?|android|bootstrap|gmdl)\b|flowchart\.(?:display|manual_input)$|^manualInput$/u,
    'screen',
  ],
];

/** What a shape says about the step it stands for. */
export function meaningOf(style: Style): Meaning {
  const shape = style.get('shape') ?? '';
  const names = [shape, ...[...style].flatMap(([key, value]) => (value === '' ? [key] : []))];
  for (const [pattern, meaning] of SHAPES) if (names.some((name) => pattern.test(name))) return meaning;
  // A rectangle rounded as far as it goes is the pill of a flowchart's start and end.
  if (style.get('rounded') === '1' && Number(style.get('arcSize') ?? 0) >= 40) return 'terminal';
  return 'box';
}
