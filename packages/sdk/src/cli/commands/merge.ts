import { applyOps, FlowError, type FlowDocument, type JsonValue } from '@uxflow/flow';
import { layout } from '@uxflow/flow/layout';
import { merge, type MergeConflict, type Merged, type MergeSide } from '@uxflow/flow/merge';
import { oneOf, readArgs } from '../args.ts';
import { issueLines, print, readFlow, writeOutput } from '../files.ts';
import type { ReadFlow } from '../formats.ts';
import { completed, isPlaced, MATCHES, matchOf, related, withEdgesTold } from '../relate.ts';
import { Failure } from '../usage.ts';

const REASONS: Readonly<Record<MergeConflict['reason'], string>> = {
  'both-changed': 'both changed it',
  'both-added': 'both added it, each their own',
  'removed-and-changed': 'one removed it, the other changed it; it stays',
  'removed-and-used': 'one removed it, the other points at it',
  'frame-cycle': 'together the frames would lie in each other; it is back where it was',
};

/** @returns 0 when all changes went together, 1 when some could not: they are told, and the preferred side's stand */
export async function mergeFiles(args: string[]): Promise<number> {
  const { operands, options } = readArgs('merge', args, ['BASE', 'OURS', 'THEIRS'], {
    out: { type: 'string', short: 'o' },
    prefer: { type: 'string' },
    match: { type: 'string' },
    json: { type: 'boolean' },
  });
  const prefer = oneOf('merge', 'prefer', options.prefer, ['ours', 'theirs']) ?? 'ours';
  const wanted = oneOf('merge', 'match', options.match, MATCHES);
  const base = await readFlow(operands[0]);
  const ours = await readFlow(operands[1]);
  const theirs = await readFlow(operands[2]);
  const match = matchOf(wanted, base, ours, theirs);
  const { document, conflicts } = together(base, ours, theirs, match, prefer);
  for (const conflict of conflicts) process.stderr.write(`conflict: ${described(conflict)}\n`);
  if (conflicts.length > 0)
    process.stderr.write(`${conflicts.length} conflicts, decided for ${prefer}; see --prefer\n`);
  await writeOutput(options.out, print(options.json ? { document, conflicts } : document));
  return conflicts.length > 0 ? 1 : 0;
}

function together(
  base: ReadFlow,
  ours: ReadFlow,
  theirs: ReadFlow,
  match: (typeof MATCHES)[number],
  prefer: MergeSide,
): Pick<Merged, 'document' | 'conflicts'> {
  const side = (flow: ReadFlow): FlowDocument => completed(base.document, related(base, flow, match), flow);
  const mine = side(ours);
  const numbered = match === 'content' || theirs.format === 'mermaid';
  const other = numbered ? withEdgesTold(base.document, mine, side(theirs)) : side(theirs);
  try {
    const { document, conflicts } = merge(base.document, mine, other, { prefer });
    if (isPlaced(ours) && isPlaced(theirs)) return { document, conflicts };
    const nodeIds = Object.keys(document.nodes).filter((id) => !Object.hasOwn(base.document.nodes, id));
    if (nodeIds.length === 0) return { document, conflicts };
    return { document: applyOps(document, layout(document, { nodeIds }).ops).document, conflicts };
  } catch (error) {
    if (!(error instanceof FlowError)) throw error;
    throw new Failure(['The sides together are no flow:', ...issueLines(error)].join('\n'));
  }
}

/** E.g. `node pay, title: both changed it; base "Pay", ours "Buy", theirs "Order"` */
function described({ kind, id, field, reason, base, ours, theirs }: MergeConflict): string {
  const what = [id === '' ? kind : `${kind} ${id}`, ...(field === null ? [] : [field])].join(', ');
  const values = { base, ours, theirs };
  const sides = Object.entries(values).map(([side, value]) => `${side} ${shown(value)}`);
  return `${what}: ${REASONS[reason]}; ${sides.join(', ')}`;
}

/** Long values are whole with `--json`. */
function shown(value: JsonValue): string {
  if (value === null) return 'none';
  const text = Array.from(JSON.stringify(value));
  return text.length > 80 ? `${text.slice(0, 79).join('')}…` : text.join('');
}
