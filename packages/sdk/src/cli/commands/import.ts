import { clip, LIMITS } from '@uxflow/flow';
import { readArgs } from '../args.ts';
import { print, readFlow, writeOutput } from '../files.ts';
import { UsageError } from '../usage.ts';

export async function importFile(args: string[]): Promise<number> {
  const {
    operands: [file],
    options,
  } = readArgs('import', args, ['FILE'], {
    out: { type: 'string', short: 'o' },
    name: { type: 'string' },
    json: { type: 'boolean' },
  });
  const name = options.name?.trim();
  if (name !== undefined && (name === '' || name !== clip(name, LIMITS.title))) {
    throw new UsageError(`--name must have 1 to ${LIMITS.title} characters`, 'import');
  }
  const { document, warnings } = await readFlow(file);
  const named = name === undefined ? document : { ...document, name };
  await writeOutput(options.out, print(options.json ? { document: named, warnings } : named));
  return 0;
}
