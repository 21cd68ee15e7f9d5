import type { Cursor } from './cursor.ts';
import { readQuotedText, readText, type Text } from './shapes.ts';

export interface LinkToken {
  text?: Text;
  /** `<-->`: the way is walked in both directions. */
  both: boolean;
  /** `~~~`: for Mermaid's placement only, not a transition. */
  invisible: boolean;
  /** The link's own id, of `A e1@--> B`. */
  id?: string;
  /** `--x` or `--o` that runs into a word, as in `--ok`: Mermaid reads an arrow head. */
  glued: boolean;
}

/** The id before a link that carries one of its own: `A e1@--> B`. */
const LINK_ID = /[^\s"@|;&[\](){}<>]+@(?=[xo<]?(?:--|==|-?\.)|~~~)/y;
const WHOLE = /[xo<]?(?:--+[-xo>]|==+[=xo>]|-?\.+-[xo>]?)|~~~+/y;
const BEGIN = /[xo<]?(?:--|==|-\.)/y;

interface Stroke {
  /** What the end of the link holds for certain; searched for first, so that no text is looked at twice. */
  core: string;
  close: RegExp;
  example: string;
}
const STROKES: Readonly<Record<string, Stroke>> = {
  '--': { core: '--', close: /--+[-xo>]/y, example: '-- text -->' },
  '==': { core: '==', close: /==+[=xo>]/y, example: '== text ==>' },
  '-.': { core: '.-', close: /\.-[xo>]?/y, example: '-. text .->' },
};

/** Reads `-->`, `-- text -->`, `==>|text|`, `-.->`, `<-->`, `~~~` … if one begins here. */
export function readLink(cursor: Cursor): LinkToken | undefined {
  const from = cursor.position;
  const id = cursor.match(LINK_ID).slice(0, -1);
  const token = readStroke(cursor);
  if (!token) {
    cursor.position = from;
    return undefined;
  }
  if (id !== '') token.id = id;
  cursor.white();
  if (cursor.peek() === '|' && token.text === undefined) {
    cursor.position += 1;
    token.text = readText(cursor, PIPE);
  }
  return token;
}

const PIPE = { open: '|', close: ['|'], plain: /[^[\](){}|"]*/y } as const;

function readStroke(cursor: Cursor): LinkToken | undefined {
  const whole = cursor.match(WHOLE);
  if (whole !== '') {
    return {
      both: whole.startsWith('<') && whole.endsWith('>'),
      invisible: whole.startsWith('~'),
      glued: /[xo]$/u.test(whole) && /[\p{L}\p{N}_]/u.test(cursor.peek()),
    };
  }
  const begin = cursor.match(BEGIN);
  const stroke = STROKES[begin.slice(-2)];
  if (!stroke) return undefined;
  const line = cursor.line;
  cursor.white();
  if (cursor.peek() === '"') {
    const text = readQuotedText(cursor);
    cursor.white();
    const end = closing(cursor, stroke);
    if (end && end.textEnd === cursor.position) {
      cursor.position = end.end;
      return { text, both: bothHeads(begin, cursor), invisible: false, glued: false };
    }
    throw cursor.fail(
      `expected the end of the link after its quoted text: write A ${stroke.example} B`,
      line,
    );
  }
  const from = cursor.position;
  const end = closing(cursor, stroke);
  if (!end) throw cursor.fail(`the link is not closed: write A ${stroke.example} B`, line);
  cursor.position = end.end;
  return {
    text: { raw: cursor.source.slice(from, end.textEnd), markdown: false },
    both: bothHeads(begin, cursor) || end.back,
    invisible: false,
    glued: false,
  };
}

function bothHeads(begin: string, cursor: Cursor): boolean {
  return begin.startsWith('<') && cursor.source.charAt(cursor.position - 1) === '>';
}

/** Where the text of a link ends, and the link itself; `back` when it ends with a head at its other side too. */
function closing(
  { source, position }: Cursor,
  { core, close }: Stroke,
): { textEnd: number; end: number; back: boolean } | undefined {
  for (let at = source.indexOf(core, position); at >= 0;) {
    close.lastIndex = at;
    if (close.test(source)) {
      let textEnd = at;
      if (core === '.-') {
        while (textEnd > position && source.charAt(textEnd - 1) === '.') textEnd -= 1;
        if (textEnd > position && source.charAt(textEnd - 1) === '-') textEnd -= 1;
      }
      const back = textEnd > position && source.charAt(textEnd - 1) === '<';
      // An x or o before the stroke is a head where it stands alone, else the end of a word of the text.
      if (back || /\s[xo]$/u.test(source.slice(Math.max(position, textEnd - 2), textEnd))) textEnd -= 1;
      return { textEnd, end: close.lastIndex, back };
    }
    let behind = at;
    while (source.charAt(behind) === core.charAt(0)) behind += 1;
    at = source.indexOf(core, behind);
  }
  return undefined;
}
