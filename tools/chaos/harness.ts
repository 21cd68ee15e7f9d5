import { runtimePid } from './workerd.ts';

/** Something that acknowledges writes and must not lose them when its runtime is killed. */
export interface CrashTarget {
  name: string;
  /** Folder of its persistent state. */
  persist: string;
  /** Writes this unique id; resolves when it is acknowledged. Sending the same id again must change nothing. */
  write(id: string): Promise<void>;
  /** Every stored id, with how often it took effect. */
  read(): Promise<Map<string, number>>;
  /** Kills its process with SIGKILL and starts it again; by default that of the Workers runtime, which restarts by itself. */
  kill?(): Promise<void>;
  stop(): Promise<void>;
}

export interface CrashReport {
  target: string;
  kills: number;
  acknowledged: number;
  /** Writes that got no answer because of a kill, and were sent again after it. */
  interrupted: number;
  /** Acknowledged, but not stored after the last restart. */
  lost: string[];
  /** Took effect more than once after everything unanswered was sent again. */
  doubled: string[];
}

const WRITERS = 6;
/** Milliseconds between kills, at least and at most. */
const PAUSE = [300, 1_500] as const;
/** Milliseconds for one write, and for everything to be reachable again after a kill. */
const WRITE_TIMEOUT = 10_000;
const RECOVERY = 30_000;
/** Milliseconds a writer rests after a write that got no answer, so that a restart is not met with thousands of them. */
const REST = 100;
/** Times that a call is made once nothing is killed any more: the development server may still lose one. */
const ATTEMPTS = 4;

/**
 * Kills the target's runtime `kills` times under load with SIGKILL, sends everything unanswered again, and compares
 * what was acknowledged with what is stored. Kill -9 does not test power loss: the page cache survives it.
 */
export async function crashRun(
  target: CrashTarget,
  kills: number,
  random: () => number,
  /** Told what is going on; a long run takes minutes. */
  progress: (line: string) => void = () => undefined,
): Promise<CrashReport> {
  const acknowledged = new Set<string>();
  const unanswered = new Set<string>();
  let going = true;

  async function writer(name: string): Promise<void> {
    for (let at = 0; going; at++) {
      const id = `${name}-${at}`;
      try {
        await within(target.write(id), WRITE_TIMEOUT);
        acknowledged.add(id);
      } catch {
        // Killed in the middle, most likely: whether it was stored is unknown until it is sent again.
        unanswered.add(id);
        await pause(REST);
      }
    }
  }

  const writers = Array.from({ length: WRITERS }, (_, at) => writer(`w${at}`));
  for (let kill = 0; kill < kills; kill++) {
    await pause(PAUSE[0] + random() * (PAUSE[1] - PAUSE[0]));
    if (target.kill) await target.kill();
    else process.kill(await runtimePid(target.persist), 'SIGKILL');
    await reachable(target, `probe-${kill}`, acknowledged);
    if ((kill + 1) % 10 === 0) progress(`${target.name}: ${kill + 1} of ${kills} kills`);
  }
  going = false;
  await Promise.all(writers);

  progress(`${target.name}: reading back ${acknowledged.size} writes, sending ${unanswered.size} again`);
  const before = await patiently(() => target.read());
  const lost = [...acknowledged].filter((id) => !before.has(id));
  const again = [...unanswered];
  const resend = async (): Promise<void> => {
    for (let id = again.pop(); id !== undefined; id = again.pop()) {
      const present = id;
      await patiently(() => within(target.write(present), WRITE_TIMEOUT));
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, resend));
  const after = await patiently(() => target.read());
  return {
    target: target.name,
    kills,
    acknowledged: acknowledged.size,
    interrupted: unanswered.size,
    lost: [...lost, ...[...unanswered].filter((id) => !after.has(id))],
    doubled: [...after].filter(([, times]) => times > 1).map(([id]) => id),
  };
}

/** Makes a call that may be repeated until it is answered. */
export async function patiently<T>(call: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await pause(1_000);
    }
  }
}

async function reachable(target: CrashTarget, id: string, acknowledged: Set<string>): Promise<void> {
  const deadline = Date.now() + RECOVERY;
  for (;;) {
    try {
      await within(target.write(id), WRITE_TIMEOUT);
      acknowledged.add(id);
      return;
    } catch (error) {
      if (Date.now() > deadline)
        throw new Error(`${target.name} is not back ${RECOVERY / 1000} s after a kill`, { cause: error });
      await pause(50);
    }
  }
}

function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Mulberry32: a small seeded generator of numbers in [0, 1), so that a run can be repeated. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
