import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { build, type Rolldown } from 'vite';
import { ROOT } from '../lib/paths.ts';

interface SizeLimit {
  name: string;
  entry: string;
  imports: string;
  limit: number;
  external: string[];
}

const KB = 1_000;

/** The one place where bundle budgets are written. Bytes, minified and gzipped, of what loads before first use. */
const LIMITS: SizeLimit[] = [
  {
    name: 'flow: ops and sync client',
    entry: 'packages/flow/dist/sync/index.js',
    imports: '{ SyncClient }',
    limit: 12 * KB,
    external: [],
  },
  {
    name: 'flow: schema',
    entry: 'packages/flow/dist/schema/index.js',
    imports: '{ parseDocument, parseOps }',
    limit: 12 * KB,
    external: [],
  },
  {
    name: 'sdk: core',
    entry: 'packages/sdk/dist/index.js',
    imports: '{ UXFlow }',
    limit: 6 * KB,
    external: [],
  },
  {
    name: 'sdk: realtime',
    entry: 'packages/sdk/dist/realtime/index.js',
    imports: '*',
    limit: 15 * KB,
    external: [],
  },
  {
    name: 'react: FlowEditor',
    entry: 'packages/react/dist/index.js',
    imports: '{ FlowEditor, UXFlowProvider }',
    limit: 110 * KB,
    external: ['react', 'react-dom', 'react/jsx-runtime', 'react-dom/client'],
  },
];

/** Gzipped bytes of the entry chunk and everything it imports statically; lazy chunks are listed apart. */
async function measure({ entry, imports, external }: SizeLimit): Promise<{ bytes: number; lazy: number }> {
  const id = 'virtual:entry';
  const names = imports === '*' ? '* as everything' : imports;
  const used =
    imports === '*'
      ? 'everything'
      : imports
          .replace(/[{}]/g, '')
          .split(',')
          .map((name) => name.trim())
          .join(', ');
  const output = (await build({
    configFile: false,
    logLevel: 'silent',
    root: ROOT,
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [
      {
        name: 'entry',
        resolveId: (source) => (source === id ? id : undefined),
        load: (source) =>
          source === id
            ? `import ${names} from ${JSON.stringify(join(ROOT, entry))}; globalThis.kept = [${used}];`
            : undefined,
      },
    ],
    build: { write: false, target: 'es2022', modulePreload: false, rollupOptions: { input: id, external } },
  })) as Rolldown.RolldownOutput;
  const chunks = new Map(
    output.output.flatMap((part) => (part.type === 'chunk' ? [[part.fileName, part]] : [])),
  );
  const eager = new Set<string>();
  const visit = (name: string): void => {
    const chunk = chunks.get(name);
    if (!chunk || eager.has(name)) return;
    eager.add(name);
    chunk.imports.forEach(visit);
  };
  for (const chunk of chunks.values()) if (chunk.isEntry) visit(chunk.fileName);
  const total = (wanted: boolean) =>
    [...chunks.values()]
      .filter((chunk) => eager.has(chunk.fileName) === wanted)
      .reduce((sum, chunk) => sum + gzipSync(chunk.code, { level: 9 }).length, 0);
  return { bytes: total(true), lazy: total(false) };
}

/** Measures every budget; throws naming those that are passed. Needs the packages to be built. */
export async function checkSizes(say: (line: string) => void): Promise<void> {
  const over: string[] = [];
  for (const limit of LIMITS) {
    const { bytes, lazy } = await measure(limit);
    const kb = (count: number) => `${(count / KB).toFixed(1)} KB`;
    say(
      `  ${limit.name}: ${kb(bytes)} of ${kb(limit.limit)}${lazy > 0 ? ` (and ${kb(lazy)} loaded later)` : ''}`,
    );
    if (bytes > limit.limit) over.push(limit.name);
  }
  if (over.length > 0) throw new Error(`over its size limit: ${over.join(', ')}`);
}
