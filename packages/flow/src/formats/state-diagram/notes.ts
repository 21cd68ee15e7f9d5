import type { Cursor } from '../mermaid/cursor.ts';
import { readQuoted } from '../mermaid/shapes.ts';
import type { Note } from './chart.ts';

const SIDE = /(?:left|right)\s+of\s+/iy;
const STATE = /[^:\n\s-]+/y;
const REST_OF_LINE = /[^\n]+/y;
const ALIAS = /\s*as\s+/iy;

/** Behind the word `note`: `right of A : text`, a text over several lines up to `end note`, or `"text" as N`. */
export function readNote(cursor: Cursor, line: number): Note {
  if (cursor.peek() === '"') {
    const text = readQuoted(cursor);
    const id = cursor.match(ALIAS) === '' ? '' : cursor.match(REST_OF_LINE).trim();
    return { text, line, ...(id === '' ? {} : { id }) };
  }
  if (cursor.match(SIDE) === '') throw cursor.fail('expected: note left of A, or note right of A', line);
  const state = cursor.match(STATE);
  if (state === '') throw cursor.fail(`expected the state of the note, found ${cursor.excerpt}`, line);
  cursor.spaces();
  if (cursor.take(':')) {
    const rest = cursor.match(REST_OF_LINE).trim();
    if (rest !== '') return { text: rest, state, line };
  }
  const from = cursor.position;
  const end = /\n[^\S\n]*end note(?!\w)/giu;
  end.lastIndex = from;
  const found = end.exec(cursor.source);
  if (!found) throw cursor.fail('the note is not closed: add a line "end note"', line);
  cursor.position = found.index + found[0].length;
  return { text: cursor.source.slice(from, found.index).trim(), state, line };
}
