import { emptyDocument, type FlowDocument, type Op } from '@uxflow/flow';
import { layout } from '@uxflow/flow/layout';
import type { Actor, Permission } from '@uxflow/flow/sync';
import {
  UXFlow,
  UXFlowError,
  type LintRules,
  type Proposal,
  type Room,
  type RoomOptions,
  type Run,
  type RunEvent,
} from '@uxflow/sdk';
import { MemoryFlow, MemoryRoom } from './memory-room.ts';

export const FLOW_ID = 'flw_01KA3TESTTESTTESTTESTTESTT';
export const MIA: Actor = { id: 'user:mia', name: 'Mia Berg' };
export const NOAH: Actor = { id: 'user:noah', name: 'Noah Kim' };

interface OpenRun {
  run: Run;
  events: RunEvent[];
  ended: boolean;
  waiting: Set<() => void>;
}

/** The API in memory, behind a real SDK client: what the SDK sends by `fetch` is answered here. */
export class MemoryBackend {
  readonly flow: MemoryFlow;
  readonly runs = new Map<string, OpenRun>();
  /** The next run is refused with this problem. */
  refuseRun: { status: number; problem: Record<string, unknown> } | null = null;
  /** Opening the room fails with this error. */
  refuseRoom: UXFlowError | null = null;
  /** How the workspace has set its lint rules. */
  lintRules: LintRules = {};
  readonly proposals = new Map<string, Proposal>();
  readonly requests: string[] = [];
  #runCount = 0;

  constructor(document: FlowDocument = emptyDocument('Untitled flow')) {
    this.flow = new MemoryFlow(document);
  }

  client(actor: Actor, permission: Permission = 'edit'): UXFlow {
    const client = new UXFlow({
      token: 'test',
      baseUrl: 'http://127.0.0.1:9',
      maxRetries: 0,
      fetch: (input, init) => this.#answer(new Request(input, init), actor),
    });
    const room = (flowId: string, options?: RoomOptions): Promise<Room> => {
      const opened = new MemoryRoom(flowId, this.flow, actor, permission);
      options?.signal?.addEventListener('abort', opened.close);
      const refusal = this.refuseRoom;
      if (refusal) return Promise.reject(refusal);
      return Promise.resolve(opened);
    };
    Object.defineProperty(client.flows, 'room', { value: room });
    return client;
  }

  async #answer(request: Request, actor: Actor): Promise<Response> {
    const { pathname } = new URL(request.url);
    this.requests.push(`${request.method} ${pathname}`);
    const [, , kind, id, action] = pathname.split('/');
    if (kind === 'flows' && action === 'runs' && request.method === 'POST')
      return this.#startRun(await request.json());
    if (kind === 'flows' && action === 'runs') {
      return json({ data: [...this.runs.values()].map(({ run }) => run).toReversed(), nextCursor: null });
    }
    if (kind === 'lint-config') return json({ rules: this.lintRules, available: [], updatedAt: null });
    if (kind === 'flows' && action === 'layout') {
      const { ops } = layout(this.flow.document);
      if (ops.length > 0) this.flow.commit(actor, ops);
      return json({ clock: this.flow.clock, commitId: 'cmt_1', applied: ops, conflicts: [] });
    }
    if (kind === 'flows' && action === 'commits') {
      return json({
        data: this.flow.log.map((change) => ({ ...change, commitId: `cmt_${change.clock}` })),
        nextCursor: null,
      });
    }
    const [proposalId = '', decision] = pathname.split('/').slice(5);
    if (kind === 'flows' && action === 'proposals') {
      return this.#decide(proposalId, decision, decision ? await request.json() : {}, actor);
    }
    const open = kind === 'runs' && id !== undefined ? this.runs.get(id) : undefined;
    if (!open) return problem(404, { code: 'not_found', detail: 'Not found' });
    if (action === 'stream') return this.#stream(open, request);
    if (action === 'cancel') this.end(open.run.id, { status: 'cancelled' });
    return json(open.run);
  }

  /** A run ends with this proposal. */
  propose(runId: string, ops: { opId: string; op: Op; requires?: string[] }[]): void {
    const id = runId.replace('run_', 'prp_');
    this.proposals.set(id, {
      id,
      status: 'open',
      title: 'Idea',
      author: MIA,
      runId,
      baseClock: this.flow.clock,
      clock: this.flow.clock,
      counts: { open: ops.length, accepted: 0, rejected: 0, dropped: 0 },
      commits: [],
      createdAt: new Date().toISOString(),
      expiresAt: new Date().toISOString(),
      ops: ops.map((each) => ({ state: 'open', requires: [], conflicts: [], ...each })),
    });
    this.end(runId, { status: 'succeeded', proposalId: id });
  }

  /** Somebody else decides, in another window. */
  reject(id: string, actor: Actor): void {
    this.#decide(id, 'reject', {}, actor);
  }

  #decide(id: string, decision: string | undefined, body: { opIds?: string[] }, actor: Actor): Response {
    const proposal = this.proposals.get(id);
    if (!proposal) return problem(404, { code: 'not_found', detail: 'Not found' });
    if (decision === undefined) return json(proposal);
    const state = decision === 'accept' ? 'accepted' : 'rejected';
    const chosen = proposal.ops.filter(({ opId }) => body.opIds?.includes(opId) ?? true);
    const ops = chosen.map(({ op }) => op);
    if (decision === 'accept') this.flow.commit(actor, ops);
    const after = proposal.ops.map((each) =>
      chosen.includes(each) ? { ...each, state, requires: [] } : each,
    );
    const count = (wanted: string) => after.filter((each) => each.state === wanted).length;
    const counts = {
      open: count('open'),
      accepted: count('accepted'),
      rejected: count('rejected'),
      dropped: 0,
    };
    const ended = counts.open === 0;
    const decided: Proposal = {
      ...proposal,
      ops: after as Proposal['ops'],
      counts,
      ...(ended && { status: counts.accepted > 0 ? 'accepted' : 'rejected', endedBy: actor }),
    };
    this.proposals.set(id, decided);
    this.flow.announceProposal(id, decided.status);
    return json(
      decision === 'accept' ? { clock: this.flow.clock, applied: ops, proposal: decided } : decided,
    );
  }

  #startRun(body: { prompt: string; mode: Run['mode'] }): Response {
    if (this.refuseRun) return problem(this.refuseRun.status, this.refuseRun.problem);
    this.#runCount += 1;
    const run: Run = {
      id: `run_${this.#runCount}`,
      flowId: FLOW_ID,
      agent: 'designer',
      model: 'local',
      mode: body.mode,
      prompt: body.prompt,
      status: 'running',
      quote: 2_000_000,
      cost: 0,
      items: [],
      commitIds: [],
      createdAt: new Date().toISOString(),
    };
    this.runs.set(run.id, { run, events: [], ended: false, waiting: new Set() });
    return json(run, 201);
  }

  #stream({ events, waiting }: OpenRun, request: Request): Response {
    let sent = Number(request.headers.get('last-event-id') ?? 0);
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        const open = [...this.runs.values()].find((each) => each.events === events);
        if (sent >= events.length && open && !open.ended)
          await new Promise<void>((resolve) => waiting.add(resolve));
        const event = events[sent];
        if (event) {
          sent += 1;
          controller.enqueue(encoder.encode(`id: ${sent}\ndata: ${JSON.stringify(event)}\n\n`));
        } else if (open?.ended) {
          controller.enqueue(encoder.encode('data: [DONE]\n\n'));
          controller.close();
        }
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }

  /** The agent calls a tool, whose effect on the flow is `ops`. */
  agentCalls(runId: string, toolName: string, input: Record<string, unknown>, ops: Op[] = []): void {
    const open = this.#open(runId);
    const toolCallId = `call-${open.events.length}`;
    if (ops.length > 0) {
      this.flow.commit(MIA, ops, runId);
      open.run.commitIds.push(`cmt_${this.flow.clock}`);
    }
    this.#emit(open, { type: 'tool-input-available', toolCallId, toolName, input });
    this.#emit(open, { type: 'tool-output-available', toolCallId, output: { ok: true, id: input['id'] } });
  }

  end(runId: string, fields: Partial<Run>): void {
    const open = this.#open(runId);
    open.run = { ...open.run, ...fields, endedAt: new Date().toISOString() };
    this.runs.set(runId, open);
    open.ended = true;
    this.#wake(open);
    this.flow.announceRun(runId, open.run.status);
  }

  #open(runId: string): OpenRun {
    const open = this.runs.get(runId);
    if (!open) throw new Error(`no run ${runId}`);
    return open;
  }

  #emit(open: OpenRun, event: RunEvent): void {
    open.events.push(event);
    this.#wake(open);
  }

  #wake(open: OpenRun): void {
    for (const wake of open.waiting) wake();
    open.waiting.clear();
  }
}

function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
}

function problem(status: number, body: Record<string, unknown>): Response {
  return new Response(JSON.stringify({ status, ...body }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });
}
