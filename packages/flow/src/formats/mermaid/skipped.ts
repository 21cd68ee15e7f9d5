import type { Cursor } from './cursor.ts';
import { readQuoted } from './shapes.ts';

/** Statements that say how a chart looks or what a click does, none of which a flow keeps. */
export type SkippedWord = 'classDef' | 'style' | 'linkStyle' | 'click' | 'accTitle' | 'accDescr';

const NAME = /[^\s;]+/y;
const REST_OF_LINE = /[^\n]+/y;
const PLAIN = /[^\n;"(]+/y;
const CALL = /\([^)]*\)/y;

/** Moves behind the statement whose word has been read; gives the id that `style` names, else ''. */
export function skipStatement(cursor: Cursor, word: SkippedWord): string {
  if (word === 'accTitle' || word === 'accDescr') {
    skipAccessible(cursor);
    return '';
  }
  const styled = word === 'style' ? cursor.match(NAME) : '';
  for (;;) {
    cursor.match(PLAIN);
    const character = cursor.peek();
    if (character === '"') readQuoted(cursor);
    else if (character !== '(') return styled;
    else if (cursor.match(CALL) === '') cursor.position += 1;
  }
}

function skipAccessible(cursor: Cursor): void {
  const line = cursor.line;
  cursor.white();
  if (!cursor.take('{')) {
    cursor.match(REST_OF_LINE);
    return;
  }
  const end = cursor.source.indexOf('}', cursor.position);
  if (end < 0) throw cursor.fail('accDescr is not closed: add "}"', line);
  cursor.position = end + 1;
}
