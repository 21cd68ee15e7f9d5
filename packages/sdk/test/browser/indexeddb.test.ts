import { emptyDocument } from '@uxflow/flow';
import type { ClientStorage, KeptSnapshot } from '@uxflow/flow/sync';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { CLIENT_STORAGE_CONTRACT, draft } from '../../../flow/test/client-storage-contract.ts';
import {
  forgetAll,
  IndexedDbStorage,
  lastPerson,
  openDatabase,
  rememberPerson,
  scopeOf,
} from '../../src/realtime/indexeddb.ts';

const API = 'https://api.example.com';
const ADA = { workspaceId: 'wsp_1', userId: 'ada' };
const START = { after: 0, floor: 0 };
const noBrowser = !('indexedDB' in globalThis);
const databases: IDBDatabase[] = [];
let scopes = 0;

async function open(
  scope = `scope ${(scopes += 1)}`,
): Promise<{ scope: string; storage: ClientStorage; database: IDBDatabase }> {
  const database = await openDatabase();
  databases.push(database);
  return { scope, database, storage: new IndexedDbStorage(database, scope) };
}
const snapshot = (clock: number): KeptSnapshot => ({
  clock,
  document: emptyDocument('Flow'),
  permission: 'edit',
  actor: { id: 'user:ada', name: 'Ada' },
});
function request<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.addEventListener('error', () => reject(asked.error ?? new Error('failed')));
  });
}
/** Writes past the driver, as a defect of the disk or another version would. */
function write(database: IDBDatabase, store: string, key: IDBValidKey, value: unknown): Promise<IDBValidKey> {
  return request(database.transaction(store, 'readwrite').objectStore(store).put(value, key));
}

afterEach(() => {
  vi.restoreAllMocks();
  for (const database of databases.splice(0)) database.close();
});

describe.skipIf(noBrowser)('client storage contract: IndexedDB of a real browser', () => {
  test.each(CLIENT_STORAGE_CONTRACT)('$title', async ({ run }) => {
    const { scope, storage } = await open();
    await run({ one: storage, two: (await open(scope)).storage }, (actual, expected) =>
      expect(actual).toEqual(expected),
    );
  });
});

describe.skipIf(noBrowser)('what is kept', () => {
  test('is apart for each API, workspace, person and flow [D1]', async () => {
    const others = [
      scopeOf(API, ADA, 'flw_1'),
      scopeOf(API, ADA, 'flw_2'),
      scopeOf(API, { ...ADA, userId: 'bob' }, 'flw_1'),
      scopeOf(API, { ...ADA, workspaceId: 'wsp_2' }, 'flw_1'),
      scopeOf('https://eu.example.com', ADA, 'flw_1'),
      scopeOf(API, { workspaceId: 'wsp_1 ada', userId: '' }, 'flw_1'),
    ];
    expect(new Set(others).size).toBe(others.length);
    const clients = new Set<string>();
    for (const scope of others) {
      const { storage } = await open(scope);
      await storage.append([draft(`${scope}.1`)], START);
      const { clientId, entries } = await storage.load();
      expect(entries).toHaveLength(1);
      clients.add(clientId);
    }
    expect(clients.size).toBe(others.length);
  });

  test('is forgotten for all people of one API when somebody signs out, and the number of lost edits told [D9]', async () => {
    const mine = await open(scopeOf(API, ADA, 'flw_forget'));
    const others = await open(scopeOf('https://other.example.com', ADA, 'flw_forget'));
    for (const { storage } of [mine, others]) {
      await storage.append([draft('a.1'), draft('a.2')], START);
      await storage.settle([1], snapshot(3));
    }
    await rememberPerson(mine.database, API, ADA);
    expect(await lastPerson(mine.database, API)).toEqual(ADA);
    expect(await forgetAll(mine.database, API)).toBeGreaterThanOrEqual(1);
    expect(await lastPerson(mine.database, API)).toBeNull();
    const kept = await mine.storage.load();
    expect([kept.entries, kept.snapshot]).toEqual([[], undefined]);
    expect(await others.storage.load()).toMatchObject({ entries: [{ seq: 2 }], snapshot: { clock: 3 } });
  });

  test('and has become unreadable is told as a refused edit; the counter never gives a number twice [D2, D6]', async () => {
    const { scope, storage, database } = await open();
    const { clientId } = await storage.load();
    await storage.append([draft('a.1'), draft('a.2')], START);
    await write(database, 'entry', [scope, 1], 'garbage');
    await write(database, 'snapshot', scope, { clock: 'x' });
    await write(database, 'flow', scope, { clientId: 7 });
    const kept = await storage.load();
    expect(kept.snapshot).toBeUndefined();
    expect(kept.entries).toMatchObject([
      { seq: 1, refusal: { code: 'unreadable' } },
      { seq: 2, request: { key: `${clientId}:2` } },
    ]);
    expect(kept.clientId).not.toBe(clientId);
    const [next] = await storage.append([draft('a.3')], { after: 2, floor: 0 });
    expect(next?.request.key).toBe(`${kept.clientId}:3`);
  });

  test('gives way to an edit when the disk is full: documents of flows without waiting edits go', async () => {
    const full = await open();
    const idle = await open();
    const busy = await open();
    await idle.storage.settle([], snapshot(1));
    await busy.storage.settle([], snapshot(1));
    await busy.storage.append([draft('b.1')], START);
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementationOnce(() => {
      throw new DOMException('No space', 'QuotaExceededError');
    });
    expect(await full.storage.append([draft('a.1')], START)).toMatchObject([{ seq: 1 }]);
    expect((await idle.storage.load()).snapshot).toBeUndefined();
    expect((await busy.storage.load()).snapshot).toMatchObject({ clock: 1 });
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('No space', 'QuotaExceededError');
    });
    await expect(full.storage.append([draft('a.2')], { after: 1, floor: 0 })).rejects.toThrow(
      /No space|abort/,
    );
    vi.restoreAllMocks();
    // Whole or not at all: the number that the failed write had taken is free.
    expect(await full.storage.append([draft('a.3')], { after: 1, floor: 0 })).toMatchObject([{ seq: 2 }]);
  });
});

describe.skipIf(noBrowser)('the database', () => {
  const upgrades = [
    (database: IDBDatabase): void => void database.createObjectStore('flow'),
    (database: IDBDatabase): void => void database.createObjectStore('later'),
  ];

  test('is brought up to date step by step, with what is in it', async () => {
    const name = `upgrade ${Math.random()}`;
    const old = await openDatabase(name, upgrades.slice(0, 1));
    await write(old, 'flow', 'k', 'v');
    // An open page lets go by itself.
    const next = await openDatabase(name, upgrades);
    expect([...next.objectStoreNames]).toEqual(['flow', 'later']);
    expect(await request(next.transaction('flow').objectStore('flow').get('k'))).toBe('v');
    expect(() => old.transaction('flow')).toThrow(/closing/);
    next.close();
  });

  test('of a newer version is left alone [D10]', async () => {
    const name = `newer ${Math.random()}`;
    (await openDatabase(name, upgrades)).close();
    await expect(openDatabase(name, upgrades.slice(0, 1))).rejects.toMatchObject({ name: 'VersionError' });
  });

  test('that another page holds in an older version is not waited for without end [D10]', async () => {
    const name = `held ${Math.random()}`;
    const held = await openDatabase(name, upgrades.slice(0, 1));
    held.onversionchange = null;
    await expect(openDatabase(name, upgrades)).rejects.toThrow(/another page/);
    held.close();
  });

  test('that is not there, as in some private windows, rejects [D10]', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('Denied', 'SecurityError');
    });
    await expect(openDatabase()).rejects.toThrow('Denied');
  });
});
