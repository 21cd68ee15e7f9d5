const DAY = 86_400_000;
const MEGABYTE = 1_048_576;

interface ProposalLimits {
  /** Milliseconds after which a proposal that nobody has decided on expires. */
  lifetime: number;
  /** Open ones of a flow, and UTF-8 bytes of all their ops. */
  open: number;
  openBytes: number;
  /** Ended ones that are kept, the latest, and UTF-8 bytes of all their ops. */
  ended: number;
  endedBytes: number;
}

/** The one place where the bounds of a flow's proposals are written. */
export const PROPOSAL_LIMITS: Readonly<ProposalLimits> = {
  lifetime: 14 * DAY,
  open: 100,
  openBytes: 32 * MEGABYTE,
  ended: 1_000,
  endedBytes: 32 * MEGABYTE,
};
