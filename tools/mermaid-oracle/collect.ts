import { execFileSync } from 'node:child_process';
import { stripTypeScriptTypes } from 'node:module';
import { createContext, Script } from 'node:vm';

export interface Sample {
  /** Repository and path it was found in. */
  from: string;
  source: string;
}

const MAX_SOURCE = 40_000;
const MAX_FILE_MS = 2_000;
const FLOWCHART = /^(?:graph|flowchart|flowchart-elk)(?![\w-])/u;
const STATE = /^stateDiagram(?:-v2)?(?![\w-])/u;

/** The diagram's own first word stands behind front matter, directives and comments. */
export function kindOf(source: string): 'flowchart' | 'state' | undefined {
  const body = source
    .replace(/^\s*---\s*\n[\s\S]*?\n\s*---\s*(?:\n|$)/u, '')
    .replace(/%%\{[\s\S]*?\}%%/gu, '')
    .replace(/^\s*%%.*$/gmu, '')
    .trimStart();
  if (FLOWCHART.test(body)) return 'flowchart';
  return STATE.test(body) ? 'state' : undefined;
}

/** Everything in a repository's newest commit that is a flowchart or a state diagram, each text once. */
export function collect(gitDirectory: string, name: string, paths: RegExp): Sample[] {
  const git = (...args: string[]): string =>
    execFileSync('git', ['--git-dir', gitDirectory, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const files = git('ls-tree', '-r', '--name-only', 'HEAD')
    .split('\n')
    .filter((path) => paths.test(path));
  return files.flatMap((path) =>
    sourcesIn(path, git('show', `HEAD:${path}`))
      // The pages that run these tests decode entities; flowcharts need none, but states are `<<choice>>`.
      .map((source) =>
        path.endsWith('.spec.js') && kindOf(source) === 'state' ? unescapeHtml(source) : source,
      )
      .filter((source) => source.length <= MAX_SOURCE && kindOf(source) !== undefined)
      .map((source) => ({ from: `${name}:${path}`, source })),
  );
}

export function commitOf(gitDirectory: string): string {
  return execFileSync('git', ['--git-dir', gitDirectory, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
}

function sourcesIn(path: string, text: string): string[] {
  if (path.endsWith('.mmd')) return [text];
  if (path.endsWith('.md')) {
    return [...text.matchAll(/^( *)```mermaid(?:-example|-nocode)?[^\n]*\n([\s\S]*?)^ *```/gmu)].map(
      ([, indent = '', body = '']) => body.replaceAll(new RegExp(`^${indent}`, 'gmu'), ''),
    );
  }
  if (path.endsWith('.html')) {
    return [...text.matchAll(/<(pre|div)[^>]*class="[^"]*mermaid[^"]*"[^>]*>([\s\S]*?)<\/\1>/gu)].map(
      ([, , body = '']) => dedent(unescapeHtml(body)),
    );
  }
  return sourcesInCode(path, text);
}

/** As mermaid does with the text of a page before it reads it. */
function dedent(text: string): string {
  const lines = text.split('\n');
  const indents = lines.slice(1).flatMap((line) => (line.trim() === '' ? [] : [line.search(/\S/u)]));
  const indent = Math.min(...indents);
  return lines
    .map((line, number) => (number === 0 ? line : line.slice(indent)))
    .join('\n')
    .trim();
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

/**
 * Runs a test file with stand-ins for everything it imports and keeps every text that any of them is given, so
 * that texts put together in loops are found as well. It runs without any of Node's functions, but `node:vm` is no
 * sandbox: give it repositories that you would also run the tests of.
 */
function sourcesInCode(path: string, text: string): string[] {
  const found: string[] = [];
  const keep = (value: unknown): void => {
    if (typeof value === 'string') found.push(value);
    else if (Array.isArray(value)) value.forEach(keep);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(keep);
  };
  const standIn: unknown = new Proxy(() => undefined, {
    get: (_, key) =>
      key === Symbol.toPrimitive
        ? () => '0'
        : key === Symbol.iterator
          ? () => [][Symbol.iterator]()
          : standIn,
    set: () => true,
    construct: () => standIn as object,
    apply: (_, __, args: unknown[]) => {
      args.forEach(keep);
      return standIn;
    },
  });
  const eachRow = (rows: unknown[]) => (_: unknown, body: (...row: unknown[]) => unknown) => {
    for (const row of rows) attempt(() => body(...(Array.isArray(row) ? row : [row])));
  };
  const attempt = (body: () => unknown): void => {
    try {
      const result = body();
      if (typeof result === 'object' && result !== null && 'then' in result)
        Promise.resolve(result).catch(() => undefined);
    } catch {
      // A test that needs more than stand-ins gives what it gave until here.
    }
  };
  const suite = Object.assign(
    (_: unknown, ...rest: unknown[]) => {
      const body = rest.find((argument) => typeof argument === 'function');
      if (body) attempt(() => (body as () => unknown)());
    },
    {
      each: eachRow,
      skip: () => undefined,
      only: () => undefined,
      todo: () => undefined,
    },
  );
  const stripped = text.replace(/^import[\s\S]*?from\s+['"][^'"]+['"];?|^import\s+['"][^'"]+['"];?/gmu, '');
  const names = new Set(
    [...text.matchAll(/^import\s+(?!type\b)([\s\S]*?)\s+from/gmu)].flatMap(([, clause = '']) =>
      clause.split(/[^\w$]+/u).filter((word) => word !== '' && !['as', 'type', 'default'].includes(word)),
    ),
  );
  const context: Record<string, unknown> = {
    console: standIn,
    cy: standIn,
    window: standIn,
    document: standIn,
  };
  for (const name of [...names, 'expect', 'vi', 'jest', 'Cypress', 'global', 'globalThis'])
    context[name] = standIn;
  for (const name of ['describe', 'it', 'test', 'context']) context[name] = suite;
  for (const name of ['beforeEach', 'beforeAll', 'before']) context[name] = attempt;
  for (const name of ['afterEach', 'afterAll', 'after']) context[name] = () => undefined;
  const plain = stripTypeScriptTypes(stripped, { mode: 'strip' }).replace(
    /^export\s+(?:default\s+)?(?:const|let|var)?\s*([\w$]+)?/gmu,
    (whole, name?: string) =>
      whole.includes('const') ? `const ${name ?? ''}` : whole.replace(/^export\s+(default\s+)?/u, ''),
  );
  attempt(() =>
    new Script(`(() => {${plain}\n;keepAll(${exported(text)})})()`).runInContext(
      createContext({ ...context, keepAll: keep }),
      { timeout: MAX_FILE_MS },
    ),
  );
  if (found.length === 0) process.stderr.write(`nothing in ${path}\n`);
  return found;
}

function exported(text: string): string {
  const names = [...text.matchAll(/^export\s+const\s+([\w$]+)/gmu)].map(([, name = '']) => name);
  return `[${names.join(', ')}]`;
}
