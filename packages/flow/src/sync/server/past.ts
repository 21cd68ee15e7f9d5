import { LIMITS } from '../../document/limits.ts';
import { DocumentState } from '../../document/state.ts';
import type { Snapshot } from '../messages.ts';
import type { LiveFlow } from './live.ts';
import type { OpLog } from './oplog.ts';
import { notRetained, refuse, type Outcome } from './outcome.ts';
import type { Catchup } from './requests.ts';

/** A reader further behind than this many commits is given the document. */
const CATCHUP_COMMITS = 2_000;

/** The document as it stood at `clock`, by taking back every commit since. */
export function documentAt(live: LiveFlow, ops: OpLog, clock: number): Outcome<Snapshot> {
  if (!Number.isInteger(clock) || clock < 0 || clock > live.clock) {
    return refuse('not_found', `The flow has not reached clock ${clock}: it stands at ${live.clock}`);
  }
  const oldest = ops.floor(live.clock);
  if (clock < oldest) return notRetained(clock, oldest);
  const past = new DocumentState(live.state.document);
  for (let at = live.clock; at > clock; at -= 1) {
    for (const step of ops.inverse(at) ?? []) past.apply(step.op, `inverse of ${at}`);
  }
  return { ok: true, clock, document: past.document };
}

/** What brings a reader who stands at `clock` up to date, whichever is the smaller. */
export function catchup(live: LiveFlow, ops: OpLog, clock: number | undefined): Catchup {
  if (clock !== undefined && clock <= live.clock && clock >= ops.floor(live.clock)) {
    const { commits, length } = ops.measureAfter(clock);
    if (commits <= CATCHUP_COMMITS && length <= Math.max(live.state.bytes, LIMITS.commitBytes / 4)) {
      return { kind: 'changes', clock: live.clock, changes: ops.after(clock, commits) };
    }
  }
  return { kind: 'snapshot', clock: live.clock, document: live.state.document };
}
