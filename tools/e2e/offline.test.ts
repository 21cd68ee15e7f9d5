import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM_FLAGS, findChromium } from '../lib/chromium.ts';
import { type Product, startProduct } from '../lib/product.ts';

const executablePath = findChromium();
const NODE = '.react-flow__node';

interface Commit {
  clock: number;
  ops: { op: string; kind?: string; value?: { id: string } }[];
}

/** The network between a browser and the API: pipes bytes, until it is cut. */
class Network {
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #cut = false;
  url = '';

  async open(api: string): Promise<void> {
    const { hostname, port } = new URL(api);
    this.#server = createServer((socket) => {
      if (this.#cut) {
        socket.destroy();
        return;
      }
      const upstream = connect(Number(port), hostname);
      for (const [one, other] of [
        [socket, upstream],
        [upstream, socket],
      ] as const) {
        this.#sockets.add(one);
        one.pipe(other);
        one.on('error', () => other.destroy());
        one.on('close', () => {
          this.#sockets.delete(one);
          other.destroy();
        });
      }
    });
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get cut(): boolean {
    return this.#cut;
  }

  set cut(cut: boolean) {
    this.#cut = cut;
    if (cut) for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.cut = true;
    this.#server?.close();
  }
}

describe.skipIf(!executablePath)('work without a connection, in real Chromium', () => {
  let product: Product;
  let browser: Browser;

  beforeAll(async () => {
    product = await startProduct();
    browser = await chromium.launch({ ...(executablePath && { executablePath }), args: CHROMIUM_FLAGS });
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  const headers = () => ({ authorization: `Bearer ${product.key}` });

  /** Each node that the server has been told to make, as often as it was. */
  async function made(flowId: string): Promise<string[]> {
    const response = await fetch(`${product.api}/v1/flows/${flowId}/commits?after=0&limit=100`, {
      headers: headers(),
    });
    expect(response.status).toBe(200);
    const { data } = (await response.json()) as { data: Commit[] };
    return data
      .flatMap(({ ops }) => ops)
      .flatMap(({ op, kind, value }) => (op === 'put' && kind === 'node' && value ? [value.id] : []))
      .sort();
  }

  /** A browser of its own with its own network, which has a flow to open. */
  async function setup() {
    const network = new Network();
    await network.open(product.api);
    const context = await browser.newContext({ viewport: { width: 1360, height: 860 } });
    const created = await fetch(`${product.example}/api/flows`, { method: 'POST' });
    const { id } = (await created.json()) as { id: string };
    let permission: 'edit' | 'view' = 'edit';
    // The partner's own page and session come from a cache, as its service worker would have it; tokens do not.
    await context.route('**/api/session*', async (route) => {
      const user = new URL(route.request().url()).searchParams.get('as') === 'noah' ? 'noah' : 'mia';
      await route.fulfill({ json: { user: { id: user, name: user }, baseUrl: network.url } });
    });
    await context.route('**/api/uxflow-token*', async (route) => {
      if (network.cut) return route.abort('internetdisconnected');
      if (permission === 'edit') return route.continue();
      const minted = await fetch(`${product.api}/v1/client-tokens`, {
        method: 'POST',
        headers: { ...headers(), 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
        body: JSON.stringify({
          user: { id: 'mia', name: 'Mia' },
          tenantId: 'acme',
          flows: { 'tenant:acme': permission },
        }),
      });
      return route.fulfill({ status: minted.status, json: await minted.json() });
    });
    return {
      context,
      network,
      flowId: id,
      allow: (allowed: typeof permission) => void (permission = allowed),
      open: (as = 'mia') => open(context, id, as),
      close: async () => {
        await context.close();
        network.close();
      },
    };
  }

  async function open(context: BrowserContext, flowId: string, as: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${product.example}/?as=${as}#${flowId}`);
    await page.getByTestId('save-state').waitFor();
    return page;
  }

  const nodeCount = (page: Page) => page.locator(NODE).count();
  const state = (page: Page) => page.getByTestId('save-state').textContent();
  const says = (page: Page, text: string | RegExp) => expect.poll(() => state(page)).toMatch(text);

  async function addNotes(page: Page, count: number): Promise<void> {
    for (let i = 0; i < count; i += 1) {
      const before = await nodeCount(page);
      await page.getByRole('button', { name: 'Add note' }).click();
      await page.keyboard.press('Escape');
      await expect.poll(() => nodeCount(page)).toBe(before + 1);
    }
  }

  /** What this browser keeps that the server has not answered, as far as is on its disk. */
  const keptNodes = (page: Page): Promise<string[]> =>
    page.evaluate(
      () =>
        new Promise<string[]>((resolve, reject) => {
          const opening = indexedDB.open('uxflow');
          opening.addEventListener('error', () => reject(new Error('no database')));
          opening.addEventListener('success', () => {
            const reading = opening.result.transaction('entry').objectStore('entry').getAll();
            reading.addEventListener('success', () => {
              opening.result.close();
              const entries = reading.result as {
                request: { ops?: { op: string; value?: { id: string } }[] };
              }[];
              resolve(
                entries.flatMap(({ request }) =>
                  (request.ops ?? []).flatMap(({ op, value }) => (op === 'put' && value ? [value.id] : [])),
                ),
              );
            });
          });
        }),
    );

  test('edits of a tab that was closed offline are there offline, stay with their person, and land once when another tab is online', async () => {
    const { network, flowId, open, close } = await setup();
    const first = await open();
    await says(first, /^Saved$/);
    await addNotes(first, 1);
    await expect.poll(() => made(flowId)).toHaveLength(1);
    network.cut = true;
    await says(first, /^Offline/);
    await addNotes(first, 3);
    await says(first, 'Offline · 3 edits waiting');
    await first.getByRole('status').getByText('Your edits are kept on this device').waitFor();
    await expect.poll(async () => (await keptNodes(first)).length).toBeGreaterThanOrEqual(3);
    await first.close();

    // Opened without a connection: the flow as it was left, and it can be worked on.
    const second = await open();
    await says(second, 'Offline · 3 edits waiting');
    expect(await nodeCount(second)).toBe(4);
    await addNotes(second, 1);
    await says(second, 'Offline · 4 edits waiting');
    await expect.poll(async () => (await keptNodes(second)).length).toBeGreaterThanOrEqual(4);
    await second.close();
    expect(await made(flowId)).toHaveLength(1);

    // Somebody else in the same browser neither sees nor sends them.
    network.cut = false;
    const noah = await open('noah');
    await says(noah, /^Saved$/);
    expect(await nodeCount(noah)).toBe(1);
    await noah.close();
    expect(await made(flowId)).toHaveLength(1);

    const third = await open();
    await says(third, /^Saved$/);
    expect(await nodeCount(third)).toBe(5);
    const nodes = await made(flowId);
    expect([nodes.length, new Set(nodes).size]).toEqual([5, 5]);

    // And never again.
    await expect.poll(() => keptNodes(third)).toEqual([]);
    await third.reload();
    await says(third, /^Saved$/);
    expect(await made(flowId)).toEqual(nodes);
    await close();
  });

  test('two tabs that are offline together show each other’s edits, and all of them land once', async () => {
    const { network, flowId, open, close } = await setup();
    const [one, two] = [await open(), await open()];
    await says(one, /^Saved$/);
    await says(two, /^Saved$/);
    network.cut = true;
    await says(one, /^Offline/);
    await says(two, /^Offline/);
    await addNotes(one, 2);
    await expect.poll(() => nodeCount(two)).toBe(2);
    await addNotes(two, 2);
    await expect.poll(() => nodeCount(one)).toBe(4);
    await says(one, 'Offline · 4 edits waiting');
    await says(two, 'Offline · 4 edits waiting');
    network.cut = false;
    for (const page of [one, two]) {
      await says(page, /^Saved$/);
      expect(await nodeCount(page)).toBe(4);
      await page.getByText('You are back online. All edits are saved.').waitFor({ state: 'attached' });
    }
    // Online, too, what the tab that does not send has made is saved.
    await addNotes(one, 1);
    await expect.poll(() => nodeCount(two)).toBe(5);
    await addNotes(two, 1);
    await says(one, /^Saved$/);
    await says(two, /^Saved$/);
    const nodes = await made(flowId);
    expect([nodes.length, new Set(nodes).size]).toEqual([6, 6]);
    await close();
  });

  test('a tab that is killed in the middle loses nothing that was on disk and doubles nothing', async () => {
    const { context, network, flowId, open, close } = await setup();
    const watcher = await context.newPage();
    await watcher.goto(`${product.example}/api/flows`);
    const written = new Set<string>();
    for (let round = 0; round < 3; round += 1) {
      const page = await open();
      await expect.poll(() => nodeCount(page)).toBe(written.size);
      if (round === 1) network.cut = true;
      const add = page.getByRole('button', { name: 'Add note' });
      for (let i = 0; i < 4; i += 1) {
        await add.click();
        await page.keyboard.press('Escape');
      }
      const killer = await context.newCDPSession(page);
      const crashed = page.waitForEvent('crash');
      // A process that is killed answers no more.
      killer.send('Page.crash').catch(() => undefined);
      await crashed;
      await page.close();
      for (const id of await keptNodes(watcher)) written.add(id);
      for (const id of await made(flowId)) written.add(id);
      network.cut = false;
      const next = await open();
      await says(next, /^Saved$/);
      const nodes = await made(flowId);
      expect(nodes).toEqual([...written].sort());
      expect(await nodeCount(next)).toBe(written.size);
      await next.close();
    }
    expect(written.size).toBeGreaterThan(0);
    await close();
  });

  test('edits that the server refuses afterwards are told until they are dismissed', async () => {
    const { network, flowId, open, allow, close } = await setup();
    const first = await open();
    await says(first, /^Saved$/);
    network.cut = true;
    await says(first, /^Offline/);
    await addNotes(first, 2);
    await expect.poll(async () => (await keptNodes(first)).length).toBe(2);
    await first.close();
    allow('view');
    network.cut = false;
    const second = await open();
    const alert = second.getByTestId('refused-edits');
    await alert.getByText('2 edits that you made earlier could not be saved.').waitFor();
    await says(second, /^View only$/);
    expect(await nodeCount(second)).toBe(0);
    await second.reload();
    await alert.getByText('2 edits that you made earlier could not be saved.').waitFor();
    await alert.getByRole('button', { name: 'Dismiss' }).click();
    await alert.waitFor({ state: 'detached' });
    await expect.poll(() => keptNodes(second)).toEqual([]);
    expect(await made(flowId)).toEqual([]);
    await close();
  });

  test('without a database the editor works as without this feature, and says what is at stake', async () => {
    const { context, network, flowId, open, close } = await setup();
    await context.addInitScript(() => {
      Object.defineProperty(globalThis, 'indexedDB', {
        value: {
          open: () => {
            throw new DOMException('Denied', 'SecurityError');
          },
        },
      });
    });
    const page = await open();
    await says(page, /^Saved$/);
    await addNotes(page, 1);
    network.cut = true;
    await says(page, /^Offline/);
    await page.getByText(/Keep this page open/).waitFor();
    await addNotes(page, 1);
    network.cut = false;
    await says(page, /^Saved$/);
    expect(await made(flowId)).toHaveLength(2);
    await close();
  });
});
