import type { JsonObject } from '../black-box.ts';
import { edge, node, put, times } from './samples.ts';

export const RENAME: JsonObject = { op: 'rename', name: 'Renamed' };
const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;

/** Name, what is sent, the code of the refusal and the field that it names. */
export const MESSAGES: [string, string | Uint8Array<ArrayBuffer> | JsonObject, string, string?][] = [
  ['that is no JSON', 'hello', 'invalid_request'],
  ['that is empty', '', 'invalid_request'],
  ['of bytes', new Uint8Array([0, 1, 2, 255]), 'invalid_request'],
  ['that is null', 'null', 'invalid_request'],
  ['that is a list', '[]', 'invalid_request'],
  ['without a type', {}, 'invalid_request'],
  ['of an unknown type', { type: 'drop-table' }, 'invalid_request', 'type'],
  ['of a type of objects', { type: '__proto__' }, 'invalid_request', 'type'],
  ['with an unknown field', { type: 'ack', clock: 0, force: true }, 'invalid_request', 'force'],
  ['nested without end', `{"type":"presence","cursor":${deep}}`, 'invalid_request', 'cursor'],
  [
    'of 300 KB',
    JSON.stringify({ type: 'commit', key: 'mia:1', baseClock: 0, ops: [], message: 'x'.repeat(300_000) }),
    'limit_exceeded',
  ],
  ['of 4 MB', 'x'.repeat(4_000_000), 'limit_exceeded'],
  ['with a cursor nowhere', '{"type":"presence","cursor":{"x":1e400,"y":0}}', 'invalid_request', 'cursor.x'],
  [
    'with a selection of 101',
    { type: 'presence', selection: times(101, (at) => `n${at}`) },
    'invalid_request',
    'selection',
  ],
  ['with a clientId of blanks', { type: 'hello', clientId: '   ' }, 'invalid_request', 'clientId'],
  ['with a negative clock', { type: 'hello', clientId: 'mia', clock: -1 }, 'invalid_request', 'clock'],
  [
    'with a key of another client',
    { type: 'commit', key: 'noah:1', baseClock: 0, ops: [RENAME] },
    'invalid_request',
    'key',
  ],
  [
    'with a key that is none',
    { type: 'commit', key: 'one', baseClock: 0, ops: [RENAME] },
    'invalid_request',
    'key',
  ],
  ['with seq 0', { type: 'commit', key: 'mia:0', baseClock: 0, ops: [RENAME] }, 'invalid_request', 'key'],
  [
    'with ops that are text',
    { type: 'commit', key: 'mia:1', baseClock: 0, ops: 'all' },
    'invalid_request',
    'ops',
  ],
];

/** Name, ops, the code of the refusal and the field that it names. */
export const COMMITS: [string, JsonObject[], string, string][] = [
  [
    'an edge to a missing node, behind a good op',
    [RENAME, put('edge', edge('e', 'a', 'gone'))],
    'dangling_reference',
    'ops.1.value.target',
  ],
  [
    'an unknown field of a record',
    [put('node', node('c', { color: 'red' }))],
    'invalid_request',
    'ops.0.value.color',
  ],
  [
    'an over-long title',
    [put('node', node('c', { title: 'x'.repeat(201) }))],
    'invalid_request',
    'ops.0.value.title',
  ],
  [
    'a patch of a missing node',
    [{ op: 'patch', kind: 'node', id: 'gone', set: { title: 'x' } }],
    'unknown_record',
    'ops.0.id',
  ],
  ['1,001 ops', times(1_001, () => RENAME), 'limit_exceeded', 'ops'],
  ['an op that is none', [{ op: 'explode' }], 'invalid_request', 'ops.0.op'],
];
