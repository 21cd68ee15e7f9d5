import { applyOps, FlowError, type FlowDocument } from '@uxflow/flow';
import { layout, type LayoutOptions } from '@uxflow/flow/layout';
import { listOf, oneOf, readArgs } from '../args.ts';
import { issueLines, print, readFlow, writeOutput } from '../files.ts';
import { Failure } from '../usage.ts';

export async function layoutFile(args: string[]): Promise<number> {
  const { operands, options } = readArgs('layout', args, ['FILE'], {
    out: { type: 'string', short: 'o' },
    direction: { type: 'string' },
    nodes: { type: 'string' },
  });
  const [file] = operands;
  const direction = oneOf('layout', 'direction', options.direction, ['right', 'down']);
  const nodeIds = listOf('layout', 'nodes', options.nodes);
  const { document } = await readFlow(file);
  const tidy = placed(file, document, {
    direction: direction === 'right' ? 'LR' : 'TB',
    ...(nodeIds && { nodeIds }),
  });
  await writeOutput(options.out, print(tidy));
  return 0;
}

function placed(file: string, document: FlowDocument, options: LayoutOptions): FlowDocument {
  try {
    return applyOps(document, layout(document, options).ops).document;
  } catch (error) {
    if (!(error instanceof FlowError)) throw error;
    throw new Failure([`${file} cannot be laid out so (--nodes):`, ...issueLines(error)].join('\n'));
  }
}
