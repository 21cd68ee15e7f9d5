import type { AnyRecord } from '../document/fields.ts';
import type { FlowDocument, RecordKind } from '../document/types.ts';

/** What people call a record of `document`: its title or name, for an edge where it leads from and to. */
export function labelOf(document: FlowDocument, kind: RecordKind, record: AnyRecord): string {
  if (kind !== 'edge') return textOf(record['title'] ?? record['name']) || textOf(record['id']);
  const ends = [record['source'], record['target']].map((end) => {
    const id = textOf(end);
    const node = Object.hasOwn(document.nodes, id) ? document.nodes[id] : undefined;
    return node?.title || id;
  });
  const label = textOf(record['label']);
  return `${ends.join(' → ')}${label === '' ? '' : ` (${label})`}`;
}

function textOf(value: AnyRecord[string] | undefined): string {
  return typeof value === 'string' ? value : '';
}
