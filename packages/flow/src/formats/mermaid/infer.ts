import type { EdgeTrigger, NodeType } from '../../document/types.ts';
import type { Meaning } from './shapes.ts';

const words = (alternatives: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives})(?![\\p{L}\\p{N}])`, 'iu');
const START = words('start|starts|begin|entry|anfang|beginn|los');
const END = words('end|ends|finish|finished|done|stop|exit|ende|fertig|schluss');
const ONLY_START = /^(?:start|begin|anfang)$/iu;
const ONLY_END = /^(?:end|stop|finish|ende)$/iu;
const SCREEN = words(
  'screen|page|form|dialog|modal|dashboard|view|home|homepage|seite|startseite|maske|formular|ansicht|bildschirm',
);

/** A node's type from its shape, its title and whether anything leads to it or away from it. */
export function inferType(
  meaning: Meaning,
  title: string,
  hasIncoming: boolean,
  hasOutgoing: boolean,
): NodeType {
  if (meaning === 'terminal') {
    if (START.test(title) && !hasIncoming) return 'start';
    if (END.test(title) && !hasOutgoing) return 'end';
    if (!hasIncoming && hasOutgoing) return 'start';
    return hasOutgoing ? 'action' : 'end';
  }
  if (meaning !== 'box') return meaning;
  if (ONLY_START.test(title) && !hasIncoming) return 'start';
  if (ONLY_END.test(title) && !hasOutgoing) return 'end';
  return SCREEN.test(title) ? 'screen' : 'action';
}

const ERROR = words(
  'errors?|fail(?:s|ed|ure)?|invalid|incorrect|wrong|declined|rejected|fehler|ungültig|falsch|abgelehnt',
);
const TIMEOUT = words('time-?out|timed out|expire[sd]?|zeitüberschreitung|abgelaufen');
const BACK = words('back|cancel|cancelled|zurück|abbrechen|abbruch');
const SUBMIT = words('submits?|send|save|absenden|abschicken|speichern');

/** A transition's trigger from its label and from what it starts at. */
export function inferTrigger(label: string, source: NodeType): EdgeTrigger {
  if (TIMEOUT.test(label)) return 'timeout';
  if (ERROR.test(label)) return 'error';
  if (BACK.test(label)) return 'back';
  if (source !== 'screen') return 'auto';
  return SUBMIT.test(label) ? 'submit' : 'click';
}
