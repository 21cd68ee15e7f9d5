import { clip } from '../../document/clip.ts';
import { LIMITS } from '../../document/limits.ts';
import { withoutEmphasis } from './emphasis.ts';
import type { Text } from './shapes.ts';

const NAMED: ReadonlyMap<string, string> = new Map([
  ['quot', '"'],
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['semi', ';'],
  ['colon', ':'],
  ['num', '#'],
  ['lpar', '('],
  ['rpar', ')'],
  ['lsqb', '['],
  ['rsqb', ']'],
  ['lcub', '{'],
  ['rcub', '}'],
]);
/** Most labels are nothing but this, and need no decoding. */
const PLAIN = /^[^\n<>#&\\*_`\uD800-\uDFFF]*$/u;
const ENTITY = /[#&]#?(x[0-9a-f]{1,6}|[0-9]{1,7}|[a-z]{2,8});/giu;
/** Half a character: no text may hold one. */
export const LONE_SURROGATE: RegExp = /\p{Surrogate}/gu;
const TAG =
  /<\/?(?:b|i|u|s|strong|em|small|sub|sup|span|p|div|code|center|font|img|a|pre|h[1-6]|ul|ol|li|svg|path)(?:\s[^<>]{0,200})?>/giu;

/** A label as Mermaid writes it (HTML breaks and tags, `#…;` entities, Markdown emphasis) as plain text. */
export function decodeText({ raw, markdown }: Text): string {
  const trimmed = raw.trim();
  if (PLAIN.test(trimmed)) return trimmed;
  const text = markdown ? withoutEmphasis(trimmed) : trimmed.replaceAll('\\n', '\n');
  return withoutBlankLines(text)
    .replace(/<\/?br\s*\/?>/giu, '\n')
    .replace(TAG, '')
    .replace(ENTITY, (whole, code: string) => character(code) ?? whole)
    .replace(LONE_SURROGATE, '\uFFFD');
}

/** Lines without the spaces round them. Not by a pattern: a long run of spaces would make that quadratic. */
function withoutBlankLines(text: string): string {
  if (!text.includes('\n')) return text;
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

function character(code: string): string | undefined {
  const named = NAMED.get(code.toLowerCase());
  if (named !== undefined) return named;
  const number = /^x[0-9a-f]+$/iu.test(code) ? Number.parseInt(code.slice(1), 16) : Number(code);
  return Number.isInteger(number) && number <= 0x10_ffff ? String.fromCodePoint(number) : undefined;
}

const entity = (character_: string): string => `#${character_.codePointAt(0) ?? 0};`;

/** Mermaid refuses empty quotes; this is read as no text by both sides. */
const EMPTY = '<b></b>';

/** Text for inside Mermaid's double quotes: nothing in it can end the quote, start a tag or be lost by trimming. */
export function encodeText(text: string): string {
  if (text === '') return EMPTY;
  return (
    text
      .replace(/["#&<>`\\\u0000-\u0009\u000B-\u001F\u007F]|%(?=%)/gu, entity)
      .replace(/^\s+|\s+$/gu, (space) => Array.from(space, entity).join(''))
      // Spaces round a break are trimmed on the way in, as Mermaid's own indented labels need it.
      .replace(/[ \t]+(?=\n)|(?<=\n)[ \t]+/gu, (space) => Array.from(space, entity).join(''))
      .replace(/\n/gu, '<br/>')
  );
}

/** Cut to what a title or label may hold, never inside a character; `cut` tells that something was lost. */
export function withinTitle(text: string): { text: string; cut: boolean } {
  const kept = clip(text, LIMITS.title);
  return { text: kept, cut: kept !== text };
}
