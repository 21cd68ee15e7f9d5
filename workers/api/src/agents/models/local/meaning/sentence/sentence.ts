import type { Clause } from '../../clause.ts';
import type { Context } from '../context.ts';
import type { Statement } from '../statement.ts';

/** A sentence while it is read: how far reading has come, and which branch what follows belongs to (ANNOTATION 5.1). */
export class Sentence {
  readonly clauses: readonly Clause[];
  readonly context: Context;
  /** All that the sentence says. */
  readonly told: Statement[] = [];
  /** What belongs to no branch: of the sentence, or of the case that it began with. */
  top: Statement[] = this.told;
  /** The innermost scope that is open: the sentence, or the branch of its last condition. */
  scope: Statement[] = this.top;
  /** The scope that the innermost one stands in. */
  around: Statement[] = this.top;
  /** Index of the clause being read. */
  at = 0;

  /** Index of the last clause joined by "or"; -1 without one. */
  readonly lastOr: number;

  constructor(clauses: readonly Clause[], context: Context) {
    this.clauses = clauses;
    this.context = context;
    this.lastOr = clauses.findLastIndex(({ link }) => link === 'or');
  }

  get next(): Clause | undefined {
    return this.clauses[this.at + 1];
  }

  get previous(): Clause | undefined {
    return this.clauses[this.at - 1];
  }

  /** Adds a statement with a scope of its own, which takes what follows. */
  open(make: (body: Statement[]) => Statement, within = this.top): void {
    const body: Statement[] = [];
    within.push(make(body));
    this.around = within;
    this.scope = body;
  }

  /** Says that what follows belongs to no branch. */
  close(): void {
    this.scope = this.top;
  }
}

/** One kind of clause: reads it into the sentence and returns true, or leaves it to the next rule. */
export type ClauseRule = (clause: Clause, sentence: Sentence) => boolean;
