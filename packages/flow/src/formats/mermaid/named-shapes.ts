import type { Meaning } from './shapes.ts';

const NAMES: readonly (readonly [meaning: Meaning, names: string])[] = [
  ['terminal', 'stadium pill terminal circle circ'],
  ['start', 'sm-circ small-circle start'],
  ['end', 'dbl-circ double-circle fr-circ framed-circle stop'],
  ['decision', 'diam diamond decision question'],
  ['subflow', 'fr-rect framed-rectangle subproc subprocess subroutine'],
  ['system', 'cyl cylinder db database datastore data-store hex hexagon prepare cloud'],
  [
    'system',
    'h-cyl das horizontal-cylinder lin-cyl disk lined-cylinder bow-rect stored-data bow-tie-rectangle',
  ],
  [
    'system',
    'win-pane internal-storage window-pane bolt com-link lightning-bolt delay half-rounded-rectangle',
  ],
  ['screen', 'lean-r lean-right in-out lean-l lean-left out-in curv-trap curved-trapezoid display'],
  ['screen', 'sl-rect manual-input sloped-rectangle'],
  ['note', 'odd flag paper-tape comment brace brace-l brace-r braces notch-rect notched-rectangle card text'],
  ['action', 'rounded event manual trap-t trapezoid-top inv-trapezoid'],
  ['box', 'rect rectangle proc process trap-b trapezoid-bottom trapezoid priority fork join bang'],
  ['box', 'lin-rect lined-rectangle lined-process lin-proc shaded-process hourglass collate'],
  [
    'box',
    'doc document docs documents st-doc stacked-document lin-doc lined-document tag-doc tagged-document',
  ],
  [
    'box',
    'div-rect div-proc divided-rectangle divided-process tri extract triangle f-circ junction filled-circle',
  ],
  ['box', 'notch-pent loop-limit notched-pentagon flip-tri manual-file flipped-triangle cross-circ summary'],
  ['box', 'crossed-circle st-rect procs processes stacked-rectangle tag-rect tagged-rectangle tag-proc'],
  ['box', 'tagged-process icon anchor'],
];

/** Every shape of the `id@{ shape: … }` syntax, short names and long ones, with what it usually means. */
export const NAMED_SHAPES: ReadonlyMap<string, Meaning> = new Map(
  NAMES.flatMap(([meaning, names]) => names.split(' ').map((name) => [name, meaning] as const)),
);
