import type { Modal } from '../clause.ts';
import { isMark, isWord, type Token } from '../text/tokens.ts';
import { isNoun } from './find-verb.ts';
import { leadsToNoun } from './noun-phrase.ts';
import { fromParticiple, infinitive, isAuxiliary, verbLike } from './verbs.ts';
import * as w from './words.ts';

/** A finite verb with what belongs to it elsewhere in the clause. */
export interface Predicate {
  /** Infinitive. */
  readonly verb: string;
  readonly passive: boolean;
  readonly modal: Modal;
  readonly perfect: boolean;
  readonly state: boolean;
  /** The words that make up the predicate. */
  readonly used: ReadonlySet<Token>;
  readonly finite: Token;
}

/** Infinitives that close a group behind its verb: "muss geprüft *werden*". */
const CLOSING = new Set([
  'dürfen',
  'können',
  'müssen',
  'sollen',
  'wollen',
  'lassen',
  'werden',
  'worden',
  'haben',
  'sein',
]);

/** Whether a word can be an infinitive or participle. */
export const isVerbal = (token: Token | undefined): boolean =>
  isWord(token) &&
  !isNoun(token) &&
  verbLike(token.low) &&
  !isAuxiliary(token.low) &&
  /(?:en|ern|eln|t|n)$/.test(token.low) &&
  !w.ADVERBS.has(token.low);

/**
 * Joins a separated prefix, a participle or an infinitive at the end to the finite verb.
 * @param at where the finite verb stands.
 * @param main whether it is that of a main clause, with the rest of the predicate behind it.
 */
export function predicate(tokens: readonly Token[], at: number, main: boolean): Predicate {
  const finite = tokens[at] as Token;
  const others = main ? tokens.slice(at + 1) : tokens.slice(0, at);
  return isAuxiliary(finite.low) ? withAuxiliary(finite, others, main) : withFullVerb(finite, others, main);
}

/** "wird geprüft", "hat bezahlt", "kann wählen", "ist offen". */
function withAuxiliary(finite: Token, others: readonly Token[], main: boolean): Predicate {
  const { low } = finite;
  const used = new Set<Token>([finite]);
  const modal = w.MODALS.get(low) ?? null;
  const infinitivePassive = closeGroup(others, used);
  const end = infinitivePassive.end;
  const base = { modal, used, finite, passive: infinitivePassive.passive, perfect: false, state: false };
  // The verb of the clause need not be its last word: "wird angezeigt auf der Seite".
  let found = end;
  while (found >= 0 && !isVerbal(others[found])) found--;
  const verbal = found >= 0 && (found === end || main) ? others[found] : undefined;
  if (verbal) {
    const zu = others[others.indexOf(verbal) - 1];
    if (zu?.low === 'zu') used.add(zu);
    const joined = joinVerbal(low, verbal.low, base.passive);
    if (joined) {
      used.add(verbal);
      return { ...base, ...joined };
    }
  }
  if (w.WERDEN.has(low)) return { ...base, verb: 'werden', state: true };
  if (w.HAVE.has(low) || (modal === 'want' && others.some((token) => token.low === 'haben'))) {
    for (const token of others) if (token.low === 'haben') used.add(token);
    return { ...base, verb: 'haben' };
  }
  return w.BE.has(low) ? { ...base, verb: 'sein', state: true } : { ...base, verb: '' };
}

/** Marks the auxiliaries at the end of a clause as used; the index of the last word before them. */
function closeGroup(others: readonly Token[], used: Set<Token>): { end: number; passive: boolean } {
  let passive = false;
  let end = others.length - 1;
  for (; end >= 0; end--) {
    const token = others[end] as Token;
    if (!isMark(token, ',') && !(CLOSING.has(token.low) && end > 0 && isVerbal(others[end - 1]))) break;
    if (token.low === 'werden') passive = true;
    used.add(token);
  }
  return { end, passive };
}

/** What an auxiliary makes of an infinitive or participle; null if the two do not go together. */
function joinVerbal(
  auxiliary: string,
  verbal: string,
  passive: boolean,
): (Partial<Predicate> & Pick<Predicate, 'verb'>) | null {
  const participle = fromParticiple(verbal);
  const future = w.WERDEN.has(auxiliary) && !participle;
  if ((w.MODALS.has(auxiliary) || future) && !passive) return { verb: infinitive(verbal) };
  if (!participle) return null;
  if (w.WERDEN.has(auxiliary) || passive) return { verb: participle, passive: true };
  if (w.HAVE.has(auxiliary)) return { verb: participle, perfect: true };
  return w.BE.has(auxiliary) ? { verb: participle, perfect: true, state: true } : null;
}

/** "schließt … ab", "lässt … setzen", "bekommt … angezeigt". */
function withFullVerb(finite: Token, others: readonly Token[], main: boolean): Predicate {
  const used = new Set<Token>([finite]);
  let end = others.length - 1;
  for (; end >= 0 && isMark(others[end], ','); end--) used.add(others[end] as Token);
  const found = (verb: string): Predicate => ({
    verb,
    passive: false,
    modal: null,
    perfect: false,
    state: false,
    used,
    finite,
  });
  const separate = main ? separablePrefix(others, end) : null;
  if (separate) used.add(separate);
  const verb = (separate?.low ?? '') + infinitive(finite.low);
  const last = others[end];
  if (!last || !main) return found(verb);
  // "bekommt eine Warnung zu sehen".
  const zu = others[end - 1];
  if (/^(?:bekommen|kriegen|erhalten)$/.test(verb) && last.low === 'sehen' && zu?.low === 'zu') {
    used.add(last).add(zu);
    return found('sehen');
  }
  if (last === separate || !isVerbal(last)) return found(verb);
  const joined = ['lassen', 'gehen', 'helfen'].includes(verb)
    ? infinitive(last.low)
    : ['bekommen', 'erhalten'].includes(verb)
      ? fromParticiple(last.low)
      : null;
  if (joined) used.add(last);
  return found(joined ?? verb);
}

/** The prefix that a finite verb has left at the end of its clause: "schließt den Vorgang *ab*". */
function separablePrefix(others: readonly Token[], end: number): Token | null {
  for (let i = end; i >= 0 && i >= end - 8; i--) {
    const token = others[i] as Token;
    const next = others[i + 1];
    if (!w.SEPARABLE_SET.has(token.low)) continue;
    const closes =
      next === undefined ||
      isMark(next, ',') ||
      i === end ||
      ['und', 'oder'].includes(next.low) ||
      w.PREPOSITIONS.has(next.low);
    if (
      closes &&
      !(w.PREPOSITIONS.has(token.low) && next !== undefined && i !== end && leadsToNoun(others, i + 1))
    )
      return token;
    if (i === end) return token;
  }
  return null;
}
