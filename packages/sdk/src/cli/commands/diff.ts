import type { FlowEdge, FlowNode, Frame, JsonValue, Persona } from '@uxflow/flow';
import { compareDocuments, type RecordChange, type RecordEntry } from '@uxflow/flow/history';
import { oneOf, readArgs } from '../args.ts';
import { print, readFlow, writeOutput } from '../files.ts';
import { oneLine } from '../one-line.ts';
import { isNamed, isPlaced, MATCHES, matchOf, related } from '../relate.ts';
import { UsageError } from '../usage.ts';

/** Every field that can differ; kept complete by the compiler. */
const FIELDS: Readonly<
  Record<Exclude<keyof FlowNode | keyof FlowEdge | keyof Frame | keyof Persona, 'id'>, true>
> = {
  type: true,
  title: true,
  description: true,
  frameId: true,
  pinned: true,
  position: true,
  size: true,
  screen: true,
  subflowId: true,
  personaIds: true,
  source: true,
  data: true,
  target: true,
  trigger: true,
  label: true,
  condition: true,
  elementId: true,
  parentId: true,
  name: true,
  goal: true,
};

interface Difference {
  name: { before: string; after: string } | null;
  added: RecordEntry[];
  removed: RecordEntry[];
  changed: RecordChange[];
}

/** @returns 0 when the flows are equal, 1 when they differ, as `diff` does */
export async function diffFiles(args: string[]): Promise<number> {
  const { operands, options } = readArgs('diff', args, ['BEFORE', 'AFTER'], {
    json: { type: 'boolean' },
    match: { type: 'string' },
    ignore: { type: 'string' },
  });
  const wanted = oneOf('diff', 'match', options.match, MATCHES);
  const ignored = fieldsOf(options.ignore);
  const before = await readFlow(operands[0]);
  const after = await readFlow(operands[1]);
  const match = matchOf(wanted, before, after);
  // Where a format has no places, or another program's, every step would seem to have moved.
  const places = match === 'ids' && isPlaced(before) && isPlaced(after) ? [] : ['position', 'size'];
  const ignore = new Set(ignored ?? places);
  const found = compareDocuments(before.document, related(before, after, match));
  const difference: Difference = {
    name: ignore.has('name') || !isNamed(before) || !isNamed(after) ? null : (found.name ?? null),
    added: found.added,
    removed: found.removed,
    changed: found.changed
      .map((change) => ({ ...change, fields: change.fields.filter(({ field }) => !ignore.has(field)) }))
      .filter(({ fields }) => fields.length > 0),
  };
  const { name, added, removed, changed } = difference;
  const equal = !name && added.length + removed.length + changed.length === 0;
  await writeOutput(undefined, options.json ? print({ equal, ...difference }) : readable(equal, difference));
  return equal ? 0 : 1;
}

function fieldsOf(list: string | undefined): string[] | undefined {
  const fields = list?.split(',').flatMap((field) => field.trim() || []);
  const unknown = fields?.find((field) => !Object.hasOwn(FIELDS, field));
  if (unknown === undefined) return fields;
  throw new UsageError(
    `--ignore: no record has a field "${unknown}"; there are ${Object.keys(FIELDS).join(', ')}`,
    'diff',
  );
}

function readable(equal: boolean, { name, added, removed, changed }: Difference): string {
  if (equal) return 'No differences';
  const title = ({ kind, id, label }: RecordEntry | RecordChange): string =>
    `${kind.padEnd(7)}  ${id}  ${oneLine(label)}`;
  const lines = [
    ...(name ? [`~ name     ${shown(name.before)} → ${shown(name.after)}`] : []),
    ...removed.map((entry) => `- ${title(entry)}`),
    ...added.map((entry) => `+ ${title(entry)}`),
    ...changed.flatMap((change) => [
      `~ ${title(change)}`,
      ...change.fields.map(({ field, before, after }) => `    ${field}: ${shown(before)} → ${shown(after)}`),
    ]),
  ];
  const counts = `${added.length} added, ${removed.length} removed, ${changed.length} changed`;
  return [...lines, counts + (name ? ', renamed' : '')].join('\n');
}

/** A value as it stands on one line, null for what is absent. */
function shown(value: JsonValue): string {
  return value === null ? 'none' : JSON.stringify(value);
}
