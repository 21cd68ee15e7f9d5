import type { Token } from './text/tokens.ts';

/** How a clause hangs on the one before it. */
export type Link =
  | 'first'
  | 'and'
  | 'or'
  | 'then'
  | 'colon'
  | 'semicolon'
  | 'arrow'
  | 'equals'
  | 'aside'
  | 'if'
  | 'whether'
  | 'unless'
  | 'when'
  | 'until'
  | 'else'
  | 'orElse'
  | 'relative'
  | 'reason'
  | 'meanwhile';

/** A stretch of a sentence that will be one clause; its words are not taken apart yet. */
export interface Part {
  readonly link: Link;
  readonly tokens: readonly Token[];
  /** The noun phrase that a relative clause speaks about. */
  readonly antecedent?: readonly Token[];
  /** A condition that stands behind what it governs. */
  readonly postposed?: boolean;
  /** A verb without subject behind a comma: part of a list of acts. */
  readonly listed?: boolean;
  /** The conjunction as written. */
  readonly word?: string;
  /** Shares the auxiliary of the clause before it: "wird A gemeldet und B abgebrochen". */
  readonly shares?: 'participle' | 'infinitive';
  /** The first behind a colon. */
  readonly colon?: boolean;
  /** Text ended in a question mark. */
  readonly question?: boolean;
  /** Names only, "phone / desk": no verb is looked for. */
  readonly names?: boolean;
}

export type Modal = 'can' | 'may' | 'must' | 'want' | 'will' | null;

/** A clause taken apart. All words are as in the text; `verb` is the base form. */
export interface Clause {
  readonly link: Link;
  /** The first behind a colon. */
  readonly colon: boolean;
  readonly word: string;
  readonly tokens: readonly Token[];
  readonly subject: readonly Token[];
  readonly verb: string;
  /** Objects and complements, in the order of a title. */
  readonly rest: readonly Token[];
  /** A prepositional phrase before the subject. */
  readonly lead: readonly Token[];
  readonly agent: readonly Token[];
  readonly passive: boolean;
  readonly modal: Modal;
  readonly negated: boolean;
  readonly perfect: boolean;
  /** `to be` with an adjective or a noun. */
  readonly state: boolean;
  readonly again: boolean;
  readonly optional: boolean;
  readonly parallel: boolean;
  /** Says that it closes the flow of a branch ("instead", "directly", "at once"). */
  readonly direct: boolean;
  readonly question: boolean;
  readonly postposed: boolean;
  /** "in that case": belongs to the branch just described. */
  readonly inBranch: boolean;
  /** "either way": whatever was decided before. */
  readonly anyway: boolean;
  /** "in the latter case". */
  readonly latter: boolean;
  /** A restricting relative clause about the subject, without its pronoun. */
  readonly relative: readonly Token[];
}

/** The clause of a part that has no verb, or whose verb is still to be found. */
export const verblessClause = (part: Part, tokens: readonly Token[]): Clause => ({
  link: part.link,
  colon: part.colon ?? false,
  word: part.word ?? '',
  tokens,
  subject: [],
  verb: '',
  rest: tokens,
  lead: [],
  agent: [],
  passive: false,
  modal: null,
  negated: false,
  perfect: false,
  state: false,
  again: false,
  optional: false,
  parallel: false,
  direct: false,
  question: part.question ?? false,
  postposed: part.postposed ?? false,
  inBranch: false,
  anyway: false,
  latter: false,
  relative: [],
});
