import { applyOps, type FlowDocument } from '@uxflow/flow';
import { layout } from '@uxflow/flow/layout';
import { price } from '../../credits/pricing.ts';
import { openingMessages } from '../context.ts';
import { RUN_LIMITS } from '../limits.ts';
import { parseToolCall, TOOL_DEFINITIONS, type ToolCall, type ToolResult } from '../tools.ts';
import { outputTokensWithin, tokenUsage } from './budget.ts';
import { cancelled, RunFault, toRunFault } from './faults.ts';
import { type JournalEntry, type PlannedEdit, RunState, type ToolCallPart } from './journal.ts';
import { type AnswerPart, callModel, finishFault, pastDeadline } from './model-call.ts';
import { planCall } from './plan.ts';
import type { DesignerInput, RunOutcome } from './ports.ts';
import { UiParts } from './ui-parts.ts';

/**
 * Runs `designer` until it is done or cannot go on, from wherever its journal stands. An answer of the model is kept
 * whole before anything of it is carried out, and each edit is planned in the journal before it is committed under a
 * key of its own; so after an interruption the same input goes on without asking or editing twice.
 *
 * Never throws: whatever goes wrong is in the outcome, with a reason for people.
 */
export async function runDesigner(input: DesignerInput): Promise<RunOutcome> {
  return new DesignerRun(input).run();
}

/** The outcome of a run as its journal stands, without going on. */
export function abandonRun(journal: DesignerInput['journal'], fault: RunFault): RunOutcome {
  const state = new RunState(journal.entries());
  return outcomeOf(state, state.fault ?? fault);
}

class DesignerRun {
  readonly #in: DesignerInput;
  readonly #state: RunState;
  readonly #ui: UiParts;
  /** The flow as last seen; null when it must be read again. */
  #document: { clock: number; document: FlowDocument } | null = null;

  constructor(input: DesignerInput) {
    this.#in = input;
    this.#state = new RunState(input.journal.entries());
    this.#ui = new UiParts(input.onPart);
  }

  async run(): Promise<RunOutcome> {
    try {
      if (!this.#state.fault) await this.#open();
      while (!this.#state.finished && !this.#state.fault) await this.#advance();
    } catch (thrown) {
      this.#fail(thrown);
    }
    // Also what a failed run leaves behind shall be legible; it belongs to the same undo step.
    await this.#arrange().catch((thrown: unknown) => this.#fail(thrown));
    return outcomeOf(this.#state, this.#state.fault);
  }

  #fail(thrown: unknown): void {
    const fault = toRunFault(thrown);
    this.#in.onFault?.(fault);
    this.#ui.endAnswer();
    if (!this.#state.fault) this.#record({ kind: 'faulted', code: fault.code, detail: fault.message });
  }

  #record(...entries: JournalEntry[]): void {
    for (const entry of entries) {
      this.#in.journal.append(entry);
      this.#state.apply(entry);
    }
  }

  async #open(): Promise<void> {
    if (this.#state.opened) return;
    const { document } = await this.#read();
    this.#record({
      kind: 'opened',
      messages: openingMessages(document, this.#in.prompt),
      wasEmpty: Object.keys(document.nodes).length === 0,
    });
  }

  /** One stride: the calls of the last answer that wait, or else the next answer. */
  async #advance(): Promise<void> {
    const [call] = this.#state.pending;
    if (call) return this.#carryOut(call);
    if (this.#state.refusedAnswers >= RUN_LIMITS.refusedAnswers) {
      const detail = `The model asked ${RUN_LIMITS.refusedAnswers} times in a row for edits that are not possible (${this.#state.lastError}). Put the request in other words.`;
      throw new RunFault('invalid_tool_calls', detail);
    }
    await this.#ask();
  }

  async #ask(): Promise<void> {
    const { model, settings = {}, limits, deadline, clock, signal, stands } = this.#in;
    const state = this.#state;
    this.#check();
    if (state.step >= limits.maxSteps) {
      throw new RunFault(
        'step_limit',
        `The model did not come to an end within ${limits.maxSteps} steps. Try a smaller request.`,
      );
    }
    if (state.asked > RUN_LIMITS.restarts) {
      throw new RunFault(
        'interrupted',
        'The run was interrupted again and again and was given up. Please try again.',
      );
    }
    if (stands && !(await stands())) {
      throw new RunFault('credential_revoked', 'The credential that started this run was revoked.');
    }
    const maxOutputTokens = this.#outputTokens();
    this.#record({ kind: 'asked', step: state.step });
    this.#ui.beginStep(state.step, state.asked);
    const answer = await callModel({
      model,
      settings,
      maxOutputTokens,
      deadline,
      clock,
      signal,
      prompt: structuredClone(state.messages),
      tools: TOOL_DEFINITIONS,
      idleMs: limits.idleMs,
      onPart: (part) => this.#ui.modelPart(part),
    });
    const malformed = answer.finish.raw === 'MALFORMED_FUNCTION_CALL';
    const usage = tokenUsage(answer, state.messages);
    const fault = malformed ? null : finishFault(answer);
    // Nothing of an answer that is not to be used is carried out.
    const parts = malformed || fault ? [] : withUniqueCalls(answer.parts, state);
    this.#ui.endAnswer();
    this.#record({ kind: 'answered', step: state.step, parts, usage, malformed });
    this.#reportCost();
    if (fault) throw fault;
    if (malformed || state.pending.length > 0) return;
    if (!state.finished)
      throw new RunFault(
        'model_empty',
        'The model answered nothing. Please try again, or put the request in other words.',
      );
    this.#ui.endStep();
  }

  #reportCost(): void {
    const { held, modelId } = this.#in;
    const { usage } = this.#state;
    if (held !== undefined) this.#ui.cost(usage, price([{ model: modelId, ...usage }], held).cost, held);
  }

  /** @throws RunFault when the hold could not pay for another answer worth having. */
  #outputTokens(): number {
    const { held, modelId, limits } = this.#in;
    if (held === undefined) return limits.maxOutputTokens;
    const affordable = outputTokensWithin(held, modelId, this.#state);
    if (affordable >= RUN_LIMITS.minOutputTokens) return Math.min(limits.maxOutputTokens, affordable);
    throw new RunFault(
      'credit_limit',
      'The credits held for this run are used up. Ask for less at a time, or raise maxCredits if you have set it.',
    );
  }

  async #carryOut(call: ToolCallPart): Promise<void> {
    this.#check();
    const parsed = parseToolCall(call.name, call.input);
    this.#ui.callBegins(call, 'ok' in parsed ? parsed : parsed.input);
    let result: ToolResult;
    if (this.#state.planned) result = await this.#commit(this.#state.planned);
    else if ('ok' in parsed) result = parsed;
    else result = await this.#execute(parsed);
    const edited = this.#state.planned !== null && result.ok;
    const finish =
      !('ok' in parsed) && parsed.name === 'finish'
        ? { reply: parsed.input.summary, unused: parsed.input.unused ?? [] }
        : undefined;
    this.#record({ kind: 'called', callId: call.id, tool: call.name, result, ...(finish && { finish }) });
    this.#ui.callEnds(call, result);
    if (finish) this.#ui.reply(finish.reply);
    if (this.#state.pending.length === 0) this.#ui.endStep();
    if (edited) await this.#in.clock.sleep(this.#in.limits.paceMs, this.#in.signal);
  }

  /** Plans the call on the flow as it stands and commits it; once more on a fresh copy when others were quicker. */
  async #execute(call: ToolCall): Promise<ToolResult> {
    const base = `${this.#in.runId}:${this.#state.step}:${this.#state.callIndex}`;
    for (const key of [base, `${base}:again`]) {
      const { document } = await this.#read();
      const plan = planCall(call, {
        document,
        aliases: this.#state.aliasesIn(document),
        own: this.#state.ownIn(document),
        lintConfig: this.#in.lintConfig,
      });
      if (!('ops' in plan)) return plan;
      if (plan.ops.length === 0) return plan.result;
      const edit: PlannedEdit = {
        key,
        ops: plan.ops,
        result: plan.result,
        internal: plan.internal ?? false,
        ...(plan.alias && { alias: plan.alias }),
      };
      this.#record({ kind: 'planned', ...edit });
      const result = await this.#commit(edit);
      if (result.ok || key !== base) return result;
      this.#document = null;
    }
    throw new Error('unreachable: the second attempt returns');
  }

  async #commit(edit: PlannedEdit): Promise<ToolResult> {
    const { key, ops, internal } = edit;
    const outcome = await this.#in.document.commit({ key, ops, internal, message: 'Designer' });
    if (!outcome.ok) {
      if (outcome.code === 'not_found') throw flowGone();
      return {
        ok: false,
        error: outcome.detail,
        remedy: 'Read the flow again with read_flow: it may have changed.',
      };
    }
    const { commitId, applied } = outcome;
    this.#record({ kind: 'committed', key, commitId, applied });
    if (commitId !== '') this.#ui.edit(outcome);
    this.#follow(outcome.clock, applied);
    return edit.result;
  }

  /** Keeps the copy of the flow in step with an edit, unless somebody else's came in between. */
  #follow(clock: number, applied: PlannedEdit['ops']): void {
    const seen = this.#document;
    const next = seen && seen.clock + 1 === clock;
    this.#document = next ? { clock, document: applyOps(seen.document, applied).document } : null;
  }

  async #read(): Promise<{ clock: number; document: FlowDocument }> {
    if (this.#document) return this.#document;
    const outcome = await this.#in.document.snapshot();
    if (!outcome.ok) throw flowGone();
    this.#document = { clock: outcome.clock, document: outcome.document };
    return this.#document;
  }

  /** Lays out the nodes that the run has added, or everything when the flow was empty before. */
  async #arrange(): Promise<void> {
    const state = this.#state;
    const key = `${this.#in.runId}:layout`;
    if (state.planned) {
      // Whether this edit had landed is not known: doing it again tells.
      const { key: plannedKey } = state.planned;
      await this.#commit(state.planned);
      if (plannedKey === key) return this.#record({ kind: 'arranged' });
    }
    if (!state.untidy) return;
    this.#document = null;
    const { document } = await this.#read();
    const added = new Set(
      state.edits.flatMap((op) => (op.op === 'put' && op.kind === 'node' ? [op.value.id] : [])),
    );
    const nodeIds = Object.keys(document.nodes).filter((id) => added.has(id));
    const all = nodeIds.length === Object.keys(document.nodes).length;
    const { ops } = nodeIds.length === 0 ? { ops: [] } : layout(document, all ? {} : { nodeIds });
    if (ops.length > 0) {
      const edit: PlannedEdit = { key, ops, result: { ok: true }, internal: true };
      this.#record({ kind: 'planned', ...edit });
      await this.#commit(edit);
    }
    this.#record({ kind: 'arranged' });
  }

  #check(): void {
    if (this.#in.signal.aborted) throw cancelled();
    if (this.#in.clock.now() >= this.#in.deadline) throw pastDeadline();
  }
}

function flowGone(): RunFault {
  return new RunFault('flow_unavailable', 'The flow is no longer there.');
}

/** Call ids name calls in the journal, the stream and commit keys; some providers use one twice in a conversation. */
function withUniqueCalls(parts: AnswerPart[], { callIds, step }: RunState): AnswerPart[] {
  const seen = new Set(callIds);
  let calls = 0;
  return parts.flatMap((part, at): AnswerPart[] => {
    if (part.type !== 'call') return [part];
    calls += 1;
    if (calls > RUN_LIMITS.callsPerAnswer) return [];
    const id = part.id === '' || seen.has(part.id) ? `call-${step}-${at}` : part.id;
    seen.add(id);
    return [{ ...part, id }];
  });
}

function outcomeOf(state: RunState, fault: RunFault | null): RunOutcome {
  const { usage, commitIds, edits, finished } = state;
  const common = { usage, commitIds, edits };
  if (fault) {
    if (fault.code === 'cancelled') return { status: 'cancelled', ...common };
    return { status: 'failed', error: { code: fault.code, detail: fault.message }, ...common };
  }
  return {
    status: 'succeeded',
    ...(finished && { reply: finished.reply }),
    ...(finished && finished.unused.length > 0 && { unused: finished.unused }),
    ...common,
  };
}
