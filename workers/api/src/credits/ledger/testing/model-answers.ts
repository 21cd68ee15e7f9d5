/** What one request is to be answered, as far as a ledger and its model both say it. */
export interface Verdict {
  ok: boolean;
  code?: string;
  [field: string]: unknown;
}

/** Answers once given are given again; refusals are forgotten, for nothing has happened. */
export class ModelAnswers {
  readonly #answered = new Map<string, { asked: string; verdict: Verdict }>();

  has(key: string): boolean {
    return this.#answered.has(key);
  }

  once(key: string, asked: string, act: () => Verdict): Verdict {
    const before = this.#answered.get(key);
    if (before) return before.asked === asked ? before.verdict : { ok: false, code: 'idempotency_conflict' };
    const verdict = act();
    if (verdict.ok) this.#answered.set(key, { asked, verdict });
    return verdict;
  }
}
