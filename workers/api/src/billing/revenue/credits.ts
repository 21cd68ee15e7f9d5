const CREDIT = 1_000_000;

/** What the ledgers of all workspaces moved in a day: a row of `credit_day`, summed. Micro-credits. */
export interface CreditSums {
  sold: number;
  included: number;
  gifted: number;
  overage: number;
  consumed: number;
  expired: number;
  clawedBack: number;
  /** Change of what customers owe. */
  owed: number;
  /** Change of what customers have: available and held. */
  outstanding: number;
}

/**
 * A day's credits, in micro-credits. Granted = sold + included + gifted + overage, and for any day or range
 * liability before + granted + rise of debt = consumed + expired + clawedBack + liability after.
 */
export interface CreditFigures {
  /** Bought in packs. */
  sold: number;
  /** Brought by plans, trials too. */
  included: number;
  /** Given by the operator. */
  gifted: number;
  /** Used beyond the balance, to be invoiced. */
  overage: number;
  consumed: number;
  /** Expired less what a late renewal brought back: below zero on a day that brings back more. */
  expired: number;
  /** Taken back after refunds and disputes, less what was given back. */
  clawedBack: number;
  /** Taken back beyond what was left, at the end. */
  debt: number;
  /** What customers have and have not used, at the end. */
  liability: number;
  /** `liability` in US cents at list price (a credit is a cent), which is the most that it was sold for. */
  liabilityCents: number;
}

/** Balances before the range. */
export interface CreditOpening {
  debt: number;
  liability: number;
}

export const NO_CREDITS: CreditSums = {
  sold: 0,
  included: 0,
  gifted: 0,
  overage: 0,
  consumed: 0,
  expired: 0,
  clawedBack: 0,
  owed: 0,
  outstanding: 0,
};

/** Turns each day's movements into figures with running balances. */
export function creditFigures(opening: CreditOpening, days: readonly CreditSums[]): CreditFigures[] {
  let { debt, liability } = opening;
  return days.map(({ owed, outstanding, ...sums }) => {
    debt += owed;
    liability += outstanding;
    return { ...sums, debt, liability, liabilityCents: Math.round(liability / CREDIT) };
  });
}
