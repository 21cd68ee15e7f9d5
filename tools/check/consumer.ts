import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { chromium } from 'playwright';
import { CHROMIUM_FLAGS, ensureChromium } from '../lib/chromium.ts';
import { ROOT } from '../lib/paths.ts';
import { type Product, startProduct } from '../lib/product.ts';
import { run } from '../lib/run.ts';

/** What a partner's project looks like on its first day: Vite, React 18, and nothing of this repository. */
const INDEX =
  '<!doctype html><html><body><div id="root" style="height: 100vh"></div><script type="module" src="/main.tsx"></script></body></html>';
const MAIN = `import { createRoot } from 'react-dom/client';
import { UXFlow } from '@uxflow/sdk';
import { FlowEditor, UXFlowProvider } from '@uxflow/react';
import '@uxflow/react/styles.css';

const query = new URLSearchParams(location.search);
const client = new UXFlow({ token: query.get('token')!, baseUrl: query.get('api')! });
createRoot(document.getElementById('root')!).render(
  <UXFlowProvider client={client}>
    <FlowEditor flowId={query.get('flow')!} />
  </UXFlowProvider>,
);
`;
const TSCONFIG = {
  compilerOptions: {
    target: 'ES2022',
    module: 'ESNext',
    moduleResolution: 'bundler',
    jsx: 'react-jsx',
    strict: true,
    noEmit: true,
    lib: ['ES2022', 'DOM', 'DOM.Iterable'],
    types: ['vite/client'],
  },
  include: ['main.tsx'],
};

async function catalogVersion(name: string): Promise<string> {
  const yaml = await readFile(join(ROOT, 'pnpm-workspace.yaml'), 'utf8');
  const version = new RegExp(`^ {2}'?${name}'?: (\\S+)$`, 'm').exec(yaml)?.[1];
  if (!version) throw new Error(`${name} is not in the catalog`);
  return version;
}

async function writeProject(folder: string, tarballs: Record<string, string>): Promise<void> {
  const manifest = {
    name: 'consumer',
    private: true,
    type: 'module',
    dependencies: {
      ...Object.fromEntries(Object.entries(tarballs).map(([name, path]) => [name, `file:${path}`])),
      react: '18.3.1',
      'react-dom': '18.3.1',
    },
    devDependencies: {
      '@types/react': '18.3.31',
      '@types/react-dom': '18.3.7',
      typescript: await catalogVersion('typescript'),
      vite: await catalogVersion('vite'),
    },
  };
  await Promise.all([
    writeFile(join(folder, 'package.json'), JSON.stringify(manifest, null, 2)),
    writeFile(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG, null, 2)),
    writeFile(join(folder, 'index.html'), INDEX),
    writeFile(join(folder, 'main.tsx'), MAIN),
  ]);
}

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** Serves the built files and nothing else. */
async function serve(folder: string): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    readFile(join(folder, pathname === '/' ? 'index.html' : pathname)).then(
      (body) =>
        response.writeHead(200, { 'content-type': TYPES[extname(pathname)] ?? 'text/html' }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

async function api<T>(product: Product, path: string, body?: unknown): Promise<T> {
  const response = await fetch(product.api + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${product.key}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

/** Opens the built page in Chromium, adds a step through the interface and waits until the API has it. */
async function editAFlow(product: Product, pageUrl: string, executablePath: string): Promise<void> {
  const { id } = await api<{ id: string }>(product, '/v1/flows', { name: 'Consumer' });
  const { token } = await api<{ token: string }>(product, '/v1/client-tokens', {
    user: { id: 'u1', name: 'Ada' },
    flows: { [id]: 'edit' },
  });
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  try {
    const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`${pageUrl}/?${new URLSearchParams({ api: product.api, flow: id, token })}`);
    await page.getByRole('button', { name: 'Add action' }).click();
    await page.locator('.react-flow__node').waitFor();
    const deadline = Date.now() + 15_000;
    for (;;) {
      const { document } = await api<{ document: { nodes: Record<string, { type: string }> } }>(
        product,
        `/v1/flows/${id}`,
      );
      if (Object.values(document.nodes).some((node) => node.type === 'action')) break;
      if (Date.now() > deadline) throw new Error('the edit did not reach the API within 15 s');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    if (errors.length > 0) throw new Error(`the page threw: ${errors.join('; ')}`);
  } finally {
    await browser.close();
  }
}

/** Installs the tarballs into an empty Vite + React 18 project outside the repository, type-checks, builds and uses it. */
export async function checkConsumer(tarballs: Record<string, string>): Promise<void> {
  const chromiumPath = ensureChromium((line) => process.stdout.write(`${line}\n`));
  if (!chromiumPath) throw new Error('needs Chromium: name one in CHROMIUM_PATH');
  const folder = await mkdtemp(join(tmpdir(), 'uxflow-consumer-'));
  try {
    await writeProject(folder, tarballs);
    await run('npm', ['install', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: folder,
    });
    await run('npx', ['tsc', '-p', '.'], { cwd: folder });
    await run('npx', ['vite', 'build', '--logLevel', 'warn'], { cwd: folder });
    const { url, server } = await serve(join(folder, 'dist'));
    const product = await startProduct();
    try {
      await editAFlow(product, url, chromiumPath);
    } finally {
      server.close();
      await product.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
