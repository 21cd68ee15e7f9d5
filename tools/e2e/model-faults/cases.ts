import type { Behaviour } from '../../gemini-local/protocol.ts';

/** What a model can do to a run, and how the run is to end then. */

export const addNode = (id: string) => ({
  name: 'add_node',
  args: { id, type: 'screen', title: `Screen ${id}` },
});
const finish = { name: 'finish', args: { summary: 'Drew it.' } };
const usage = { prompt: 2_000, output: 200 };
export const draws: Behaviour = {
  kind: 'answer',
  text: ['I draw.'],
  calls: [addNode('a'), addNode('b'), { name: 'connect', args: { source: 'a', target: 'b' } }],
  usage,
};
const ends: Behaviour = { kind: 'answer', calls: [finish], usage };
export const works: Behaviour = { kind: 'answer', calls: [addNode('a'), finish], usage };
const refused: Behaviour = {
  kind: 'answer',
  calls: [{ name: 'add_node', args: { id: 'x', type: 'wizard', title: '' } }],
  usage,
};
export const failing = (status: number, retryAfter?: number): Behaviour => ({
  kind: 'status',
  status,
  ...(retryAfter !== undefined && { retryAfter }),
});

export type Script = (n: number) => Behaviour;
/** The nth request of a run gets the nth behaviour, and whoever asks on the last one. */
export const inTurn =
  (...behaviours: Behaviour[]): Script =>
  (n) =>
    behaviours[Math.min(n, behaviours.length - 1)] ?? ends;
let nodes = 0;

interface Case {
  name: string;
  script: Script;
  /** Absent when the run is to succeed in spite of the fault. */
  code?: string;
  /** In the sentence that the person reads. */
  says?: RegExp;
  /** Whether edits of the run are left, for which it is charged. */
  leaves: boolean;
}

export const CASES: Case[] = [
  { name: 'works', script: inTurn(works), leaves: true },
  { name: 'answers 429 and is asked again', script: inTurn(failing(429, 1), works), leaves: true },
  {
    name: 'answers 500 twice and then works',
    script: inTurn(failing(500), failing(500), works),
    leaves: true,
  },
  {
    name: 'loses the connection once',
    script: inTurn({ kind: 'reset' }, draws, { kind: 'reset' }, ends),
    leaves: true,
  },
  {
    name: 'answers 500 for ever',
    script: inTurn(failing(500)),
    code: 'model_unavailable',
    says: /again later/,
    leaves: false,
  },
  {
    name: 'answers 429 for ever',
    script: inTurn(failing(429)),
    code: 'model_busy',
    says: /busy/,
    leaves: false,
  },
  {
    name: 'asks to wait for an hour',
    script: inTurn(failing(429, 3_600)),
    code: 'model_busy',
    says: /busy/,
    leaves: false,
  },
  {
    name: 'refuses our key',
    script: inTurn(failing(403)),
    code: 'model_unavailable',
    says: /another model/,
    leaves: false,
  },
  {
    name: 'never lets a connection live',
    script: inTurn({ kind: 'reset' }),
    code: 'model_unavailable',
    says: /cannot be reached/,
    leaves: false,
  },
  {
    name: 'hangs',
    script: inTurn({ kind: 'hang' }),
    code: 'model_timeout',
    says: /sent nothing for 2 seconds/,
    leaves: false,
  },
  {
    name: 'hangs after some edits',
    script: inTurn(draws, { kind: 'hang' }),
    code: 'model_timeout',
    says: /sent nothing/,
    leaves: true,
  },
  {
    name: 'stalls in the middle of its answer',
    script: inTurn({ kind: 'stall', calls: [addNode('a')] }),
    code: 'model_timeout',
    says: /sent nothing/,
    leaves: false,
  },
  {
    name: 'is cut off in the first answer',
    script: inTurn({ kind: 'cut', calls: [addNode('a')] }),
    code: 'model_interrupted',
    says: /broke off/,
    leaves: false,
  },
  {
    name: 'is cut off after some edits',
    script: inTurn(draws, { kind: 'cut', calls: [addNode('c')] }),
    code: 'model_interrupted',
    says: /broke off/,
    leaves: true,
  },
  {
    name: 'ends its stream early',
    script: inTurn({ kind: 'early-end', calls: [addNode('a')] }),
    code: 'model_interrupted',
    says: /before it was complete/,
    leaves: false,
  },
  {
    name: 'ends its stream early after some edits',
    script: inTurn(draws, { kind: 'early-end', calls: [addNode('c')] }),
    code: 'model_interrupted',
    says: /before it was complete/,
    leaves: true,
  },
  {
    name: 'sends a chunk that is not JSON',
    script: inTurn({ kind: 'bad-chunk', calls: [addNode('a')] }),
    code: 'model_error',
    says: /error/,
    leaves: false,
  },
  {
    name: 'answers nothing',
    script: inTurn({ kind: 'answer' }),
    code: 'model_empty',
    says: /answered nothing/,
    leaves: false,
  },
  {
    name: 'answers nothing after some edits',
    script: inTurn(draws, { kind: 'answer' }),
    code: 'model_empty',
    says: /answered nothing/,
    leaves: true,
  },
  {
    name: 'is stopped by its safety filter',
    script: inTurn({ kind: 'answer', finishReason: 'SAFETY' }),
    code: 'model_filtered',
    says: /safety/,
    leaves: false,
  },
  {
    name: 'is stopped by its safety filter behind calls',
    script: inTurn({ kind: 'answer', calls: [addNode('a')], finishReason: 'SAFETY' }),
    code: 'model_filtered',
    says: /safety/,
    leaves: false,
  },
  {
    name: 'is stopped for an unknown reason',
    script: inTurn({ kind: 'answer', calls: [addNode('a')], finishReason: 'OTHER' }),
    code: 'model_error',
    says: /again/,
    leaves: false,
  },
  {
    name: 'sends malformed calls',
    script: inTurn({ kind: 'answer', finishReason: 'MALFORMED_FUNCTION_CALL' }),
    code: 'invalid_tool_calls',
    says: /not possible/,
    leaves: false,
  },
  {
    name: 'sends a malformed call once',
    script: inTurn({ kind: 'answer', finishReason: 'MALFORMED_FUNCTION_CALL' }, works),
    leaves: true,
  },
  {
    name: 'sends invalid arguments twice in a row',
    script: inTurn(draws, refused),
    code: 'invalid_tool_calls',
    says: /not possible/,
    leaves: true,
  },
  { name: 'sends invalid arguments once', script: inTurn(refused, works), leaves: true },
  {
    name: 'calls a tool that there is not',
    script: inTurn({ kind: 'answer', calls: [{ name: 'rm_rf', args: { path: '/' } }] }),
    code: 'invalid_tool_calls',
    says: /no tool "rm_rf"/,
    leaves: false,
  },
  {
    name: 'edits without end',
    script: () => ({ kind: 'answer', calls: [addNode(`n${nodes++}`)], usage: { prompt: 100, output: 10 } }),
    code: 'step_limit',
    says: /did not come to an end/,
    leaves: true,
  },
  {
    name: 'reads without end',
    script: () => ({ kind: 'answer', calls: [{ name: 'read_flow' }], usage: { prompt: 100, output: 10 } }),
    code: 'step_limit',
    says: /did not come to an end/,
    leaves: false,
  },
  {
    name: 'uses up its credits',
    script: inTurn({ ...draws, usage: { prompt: 2_000, output: 100_000 } } as Behaviour, ends),
    code: 'credit_limit',
    says: /used up/,
    leaves: true,
  },
  {
    name: 'runs into MAX_TOKENS with words alone',
    script: inTurn({ kind: 'answer', text: ['I would'], finishReason: 'MAX_TOKENS' }),
    code: 'model_truncated',
    says: /too long/,
    leaves: false,
  },
  {
    name: 'runs into MAX_TOKENS behind whole calls and goes on',
    script: inTurn({ kind: 'answer', calls: [addNode('a')], finishReason: 'MAX_TOKENS', usage }, ends),
    leaves: true,
  },
];
