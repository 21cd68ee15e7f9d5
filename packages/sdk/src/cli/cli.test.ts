import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli, cliIntoHead, start } from '../../test/cli.ts';
import { events, json, problem, serve } from '../../test/server.ts';
import { COMMAND_HELP } from './usage.ts';

const GOOD =
  'flowchart TD\n  a([Start]) --> b[Sign up]\n  b --> c{Code right?}\n  c -->|yes| d([End])\n  c -->|no| b\n';
/** A decision with one way out, and a screen that leads nowhere. */
const BAD = 'flowchart TD\n  a([Start]) --> c{Code right?}\n  c -->|yes| d[Welcome]\n  e[Lost] --> d\n';

const BPMN =
  '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"><task id="a" name="Order"/></process></definitions>';
const DRAWIO =
  '<mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/><mxCell id="a" value="Pay" vertex="1" parent="1"/></root></mxGraphModel>';
const EXCALIDRAW =
  '{"type": "excalidraw", "elements": [{"id": "a", "type": "text", "text": "Why", "x": 0, "y": 0, "width": 9, "height": 9}]}';

let folder = '';
const file = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uxflow-cli-'));
  await writeFile(file('good.mmd'), GOOD);
  await writeFile(file('bad.mmd'), BAD);
  await writeFile(file('broken.json'), '{"format": "uxflow/1", ');
  await writeFile(
    file('wrong.json'),
    JSON.stringify({
      format: 'uxflow/1',
      name: 'x',
      nodes: { a: { id: 'a', type: 'robot' } },
      edges: {},
      frames: {},
      personas: {},
    }),
  );
});
afterAll(() => rm(folder, { recursive: true }));

describe.concurrent('uxflow', () => {
  test.each([
    [[], /Say what to do/],
    [['draw'], /no command "draw"/],
    [['lint'], /FILE is missing/],
    [['lint', 'a', 'b'], /not also "b"/],
    [['lint', '--loud', 'a'], /'--loud'/],
    [
      ['export', 'a'],
      /--format must be one of json, mermaid, state-diagram, bpmn, svg, png, markdown, xstate, playwright, gherkin/,
    ],
    [['export', 'a', '-f', 'pdf'], /--format must be/],
    [['export', 'a', '-f', 'svg', '--theme', 'pink'], /--theme/],
    [['export', 'a', '-f', 'png', '--scale', '9'], /--scale must be a number from 0.1 to 4/],
    [['export', 'a', '-f', 'png', '--scale', 'big'], /--scale/],
    [['import', 'a', '--name', ' '], /--name/],
    [['lint', '--rules', 'a'], /No file is expected, not also "a"/],
    [['lint', '-', '--config', '-'], /Only one file can be -/],
    [['layout', 'a', '--direction', 'up'], /--direction must be right or down, not "up"/],
    [['layout', 'a', '--nodes', ' , '], /--nodes names nothing/],
    [['diff', 'a'], /AFTER is missing/],
    [['diff', 'a', 'b', 'c'], /BEFORE, AFTER are expected, not also "c"/],
    [['diff', '-', '-'], /Only one file can be -/],
    [['diff', 'a', 'b', '--match', 'luck'], /--match must be ids or content/],
    [['diff', 'a', 'b', '--ignore', 'title,colour'], /no record has a field "colour"; there are type, title/],
    [['merge', 'a', 'b'], /THEIRS is missing/],
    [['merge', 'a', 'b', 'c', '--prefer', 'mine'], /--prefer must be ours or theirs/],
    [['paths', 'a', '--kind', 'some'], /--kind must be coverage, shortest or all/],
    [['paths', 'a', '--kind', 'all', '--loops', '11'], /--loops must be a whole number from 0 to 10/],
    [['paths', 'a', '--loops', '1'], /--loops is for --kind all/],
    [['paths', 'a', '--kind', 'shortest', '--limit', '2'], /--limit is not for --kind shortest/],
    [['generate', 'x'], /UXFLOW_API_KEY/],
    [['generate', 'x', '--max-credits', '-1'], /max-credits/],
    [['generate', 'x', '--max-credits', 'lots'], /--max-credits must be/],
    [['generate', 'x', '--flow', 'flw_1', '--name', 'n'], /--name is for a new flow/],
  ])('%j is a usage error: exit code 2, why, and where to read more', async (args, why) => {
    const { code, out, err } = await cli(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(why);
    expect(err).toMatch(/Try: uxflow .*--help/);
  });

  test('an empty prompt is a usage error too', async () => {
    expect(await cli(['generate', ' '], { env: { UXFLOW_API_KEY: 'k' } })).toMatchObject({
      code: 2,
      err: expect.stringContaining('prompt is empty'),
    });
  });

  test('--help tells about all commands and each of them, on lines that fit', async () => {
    const { code, out: all } = await cli(['--help']);
    expect(code).toBe(0);
    const commands = Array.from(all.matchAll(/^ {2}uxflow (\S+)/gmu), ([, name = '']) => name);
    expect(commands.toSorted()).toEqual(Object.keys(COMMAND_HELP).toSorted());
    const helps = await Promise.all(commands.map((name) => cli([name, '--help'])));
    expect(helps.map(({ code: ended, out }) => [ended, ...out.split(' ', 2)])).toEqual(
      commands.map((name) => [0, 'uxflow', name]),
    );
    const lines = [all, ...helps.map(({ out }) => out)].join('').split('\n');
    expect(lines.filter(({ length }) => length > 120)).toEqual([]);
  });

  test('a pipe that is closed early is no failure, and the exit code still tells what was found', async () => {
    const nodes = Array.from({ length: 4_000 }, (_, i) => `  n${i}[Step ${i} of many that go on and on]`);
    await writeFile(file('large.mmd'), `flowchart TD\n${nodes.join('\n')}\n`);
    expect(await cliIntoHead(['diff', 'good.mmd', 'large.mmd', '--json'], folder)).toBe('1');
    expect(await cliIntoHead(['layout', 'large.mmd'], folder)).toBe('0');
  });
});

describe.concurrent('files', () => {
  test('lint is silent about nothing: errors, exit code 1; a good flow, exit code 0', async () => {
    expect(await cli(['lint', file('good.mmd')])).toMatchObject({ code: 0, out: 'No issues\n' });
    const bad = await cli(['lint', file('bad.mmd')]);
    expect(bad.code).toBe(1);
    expect(bad.out).toMatch(/^error\s+\S+/);
  });

  test('lint --json prints issues and counts', async () => {
    const { code, out } = await cli(['lint', '--json', file('bad.mmd')]);
    const report: unknown = JSON.parse(out);
    expect(code).toBe(1);
    expect(report).toMatchObject({
      issues: expect.arrayContaining([
        expect.objectContaining({ severity: 'error', rule: expect.any(String) }),
      ]),
    });
  });

  test('import, export and import again keep the flow; -o writes the file and leaves stdout empty', async () => {
    expect(
      await cli(['import', file('good.mmd'), '--name', 'Sign up', '-o', file('one.json')]),
    ).toMatchObject({ code: 0, out: '' });
    expect(await cli(['export', file('one.json'), '-f', 'mermaid', '-o', file('two.mmd')])).toMatchObject({
      code: 0,
      out: '',
    });
    const { out } = await cli(['import', file('two.mmd')]);
    const one: unknown = JSON.parse(await readFile(file('one.json'), 'utf8'));
    expect(one).toMatchObject({
      format: 'uxflow/1',
      name: 'Sign up',
      nodes: { c: { type: 'decision', title: 'Code right?' } },
    });
    expect(JSON.parse(out)).toEqual(one);
  });

  test('export writes an svg, light and dark', async () => {
    const light = await cli(['export', file('good.mmd'), '--format', 'svg']);
    const dark = await cli(['export', file('good.mmd'), '--format', 'svg', '--theme', 'dark']);
    expect(light.out).toMatch(/^<svg[\s\S]*Sign up[\s\S]*<\/svg>\n$/);
    expect(dark.out).not.toBe(light.out);
  });

  test.each([
    ['state-diagram', /^stateDiagram-v2$/m],
    ['bpmn', /^<\?xml /],
    ['markdown', /^# .*\n[\s\S]*Code right\?/],
    ['xstate', /import \{ setup \} from 'xstate';[\s\S]*codeRight: \{/],
    ['playwright', /^test\('1\. Start → End/m],
    ['gherkin', /^ {2}Scenario: 1\. Start → End/m],
  ])('export writes %s', async (format, holds) => {
    expect(await cli(['export', file('good.mmd'), '-f', format])).toEqual({
      code: 0,
      out: expect.stringMatching(holds),
      err: '',
    });
  });

  test('export writes a png, larger with its scale, and names what the font does not have', async () => {
    await writeFile(file('signs.mmd'), 'flowchart TD\n  a([登录 ✓]) --> b([End])\n');
    const widths: number[] = [];
    for (const scale of ['1', '3']) {
      const { code, err } = await cli([
        'export',
        file('signs.mmd'),
        '-f',
        'png',
        '--scale',
        scale,
        '-o',
        file('x.png'),
      ]);
      expect([code, err]).toEqual([0, 'Inter has no 登 录: drawn as □; an svg has all\n']);
      const bytes = await readFile(file('x.png'));
      expect(bytes.toString('latin1', 1, 4)).toBe('PNG');
      widths.push(bytes.readUInt32BE(16));
    }
    expect(widths[1]).toBe((widths[0] ?? 0) * 3);
  });

  test.each([
    ['order.bpmn', BPMN, 'Order'],
    ['order.xml', BPMN, 'Order'],
    ['order.drawio', DRAWIO, 'Pay'],
    ['drawing.xml', DRAWIO, 'Pay'],
    ['sketch.excalidraw', EXCALIDRAW, 'Why'],
    ['sketch.json', EXCALIDRAW, 'Why'],
  ])('import reads %s by its ending or how it begins', async (name, source, title) => {
    await writeFile(file(name), source);
    const { code, out, err } = await cli(['import', file(name)]);
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({ format: 'uxflow/1', nodes: { a: { title } } });
  });

  test('import tells what could not be carried over, and refuses what is no diagram by its line', async () => {
    const noisy = BPMN.replace('<task', '<choreographyTask id="x"/><task');
    const { code, err } = await cli(['import', '-'], { stdin: noisy });
    expect([code, err]).toEqual([
      0,
      'warning: line 1: <choreographyTask> was left out: a flow has nothing for it\n',
    ]);
    await writeFile(file('broken.bpmn'), `${BPMN}\n<more/>`);
    expect(await cli(['import', file('broken.bpmn')])).toMatchObject({
      code: 1,
      err: expect.stringContaining('line 2: is not well-formed XML'),
    });
  });

  test('- reads standard input', async () => {
    expect(await cli(['lint', '-'], { stdin: GOOD })).toMatchObject({ code: 0, out: 'No issues\n' });
  });

  test.each([
    ['missing.json', /cannot be read/],
    ['broken.json', /not valid JSON/],
    ['wrong.json', /nodes\.a\.type/],
  ])('%s is exit code 1 and says what is wrong', async (name, why) => {
    const { code, out, err } = await cli(['lint', file(name)]);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(why);
  });

  test('a Mermaid mistake names its line, and nothing is written', async () => {
    const { code, err } = await cli(['import', '-', '-o', file('never.json')], {
      stdin: 'flowchart TD\n  a --> [oops\n',
    });
    expect(code).toBe(1);
    expect(err).toMatch(/line 2/);
    await expect(readFile(file('never.json'))).rejects.toThrow('ENOENT');
  });

  test('an output that cannot be written is exit code 1', async () => {
    expect(await cli(['import', file('good.mmd'), '-o', join(folder, 'no', 'where.json')])).toMatchObject({
      code: 1,
      err: expect.stringContaining('cannot be written'),
    });
  });
});

describe.concurrent('generate', () => {
  const flow = {
    id: 'flw_1',
    name: 'x',
    document: { format: 'uxflow/1', name: 'x', nodes: {}, edges: {}, frames: {}, personas: {} },
  };
  const run = { id: 'run_1', flowId: 'flw_1', model: 'local', status: 'running', cost: 0 };
  const ended = { ...run, status: 'succeeded', cost: 1_250_000, reply: 'Drew it.', unused: ['Blah.'] };
  const drawn = events([
    {
      type: 'tool-input-available',
      toolCallId: 'c1',
      toolName: 'add_node',
      input: { id: 'code', type: 'screen', title: 'Enter code' },
    },
  ]);
  const env = (url: string): Record<string, string> => ({
    UXFLOW_API_KEY: 'uxf_sk_test_1',
    UXFLOW_BASE_URL: url,
  });

  test('makes a flow, streams progress to stderr and gives the document on stdout', async () => {
    await using server = await serve(json(flow, 201), json(run, 201), drawn, json(ended), json(flow));
    const { code, out, err } = await cli(
      ['generate', 'A visitor signs up. We send a code.', '--max-credits', '2.5'],
      { env: env(server.url) },
    );
    expect(JSON.parse(out)).toEqual(flow.document);
    expect(code).toBe(0);
    expect(err).toBe(
      [
        'flow flw_1',
        'run run_1 (local)',
        '  add_node id="code" type="screen" title="Enter code"',
        'Drew it.',
        'not used: Blah.',
        'succeeded, 1.25 credits',
        '',
      ].join('\n'),
    );
    expect(server.seen[0]).toMatchObject({
      body: { name: 'A visitor signs up' },
      headers: { authorization: 'Bearer uxf_sk_test_1' },
    });
    expect(server.seen[1]?.body).toMatchObject({
      prompt: 'A visitor signs up. We send a code.',
      maxCredits: 2_500_000,
    });
  });

  test('--flow edits that one; --json gives run and flow; the prompt may come from stdin', async () => {
    await using server = await serve(json(run, 201), drawn, json(ended), json(flow));
    const { out } = await cli(['generate', '-', '--flow', 'flw_1', '--json'], {
      env: env(server.url),
      stdin: 'Add a step\n',
    });
    expect(JSON.parse(out)).toEqual({ run: ended, flow });
    expect(server.seen[0]).toMatchObject({ path: '/v1/flows/flw_1/runs', body: { prompt: 'Add a step' } });
  });

  test('a failed run is exit code 1 with its reason and no document', async () => {
    const failed = {
      ...ended,
      status: 'failed',
      error: { code: 'model_unavailable', detail: 'The model did not answer.' },
    };
    await using server = await serve(json(flow, 201), json(run, 201), drawn, json(failed));
    const { code, out, err } = await cli(['generate', 'x', '-o', file('none.json')], {
      env: env(server.url),
    });
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('The model did not answer. (model_unavailable)');
    await expect(readFile(file('none.json'))).rejects.toThrow('ENOENT');
  });

  test('a refusal tells code, detail, fields and request id', async () => {
    const issues = [{ path: 'prompt', message: 'is too long' }];
    await using server = await serve(json(flow, 201), problem(422, 'invalid_request', { issues }));
    const { code, err } = await cli(['generate', 'x'], { env: env(server.url) });
    expect(code).toBe(1);
    expect(err).toContain(
      'uxflow: It is invalid_request. (invalid_request)\n  prompt: is too long\n  request req_9\n',
    );
  });

  test('a backend that is not there is exit code 1 and named', async () => {
    const server = await serve(json({}));
    await server[Symbol.asyncDispose]();
    expect(await cli(['generate', 'x'], { env: env(server.url) })).toMatchObject({
      code: 1,
      err: expect.stringContaining(server.url),
    });
  });

  test('Ctrl-C cancels the run and is exit code 130', async () => {
    let cancelled = false;
    await using server = await serve(async (request, response, raw) => {
      if (request.path.endsWith('/cancel')) {
        cancelled = true;
        return json(run)(request, response, raw);
      }
      if (request.path === '/v1/flows') return json(flow, 201)(request, response, raw);
      if (request.method === 'POST') return json(run, 201)(request, response, raw);
      if (!request.path.endsWith('/stream'))
        return json({ ...run, status: 'cancelled' })(request, response, raw);
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      const timer = setInterval(() => {
        if (!cancelled) return;
        clearInterval(timer);
        response.end('data: [DONE]\n\n');
      }, 5);
      return undefined;
    });
    const running = start(['generate', 'x'], { env: env(server.url) });
    await expect.poll(running.err).toContain('run run_1');
    running.kill('SIGINT');
    expect(await running.ended).toMatchObject({
      code: 130,
      out: '',
      err: expect.stringContaining('cancelled, 0 credits'),
    });
  });
});
