import type { FlowDocument } from '@uxflow/flow';
import { readArgs } from '../args.ts';
import { print, readFlow, writeOutput } from '../files.ts';
import { UsageError } from '../usage.ts';

type Theme = 'light' | 'dark';

const FORMATS: Record<string, (document: FlowDocument, theme: Theme) => Promise<string>> = {
  json: async (document) => print(document),
  mermaid: async (document) => (await import('@uxflow/flow/formats/mermaid')).toMermaid(document),
  svg: async (document, theme) => (await import('@uxflow/flow/formats/svg')).toSvg(document, { theme }),
};

export async function exportFile(args: string[]): Promise<number> {
  const { argument: file, options } = readArgs('export', args, 'FILE', {
    format: { type: 'string', short: 'f' },
    out: { type: 'string', short: 'o' },
    theme: { type: 'string' },
  });
  const { format, theme = 'light' } = options;
  const write = format !== undefined && Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (!write) throw new UsageError(`--format must be one of ${Object.keys(FORMATS).join(', ')}`, 'export');
  if (theme !== 'light' && theme !== 'dark') throw new UsageError('--theme must be light or dark', 'export');
  const { document } = await readFlow(file);
  await writeOutput(options.out, await write(document, theme));
  return 0;
}
