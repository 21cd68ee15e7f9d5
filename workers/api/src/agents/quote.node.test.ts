import { emptyDocument } from '@uxflow/flow';
import { expect, test } from 'vitest';
import { evaluationModel } from './evaluate.ts';
import { runDesigner } from './loop/designer.ts';
import { MemoryDocument, MemoryJournal } from './loop/memory.ts';
import { systemClock } from './loop/ports.ts';
import { quoteRun } from './quote.ts';

const NUMBERS = [
  'blue',
  'green',
  'quick',
  'second',
  'small',
  'final',
  'open',
  'new',
  'old',
  'main',
  'next',
  'upper',
];
const THINGS = [
  'form',
  'page',
  'code',
  'letter',
  'invoice',
  'ticket',
  'report',
  'picture',
  'address',
  'contract',
  'order',
  'plan',
  'card',
];

/** Sentences that all differ. */
const prose = (sentences: number): string =>
  Array.from(
    { length: sentences },
    (_, at) => `The user opens the ${NUMBERS[at % 12]} ${THINGS[Math.floor(at / 12) % 13]} ${at + 1}.`,
  ).join(' ');

test.each([1, 30, 150])(
  'the quote of the rule-based model pays for a prompt of %i sentences',
  async (sentences) => {
    const model = evaluationModel('local');
    const document = emptyDocument('Untitled');
    const prompt = prose(sentences);
    const outcome = await runDesigner({
      runId: 'run_quote',
      prompt,
      model: model.create(),
      modelId: model.id,
      held: quoteRun(model, document, prompt),
      limits: model.limits,
      deadline: systemClock.now() + model.limits.deadlineMs,
      document: new MemoryDocument(document),
      journal: new MemoryJournal(),
      clock: systemClock,
      signal: new AbortController().signal,
      onPart: () => undefined,
    });
    expect(outcome.error).toBeUndefined();
    expect(outcome.status).toBe('succeeded');
  },
);
