import type { LanguageModelV4Message, LanguageModelV4Prompt } from '@ai-sdk/provider';
import type { FlowDocument, Op } from '@uxflow/flow';
import type { ToolResult } from '../tools.ts';
import { RunFault, type RunFaultCode } from './faults.ts';
import type { AnswerPart } from './model-call.ts';
import type { TokenUsage } from './ports.ts';

/**
 * What has happened in a run, in order. The state of a run is the fold of its entries, so a run that was interrupted
 * goes on exactly behind its last entry: no answer is asked for twice and no edit made twice.
 */
export type JournalEntry =
  | { kind: 'opened'; messages: LanguageModelV4Prompt; wasEmpty: boolean }
  /** A call of the model begins; repeated when it was interrupted. */
  | { kind: 'asked'; step: number }
  /** The whole answer, before anything of it is carried out. */
  | { kind: 'answered'; step: number; parts: AnswerPart[]; usage: TokenUsage; malformed: boolean }
  /** An edit is about to be committed under `key`: carrying it out again is carried out as the same edit. */
  | ({ kind: 'planned' } & PlannedEdit)
  | { kind: 'committed'; key: string; commitId: string; applied: Op[] }
  /** The answer to one call of the model; with the last word of the run when the call was `finish`. */
  | {
      kind: 'called';
      callId: string;
      tool: string;
      result: ToolResult;
      finish?: { reply: string; unused: string[] };
    }
  | { kind: 'faulted'; code: RunFaultCode; detail: string }
  | { kind: 'arranged' };

export interface PlannedEdit {
  key: string;
  ops: Op[];
  result: ToolResult;
  /** The id that the model has chosen for the node it adds, and the node's real id. */
  alias?: { asked: string; id: string };
  /** An edit of the product itself, with its larger limits. */
  internal: boolean;
}

export type ToolCallPart = AnswerPart & { type: 'call' };

/** A run as its journal tells it. */
export class RunState {
  messages: LanguageModelV4Prompt = [];
  wasEmpty = false;
  opened = false;
  /** Answers of the model so far. */
  step = 0;
  /** Times that the present step was begun. */
  asked = 0;
  /** Calls of the last answer that have no result yet, in order. */
  pending: ToolCallPart[] = [];
  /** Calls of the last answer, and how many of their results were refusals. */
  #calls = 0;
  #refused = 0;
  /** Answers in a row in which every call was refused, or that were malformed. */
  refusedAnswers = 0;
  lastError = '';
  /** An edit that was planned and of which we do not know whether it has been committed. */
  planned: PlannedEdit | null = null;
  readonly #aliases = new Map<string, { id: string; step: number }>();
  readonly commitIds: string[] = [];
  readonly #committed = new Set<string>();
  readonly edits: Op[] = [];
  usage: TokenUsage = { inputTokens: 0, cachedTokens: 0, outputTokens: 0 };
  lastUsage: TokenUsage | null = null;
  finished: { reply: string; unused: string[] } | null = null;
  fault: RunFault | null = null;
  /** Ids of all calls so far. */
  readonly callIds = new Set<string>();
  /** Nodes were added or rewired since the last layout. */
  untidy = false;

  constructor(entries: readonly JournalEntry[]) {
    for (const entry of entries) this.apply(entry);
  }

  /** Which call of the last answer the first pending one is, from 0. */
  get callIndex(): number {
    return this.#calls - this.pending.length;
  }

  /**
   * Model's id → real id, for the nodes that this run has added. Where another node bears the model's id, the model
   * means its own only within the same answer: from then on it has been told the real id.
   */
  aliasesIn(document: FlowDocument): Map<string, string> {
    const valid = [...this.#aliases].filter(
      ([asked, { step }]) => step === this.step || !Object.hasOwn(document.nodes, asked),
    );
    return new Map(valid.map(([asked, { id }]) => [asked, id]));
  }

  /** Ids that the model has used for nodes of its own that are still there. */
  ownIn(document: FlowDocument): Set<string> {
    return new Set(
      [...this.#aliases].flatMap(([asked, { id }]) => (Object.hasOwn(document.nodes, id) ? [asked] : [])),
    );
  }

  apply(entry: JournalEntry): void {
    switch (entry.kind) {
      case 'opened':
        this.messages = [...entry.messages];
        this.wasEmpty = entry.wasEmpty;
        this.opened = true;
        break;
      case 'asked':
        this.asked += 1;
        break;
      case 'answered':
        this.#answer(entry);
        break;
      case 'planned': {
        const { kind: _, ...edit } = entry;
        this.planned = edit;
        break;
      }
      case 'committed':
        this.#commit(entry);
        break;
      case 'called':
        this.#result(entry);
        break;
      case 'faulted':
        this.fault = new RunFault(entry.code, entry.detail);
        this.pending = [];
        break;
      case 'arranged':
        this.untidy = false;
        this.planned = null;
        break;
    }
  }

  #answer({ parts, usage, malformed }: Extract<JournalEntry, { kind: 'answered' }>): void {
    this.step += 1;
    this.asked = 0;
    this.lastUsage = usage;
    this.usage = {
      inputTokens: this.usage.inputTokens + usage.inputTokens,
      cachedTokens: this.usage.cachedTokens + usage.cachedTokens,
      outputTokens: this.usage.outputTokens + usage.outputTokens,
    };
    if (malformed) {
      this.refusedAnswers += 1;
      this.lastError = 'its calls were malformed';
      this.messages.push({ role: 'user', content: [{ type: 'text', text: MALFORMED_REMEDY }] });
      return;
    }
    this.pending = parts.filter((part) => part.type === 'call');
    for (const call of this.pending) this.callIds.add(call.id);
    this.#calls = this.pending.length;
    this.#refused = 0;
    const text = parts
      .map((part) => (part.type === 'text' ? part.text : ''))
      .join('')
      .trim();
    if (this.pending.length === 0 && text !== '') this.finished = { reply: text, unused: [] };
    const message = assistantMessage(parts);
    if (message.content.length > 0) this.messages.push(message);
  }

  #commit({ key, commitId, applied }: Extract<JournalEntry, { kind: 'committed' }>): void {
    const { planned } = this;
    if (!planned) throw new Error('a journal commits what it has not planned');
    // An interruption right behind a commit makes the run commit it again; the room answers the same.
    if (this.#committed.has(key)) return;
    this.#committed.add(key);
    if (planned.alias) this.#aliases.set(planned.alias.asked, { id: planned.alias.id, step: this.step });
    if (applied.length > 0 && commitId !== '') this.commitIds.push(commitId);
    this.edits.push(...applied);
    if (!planned.internal) this.untidy = true;
  }

  #result({ callId, tool, result, finish }: Extract<JournalEntry, { kind: 'called' }>): void {
    this.planned = null;
    if (finish) {
      this.finished = finish;
      this.pending = [];
      return;
    }
    this.pending = this.pending.filter((call) => call.id !== callId);
    const content = {
      type: 'tool-result' as const,
      toolCallId: callId,
      toolName: tool,
      output: { type: 'json' as const, value: toJson(result) },
    };
    const last = this.messages.at(-1);
    if (last?.role === 'tool') last.content.push(content);
    else this.messages.push({ role: 'tool', content: [content] });
    if (!result.ok) {
      this.#refused += 1;
      this.lastError = result.error;
    }
    if (this.pending.length > 0) return;
    this.refusedAnswers = this.#refused === this.#calls ? this.refusedAnswers + 1 : 0;
  }
}

const MALFORMED_REMEDY =
  'Your last answer held a malformed function call and nothing of it was carried out. ' +
  'Call the tools again, fewer at a time, each with one flat JSON object of plain values.';

function assistantMessage(parts: AnswerPart[]): Extract<LanguageModelV4Message, { role: 'assistant' }> {
  return {
    role: 'assistant',
    content: parts
      .filter((part) => part.type === 'call' || part.text !== '' || part.metadata !== undefined)
      .map((part) => {
        const options = part.metadata ? { providerOptions: part.metadata } : {};
        return part.type === 'call'
          ? {
              type: 'tool-call',
              toolCallId: part.id,
              toolName: part.name,
              input: lenientJson(part.input),
              ...options,
            }
          : { type: part.type, text: part.text, ...options };
      }),
  };
}

/** In the history a call needs arguments that are an object, also when the model had sent something else. */
function lenientJson(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}

function toJson(result: ToolResult) {
  return JSON.parse(JSON.stringify(result));
}
