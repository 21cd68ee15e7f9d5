import { FlowError } from '../../document/errors.ts';
import { LIMITS } from '../../document/limits.ts';

const MAX_FRONT_MATTER_LINES = 10_000;

export interface Source {
  /** The diagram alone. Comments and directives are blank, so that lines keep their numbers. */
  text: string;
  /** The front matter's title. */
  title?: string;
  /** Lines that are a comment, with where they began; only those that begin with `%% trigger:` matter later. */
  comments: { position: number; text: string }[];
}

/**
 * What Mermaid takes away before it reads a diagram: byte order mark, front matter, directives, comment lines and
 * double quotes inside HTML tags. Linear in the source's length.
 *
 * @throws FlowError `limit_exceeded`, or `invalid_request` at `line N` for something that is not closed.
 */
export function readSource(source: string): Source {
  if (source.length > LIMITS.documentBytes) {
    throw new FlowError('limit_exceeded', [
      { path: 'source', message: `at most ${LIMITS.documentBytes} characters: split the flow` },
    ]);
  }
  const text = source.replace(/^\uFEFF/u, '').replace(/\r\n?/gu, '\n');
  const { title, body } = frontMatter(text);
  return { ...withoutComments(singleQuotedTags(body)), ...(title === undefined ? {} : { title }) };
}

/** True when the diagram's own first word says so; what stands before it is read over. */
export function isStateDiagram(source: string): boolean {
  if (!source.includes('stateDiagram')) return false;
  return /^\s*stateDiagram(?:-v2)?(?![\w-])/u.test(readSource(source).text);
}

function frontMatter(text: string): { title?: string; body: string } {
  const from = text.search(/\S/u);
  if (from < 0 || !text.startsWith('---', from)) return { body: text };
  const lines = text.slice(from).split('\n', MAX_FRONT_MATTER_LINES);
  const last = lines.findIndex((line, number) => number > 0 && line.trim() === '---');
  if (last < 0) throw unclosed(text, from, 'the front matter is not closed: add a line "---"');
  const inside = lines.slice(1, last);
  const behind = from + lines.slice(0, last + 1).join('\n').length;
  const body = blank(text.slice(0, behind)) + text.slice(behind);
  const title = inside
    .find((line) => line.trimStart().startsWith('title:'))
    ?.trimStart()
    .slice('title:'.length)
    .trim();
  return title === undefined || title === '' ? { body } : { body, title: unquoteYaml(title) };
}

export function unquoteYaml(text: string): string {
  if (text.length > 1 && text.startsWith("'") && text.endsWith("'"))
    return text.slice(1, -1).replaceAll("''", "'");
  if (!text.startsWith('"')) return text;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : text;
  } catch {
    return text; // a broken quote in a text is no reason to refuse the flow
  }
}

/** `<a href="x">` as `<a href='x'>`: inside a quoted label these quotes do not end it. */
function singleQuotedTags(text: string): string {
  if (!text.includes('="')) return text;
  let result = '',
    done = 0;
  for (let open = text.indexOf('<'); open >= 0; open = text.indexOf('<', open + 1)) {
    if (!/\w/u.test(text.charAt(open + 1))) continue;
    const close = text.indexOf('>', open);
    if (close < 0) break;
    result += text.slice(done, open) + text.slice(open, close).replace(/="([^"]*)"/gu, "='$1'");
    done = close;
    open = close;
  }
  return result + text.slice(done);
}

function withoutComments(text: string): Source {
  const comments: Source['comments'] = [];
  let result = '',
    done = 0,
    textUntil = 0;
  for (let at = text.indexOf('%%'); at >= 0; at = text.indexOf('%%', Math.max(at + 2, done))) {
    const directive = text.startsWith('{', at + 2);
    if (!directive && at < textUntil) continue;
    if (!directive && text.slice(Math.max(done, text.lastIndexOf('\n', at) + 1), at).trim() !== '') {
      // Something stands before it on its line: not a comment line, and nor is any other in this line.
      textUntil = text.indexOf('\n', at);
      if (textUntil < 0) textUntil = text.length;
      continue;
    }
    const close = text.indexOf(directive ? '}%%' : '\n', at);
    if (directive && close < 0) throw unclosed(text, at, 'the directive is not closed: add "}%%"');
    const end = directive ? close + 3 : close < 0 ? text.length : close;
    if (!directive) comments.push({ position: at, text: text.slice(at, end) });
    result += text.slice(done, at) + blank(text.slice(at, end));
    done = end;
  }
  return { text: result + text.slice(done), comments };
}

/** As many characters, with the same line ends. */
function blank(text: string): string {
  return text.replace(/[^\n]+/gu, (line) => ' '.repeat(line.length));
}

function unclosed(text: string, at: number, message: string): FlowError {
  const line = text.slice(0, at).split('\n').length;
  return new FlowError('invalid_request', [{ path: `line ${line}`, message }]);
}
