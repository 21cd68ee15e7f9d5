import type { FlowDocument } from '@uxflow/flow';
import { readArgs } from '../args.ts';
import { print, readFlow, writeOutput } from '../files.ts';
import { UsageError } from '../usage.ts';

interface Look {
  theme: 'light' | 'dark';
  scale: number | undefined;
}

/** Each loaded when chosen: nobody waits for a renderer to print JSON. */
const FORMATS: Record<string, (document: FlowDocument, look: Look) => Promise<string | Uint8Array>> = {
  json: async (document) => print(document),
  mermaid: async (document) => (await import('@uxflow/flow/formats/mermaid')).toMermaid(document),
  'state-diagram': async (document) =>
    (await import('@uxflow/flow/formats/state-diagram')).toStateDiagram(document),
  bpmn: async (document) => (await import('@uxflow/flow/formats/bpmn')).toBpmn(document),
  svg: async (document, { theme }) => (await import('@uxflow/flow/formats/svg')).toSvg(document, { theme }),
  png,
  markdown: async (document) => (await import('@uxflow/flow/formats/markdown')).toMarkdown(document),
  xstate: async (document) => (await import('@uxflow/flow/formats/xstate')).toXState(document),
  playwright: async (document) => (await import('@uxflow/flow/formats/playwright')).toPlaywright(document),
  gherkin: async (document) => (await import('@uxflow/flow/formats/gherkin')).toGherkin(document),
};

export async function exportFile(args: string[]): Promise<number> {
  const {
    operands: [file],
    options,
  } = readArgs('export', args, ['FILE'], {
    format: { type: 'string', short: 'f' },
    out: { type: 'string', short: 'o' },
    theme: { type: 'string' },
    scale: { type: 'string' },
  });
  const { format, theme = 'light' } = options;
  const write = format !== undefined && Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (!write) throw new UsageError(`--format must be one of ${Object.keys(FORMATS).join(', ')}`, 'export');
  if (theme !== 'light' && theme !== 'dark') throw new UsageError('--theme must be light or dark', 'export');
  const scale = options.scale === undefined ? undefined : Number(options.scale);
  if (scale !== undefined && !(scale >= 0.1 && scale <= 4))
    throw new UsageError('--scale must be a number from 0.1 to 4', 'export');
  if (format === 'png' && options.out === undefined && process.stdout.isTTY)
    throw new UsageError('A png is no text for a terminal: name a file with --out', 'export');
  const { document } = await readFlow(file);
  await writeOutput(options.out, await write(document, { theme, scale }));
  return 0;
}

async function png(document: FlowDocument, { theme, scale }: Look): Promise<Uint8Array> {
  const { nodePngRenderer } = await import('@uxflow/flow/formats/png/node');
  const renderer = await nodePngRenderer();
  const { bytes, missing } = renderer.render(document, { theme, ...(scale !== undefined && { scale }) });
  if (missing.length > 0)
    process.stderr.write(`Inter has no ${missing.slice(0, 20).join(' ')}: drawn as □; an svg has all\n`);
  return bytes;
}
