import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.ts';

/**
 * The code block of a Markdown file that follows `<!-- sample: name -->`. Samples are marked so that tests can run
 * them: what the documentation shows is what works.
 */
export function sample(file: string, name: string): string {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const match = new RegExp(`<!-- sample: ${name} -->\\n+\`\`\`\\w+\\n([\\s\\S]*?)\\n\`\`\``).exec(text);
  if (!match?.[1]) throw new Error(`${file} has no sample "${name}"`);
  return match[1];
}

/** Names of all samples in a Markdown file. */
export function sampleNames(file: string): string[] {
  return [...readFileSync(join(ROOT, file), 'utf8').matchAll(/<!-- sample: (\S+) -->/g)].map(
    (match) => match[1] ?? '',
  );
}
