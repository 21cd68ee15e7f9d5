export type StepType = 'screen' | 'action' | 'system';

export interface StepDraft {
  type: StepType;
  title: string;
  /** Base form, '' for a place. */
  verb: string;
  /** Content stems of what the step is about. */
  object: string[];
  /** "can do X": may turn into a choice by what follows. */
  can: boolean;
  person: boolean;
  /** Speaks of itself as repeated, "again", "a new one". */
  again: boolean;
  /** "a new code": replaces one that was there. */
  renewed: boolean;
  /** Merges with the answer that follows: "we ask for X". */
  asked: boolean;
  /** An offer, a question or a check whose outcomes follow: merges with the decision. */
  asks: boolean;
  closing: boolean;
  parallel: boolean;
  optional: boolean;
  direct: boolean;
  /** Says nothing but "the same as there". */
  inBranch: boolean;
  pronounObject: boolean;
  /** "either way": on all ways since the last decision. */
  anyway: boolean;
  /** "stattdessen", "vorher": comes in place of the step just named, or ahead of it. */
  ahead?: 'instead' | 'before' | null;
  /** The title names a thing and what it does by itself. */
  keepsSubject?: boolean;
  /** A place that counts only if it has not been named yet. */
  onlyNew?: boolean;
}

export interface Condition {
  title: string;
  /** False when the text's branch is the "no" of the title. */
  positive: boolean;
  stems: string[];
  subject: string[];
  verb: string;
  outcome: 'good' | 'bad' | null;
  /** A failure that ends things if nothing repairs it. */
  failure: boolean;
  deadline: boolean;
  limit: boolean;
  /** Tells how something is, not what somebody does. */
  state: boolean;
  /** Which side of a measure: "below seven", "more than two". */
  scale: 'low' | 'high' | null;
  /** Stems without those of the subject. */
  core: string[];
  /** About "he", "she", "it": whoever or whatever was spoken of last. */
  pronoun: boolean;
  /** The thing cannot be used: "stuck", "unreadable". */
  unusable: boolean;
  /** Says nothing by itself: "if so", "if not", "if they don't". */
  elliptic: boolean;
  /** Asks for the will of somebody: accepts what was offered. */
  wish: boolean;
  /** Denies by "none", "nothing", "nobody" without a noun. */
  denies: boolean;
  negated: boolean;
  source: 'if' | 'when' | 'phrase' | 'subject';
  /** "no seat", "nothing": may deny the choice just named. */
  quantified: boolean;
}

export type Statement =
  | { kind: 'step'; draft: StepDraft; fromTime?: boolean }
  | {
      kind: 'goto';
      words: string;
      stems: string[];
      number?: string;
      forward: boolean;
      again: boolean;
      fallback?: StepDraft;
    }
  /** `anyway`: of all ways since the last decision. */
  | { kind: 'end'; anyway: boolean }
  | { kind: 'resume' }
  /** `draft`: what may be skipped. */
  | { kind: 'skip'; title: string; draft: StepDraft }
  | { kind: 'if'; condition: Condition; body: Statement[]; optional?: boolean; nested?: boolean }
  /** `all`: "in all other cases", of whatever has been decided. */
  | { kind: 'else'; body: Statement[]; all?: boolean }
  | { kind: 'ask'; condition: Condition }
  | { kind: 'limit'; title: string; single: string; stems: string[]; body: Statement[]; plain?: Condition }
  | { kind: 'choice'; title: string; cases: { label: string; stems: string[]; body: Statement[] }[] }
  | { kind: 'case'; label: string; stems: string[]; body: Statement[] }
  | { kind: 'latter'; which: 'first' | 'last'; body: Statement[] }
  | { kind: 'move'; after: string };
