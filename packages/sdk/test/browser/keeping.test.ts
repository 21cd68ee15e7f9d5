import { emptyDocument } from '@uxflow/flow';
import { SyncClient, type ClientMessage, type ServerMessage } from '@uxflow/flow/sync';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { putNode } from '../../../flow/test/edits.ts';
import { openDatabase, rememberPerson } from '../../src/realtime/indexeddb.ts';
import { forgetKept, Keeping, type KeepingEvents } from '../../src/realtime/keeping.ts';

const ADA = { workspaceId: 'wsp_1', userId: 'ada' };
const BOB = { workspaceId: 'wsp_1', userId: 'bob' };
const noBrowser = !('indexedDB' in globalThis);
const open: Keeping[] = [];
let apis = 0;

interface Page {
  client: SyncClient;
  keeping: Keeping;
  sent: ClientMessage[];
  events: { [Name in keyof KeepingEvents]: ReturnType<typeof vi.fn<KeepingEvents[Name]>> };
}

/** A page with a flow, without the network: what the room says is said by the test. */
async function page(api: string, person: typeof ADA | null = ADA): Promise<Page> {
  const sent: ClientMessage[] = [];
  const events = { event: vi.fn(), changed: vi.fn(), failed: vi.fn(), signedOut: vi.fn() };
  const client: SyncClient = new SyncClient({
    clientId: crypto.randomUUID(),
    send: (message) => sent.push(message),
    onEvent: (event) => keeping?.heard(event),
  });
  const keeping: Keeping | null = await Keeping.open(client, api, 'flw_1', person, events);
  if (!keeping) throw new Error('there was nobody to keep it for');
  open.push(keeping);
  return { client, keeping, sent, events };
}
const welcome = (lastSeq = 0): ServerMessage => ({
  type: 'welcome',
  clock: 1,
  self: { peerId: 'me', actor: { id: 'user:ada', name: 'Ada' }, permission: 'edit' },
  peers: [],
  lastSeq,
  snapshot: { part: 0, parts: 1, json: JSON.stringify(emptyDocument('Flow')) },
});
function join({ client }: Page): void {
  client.connected();
  client.receive(welcome());
}
const commits = ({ sent }: Page): string[] =>
  sent.flatMap((message) => (message.type === 'commit' ? [message.key] : []));
const freshApi = (): string => `https://api${(apis += 1)}.example.com`;

afterEach(() => {
  vi.restoreAllMocks();
  for (const keeping of open.splice(0)) keeping.close();
});

describe.skipIf(noBrowser)('pages of one browser', () => {
  test('one of them sends, with one number for each edit; when it is closed another one goes on with the same keys [D4]', async () => {
    const api = freshApi();
    const one = await page(api);
    const two = await page(api);
    expect(two.client.clientId).toBe(one.client.clientId);
    join(one);
    join(two);
    one.client.commit([putNode('a')]);
    two.client.commit([putNode('b')]);
    await vi.waitFor(() => expect(commits(one)).toHaveLength(2));
    expect(commits(two)).toEqual([]);
    await vi.waitFor(() => expect(Object.keys(two.client.document?.nodes ?? {}).sort()).toEqual(['a', 'b']));
    one.keeping.close();
    await vi.waitFor(() => expect(commits(two)).toEqual(commits(one)));
  });

  test('hear from the one that sends what became of their edits [D5]', async () => {
    const api = freshApi();
    const one = await page(api);
    const two = await page(api);
    join(one);
    join(two);
    const ticket = two.client.commit([putNode('b')]);
    await vi.waitFor(() => expect(commits(one)).toHaveLength(1));
    one.client.receive({ type: 'committed', key: commits(one)[0] ?? '', clock: 2, conflicts: [] });
    await vi.waitFor(() =>
      expect(two.events.event).toHaveBeenCalledWith(
        expect.objectContaining({ type: 'committed', ticket, clock: 2 }),
      ),
    );
    expect([one.client.pendingCount, two.client.pendingCount]).toEqual([0, 0]);
    const refused = two.client.commit([putNode('c')]);
    await vi.waitFor(() => expect(commits(one)).toHaveLength(2));
    one.client.receive({ type: 'refused', key: commits(one)[1] ?? '', code: 'forbidden', detail: 'No' });
    await vi.waitFor(() =>
      expect(two.events.event).toHaveBeenCalledWith(
        expect.objectContaining({ type: 'refused', ticket: refused, code: 'forbidden' }),
      ),
    );
    // Whoever made it was there to be told, so nobody else is.
    await vi.waitFor(() => expect(two.client.pendingCount).toBe(0));
    expect([one.keeping.refusals, two.keeping.refusals]).toEqual([[], []]);
  });

  test('send themselves what the one that should has left for long, as when it is frozen [D4]', async () => {
    const api = freshApi();
    const frozen = await page(api);
    const two = await page(api);
    join(two);
    two.client.subscribe(() => two.keeping.watch());
    two.client.commit([putNode('b')]);
    expect(commits(frozen)).toEqual([]);
    await vi.waitFor(() => expect(commits(two)).toHaveLength(1), { timeout: 9_000 });
  });
});

describe.skipIf(noBrowser)('people', () => {
  test('a page without a connection finds what the last person had, and nothing where nobody was', async () => {
    const api = freshApi();
    const [first, other] = [await page(api), await page(api, BOB)];
    join(first);
    first.client.commit([putNode('a')]);
    await first.keeping.leave();
    await other.keeping.leave();
    const database = await openDatabase();
    await rememberPerson(database, api, ADA);
    database.close();
    const offline = await page(api, null);
    expect(offline.keeping.person).toEqual(ADA);
    expect([offline.client.pendingCount, offline.client.permission]).toEqual([1, 'edit']);
    expect(Object.keys(offline.client.document?.nodes ?? {})).toEqual(['a']);
    await expect(page(freshApi(), null)).rejects.toThrow('nobody');
  });

  test('signing out closes what is open in all pages, forgets everything, and says how much was not sent [D9]', async () => {
    const api = freshApi();
    const [mine, tab] = [await page(api), await page(api)];
    for (const each of [mine, tab]) each.events.signedOut.mockImplementation(() => each.keeping.close());
    join(mine);
    mine.client.commit([putNode('a')]);
    mine.client.commit([putNode('b')]);
    await vi.waitFor(() => expect(tab.client.pendingCount).toBe(2));
    expect(await forgetKept(api)).toBe(2);
    expect([mine.events.signedOut.mock.calls.length, tab.events.signedOut.mock.calls.length]).toEqual([1, 1]);
    await expect(page(api, null)).rejects.toThrow('nobody');
    const again = await page(api);
    expect([again.client.pendingCount, again.client.document]).toEqual([0, undefined]);
    expect(again.client.clientId).not.toBe(mine.client.clientId);
  });
});

describe.skipIf(noBrowser)('a disk that fails', () => {
  test('lets the page go on alone: its edits are sent, under numbers of its own, behind those on disk [D7]', async () => {
    const one = await page(freshApi());
    join(one);
    one.client.commit([putNode('a')]);
    await vi.waitFor(() => expect(commits(one)).toHaveLength(1));
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('No space', 'QuotaExceededError');
    });
    const ticket = one.client.commit([putNode('b')]);
    await vi.waitFor(() => expect(one.events.failed).toHaveBeenCalledOnce());
    one.client.receive({ type: 'committed', key: commits(one)[0] ?? '', clock: 2, conflicts: [] });
    // A number of another client: the room is told who it is first.
    expect(one.sent.at(-1)).toMatchObject({ type: 'hello', clientId: one.client.clientId });
    one.client.receive({ ...welcome(), clock: 2, changes: [] } as ServerMessage);
    expect(commits(one)[1]).toBe(`${one.client.clientId}:1`);
    expect(ticket).toMatch(/\.2$/);
  });
});
