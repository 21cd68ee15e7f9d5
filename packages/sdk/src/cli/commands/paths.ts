import { FlowError, type FlowDocument } from '@uxflow/flow';
import {
  complexity,
  coveragePaths,
  enumeratePaths,
  PATH_LIMITS,
  shortestPath,
  type FlowPath,
  type PathEnds,
} from '@uxflow/flow/paths';
import { listOf, oneOf, readArgs, wholeOf } from '../args.ts';
import { issueLines, print, readFlow, writeOutput } from '../files.ts';
import { oneLine } from '../one-line.ts';
import { Failure, UsageError } from '../usage.ts';

interface Wanted extends PathEnds {
  kind: 'coverage' | 'shortest' | 'all';
  loops?: number;
  limit?: number;
}
interface Found {
  paths: FlowPath[];
  complete: boolean;
  /** Transitions on none of the paths of a coverage set. */
  uncovered: string[];
}

/** @returns 0, or 1 when there is no path */
export async function listPaths(args: string[]): Promise<number> {
  const { operands, options } = readArgs('paths', args, ['FILE'], {
    kind: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    loops: { type: 'string' },
    limit: { type: 'string' },
    json: { type: 'boolean' },
  });
  const [file] = operands;
  const kind = oneOf('paths', 'kind', options.kind, ['coverage', 'shortest', 'all']) ?? 'coverage';
  const loops = wholeOf('paths', 'loops', options.loops, [0, PATH_LIMITS.loops]);
  const limit = wholeOf('paths', 'limit', options.limit, [1, PATH_LIMITS.paths]);
  if (loops !== undefined && kind !== 'all') throw new UsageError('--loops is for --kind all', 'paths');
  if (limit !== undefined && kind === 'shortest')
    throw new UsageError('--limit is not for --kind shortest: it is one path', 'paths');
  const from = listOf('paths', 'from', options.from);
  const to = listOf('paths', 'to', options.to);
  const { document } = await readFlow(file);
  const found = find(file, document, {
    kind,
    ...(from && { from }),
    ...(to && { to }),
    ...(loops !== undefined && { loops }),
    ...(limit !== undefined && { limit }),
  });
  await writeOutput(
    undefined,
    options.json ? print({ kind, ...found, complexity: complexity(document) }) : readable(document, found),
  );
  return found.paths.length > 0 ? 0 : 1;
}

function find(file: string, document: FlowDocument, { kind, ...bounds }: Wanted): Found {
  try {
    if (kind === 'coverage') return coveragePaths(document, bounds);
    if (kind === 'all') return { ...enumeratePaths(document, bounds), uncovered: [] };
    const path = shortestPath(document, bounds);
    return { paths: path ? [path] : [], complete: true, uncovered: [] };
  } catch (error) {
    if (!(error instanceof FlowError)) throw error;
    throw new Failure([`${file} has no such ends (--from, --to):`, ...issueLines(error)].join('\n'));
  }
}

function readable(document: FlowDocument, { paths, complete, uncovered }: Found): string {
  const lines = paths.map((path, index) => `${index + 1}. ${ways(document, path)}`);
  if (paths.length === 0) lines.push('No way leads from a start to an end');
  if (!complete) lines.push('There are more: raise --limit');
  for (const id of uncovered) {
    const { source = '', target = '' } = document.edges[id] ?? {};
    lines.push(`on no path: ${id}  ${titleOf(document, source)} → ${titleOf(document, target)}`);
  }
  return lines.join('\n');
}

/** E.g. `Start → Code right? —(yes)→ End` */
function ways(document: FlowDocument, { nodeIds, edgeIds }: FlowPath): string {
  return nodeIds
    .map((id, index) => {
      const edge = document.edges[edgeIds[index - 1] ?? ''];
      const text = oneLine(edge?.label || edge?.condition || '');
      const arrow = index === 0 ? '' : text === '' ? ' → ' : ` —(${text})→ `;
      return arrow + titleOf(document, id);
    })
    .join('');
}

function titleOf(document: FlowDocument, id: string): string {
  return oneLine(document.nodes[id]?.title ?? '') || id;
}
