import { FlowError } from '../../document/errors.ts';
import { utf8Bytes } from '../../document/json.ts';
import type { Op } from '../../document/types.ts';
import type { NamedOp } from '../../proposals/requirements.ts';
import { parseOps } from '../../schema/parse.ts';
import { refuse, type Outcome, type Refusal } from './outcome.ts';
import type { StoredOp, StoredProposal } from './proposal-table.ts';

/** The ids that `opIds` names, or all open ones; refused when one is unknown or decided on. */
export function choose(
  all: readonly StoredOp[],
  opIds: readonly string[] | undefined,
  pathOf: (i: number) => string,
): Outcome<{ chosen: Set<string> }> {
  if (opIds === undefined) {
    return { ok: true, chosen: new Set(all.flatMap(({ opId, state }) => (state === 'open' ? [opId] : []))) };
  }
  for (const [i, opId] of opIds.entries()) {
    const op = all.find((each) => each.opId === opId);
    if (!op) return invalid(pathOf(i), `The proposal has no op "${opId}": read it again`);
    if (op.state !== 'open') {
      return refuse('conflict', `"${opId}" is ${op.state} already`, [
        { path: pathOf(i), message: `Is ${op.state} already: leave it out` },
      ]);
    }
  }
  return { ok: true, chosen: new Set(opIds) };
}

/** The commits of the proposal itself are no conflict for what is left of it; those of everybody else are. */
export function othersThan({ commits }: StoredProposal): (clock: number) => boolean {
  const own = new Set(commits.map(({ clock }) => clock));
  return (clock) => !own.has(clock);
}

export function incomplete(missing: string[]): Refusal {
  return {
    ...refuse(
      'proposal_incomplete',
      `These ops need others of the proposal, accept them too: ${missing.slice(0, 20).join(', ')}`,
      missing.map((opId) => ({ path: 'opIds', message: `Add "${opId}"` })),
    ),
    extra: { missingOpIds: missing },
  };
}

export function invalid(path: string, message: string): Refusal {
  return refuse('invalid_request', `${path}: ${message}`, [{ path, message }]);
}

export function noProposal(): Refusal {
  return refuse('not_found', 'There is no such proposal');
}

export function bytesOf(ops: readonly Op[]): number {
  return ops.reduce((sum, op) => sum + utf8Bytes(JSON.stringify(op)), 0);
}

/** The ops of a request to change some, checked. */
export function parseEdits(edits: readonly NamedOp[]): Outcome<{ ops: Op[] }> {
  try {
    return {
      ok: true,
      ops: parseOps(
        edits.map(({ op }) => op),
        { internal: true },
      ),
    };
  } catch (error) {
    if (error instanceof FlowError) return editRefusal(error);
    throw error;
  }
}

/** A fault in the ops of such a request, where each stands beside its id. */
export function editRefusal({ code, issues }: FlowError): Refusal {
  const placed = issues.map(({ path, message }) => ({
    path: path.replace(/^ops\.(\d+)/, 'ops.$1.op'),
    message,
  }));
  return refuse(code, placed[0] ? `${placed[0].path}: ${placed[0].message}` : code, placed);
}
