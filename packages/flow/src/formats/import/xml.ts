import { XmlElement as ParsedElement, XmlError, XmlText, parseXml } from '@rgrove/parse-xml';
import { checkLength, unreadable } from './limits.ts';
import { checkXmlSize } from './xml-size.ts';

export interface XmlElement {
  /** What the prefix stands for; empty where nothing says so. */
  namespace: string;
  /** Without prefix. */
  name: string;
  /** Attributes without prefix by their name, the others as `namespace name`. A map: the names come from outside. */
  attributes: ReadonlyMap<string, string>;
  children: readonly XmlElement[];
  /** The text directly in it. */
  text: string;
  line: number;
}

const NONE: ReadonlyMap<string, string> = new Map();

/** Prefixes of one element; those round it stand in `outer`. */
interface Scope {
  prefixes: ReadonlyMap<string, string>;
  outer: Scope | undefined;
}

/**
 * An XML file as a tree with namespaces. Nothing outside the file is read, and no entities but XML's own are known.
 *
 * @throws FlowError `invalid_request` with path `line N`, `limit_exceeded` for a file that is too large.
 */
export function readXml(source: string): XmlElement {
  checkLength(source);
  checkXmlSize(source);
  const text = source
    .replace(/^\uFEFF/u, '')
    .trimStart()
    .replace(/\r\n?/gu, '\n');
  // Blank lines before the declaration are a common slip; they count in what is told.
  const skipped = /^\s*/u.exec(source)?.[0].split('\n').length ?? 1;
  let root: ParsedElement | null;
  try {
    root = parseXml(text, { includeOffsets: true }).root;
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    const what = error.message.split(' (line ')[0] ?? error.message;
    const entity = what.startsWith('Named entity') ? '; entities of a DTD are not read: write its text' : '';
    throw unreadable(`is not well-formed XML: ${what}${entity}`, error.line + skipped - 1);
  }
  if (!root) throw unreadable('holds no XML element');
  return treeOf(root, new LineCounter(text, skipped));
}

function treeOf(root: ParsedElement, lines: LineCounter): XmlElement {
  interface Draft extends XmlElement {
    children: XmlElement[];
  }
  const open = (
    element: ParsedElement,
    outer: Scope | undefined,
  ): { draft: Draft; scope: Scope | undefined; rest: ParsedElement[] } => {
    const scope = scopeOf(element, outer);
    const [prefix, name] = split(element.name);
    let attributes: Map<string, string> | undefined;
    for (const [key, value] of Object.entries(element.attributes)) {
      const [from, local] = split(key);
      if (from === 'xmlns' || key === 'xmlns') continue;
      attributes ??= new Map();
      attributes.set(from === '' ? local : `${lookUp(scope, from)} ${local}`, value);
    }
    const written = element.children.map((child) => (child instanceof XmlText ? child.text : '')).join('');
    const rest = element.children.filter((child) => child instanceof ParsedElement).toReversed();
    // The parser's tree is given back as this one grows: both at once are more than a Worker's memory.
    element.children = [];
    const draft = {
      namespace: lookUp(scope, prefix),
      name,
      attributes: attributes ?? NONE,
      children: [],
      // White space between elements only lays out the file.
      text: rest.length > 0 ? written.trim() : written,
      line: lines.at(element.start),
    };
    return { draft, scope, rest };
  };
  const top = open(root, undefined);
  const stack = [top];
  for (let here = stack.at(-1); here; here = stack.at(-1)) {
    const next = here.rest.pop();
    if (!next) {
      stack.pop();
      continue;
    }
    const opened = open(next, here.scope);
    here.draft.children.push(opened.draft);
    stack.push(opened);
  }
  return top.draft;
}

function scopeOf(element: ParsedElement, outer: Scope | undefined): Scope | undefined {
  let prefixes: Map<string, string> | undefined;
  for (const [key, value] of Object.entries(element.attributes)) {
    if (!key.startsWith('xmlns') || (key !== 'xmlns' && key[5] !== ':')) continue;
    prefixes ??= new Map();
    prefixes.set(key.slice('xmlns:'.length), value);
  }
  return prefixes ? { prefixes, outer } : outer;
}

function lookUp(scope: Scope | undefined, prefix: string): string {
  for (let at = scope; at; at = at.outer) {
    const namespace = at.prefixes.get(prefix);
    if (namespace !== undefined) return namespace;
  }
  return '';
}

function split(name: string): [prefix: string, local: string] {
  const colon = name.indexOf(':');
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
}

/** Line numbers of offsets that only grow, in one pass. */
class LineCounter {
  readonly #text: string;
  #line: number;
  #next: number;

  constructor(text: string, first: number) {
    this.#text = text;
    this.#line = first;
    this.#next = text.indexOf('\n');
  }

  at(offset: number): number {
    while (this.#next >= 0 && this.#next < offset) {
      this.#line += 1;
      this.#next = this.#text.indexOf('\n', this.#next + 1);
    }
    return this.#line;
  }
}
