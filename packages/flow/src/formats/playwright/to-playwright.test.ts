import { spawnSync } from 'node:child_process';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import type { expect as playwrightExpect, test as playwrightTest } from '@playwright/test';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { anyDocument, sketch } from '../../../test/documents.ts';
import { HOSTILE, hostileDocument } from '../../../test/hostile.ts';
import { typeErrors, withProject } from '../../../test/typecheck.ts';
import { emptyDocument } from '../../document/empty.ts';
import type { FlowDocument } from '../../document/types.ts';
import { coveragePaths } from '../../paths/index.ts';
import { scenariosOf } from '../scenarios.ts';
import { toPlaywright } from './to-playwright.ts';

// Properties run on any machine, however busy it is.
vi.setConfig({ testTimeout: 60_000 });

const CLI = join(dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')), 'cli.js');

interface Taken {
  title: string;
  /** What the test did to the page and what it waited for, in order. */
  did: string[];
}

/** Runs the exported file against a page that writes down what is done to it. */
async function run(text: string): Promise<{ tests: Taken[]; todo: string[] }> {
  const code = stripTypeScriptTypes(text).replace(/^import .*$/mu, '');
  const found: { title: string; body: (use: object) => Promise<void> }[] = [];
  const todo: string[] = [];
  let did: string[] = [];
  const log = (line: string): Promise<void> => {
    did.push(line);
    return Promise.resolve();
  };
  const page = {
    goto: (url: string) => log(`goto ${url}`),
    goBack: () => log('back'),
    keyboard: { press: (name: string) => log(`press ${name}`) },
    getByRole: (role: string, { name }: { name: string }) => ({
      role,
      name,
      click: () => log(`click ${role} ${name}`),
    }),
  };
  const fake = Object.assign(
    (title: string, body: (use: object) => Promise<void>) => void found.push({ title, body }),
    {
      step: (_title: string, body: () => Promise<void>) => body(),
      fixme: (title: string) => void todo.push(title),
      info: () => ({
        annotations: {
          push: ({ description }: { description: string }) => void did.push(`decide ${description}`),
        },
      }),
    },
  );
  const see = ({ name }: { name: string }): object => ({ toBeVisible: () => log(`see ${name}`) });
  Function(
    'test',
    'expect',
    code,
  )(fake as unknown as typeof playwrightTest, see as unknown as typeof playwrightExpect);
  const tests: Taken[] = [];
  for (const { title, body } of found) {
    did = [];
    await body({ page });
    tests.push({ title, did });
  }
  return { tests, todo };
}

/** Edge ids of each test, read from its text. */
function edgesIn(text: string): string[][] {
  return text
    .split(/^test\(/mu)
    .slice(1)
    .map((body) =>
      Array.from(body.matchAll(/^ {2}await go\(page, \{ edge: '([^']*)'/gmu), ([, id = '']) => id),
    );
}

const SHOP: FlowDocument = sketch(
  ['s start Begin', 'c screen Cart', 'd decision In stock?', 'p action Pay', 'e end Thanks', 'x screen Lost'],
  [
    's > c / auto',
    'c > d / submit',
    'd > p : Yes',
    'd > c : No / error',
    'p > c / back',
    'p > e : Pay now',
    'x > e',
  ],
);
Object.assign(SHOP.nodes['c'] ?? {}, {
  screen: {
    elements: [{ id: 'l', kind: 'Link', label: 'Check out' }],
    states: [],
    externalUrl: 'https://shop.example/cart',
  },
});
Object.assign(SHOP.edges['e2'] ?? {}, { elementId: 'l' });

describe('a flow as a Playwright test file', () => {
  test('a test drives the page along its path and waits for every screen', async () => {
    const { tests, todo } = await run(toPlaywright(SHOP));
    expect(tests).toHaveLength(1);
    const did = tests[0]?.did ?? [];
    expect(did.slice(0, 3)).toEqual(['goto /', 'see Cart', 'click link Check out']);
    expect(did.slice(did.indexOf('decide In stock? → No'))[1]).toBe('see Cart');
    expect(did.slice(did.indexOf('back'))[1]).toBe('see Cart');
    expect(did.at(-1)).toBe('click button Pay now');
    expect(todo).toEqual(['on no path between a start and an end: Lost → Thanks (e7)']);
  });

  test('takes the coverage set: the same transitions in the same order, each at least once or marked to be fixed', () => {
    fc.assert(
      fc.property(anyDocument(), (document) => {
        const text = toPlaywright(document);
        const { paths, uncovered } = coveragePaths(document);
        expect(edgesIn(text)).toEqual(paths.map(({ edgeIds }) => edgeIds));
        const fixed = text.match(/^test\.fixme\('on no path/gmu) ?? [];
        expect(fixed).toHaveLength(uncovered.length);
      }),
    );
  });

  test('runs and does nothing else, whatever people wrote', async () => {
    await fc.assert(
      fc.asyncProperty(hostileDocument(8), async (document) => {
        const { tests } = await run(toPlaywright(document));
        expect(tests.map(({ title }) => title)).toEqual(
          scenariosOf(document).scenarios.map(({ name }) => name),
        );
        expect(new Set(tests.map(({ title }) => title)).size).toBe(tests.length);
      }),
    );
  });

  test('Playwright itself lists the tests of the coverage set, and a strict TypeScript finds nothing', () => {
    const hostile = sketch(
      ['s start', 'z end', ...HOSTILE.map((_, at) => `n${at} screen`)],
      HOSTILE.flatMap((_, at) => [`s > n${at}`, `n${at} > z / submit`]),
    );
    for (const [at, title] of HOSTILE.entries()) {
      Object.assign(hostile.nodes[`n${at}`] ?? {}, { title });
      Object.assign(hostile.edges[`e${2 * at + 1}`] ?? {}, { label: title });
    }
    const files = {
      'shop.spec.ts': toPlaywright(SHOP),
      'hostile.spec.ts': toPlaywright(hostile),
      'empty.spec.ts': toPlaywright(emptyDocument('')),
    };
    expect(typeErrors(files)).toBe('');
    const listed = withProject(files, (folder) => {
      const { stdout, stderr } = spawnSync(process.execPath, [CLI, 'test', '--list', '--reporter=json'], {
        cwd: folder,
        encoding: 'utf8',
      });
      if (!stdout.startsWith('{')) throw new Error(stdout + stderr);
      const { suites } = JSON.parse(stdout) as { suites: { file: string; specs: { title: string }[] }[] };
      return Object.fromEntries(suites.map(({ file, specs }) => [file, specs.map(({ title }) => title)]));
    });
    const names = (document: FlowDocument): string[] =>
      scenariosOf(document).scenarios.map(({ name }) => name);
    expect(listed['shop.spec.ts']?.slice(0, 1)).toEqual(names(SHOP));
    expect(listed['hostile.spec.ts']).toEqual(names(hostile));
    expect(listed['empty.spec.ts']).toEqual(['the flow has no transitions yet']);
  });
});
