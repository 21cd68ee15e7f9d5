import { lint } from '@uxflow/flow/lint';
import { readArgs } from '../args.ts';
import { print, readFlow, writeOutput } from '../files.ts';

export async function lintFile(args: string[]): Promise<number> {
  const { argument: file, options } = readArgs('lint', args, 'FILE', { json: { type: 'boolean' } });
  const { document } = await readFlow(file);
  const issues = lint(document);
  const count = (severity: string): number => issues.filter((issue) => issue.severity === severity).length;
  const [errors, warnings] = [count('error'), count('warning')];
  if (options.json) {
    await writeOutput(undefined, print({ issues, errors, warnings }));
  } else {
    const width = Math.max(0, ...issues.map(({ rule }) => rule.length));
    const lines = issues.map(
      ({ severity, rule, message }) => `${severity.padEnd(7)}  ${rule.padEnd(width)}  ${message}`,
    );
    lines.push(
      issues.length === 0
        ? 'No issues'
        : `${errors} errors, ${warnings} warnings, ${issues.length - errors - warnings} hints`,
    );
    await writeOutput(undefined, lines.join('\n'));
  }
  return errors > 0 ? 1 : 0;
}
