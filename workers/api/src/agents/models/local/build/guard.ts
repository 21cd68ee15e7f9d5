/** Conditions that deny or replace a step already drawn stand before it (ANNOTATION.md, 4.8). */
import { contentStems, coverage, likeness } from '../meaning/likeness.ts';
import type { Condition, Statement } from '../meaning/statement.ts';
import { drawBranch, newDecision } from './branch.ts';
import type { Construction } from './construction.ts';
import { aside } from './ends.ts';
import type { DraftNode } from './graph.ts';

/** Verbs of giving data: what is wrong with the data does not make the act impossible. */
export const ENTERS =
  /^(?:enter|type|fill|provide|submit|upload|eingeben|angeben|eintragen|ausfüllen|hochladen|einreichen|scannen|scan|set|festlegen|setzen)$/;

export const REFUSES = /^(?:decline|refuse|reject|deny|object|disagree|ablehnen|verweigern|widersprechen)$/;

export const AGREES =
  /^(?:confirm|accept|approve|agree|sign|consent|bestätigen|annehmen|akzeptieren|zustimmen|unterschreiben|freigeben)$/;

const WORKS = /^(?:work|succeed|klappen|gelingen|funktionieren|gehen|möglich)$/;
export const HAPPENS = /^(?:happen|occur|do|geschehen|passieren|erfolgen|tun|machen)$/;

const FORGETS = /^(?:forget|lose|vergessen|verlieren)$/;

/** "If she has forgotten the code", right after she is asked for it. */
export const isMissing = ({ verb, positive, stems }: Condition, asked: DraftNode): boolean =>
  FORGETS.test(verb) && positive && coverage(stems, asked.stems) >= 0.3;

/** The step just named that cannot be done, or that something else comes in place of. */
export function replacedStep(
  flow: Construction,
  condition: Condition,
  body: readonly Statement[],
): DraftNode | null {
  const node = flow.lastStep;
  const step = node?.step;
  if (!node || !step || node.type === 'screen' || step.verb === '' || !flow.isOpenAt(node)) return null;
  const ahead = body[0]?.kind === 'step' ? (body[0].draft.ahead ?? null) : null;
  const aboutIt = condition.pronoun || coverage(condition.subject, node.stems) >= 0.5;
  const about = aboutIt || (condition.subject.length === 0 && coverage(condition.stems, node.stems) >= 0.3);
  // "If scanning does not work": the act itself fails.
  const fails =
    !condition.positive &&
    WORKS.test(condition.verb) &&
    likeness(condition.subject, contentStems(step.verb)) >= 0.8;
  const impossible =
    fails ||
    isMissing(condition, node) ||
    (condition.unusable && about && !condition.limit && !ENTERS.test(step.verb));
  return impossible ||
    (ahead !== null &&
      (ahead === 'before' || aboutIt || condition.source === 'subject' || flow.lexicon.language === 'de'))
    ? node
    : null;
}

/** The recent step that a condition denies. */
export function deniedStep(flow: Construction, condition: Condition): DraftNode | null {
  const refuses =
    (condition.verb === 'turn' && condition.stems.includes('down')) || REFUSES.test(condition.verb);
  if (condition.positive && !condition.outcome && !refuses) return null;
  const recent = flow.graph.recent
    .filter((node) => node.step !== null)
    .slice(-6)
    .toReversed();
  return (
    recent.find(
      (node, distance) =>
        flow.graph.into(node.id).length > 0 && isDenied(flow, condition, node, distance, refuses),
    ) ?? null
  );
}

/** `distance`: how many steps were told after this one. */
function isDenied(
  flow: Construction,
  condition: Condition,
  node: DraftNode,
  distance: number,
  refuses: boolean,
): boolean {
  const { step } = node;
  if (!step || step.verb === '') return false;
  const { negated, stems } = condition;
  const sameVerb =
    condition.verb !== '' && likeness(contentStems(condition.verb), contentStems(step.verb)) >= 0.8;
  const sameObject =
    step.object.length === 0 ||
    stems.length <= 1 ||
    coverage(stems, node.stems) >= 0.5 ||
    coverage(node.stems, stems) >= 0.6;
  if (
    negated &&
    sameVerb &&
    (sameObject || step.can || condition.deadline || distance === 0) &&
    (distance === 0 || step.can) &&
    step.person
  )
    return true;
  if (condition.wish && negated && condition.elliptic && step.can) return true;
  const refused = refuses && AGREES.test(step.verb);
  if (refused && step.person && distance <= 2 && condition.pronoun) return true;
  if (distance > 0) return false;
  const missed =
    condition.deadline &&
    negated &&
    ((HAPPENS.test(condition.verb) && condition.core.length <= 5 && condition.subject.length === 0) ||
      sameVerb ||
      coverage(contentStems(step.verb), stems) >= 0.8);
  const unwanted = condition.wish && negated && step.person;
  // "She confirms the data. If they are wrong, …"
  const wrong =
    AGREES.test(step.verb) &&
    step.person &&
    condition.state &&
    condition.positive &&
    condition.outcome === 'bad' &&
    (condition.pronoun || coverage(condition.subject, node.stems) >= 0.5);
  if (wrong) return true;
  const topic = condition.subject.length > 0 ? condition.subject : stems;
  const noneChosen =
    condition.quantified &&
    flow.lexicon.choose.has(step.verb) &&
    (condition.denies || coverage(topic, node.stems) > 0.4);
  return missed || unwanted || noneChosen || refused;
}

/** Draws a decision directly before a step; its branch is open afterwards beside what was open. */
export function drawBefore(
  flow: Construction,
  node: DraftNode,
  condition: Condition,
  body: readonly Statement[],
): void {
  const { graph, numbered } = flow;
  const decision = graph.add('decision', condition.title, condition.stems);
  graph.redirect(node.id, decision.id);
  for (const [number, id] of numbered) if (id === node.id) numbered.set(number, decision.id);
  const record = newDecision(flow, decision, condition);
  graph.connect([record.other], node.id);
  graph.guard(node, decision);
  flow.decisions.push(record);
  aside(flow, [record.taken], () => drawBranch(flow, record, [record.taken], body));
}
