import { describe, expect, test } from 'vitest';
import { CLIENT_STORAGE_CONTRACT, draft } from '../../test/client-storage-contract.ts';
import { ADA } from '../../test/edits.ts';
import { emptyDocument } from '../index.ts';
import { readEntry, readSnapshot } from './client-storage.ts';
import { MemoryStorage } from './memory-storage.ts';

describe('client storage contract: memory', () => {
  test.each(CLIENT_STORAGE_CONTRACT)('$title', async ({ run }) => {
    let made = 0;
    const storage = new MemoryStorage(() => `browser-${(made += 1)}`);
    await run({ one: storage, two: storage }, (actual, expected) => expect(actual).toEqual(expected));
  });
});

describe('what is read back', () => {
  const entry = { ticket: 'a.1', at: 1, request: { ...draft('a.1').request, key: 'c:1' } };

  test('is taken as it is when it can be understood', () => {
    expect(readEntry(1, entry)).toEqual({ seq: 1, ...entry });
    const snapshot = { clock: 3, document: emptyDocument('Flow'), permission: 'edit', actor: ADA };
    expect(readSnapshot(snapshot)).toEqual(snapshot);
  });

  test.each([
    null,
    'text',
    [],
    {},
    { ...entry, at: 'now' },
    { ...entry, request: null },
    { ...entry, request: { ...entry.request, key: 'no number' } },
    { ...entry, request: { ...entry.request, key: '' } },
    { ...entry, request: { ...entry.request, ops: 'all' } },
    { ...entry, request: { ...entry.request, ops: [null] } },
    { ...entry, request: { ...entry.request, ops: [{ op: 'explode' }] } },
    { ...entry, request: { ...entry.request, baseClock: NaN } },
    { ...entry, request: { type: 'presence', key: 'c:1' } },
  ])('as an entry and makes no sense is neither sent nor dropped in silence: %j [D6]', (value) => {
    expect(readEntry(4, value)).toMatchObject({
      seq: 4,
      request: { ops: [] },
      refusal: { code: 'unreadable' },
    });
  });

  test.each([
    undefined,
    { clock: 1 },
    { clock: 1.5, document: emptyDocument('x'), permission: 'edit', actor: ADA },
    { clock: 1, document: { ...emptyDocument('x'), format: 'uxflow/9' }, permission: 'edit', actor: ADA },
    { clock: 1, document: { ...emptyDocument('x'), nodes: null }, permission: 'edit', actor: ADA },
    { clock: 1, document: { ...emptyDocument('x'), nodes: { a: 7 } }, permission: 'edit', actor: ADA },
    { clock: 1, document: emptyDocument('x'), permission: 'all', actor: ADA },
    { clock: 1, document: emptyDocument('x'), permission: 'edit', actor: null },
  ])('as a snapshot and makes no sense is left out, for the room has it: %j', (value) => {
    expect(readSnapshot(value)).toBeUndefined();
  });
});
