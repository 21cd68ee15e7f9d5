import { oneLine } from '../plain-text.ts';

/** The bracket after a bracket as well: some readers see a link there although the first one is escaped. */
const SPECIAL = /[\\`*_[\]<>|~&#$@]|(?<=\])\(/g;
/** What GitHub's Markdown would turn into a link by itself. */
const AUTOLINK = /\b(https?|ftp)(?=:\/\/)|\bwww(?=\.)/gi;
/** At the beginning of a line these make a list, a rule or a heading of it. */
const LINE_START = /^(?:[-+=:]|\d{1,9}(?=[.)]))/;

/** User text for any place inside a line of Markdown: shown as written, never markup, link or HTML. */
export function inline(text: string): string {
  return oneLine(text)
    .replace(SPECIAL, '\\$&')
    .replace(AUTOLINK, (begin) => `${begin}\\`);
}

/** User text of several lines as paragraphs of their own. */
export function paragraphs(text: string): string[] {
  return text
    .split(/\r\n?|\n|\u2028|\u2029/)
    .map((line) => startOfLine(inline(line)))
    .filter((line) => line !== '');
}

/** The line with what would begin a list, a rule or a heading escaped. */
export function startOfLine(line: string): string {
  return line.replace(LINE_START, (begin) => (/\d/.test(begin) ? `${begin}\\` : `\\${begin}`));
}

/** A table of cells that are Markdown already; nothing when it has no rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell || ' ').join(' | ')} |`;
  return [[line(head), line(head.map(() => '---')), ...rows.map((row) => line(row))].join('\n')];
}
