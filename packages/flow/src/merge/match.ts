import { COLLECTIONS, KINDS, type AnyRecord } from '../document/fields.ts';
import type { FlowDocument, RecordKind } from '../document/types.ts';
import { recordsOf } from './tables.ts';

export interface MatchOptions {
  /**
   * `shared`: the documents have a common past, so equal ids mean the same record. `foreign`: ids mean nothing, as in
   * files from elsewhere. `steps`: shared but for those of edges, as in Mermaid, whose links are numbered as they come.
   * `shared` when absent; records without a partner are then matched by content, too.
   */
  ids?: 'shared' | 'foreign' | 'steps';
}

/** For each kind, the id in one document → the id of the same record in the other. */
export type Matches = Readonly<Record<RecordKind, ReadonlyMap<string, string>>>;

/** Rounds in which nodes are matched by what they are linked with; each round may help the next. */
const ROUNDS = 8;

/**
 * Which records of two documents are the same: by id where ids are shared, else by what they say and by where they
 * stand. Each record has at most one partner. Linear time in the size of both.
 */
export function matchRecords(
  from: FlowDocument,
  to: FlowDocument,
  { ids = 'shared' }: MatchOptions = {},
): Matches {
  const pairs = Object.fromEntries(KINDS.map((kind) => [kind, new Pairs(from, to, kind)])) as Record<
    RecordKind,
    Pairs
  >;
  for (const kind of KINDS) {
    if (ids === 'shared' || (ids === 'steps' && kind !== 'edge')) pairs[kind].pair(({ id }) => String(id));
  }
  pairs.persona.pair(({ name }) => words(name));
  pairs.frame.pair(({ title }) => words(title), 'in order');
  matchNodes(from, to, pairs.node);
  matchEdges(pairs);
  return {
    node: pairs.node.found,
    edge: pairs.edge.found,
    frame: pairs.frame.found,
    persona: pairs.persona.found,
  };
}

function matchNodes(from: FlowDocument, to: FlowDocument, nodes: Pairs): void {
  const around = { from: neighbours(from), to: neighbours(to) };
  const titled = ({ type, title }: AnyRecord): string => (words(title) === '' ? '' : key(type, words(title)));
  /** What a node is linked with, as far as that is matched, in the ids of `from`. */
  const linked = (side: 'from' | 'to', id: string): string =>
    (around[side].get(id) ?? [])
      .flatMap(([way, other]) => {
        const known = side === 'from' ? (nodes.found.has(other) ? other : undefined) : nodes.back.get(other);
        return known === undefined ? [] : [`${way} ${known}`];
      })
      .sort()
      .join(',');
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = nodes.found.size;
    nodes.pair(titled);
    nodes.pair((node, side) => {
      const place = linked(side, String(node['id']));
      return place === '' || titled(node) === '' ? '' : key(titled(node), place);
    });
    // Renamed, but the same kind of step in the same place.
    nodes.pair((node, side) => {
      const place = linked(side, String(node['id']));
      return place.includes('in ') && place.includes('out ') ? key(node['type'], place) : '';
    });
    if (nodes.found.size === before) break;
  }
  nodes.pair(titled, 'in order');
  nodes.pair(({ type, title }) => (type === 'note' ? '' : words(title)));
}

function matchEdges({ edge, node }: Readonly<Record<RecordKind, Pairs>>): void {
  const ends = (value: AnyRecord, side: 'from' | 'to'): string => {
    const [source, target] = [value['source'], value['target']].map((end) =>
      side === 'from' ? String(end) : node.back.get(String(end)),
    );
    return source === undefined || target === undefined ? '' : key(source, target);
  };
  const more =
    (...fields: string[]) =>
    (value: AnyRecord, side: 'from' | 'to') => {
      const at = ends(value, side);
      return at === '' ? '' : key(at, ...fields.map((field) => words(value[field])));
    };
  edge.pair(more('trigger', 'label', 'condition'), 'in order');
  edge.pair(more('label'), 'in order');
  edge.pair(more('trigger'), 'in order');
  edge.pair(more(), 'in order');
}

/** The pairs found so far among the records of one kind. */
class Pairs {
  readonly found = new Map<string, string>();
  readonly back = new Map<string, string>();
  readonly #from: readonly AnyRecord[];
  readonly #to: readonly AnyRecord[];

  constructor(from: FlowDocument, to: FlowDocument, kind: keyof typeof COLLECTIONS) {
    this.#from = [...recordsOf(from, kind).values()];
    this.#to = [...recordsOf(to, kind).values()];
  }

  /**
   * Pairs what is left and has the same key on both sides; an empty key is none. A key that several have pairs nobody,
   * unless they may be paired in their order.
   */
  pair(keyOf: (record: AnyRecord, side: 'from' | 'to') => string, several?: 'in order'): void {
    const left = group(this.#from, (record) =>
      this.found.has(String(record['id'])) ? '' : keyOf(record, 'from'),
    );
    const right = group(this.#to, (record) =>
      this.back.has(String(record['id'])) ? '' : keyOf(record, 'to'),
    );
    for (const [shared, mine] of left) {
      const others = right.get(shared) ?? [];
      if (several === undefined && (mine.length > 1 || others.length > 1)) continue;
      mine.forEach((id, i) => {
        const other = others[i];
        if (other === undefined) return;
        this.found.set(id, other);
        this.back.set(other, id);
      });
    }
  }
}

function group(records: readonly AnyRecord[], keyOf: (record: AnyRecord) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const record of records) {
    const shared = keyOf(record);
    if (shared === '') continue;
    const ids = groups.get(shared);
    if (ids) ids.push(String(record['id']));
    else groups.set(shared, [String(record['id'])]);
  }
  return groups;
}

function neighbours(document: FlowDocument): Map<string, [way: 'in' | 'out', id: string][]> {
  const around = new Map<string, ['in' | 'out', string][]>();
  const add = (id: string, way: 'in' | 'out', other: string): void => {
    const list = around.get(id);
    if (list) list.push([way, other]);
    else around.set(id, [[way, other]]);
  };
  for (const { source, target } of Object.values(document.edges)) {
    add(source, 'out', target);
    add(target, 'in', source);
  }
  return around;
}

function key(...parts: unknown[]): string {
  return JSON.stringify(parts);
}

/** Text without what does not make a difference to readers. */
function words(text: unknown): string {
  return typeof text === 'string' ? text.trim().replace(/\s+/g, ' ').toLowerCase() : '';
}
