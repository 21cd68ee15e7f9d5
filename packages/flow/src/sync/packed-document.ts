import { FlowError } from '../document/errors.ts';
import { COLLECTIONS, fieldRule, KINDS, requiredFields, type AnyRecord } from '../document/fields.ts';
import { emptyDocument } from '../document/empty.ts';
import { isId } from '../document/ids.ts';
import { utf8Bytes } from '../document/json.ts';
import { LIMITS } from '../document/limits.ts';
import type { FlowDocument, JsonValue, RecordKind } from '../document/types.ts';

/**
 * A document in columns, a third of its JSON: as a list of blocks, each a JSON value that can be read when those before
 * it have been. A text is the name of the flow; `[kind, rows, {field: column}]` are so many records of `KINDS[kind]`.
 *
 * Cells of a column: `0` where the record does not have the field. A text stands for itself; a number n is the text in
 * row n − 1 of the same column, and in `source` and `target` the id of the n-th node of the document. `[a, b]` is a
 * position or a size. Everything else is `[value]`.
 */
export interface PackedBlock {
  text: string;
  /** UTF-8 bytes of `text`. */
  bytes: number;
}

/** Most records in a block. */
const ROWS = 256;
const ABSENT = 0;

/** Members of the fields that are pairs of numbers. */
const PAIRS: Readonly<Record<string, readonly [string, string]>> = {
  position: ['x', 'y'],
  size: ['width', 'height'],
};

/** The blocks of `document`, none longer than `most` bytes; undefined when a single record is longer. */
export function packDocument(document: FlowDocument, most: number): PackedBlock[] | undefined {
  const blocks = [blockOf(document.name)];
  const nodes = new Map(Object.keys(document.nodes).map((id, at) => [id, at + 1]));
  for (const kind of KINDS) {
    const records = Object.values(document[COLLECTIONS[kind]]) as unknown as AnyRecord[];
    let rows = ROWS;
    for (let at = 0; at < records.length;) {
      const some = records.slice(at, at + rows);
      const block = blockOf([KINDS.indexOf(kind), some.length, columnsOf(some, nodes)]);
      if (block.bytes <= most) {
        blocks.push(block);
        at += some.length;
      } else if (rows === 1) return undefined;
      else rows = Math.ceil(rows / 4);
    }
  }
  return blocks;
}

function blockOf(value: JsonValue): PackedBlock {
  const text = JSON.stringify(value);
  return { text, bytes: utf8Bytes(text) };
}

function columnsOf(
  records: readonly AnyRecord[],
  nodes: ReadonlyMap<string, number>,
): Record<string, JsonValue[]> {
  const columns: Record<string, JsonValue[]> = {};
  const known: Record<string, Map<string, number>> = {};
  for (const [row, record] of records.entries()) {
    for (const field of Object.keys(record)) {
      const value = record[field];
      if (value === undefined) continue;
      const column = (columns[field] ??= Array<JsonValue>(records.length).fill(ABSENT));
      if (typeof value !== 'string') column[row] = pairIn(field, value) ?? [value];
      else if (field === 'source' || field === 'target') column[row] = nodes.get(value) ?? value;
      else {
        const texts = (known[field] ??= new Map<string, number>());
        const before = texts.get(value);
        if (before === undefined) texts.set(value, row + 1);
        column[row] = before ?? value;
      }
    }
  }
  return columns;
}

function pairIn(field: string, value: JsonValue): JsonValue | undefined {
  const names = Object.hasOwn(PAIRS, field) ? PAIRS[field] : undefined;
  if (!names || typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const [a, b] = [value[names[0]], value[names[1]]];
  const isPair = typeof a === 'number' && typeof b === 'number' && Object.keys(value).length === 2;
  return isPair ? [a, b] : undefined;
}

/**
 * The document that was packed into `blocks`, read from their JSON.
 * @throws FlowError when they are none
 */
export function unpackDocument(blocks: readonly unknown[]): FlowDocument {
  const [name, ...rest] = blocks;
  if (typeof name !== 'string') throw unreadable(0, 'Must be the name');
  const document = emptyDocument(name);
  const nodes: string[] = [];
  const counts = { node: 0, edge: 0, frame: 0, persona: 0 };
  rest.forEach((block, at) => {
    const [number, rows, columns] = Array.isArray(block) ? (block as unknown[]) : [];
    const kind = KINDS[Number(number)];
    if (!kind || !Number.isInteger(rows) || typeof columns !== 'object' || columns === null)
      throw unreadable(at + 1, 'Must be [kind, rows, columns]');
    const records = recordsIn(kind, Number(rows), columns as Record<string, unknown>, nodes, at + 1);
    const collection = COLLECTIONS[kind];
    const table = document[collection] as unknown as Record<string, AnyRecord>;
    for (const record of records) {
      const id = record['id'];
      if (!isId(id) || Object.hasOwn(table, id)) throw unreadable(at + 1, 'Must have ids, each once');
      table[id] = record;
      if (kind === 'node') nodes.push(id);
    }
    counts[kind] += records.length;
    if (counts[kind] > LIMITS[collection]) throw unreadable(at + 1, `Too many ${collection}`);
  });
  return document;
}

function recordsIn(
  kind: RecordKind,
  rows: number,
  columns: Readonly<Record<string, unknown>>,
  nodes: readonly string[],
  block: number,
): AnyRecord[] {
  if (rows < 1 || rows > ROWS) throw unreadable(block, `Must have 1 to ${ROWS} rows`);
  const records = Array.from({ length: rows }, (): Record<string, JsonValue> => ({}));
  for (const [field, column] of Object.entries(columns)) {
    if (fieldRule(kind, field) === undefined || !Array.isArray(column) || column.length !== rows)
      throw unreadable(block, `Has no column "${field}" of ${rows} rows`);
    const texts: readonly unknown[] = field === 'source' || field === 'target' ? nodes : column;
    for (const [row, record] of records.entries()) {
      const value = valueOf(field, column[row] as JsonValue, texts);
      if (value !== undefined) record[field] = value;
      else if (column[row] !== ABSENT) throw unreadable(block, `"${field}" cannot be read in row ${row}`);
    }
  }
  for (const field of requiredFields(kind))
    if (!records.every((record) => Object.hasOwn(record, field)))
      throw unreadable(block, `"${field}" is missing`);
  return records;
}

function valueOf(field: string, cell: JsonValue, texts: readonly unknown[]): JsonValue | undefined {
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') {
    const text = texts[cell - 1];
    return typeof text === 'string' ? text : undefined;
  }
  if (!Array.isArray(cell) || cell.length === 0 || cell.length > 2) return undefined;
  const [a, b] = cell;
  if (cell.length === 1) return a;
  const names = Object.hasOwn(PAIRS, field) ? PAIRS[field] : undefined;
  if (!names || typeof a !== 'number' || typeof b !== 'number') return undefined;
  return { [names[0]]: a, [names[1]]: b };
}

function unreadable(block: number, message: string): FlowError {
  return new FlowError('invalid_request', [{ path: `packed.${block}`, message }]);
}
