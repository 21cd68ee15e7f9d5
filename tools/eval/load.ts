import { readFileSync } from 'node:fs';

const NODE_TYPES = ['start', 'end', 'screen', 'action', 'decision', 'system', 'subflow', 'note'] as const;
export type NodeType = (typeof NODE_TYPES)[number];

type ExpectedNode = { id: string; title: string; type?: NodeType };
type ExpectedEdge = { source: string; target: string; label?: string };
export type ExpectedFlow = { nodes: ExpectedNode[]; edges: ExpectedEdge[] };
export type EvalItem = {
  id: string;
  lang: 'en' | 'de';
  /** Absent in files from outside. */
  style?: string;
  source?: string;
  text: string;
  expected: ExpectedFlow;
};

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isNodeType = (value: string): value is NodeType => NODE_TYPES.some((type) => type === value);

class Reader {
  private readonly where: string;
  constructor(where: string) {
    this.where = where;
  }

  fail(field: string, problem: string): never {
    throw new Error(`${this.where}: ${field}: ${problem}`);
  }

  fields(value: unknown, field: string, known: readonly string[]): Fields {
    if (!isFields(value)) return this.fail(field, 'must be an object');
    for (const key of Object.keys(value)) {
      if (!known.includes(key)) this.fail(field === 'line' ? key : `${field}.${key}`, 'unknown field');
    }
    return value;
  }

  text(value: unknown, field: string): string {
    if (typeof value !== 'string') return this.fail(field, 'must be a string');
    if (value.trim() === '') return this.fail(field, 'must not be empty');
    return value;
  }

  optionalText(value: unknown, field: string): string | undefined {
    return value === undefined ? undefined : this.text(value, field);
  }

  list(value: unknown, field: string): readonly unknown[] {
    return Array.isArray(value) ? value : this.fail(field, 'must be an array');
  }

  node(value: unknown, field: string): ExpectedNode {
    const raw = this.fields(value, field, ['id', 'title', 'type']);
    const type = this.optionalText(raw['type'], `${field}.type`);
    const node = {
      id: this.text(raw['id'], `${field}.id`),
      title: this.text(raw['title'], `${field}.title`),
    };
    if (type === undefined) return node;
    if (!isNodeType(type)) return this.fail(`${field}.type`, `must be one of ${NODE_TYPES.join(', ')}`);
    return { ...node, type };
  }

  edge(value: unknown, field: string, ids: ReadonlySet<string>): ExpectedEdge {
    const raw = this.fields(value, field, ['source', 'target', 'label']);
    const end = (key: 'source' | 'target'): string => {
      const id = this.text(raw[key], `${field}.${key}`);
      return ids.has(id) ? id : this.fail(`${field}.${key}`, `no node "${id}"`);
    };
    const label = this.optionalText(raw['label'], `${field}.label`);
    const edge = { source: end('source'), target: end('target') };
    return label === undefined ? edge : { ...edge, label };
  }

  flow(value: unknown): ExpectedFlow {
    const raw = this.fields(value, 'expected', ['nodes', 'edges']);
    const nodes = this.list(raw['nodes'], 'expected.nodes').map((node, i) =>
      this.node(node, `expected.nodes[${i}]`),
    );
    const ids = new Set<string>();
    for (const [i, node] of nodes.entries()) {
      if (ids.has(node.id)) this.fail(`expected.nodes[${i}].id`, `"${node.id}" is used twice`);
      ids.add(node.id);
    }
    const edges = this.list(raw['edges'], 'expected.edges').map((edge, i) =>
      this.edge(edge, `expected.edges[${i}]`, ids),
    );
    return { nodes, edges };
  }

  item(value: unknown): EvalItem {
    const raw = this.fields(value, 'line', ['id', 'lang', 'style', 'source', 'text', 'expected']);
    const id = this.text(raw['id'], 'id');
    const lang = raw['lang'];
    if (lang !== 'en' && lang !== 'de') return this.fail('lang', 'must be "en" or "de"');
    const style = this.optionalText(raw['style'], 'style');
    const source = this.optionalText(raw['source'], 'source');
    return {
      id,
      lang,
      ...(style === undefined ? {} : { style }),
      ...(source === undefined ? {} : { source }),
      text: this.text(raw['text'], 'text'),
      expected: this.flow(raw['expected']),
    };
  }
}

/** Every error names the file, the line and the field. */
export function parseSet(jsonl: string, name: string): EvalItem[] {
  const items: EvalItem[] = [];
  const lineOf = new Map<string, number>();
  for (const [i, line] of jsonl.split('\n').entries()) {
    if (line.trim() === '') continue;
    const reader = new Reader(`${name}:${i + 1}`);
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (error) {
      reader.fail('line', `not JSON (${error instanceof Error ? error.message : String(error)})`);
    }
    const item = reader.item(value);
    const first = lineOf.get(item.id);
    if (first !== undefined) reader.fail('id', `"${item.id}" is already on line ${first}`);
    lineOf.set(item.id, i + 1);
    items.push(item);
  }
  if (items.length === 0) throw new Error(`${name}: no items`);
  return items;
}

export function loadSet(path: string): EvalItem[] {
  return parseSet(readFileSync(path, 'utf8'), path);
}
