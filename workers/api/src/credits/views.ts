interface BudgetState {
  limit: number;
  per: 'day' | 'month';
  used: number;
  held: number;
  remaining: number;
  /** Milliseconds since the epoch. */
  resetsAt: number;
}

/** What an end user may see of credits: his own budget, never the workspace's balance. */
export function clientCredits(budget: BudgetState | null) {
  return { budget: budget && { ...budget, resetsAt: new Date(budget.resetsAt).toISOString() } };
}
