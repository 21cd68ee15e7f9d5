import { oneLine } from './plain-text.ts';

/** Ends a line in old engines, is invisible, or turns the order of what is displayed round: shown as an escape. */
const ESCAPED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu;
const PLAIN_KEY = /^[A-Za-z_$][\w$]*$/;

/** A text as a single-quoted JavaScript literal that stands for exactly this text, lone surrogates included. */
export function literal(text: string): string {
  const body = text
    .replace(/[\\']/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replace(ESCAPED, (character) =>
      Array.from(character, (part) =>
        Array.from({ length: part.length }, (_, at) => unicodeEscape(part.charCodeAt(at))).join(''),
      ).join(''),
    );
  return `'${body}'`;
}

function unicodeEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

/** A property name, quoted only where it has to be. */
export function key(name: string): string {
  return PLAIN_KEY.test(name) ? name : literal(name);
}

/** How a property of that name is reached: `.name`, or in brackets where it has to be. */
export function member(name: string): string {
  return PLAIN_KEY.test(name) ? `.${name}` : `[${literal(name)}]`;
}

/** A `//` comment in one line; no text can end it early. */
export function comment(text: string): string {
  return `// ${oneLine(text)}`.trimEnd();
}
