import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import type { UIMessageChunk } from 'ai';
import type { Op } from '@uxflow/flow';
import type { CommitResult } from '../../flows/room.rpc.ts';
import type { ToolResult } from '../tools.ts';
import type { ToolCallPart } from './journal.ts';
import type { TokenUsage } from './ports.ts';

/**
 * Writes a run as an AI SDK UI message stream. Besides the standard parts: `data-progress` (what the model is doing,
 * replaced in place), `data-edit` (one for each commit) and `data-cost` (tokens and micro-credits so far).
 */
export class UiParts {
  readonly #emit: (part: UIMessageChunk) => void;
  #prefix = '';
  #open: { type: 'text' | 'reasoning'; id: string } | null = null;
  #calls = 0;

  constructor(emit: (part: UIMessageChunk) => void) {
    this.#emit = emit;
  }

  /** @param attempt 1, or more when the step was begun before and interrupted: what it had shown then is taken back. */
  beginStep(step: number, attempt: number): void {
    this.#prefix = `${step}.${attempt}.`;
    this.#open = null;
    this.#calls = 0;
    this.#emit({ type: attempt > 1 ? 'reset-step' : 'start-step' });
    this.#progress('thinking');
  }

  modelPart(part: LanguageModelV4StreamPart): void {
    switch (part.type) {
      case 'text-start':
        return this.#begin('text', part.id);
      case 'reasoning-start':
        return this.#begin('reasoning', part.id);
      case 'text-delta':
        if (part.delta !== '')
          this.#emit({ type: 'text-delta', id: this.#prefix + part.id, delta: part.delta });
        return;
      case 'reasoning-delta':
        if (part.delta !== '')
          this.#emit({ type: 'reasoning-delta', id: this.#prefix + part.id, delta: part.delta });
        return;
      case 'text-end':
      case 'reasoning-end':
        return this.endAnswer();
      case 'tool-call':
        this.#calls += 1;
        return this.#progress('planning');
    }
  }

  #begin(type: 'text' | 'reasoning', id: string): void {
    this.endAnswer();
    this.#open = { type, id: this.#prefix + id };
    this.#emit({ type: `${type}-start`, id: this.#open.id });
  }

  /** Closes the text that is still open. */
  endAnswer(): void {
    if (!this.#open) return;
    const { type, id } = this.#open;
    this.#open = null;
    this.#emit({ type: `${type}-end`, id });
  }

  endStep(): void {
    this.#emit({ type: 'finish-step' });
  }

  callBegins(call: ToolCallPart, input: unknown): void {
    this.#emit({ type: 'tool-input-available', toolCallId: call.id, toolName: call.name, input });
  }

  callEnds(call: ToolCallPart, result: ToolResult): void {
    if (result.ok) this.#emit({ type: 'tool-output-available', toolCallId: call.id, output: result });
    else
      this.#emit({
        type: 'tool-output-error',
        toolCallId: call.id,
        errorText: `${result.error} ${result.remedy}`,
      });
  }

  edit({ clock, commitId, applied }: CommitResult): void {
    const touched = (kind: 'node' | 'edge') => applied.flatMap((op) => idOf(op, kind));
    this.#emit({
      type: 'data-edit',
      id: commitId,
      data: { clock, commitId, nodeIds: touched('node'), edgeIds: touched('edge') },
    });
  }

  /** Micro-credits that the run would cost if it ended here, and how many are held for it. */
  cost(usage: TokenUsage, cost: number, held: number): void {
    this.#emit({ type: 'data-cost', id: 'cost', data: { ...usage, cost, held } });
  }

  /** The agent's last word, as text of its own. */
  reply(text: string): void {
    this.#emit({ type: 'text-start', id: 'reply' });
    this.#emit({ type: 'text-delta', id: 'reply', delta: text });
    this.#emit({ type: 'text-end', id: 'reply' });
  }

  #progress(phase: 'thinking' | 'planning'): void {
    this.#emit({ type: 'data-progress', id: 'progress', data: { phase, planned: this.#calls } });
  }
}

function idOf(op: Op, kind: 'node' | 'edge'): string[] {
  if (op.op === 'rename' || op.kind !== kind) return [];
  return [op.op === 'put' ? op.value.id : op.id];
}
