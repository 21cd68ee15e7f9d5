/** Decisions that the text comes back to: "if it is correct" after "if it is wrong" (ANNOTATION.md, 4.2). */
import { contentStems, coverage, likeness } from '../meaning/likeness.ts';
import type { Condition, Statement } from '../meaning/statement.ts';
import { continueBranch } from './branch.ts';
import { AGREES, REFUSES } from './guard.ts';
import type { Construction, Decision } from './construction.ts';

interface Recalled {
  readonly decision: Decision;
  /** The condition names the branch told before, not the other one. */
  readonly same: boolean;
}

const COMPARATIVES = new Set(
  'higher lower larger smaller bigger greater more less longer shorter older younger höher niedriger größer kleiner mehr weniger länger kürzer älter jünger darüber darunter'
    .split(' ')
    .map((word) => contentStems(word)[0]),
);

/** Nouns that stand for whatever was decided. */
const GENERAL =
  /(?:ergebnis|result|fall|case|antwort|answer|outcome|bescheid|entscheidung|decision|status)\w*\?$/i;

/** "An approved guest …" behind "if the host doesn't approve": nothing new, whoever is left is approved. */
export function restates(flow: Construction, condition: Condition): boolean {
  const { decisions, open } = flow;
  const last = decisions.at(-1);
  return (
    last !== undefined &&
    condition.source === 'subject' &&
    open.includes(last.other) &&
    last.condition.positive !== condition.positive &&
    condition.core.length > 0 &&
    coverage(condition.core, last.condition.stems) >= 0.99
  );
}

export function recalled(flow: Construction, condition: Condition): Recalled | null {
  const recent = flow.decisions.slice(-6).toReversed();
  if (condition.elliptic && !flow.question && !condition.wish) {
    const last = recent[0];
    if (last === undefined) return null;
    const same = condition.negated ? !last.condition.positive : last.condition.positive;
    const awaits = isAnswer(condition) && flow.open.includes(same ? last.taken : last.other);
    return last.bodyNodes.length === 0 || condition.negated || last.bodyEnds.length === 0 || awaits
      ? { decision: last, same }
      : null;
  }
  if (condition.limit || condition.deadline) return null;
  const decision = recent.find((candidate) => isOther(flow, condition, candidate, candidate === recent[0]));
  return decision ? { decision, same: false } : null;
}

/** Whether a condition names the other branch of a decision; `latest`: it is the one told last. */
function isOther(flow: Construction, condition: Condition, decision: Decision, latest: boolean): boolean {
  const { condition: old } = decision;
  const awaited = flow.open.includes(decision.other);
  const overlap = Math.max(
    likeness(old.stems, condition.stems),
    condition.pronoun && condition.core.length > 0 ? likeness(old.core, condition.core) : 0,
  );
  if (awaited && refusesOffer(old, condition)) return true;
  const samePole =
    old.positive === condition.positive &&
    (old.outcome === condition.outcome || old.outcome === null || condition.outcome === null);
  if ((overlap >= 0.75 || (!awaited && overlap >= 0.6)) && !samePole) return true;
  if (awaited && repliesShort(old, condition)) return true;
  if (!awaited && !(condition.pronoun && latest && flow.graph.isGuard(decision.node))) return false;
  const topic =
    old.subject.length > 0 && condition.subject.length > 0
      ? likeness(old.subject, condition.subject)
      : Math.max(coverage(old.subject, condition.stems), likeness(old.stems, condition.stems));
  const scaled =
    old.scale !== null &&
    condition.scale !== null &&
    old.scale !== condition.scale &&
    awaited &&
    (condition.pronoun || topic >= 0.5 || coverage(condition.stems, old.stems) >= 0.4);
  if (scaled) return true;
  const opposed = old.outcome !== null && condition.outcome !== null && old.outcome !== condition.outcome;
  const phrase = condition.source === 'phrase';
  return (
    opposed &&
    (topic >= 0.5 ||
      (phrase && GENERAL.test(condition.title)) ||
      (condition.pronoun && (latest || isEverything(condition))) ||
      (condition.subject.length === 0 && condition.stems.length <= 1) ||
      (phrase && overlap > 0.3))
  );
}

/** "Is everything in order, …" answers whatever was found wrong before. */
const isEverything = ({ stems }: Condition): boolean => EVERYTHING.some((word) => stems.includes(word));
const EVERYTHING = contentStems('alles everything');

/** "Yes: …", "no: …" */
const isAnswer = ({ stems, source }: Condition): boolean =>
  source === 'if' && stems.length === 1 && /^(?:yes|no|ja|nein)$/.test(stems[0] ?? '');

/** "Those who accept it … Those who decline …" */
const refusesOffer = (old: Condition, condition: Condition): boolean =>
  condition.positive === old.positive &&
  condition.core.length <= 1 &&
  ((AGREES.test(old.verb) && REFUSES.test(condition.verb)) ||
    (REFUSES.test(old.verb) && AGREES.test(condition.verb)));

/** "Reports he no problem, … Reports he one, …" */
function repliesShort(old: Condition, condition: Condition): boolean {
  return (
    (condition.verb !== '' || condition.source === 'if') &&
    condition.verb === old.verb &&
    !/^(?:be|have|sein|haben|werden)$/.test(old.verb) &&
    old.positive !== condition.positive &&
    (coverage(condition.stems, old.stems) >= 0.99 ||
      (condition.pronoun && coverage(condition.core, old.stems) >= 0.99))
  );
}

/** "If it is 5 or less … If it is higher …": a comparative alone means the other case. */
export function otherByComparison(flow: Construction, condition: Condition): Recalled | null {
  const last = flow.decisions.at(-1);
  const [word = ''] = condition.core;
  return last &&
    condition.pronoun &&
    condition.core.length === 1 &&
    condition.positive &&
    flow.open.includes(last.other) &&
    COMPARATIVES.has(word)
    ? { decision: last, same: false }
    : null;
}

/** Draws the branch of a decision that the text comes back to. */
export function continueDecision(
  flow: Construction,
  { decision, same }: Recalled,
  body: readonly Statement[],
  condition: Condition,
): void {
  const end = same ? decision.taken : decision.other;
  // Already consumed: only its own continuation can be meant.
  if (!flow.open.includes(end)) return flow.draw(body);
  continueBranch(flow, decision, end, body, condition.failure);
}
