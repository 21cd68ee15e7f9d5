import { clip } from '../../document/clip.ts';
import { LIMITS } from '../../document/limits.ts';

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
const ENTITY = /[#&]#?(x[0-9a-f]{1,6}|[0-9]{1,7}|[a-z]{2,8});/giu;
const TAG = /<\/?(?:b|i|u|s|strong|em|small|sub|sup|span|p|div|code|center|font)(?:\s[^<>]{0,200})?>/giu;

/** A label as Mermaid writes it (HTML breaks and tags, `#…;` entities, Markdown quotes) as plain text. */
export function decodeText(raw: string): string {
  let text = raw.trim();
  if (text.length > 1 && text.startsWith('`') && text.endsWith('`')) text = text.slice(1, -1).trim();
  return text
    .replace(/[ \t]*\n[ \t]*/gu, '\n')
    .replace(/<br ?\/?>/giu, '\n')
    .replace(TAG, '')
    .replace(ENTITY, (whole, code: string) => character(code) ?? whole)
    .replace(/\p{Surrogate}/gu, '\uFFFD');
}

function character(code: string): string | undefined {
  const named = NAMED.get(code.toLowerCase());
  if (named !== undefined) return named;
  const number = /^x[0-9a-f]+$/iu.test(code) ? Number.parseInt(code.slice(1), 16) : Number(code);
  return Number.isInteger(number) && number <= 0x10_ffff ? String.fromCodePoint(number) : undefined;
}

const entity = (character_: string): string => `#${character_.codePointAt(0) ?? 0};`;

/** Text for inside Mermaid's double quotes: nothing in it can end the quote, start a tag or be lost by trimming. */
export function encodeText(text: string): string {
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
