import type { Cursor } from './cursor.ts';
import { NAMED_SHAPES } from './named-shapes.ts';
import { readQuoted, type Meaning, type Text } from './shapes.ts';
import { unquoteYaml } from './source.ts';

export interface Fields {
  text?: Text;
  meaning?: Meaning;
  /** What was said and is not kept, for a warning. */
  lost?: string;
}

const OUTSIDE_QUOTES = /[^"}]+/y;
const FLOW_VALUE = /^(?:"[^"]*"|'(?:[^']|'')*'|[^,"'][^,]*|(?=,)|$)/u;
const LINE_VALUE = /^(?:"[^"]*"|'(?:[^']|'')*'|[^"'].*|$)/u;
/** Drawing only: nothing about them is structure. */
const SILENT = new Set('shape label labeltype w h pos form constraint animate animation curve'.split(' '));

/** Reads `@{ shape: diam, label: "Text" }`, behind the `@{`: YAML, on one line or over several. */
export function readFields(cursor: Cursor): Fields {
  const line = cursor.line;
  const pairs = parsePairs(readBody(cursor, line));
  if (!pairs) throw cursor.fail('expected "name: value" pairs and a closing "}" after "@{"', line);
  const label = pairs.get('label') ?? '',
    shape = pairs.get('shape') ?? '';
  const unknown = shape !== '' && !NAMED_SHAPES.has(shape);
  const dropped = [...pairs.keys()].filter((name) => !SILENT.has(name.toLowerCase()));
  const lost = [...(unknown ? [`the shape "${shape}"`] : []), ...dropped.map((name) => `"${name}"`)].join(
    ', ',
  );
  const pictured = pairs.has('icon') || pairs.has('img');
  return {
    // A picture stands for its node: without a label Mermaid shows no text below it.
    ...(label === '' && !pictured
      ? {}
      : {
          text: {
            raw: label,
            markdown: pairs.get('labelType') !== 'text' && pairs.get('labelType') !== 'string',
          },
        }),
    ...(shape === '' ? {} : { meaning: NAMED_SHAPES.get(shape) ?? 'box' }),
    ...(lost === '' ? {} : { lost }),
  };
}

/** The text up to the closing brace; braces and line ends inside quotes belong to the quoted text. */
function readBody(cursor: Cursor, line: number): string {
  let body = '';
  for (;;) {
    body += cursor.match(OUTSIDE_QUOTES);
    if (cursor.take('}')) return body;
    if (cursor.peek() !== '"')
      throw cursor.fail('expected "name: value" pairs and a closing "}" after "@{"', line);
    body += `"${readQuoted(cursor).replaceAll(/\n\s*/gu, '<br/>')}"`;
  }
}

/** `name: value` pairs of a YAML mapping in flow style (commas) or block style (lines); undefined when it is none. */
function parsePairs(body: string): Map<string, string> | undefined {
  const pairs = new Map<string, string>();
  const flow = !body.includes('\n');
  const lines = body.split('\n');
  for (let number = 0; number < lines.length; number += 1) {
    let rest = (lines[number] ?? '').trimEnd();
    while (/\S/u.test(rest)) {
      const pair = /^[\s,]*(?:([\w-]+)|"([^"]*)")\s*:(?:\s+|(?=["'])|$)/u.exec(rest);
      if (!pair) return undefined;
      rest = rest.slice(pair[0].length);
      const name = pair[1] ?? pair[2] ?? '';
      const block = /^([|>])[-+]?\s*$/u.exec(rest)?.[1];
      if (block !== undefined) {
        const indent = indentOf(lines[number] ?? '');
        const inside: string[] = [];
        while (
          number + 1 < lines.length &&
          ((lines[number + 1] ?? '').trim() === '' || indentOf(lines[number + 1] ?? '') > indent)
        ) {
          number += 1;
          inside.push((lines[number] ?? '').trim());
        }
        pairs.set(name, inside.join(block === '|' ? '\n' : ' ').trim());
        break;
      }
      const value = (flow ? FLOW_VALUE : LINE_VALUE).exec(rest)?.[0];
      if (value === undefined) return undefined;
      pairs.set(name, unquoteYaml(value.trim()));
      rest = rest.slice(value.length);
      if (!/^\s*(?:,|$)/u.test(rest)) return undefined;
      rest = rest.replace(/^\s*,/u, '');
    }
  }
  return pairs;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
