import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../lib/paths.ts';
import { collect, commitOf, kindOf, type Sample } from './collect.ts';
import { MERMAID_VERSION, record } from './record.ts';

/**
 * Records what the mermaid package makes of every flowchart and state diagram in public test suites:
 * `node tools/mermaid-oracle/main.ts --mermaid <git directory> --excalidraw <git directory>`. The differential
 * tests of packages/flow compare with the recording, so that nobody needs mermaid or a browser to run them.
 */
const SUITES = {
  mermaid: {
    name: 'mermaid-js/mermaid',
    paths:
      /^(?:demos\/.*\.html|cypress\/platform\/.*\.html|cypress\/integration\/.*\.spec\.[jt]s|packages\/mermaid\/src\/(?:diagrams\/(?:flowchart|state)\/.*\.spec\.[jt]s|docs\/.*\.(?:md|mmd)))$/u,
  },
  excalidraw: {
    name: 'excalidraw/mermaid-to-excalidraw',
    paths: /^(?:playground\/testcases|tests)\/.*\.ts$/u,
  },
};
const FOLDER = join(ROOT, 'packages/flow/test/mermaid');

const { values } = parseArgs({ options: { mermaid: { type: 'string' }, excalidraw: { type: 'string' } } });
const seen = new Set<string>();
const samples: Sample[] = [];
const repositories: string[] = [];
for (const [option, { name, paths }] of Object.entries(SUITES)) {
  const directory = option === 'mermaid' ? values.mermaid : values.excalidraw;
  if (directory === undefined) throw new Error(`name a clone of ${name}: --${option} <git directory>`);
  repositories.push(`${name}@${commitOf(directory)}`);
  for (const sample of collect(directory, name, paths)) {
    if (seen.has(sample.source)) continue;
    seen.add(sample.source);
    samples.push(sample);
  }
}
const answers = await record(samples);
mkdirSync(FOLDER, { recursive: true });
for (const kind of ['flowchart', 'state'] as const) {
  const lines = samples.flatMap((sample, number) =>
    kindOf(sample.source) === kind ? [JSON.stringify({ ...sample, answer: answers[number] ?? null })] : [],
  );
  const head = JSON.stringify({
    about: `Texts from public test suites with what mermaid ${MERMAID_VERSION} makes of each; written by tools/mermaid-oracle`,
    licence: 'The texts are MIT licensed: (c) 2014 - 2022 Knut Sveidqvist; (c) 2023 Excalidraw',
    repositories,
  });
  writeFileSync(join(FOLDER, `${kind}.jsonl`), `${[head, ...lines].join('\n')}\n`);
  process.stdout.write(
    `${kind}: ${lines.length} texts, ${answers.filter((answer, number) => answer === null && kindOf(samples[number]?.source ?? '') === kind).length} refused by mermaid\n`,
  );
}
