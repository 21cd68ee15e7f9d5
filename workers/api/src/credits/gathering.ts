import type { WorkspaceAccountRpc } from './account.rpc.ts';

/** The calls that a hot workspace makes all the time. */
export type Gathered = Pick<WorkspaceAccountRpc, 'hold' | 'settle' | 'void'>;

/** Most calls in one batch. */
const MOST = 200;
/** Milliseconds after which a batch under way no longer keeps others waiting: whoever sent it may be gone. */
const PATIENCE = 2_000;

/**
 * Calls of this isolate, by workspace and operation. One object answers some thousand calls a second, but ten times as
 * many in batches; runs of one workspace come from many requests and objects, which share an isolate.
 */
const lanes = new Map<string, Lane>();

interface Lane {
  waiting: Waiting[];
  /** The batch under way. */
  turn: { since: number };
}

interface Waiting {
  input: unknown;
  since: number;
  /** Its answer, or that it is its turn to send what waits. */
  resolve: (answer: unknown) => void;
  reject: (error: unknown) => void;
}

/** Milliseconds after which a caller has given up; what it asked for is then not sent any more. */
export const LONGEST_WAIT = 10_000;

const YOUR_TURN = Symbol('your turn');

/**
 * While a call is under way, further ones of the same operation and workspace wait, and go together when it has ended; on
 * an idle lane a call goes at once. A batch that fails fails the calls in it and no others.
 *
 * I/O belongs to the request or object that began it, so nobody sends for others only: the first of those who wait wakes
 * up in its own context and sends for all of them, its own call among them. Awaiting what another context resolves is what
 * the runtime allows since 2024-10 (`handle_cross_request_promise_resolution`); should that context end in between, no
 * answer comes, so callers must bound their wait and keep a timer running, as `failClosed` does.
 */
export function gathered(workspaceId: string, open: () => WorkspaceAccountRpc): Gathered {
  return {
    hold: (input) => gather(`hold ${workspaceId}`, input, (inputs) => open().holdMany(inputs)),
    settle: (input) => gather(`settle ${workspaceId}`, input, (inputs) => open().settleMany(inputs)),
    void: (input) => gather(`void ${workspaceId}`, input, (inputs) => open().voidMany(inputs)),
  };
}

async function gather<I, O>(name: string, input: I, send: (inputs: I[]) => Promise<O[]>): Promise<O> {
  const lane = lanes.get(name);
  if (!lane || Date.now() - lane.turn.since > PATIENCE) {
    return sendAll(name, lane?.waiting ?? [], input, send);
  }
  const answer = await new Promise<unknown>((resolve, reject) => {
    lane.waiting.push({ input, since: Date.now(), resolve, reject });
  });
  // What waits on one lane has been put there with the same `send`.
  return answer === YOUR_TURN ? sendAll(name, lane.waiting, input, send) : (answer as O);
}

/** Sends `input` and what waits with it, and hands the lane on. */
async function sendAll<I, O>(
  name: string,
  waiting: Waiting[],
  input: I,
  send: (inputs: I[]) => Promise<O[]>,
): Promise<O> {
  const lane: Lane = { waiting, turn: { since: Date.now() } };
  lanes.set(name, lane);
  forsake(waiting);
  const others = waiting.splice(0, MOST - 1);
  try {
    const [own, ...answers] = await send([input, ...others.map((other) => other.input as I)]);
    if (own === undefined || answers.length !== others.length) {
      throw new Error(`The ledger has given ${answers.length + 1} answers to ${others.length + 1} calls`);
    }
    others.forEach(({ resolve }, at) => resolve(answers[at]));
    return own;
  } catch (error) {
    for (const { reject } of others) reject(error);
    throw error;
  } finally {
    if (lanes.get(name) === lane) handOn(name, lane);
  }
}

function handOn(name: string, lane: Lane): void {
  forsake(lane.waiting);
  const next = lane.waiting.shift();
  if (!next) {
    lanes.delete(name);
    return;
  }
  lane.turn = { since: Date.now() };
  next.resolve(YOUR_TURN);
}

/** Drops those whose caller waits no longer. They stand in the order in which they came. */
function forsake(waiting: Waiting[]): void {
  const from = waiting.findIndex(({ since }) => Date.now() - since < LONGEST_WAIT);
  waiting.splice(0, from === -1 ? waiting.length : from);
}
