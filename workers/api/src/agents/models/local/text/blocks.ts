import { splitSentences } from './sentences.ts';

/** One line of meaning: a list item, a line of notes, or a paragraph. */
export interface Block {
  readonly kind: 'item' | 'line' | 'paragraph' | 'heading';
  /** The number or letter that a reader would use to refer to it. */
  readonly number?: string;
  /** 0 for the outermost list. */
  readonly depth: number;
  readonly sentences: readonly string[];
}

const ITEM =
  /^(\s*)(?:(\d{1,3}(?:\.\d{1,2})*)[.)]?(?=[.)\s])[.)]?|\(?([a-z])[.)]|(?:schritt|step)\s+(\d{1,3})\s*[:.)-]|[-*•–‣◦·+])\s+(.*)$/iu;
const HEADING = /^\s*#{1,6}\s+(.*)$/u;
/** A whole line in emphasis: "**Payment**". */
const EMPHASISED = /^\s*(?:\*{1,2}|_{1,2})(?![\s*_])([^*_]{1,60}?)(?:\*{1,2}|_{1,2}):?\s*$/u;
/** A line that only announces what follows. */
const ANNOUNCES = /^[^.!?;]{1,90}:\s*$/u;

interface Line {
  indent: number;
  number?: string;
  bullet: boolean;
  text: string;
  heading: boolean;
}

function readLine(raw: string): Line | null {
  if (raw.trim() === '' || /^\s*(?:[-=_*]{3,}|```\w*)\s*$/.test(raw)) return null;
  const heading = HEADING.exec(raw);
  if (heading) return { indent: 0, bullet: false, text: heading[1] ?? '', heading: true };
  const emphasised = EMPHASISED.exec(raw);
  if (emphasised) return { indent: 0, bullet: false, text: emphasised[1] ?? '', heading: true };
  const item = ITEM.exec(raw);
  if (item) {
    const [, space = '', digits, letter, named, text = ''] = item;
    const number = digits ?? letter ?? named;
    return {
      indent: space.replaceAll('\t', '  ').length,
      ...(number !== undefined && { number }),
      bullet: true,
      text,
      heading: false,
    };
  }
  const indent = raw.length - raw.trimStart().length;
  return { indent, bullet: false, text: raw.trim(), heading: ANNOUNCES.test(raw) };
}

/** Lines of prose that were wrapped belong together; lines of notes do not. */
function isWrapped(previous: string, next: string, group: readonly string[]): boolean {
  const full = group.slice(0, -1).every((line) => line.trim().length >= 60);
  return full && !/[.!?:;]$/.test(previous) && /^[\p{Ll}(]/u.test(next);
}

/** "Paid? yes -> send / no -> cancel": a mark before an answer and its arrow begins the next answer. */
const NEXT_ANSWER = /\s?[/,]\s(?=(?:yes|no|ja|nein) ?(?:->|=>|→))/giu;

function answersApart(text: string): string {
  const arrow = text.search(/->|=>|→/);
  return arrow < 0 ? text : text.slice(0, arrow) + text.slice(arrow).replaceAll(NEXT_ANSWER, '; ');
}

export function readBlocks(text: string): Block[] {
  const groups = text.replaceAll('\r\n', '\n').split(/\n\s*\n/);
  const blocks: Block[] = [];
  for (const group of groups) {
    const lines: Line[] = [];
    const raws = group.split('\n');
    for (const raw of raws) {
      const line = readLine(raw);
      if (!line) continue;
      const last = lines.at(-1);
      if (last && !line.bullet && !line.heading && !last.heading && isWrapped(last.text, line.text, raws)) {
        lines[lines.length - 1] = { ...last, text: `${last.text} ${line.text}` };
      } else lines.push(line);
    }
    const notes = lines.filter((line) => !line.bullet && !line.heading).length > 1;
    let indents: number[] = [];
    let outer: string | undefined;
    for (const line of lines) {
      if (line.heading) {
        blocks.push({ kind: 'heading', depth: 0, sentences: [line.text] });
        continue;
      }
      indents = line.bullet ? [...indents.filter((indent) => indent < line.indent), line.indent] : [];
      const lettered = line.number !== undefined && /^[a-z]$/i.test(line.number) && outer !== undefined;
      if (line.bullet && line.number !== undefined && !lettered) outer = line.number;
      blocks.push({
        kind: line.bullet ? 'item' : notes ? 'line' : 'paragraph',
        ...(line.number !== undefined && { number: lettered ? `${outer}${line.number}` : line.number }),
        depth: Math.max(line.bullet ? indents.length - 1 : 0, lettered ? 1 : 0),
        sentences: splitSentences(answersApart(line.text.replace(/\(([^()]{60,}[.!?])\)/g, '$1'))),
      });
    }
  }
  return blocks;
}
