/** Micro-credits that each pair holds, and charges in the end. */
export const AMOUNT = 100;
/** Credits of a workspace: never the reason why a hold is refused here. */
export const PLENTY = 1_000_000_000_000;
/** Ids of flows, keys and models play no part. */
export const SHAPE = { flowId: 'flw_1', agent: 'designer', model: 'local', keyId: 'key_1' };

/** Pairs of a hold and its settlement. */
export interface Job {
  /** Begins the id of each hold; no two jobs have the same. */
  prefix: string;
  pairs: number;
  /** Pairs a call. */
  batch: number;
  /** Calls under way at the same time. */
  lanes: number;
  /** Whose credits: drawn by Zipf when there is more than one. */
  workspaces: number;
}

export interface Done {
  milliseconds: number;
  /** Milliseconds from the hold to the end of each call's pairs. */
  times: number[];
}

/** A way to keep credits. Each call ends only when what it did is as durable as the settings say. */
export interface Book {
  /** Throws unless all of them are held. */
  hold(ids: string[], workspace: string): Promise<void>;
  /** Throws unless all of them are charged. */
  settle(ids: string[], workspace: string): Promise<void>;
}

/** What is stored of one workspace. */
export interface Tally {
  available: number;
  held: number;
  consumed: number;
  /** The hold of each charge in the journal. */
  charged: string[];
}

/** Does the job; every system is driven by this loop, in its own process where calls from elsewhere are no part of it. */
export async function drive({ prefix, pairs, batch, lanes, workspaces }: Job, book: Book): Promise<Done> {
  const times: number[] = [];
  const draw = zipf(workspaces);
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < pairs) {
      const from = next;
      next += Math.min(batch, pairs - from);
      const ids = Array.from({ length: next - from }, (_, at) => `${prefix}-${from + at}`);
      const workspace = draw(from);
      const begin = performance.now();
      await book.hold(ids, workspace);
      await book.settle(ids, workspace);
      times.push(performance.now() - begin);
    }
  };
  const begin = performance.now();
  await Promise.all(Array.from({ length: lanes }, lane));
  return { milliseconds: performance.now() - begin, times };
}

export const workspaceName = (rank: number): string => `ws_${rank}`;

/** The same draw for the same number: the workspace of rank r comes up 1/r as often as the first. */
function zipf(workspaces: number): (number: number) => string {
  const shares: number[] = [];
  let sum = 0;
  for (let rank = 1; rank <= workspaces; rank += 1) shares.push((sum += 1 / rank));
  return (number) => {
    // A golden-ratio sequence fills [0, 1) evenly, so that a short job is like a long one.
    const at = ((number * 0.618_033_988_75) % 1) * sum;
    const rank = shares.findIndex((share) => at < share);
    return workspaceName(Math.max(0, rank));
  };
}
