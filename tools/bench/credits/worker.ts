import { DurableObject } from 'cloudflare:workers';
import type { HoldInput, WorkspaceAccountRpc } from '../../../workers/api/src/credits/account.rpc.ts';
import { WorkspaceAccount } from '../../../workers/api/src/credits/account.do.ts';
import type { Env as ApiEnv } from '../../../workers/api/src/platform/env.ts';
import { workspaceAccount } from '../../../workers/api/src/platform/objects.ts';
import { d1Book, prepareD1, tallyD1 } from './d1.ts';
import { type Book, drive, type Job, type Tally, workspaceName } from './job.ts';
import { pairOnce } from './pair.ts';
import { endInput, holdInput } from './requests.ts';

interface Env extends ApiEnv {
  PEER: D1Database;
  CALLER: DurableObjectNamespace<Caller>;
}

/** The product's account, and how many holds came at once. */
export class CountingAccount extends WorkspaceAccount {
  #batches: number[] = [];

  override async holdMany(inputs: HoldInput[]): ReturnType<WorkspaceAccountRpc['holdMany']> {
    this.#batches.push(inputs.length);
    return super.holdMany(inputs);
  }

  async batches(): Promise<number[]> {
    return this.#batches;
  }
}

/** Holds and settles as an agent's run does: from its own object. */
export class Caller extends DurableObject<Env> {
  async pair(workspace: string, id: string): Promise<boolean> {
    const account = workspaceAccount(this.env, workspace);
    const held = await account.hold(holdInput(id));
    // Its own storage, which refuses any other object's context.
    await this.ctx.storage.put('held', held.ok);
    const ended = await account.settle(endInput(id));
    return (await this.ctx.storage.get<boolean>('held')) === true && ended.ok;
  }
}

const stubOf = (env: Env, workspace: string): WorkspaceAccountRpc & Pick<CountingAccount, 'batches'> =>
  env.WORKSPACE_ACCOUNT.getByName(workspace) as unknown as WorkspaceAccountRpc &
    Pick<CountingAccount, 'batches'>;

function allOk(outcomes: readonly { ok: boolean }[]): void {
  const refused = outcomes.find(({ ok }) => !ok);
  if (refused) throw new Error(`refused: ${JSON.stringify(refused)}`);
}

const BOOKS: Record<string, (env: Env) => Book> = {
  /** What a batch is made of is decided by the caller; a batch of one is a single call. */
  account: (env) => ({
    hold: async (ids, workspace) => {
      const account = stubOf(env, workspace);
      const [only] = ids;
      if (ids.length === 1 && only !== undefined) allOk([await account.hold(holdInput(only))]);
      else allOk(await account.holdMany(ids.map(holdInput)));
    },
    settle: async (ids, workspace) => {
      const account = stubOf(env, workspace);
      const [only] = ids;
      if (ids.length === 1 && only !== undefined) allOk([await account.settle(endInput(only))]);
      else allOk(await account.settleMany(ids.map(endInput)));
    },
  }),
  /** Single calls through the API's own door, which gathers them. */
  gathered: (env) => ({
    hold: async (ids, workspace) => {
      const account = workspaceAccount(env, workspace);
      allOk(await Promise.all(ids.map((id) => account.hold(holdInput(id)))));
    },
    settle: async (ids, workspace) => {
      const account = workspaceAccount(env, workspace);
      allOk(await Promise.all(ids.map((id) => account.settle(endInput(id)))));
    },
  }),
  d1: (env) => d1Book(env.PEER),
};

async function tallyAccount(env: Env): Promise<Tally> {
  const account = stubOf(env, workspaceName(0));
  const { available, held, consumed } = await account.balance();
  const charged: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await account.entries({ limit: 1_000, ...(cursor !== undefined && { cursor }) });
    for (const { kind, ref } of page.data) if (kind === 'settle') charged.push(ref);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return { available, held, consumed, charged };
}

export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/ready') return new Response();
    if (pathname === '/grant') {
      const { from, to, amount } = await request.json<{ from: number; to: number; amount: number }>();
      const names = Array.from({ length: to - from }, (_, at) => workspaceName(from + at));
      allOk(
        await Promise.all(
          names.map((name) => stubOf(env, name).grant({ key: `grant-${name}`, source: 'operator', amount })),
        ),
      );
      await prepareD1(env.PEER, amount);
      return new Response();
    }
    if (pathname === '/callers') {
      const workspace = workspaceName(Number(searchParams.get('workspace')));
      const callers = Array.from({ length: Number(searchParams.get('callers')) }, (_, at) => `run_${at}`);
      const done = await Promise.all(callers.map((id) => env.CALLER.getByName(id).pair(workspace, id)));
      const { consumed, held } = await stubOf(env, workspace).balance();
      const batches = await stubOf(env, workspace).batches();
      return Response.json({ done, consumed, held, batches });
    }
    if (pathname === '/tally/account') return Response.json(await tallyAccount(env));
    if (pathname === '/tally/d1') return Response.json(await tallyD1(env.PEER));
    const pair = pathname.startsWith('/pair/') && BOOKS[pathname.slice('/pair/'.length)];
    if (pair) {
      await pairOnce(pair(env), (await request.json<{ id: string }>()).id, workspaceName(0));
      return new Response();
    }
    const job = await request.json<Job>();
    const book = BOOKS[pathname.slice(1)];
    if (!book) return new Response('There is no such book.', { status: 404 });
    return Response.json(await drive(job, book(env)));
  },
} satisfies ExportedHandler<Env>;
