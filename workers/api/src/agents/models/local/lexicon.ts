import type { Token } from './text/tokens.ts';

/** What a language brings to reading clauses: its words by the part they play. */
export interface Lexicon {
  language: 'en' | 'de';
  yes: string;
  no: string;
  show: ReadonlySet<string>;
  open: ReadonlySet<string>;
  /** Verbs of arriving at a place. */
  reach: ReadonlySet<string>;
  receive: ReadonlySet<string>;
  end: ReadonlySet<string>;
  resume: ReadonlySet<string>;
  ask: ReadonlySet<string>;
  offer: ReadonlySet<string>;
  check: ReadonlySet<string>;
  choose: ReadonlySet<string>;
  closing: ReadonlySet<string>;
  leave: ReadonlySet<string>;
  wait: ReadonlySet<string>;
  bad: RegExp;
  badVerb: RegExp;
  good: RegExp;
  place: RegExp;
  message: RegExp;
  sent: RegExp;
  system: RegExp;
  person: RegExp;
  articles: ReadonlySet<string>;
  pronouns: ReadonlySet<string>;
  personPronouns: ReadonlySet<string>;
  numbers: RegExp;
  process: RegExp;
  isFunction(token: Token): boolean;
  /** Verb and rest as a title. */
  compose(verb: string, rest: readonly Token[]): string;
  participle(verb: string): string;
}
