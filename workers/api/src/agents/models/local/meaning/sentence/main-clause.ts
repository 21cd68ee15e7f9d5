import type { Clause } from '../../clause.ts';
import { conditionOf } from '../conditions/condition.ts';
import { asQuestion, type Context, kindOf, nounPhrase, plain, shorten, textOf } from '../context.ts';
import { contentStems } from '../likeness.ts';
import { isRemark } from '../remarks.ts';
import type { Statement, StepDraft } from '../statement.ts';
import { draftOf } from '../steps/draft.ts';
import { stepOf } from '../steps/step.ts';
import { isEnd, isResume } from './ends.ts';

/** "geht auf die Seite" goes there; "geht" alone leaves. */
const TOWARDS = new Set('to auf zu zur zum in ins'.split(' '));

/** What a clause without condition says: a step, a jump (ANNOTATION 5.2), an end (1.1), or nothing (2.9). */
export function mainClause(clause: Clause, context: Context, all: readonly Clause[]): Statement[] {
  const { lexicon } = context;
  if (
    /^(?:nothing|nichts) (?:\w+ )?(?:to|zu) (?!do\b|tun\b)/.test(
      clause.tokens.map(({ low }) => low).join(' '),
    )
  )
    return [];
  const jump = context.jump(clause);
  if (jump?.number === undefined && isEnd(clause, context, all))
    return [{ kind: 'end', anyway: clause.anyway }];
  if (jump) {
    const fallback =
      clause.verb !== '' && jump.words !== '' && !jump.forward
        ? stepOf({ ...clause, again: false }, context)
        : null;
    return [{ kind: 'goto', ...jump, stems: contentStems(jump.words), ...(fallback && { fallback }) }];
  }
  if (lexicon.wait.has(clause.verb) || isResume(clause, context)) return [{ kind: 'resume' }];
  if (isRemark(clause, context, all)) return [];
  if (/^(?:same|ditto|dito|dasselbe|genauso|ebenso)$/.test(clause.tokens.map(({ low }) => low).join(' ')))
    return [];
  if (/^(?:ignore|ignorieren)$/.test(clause.verb) && clause.modal === null && clause.link === 'and')
    return [{ kind: 'resume' }];
  if (
    lexicon.leave.has(clause.verb) &&
    clause.link !== 'or' &&
    !TOWARDS.has(clause.rest[0]?.low ?? '') &&
    (clause.rest.length === 0 ||
      (kindOf(clause.subject, context) !== 'system' &&
        clause.rest.some(({ low }) => /page|site|seite|app/.test(low))))
  )
    return [{ kind: 'end', anyway: clause.anyway }];
  const skips = clause.verb === 'skip' || clause.verb === 'überspringen' || clause.verb === 'entfallen';
  if (skips) return [skipOf(clause, context, all) ?? { kind: 'resume' }];
  // "and we never hear of it": nothing that happens.
  if (clause.negated && clause.tokens.some(({ low }) => low === 'never' || low === 'nie')) return [];
  // "doesn't have to", "can't be sent": nothing happens.
  if (clause.negated && (clause.modal === 'must' || clause.modal === 'can') && clause.verb !== '') return [];
  // "Customers can buy vouchers." ahead of everything is what it is about.
  if (
    !context.started &&
    clause.modal === 'can' &&
    clause.link === 'first' &&
    /(?:s|en|innen)$/.test(clause.subject[0]?.low ?? '') &&
    clause.subject.length === 1 &&
    all.length === 1
  )
    return [];
  const draft = stepOf(clause, context);
  if (!draft) return [];
  // A wish ahead of everything is what the flow is for.
  if (clause.modal === 'want' && !context.started && clause.link === 'first') return [];
  context.started = true;
  return [draft.optional && !draft.again ? optionalOf(draft, clause, context) : { kind: 'step', draft }];
}

const BRANCHES: ReadonlySet<Clause['link']> = new Set(['if', 'else', 'orElse', 'unless', 'when']);

/** "She can skip the tour": a decision ahead of the tour (ANNOTATION 4.6); within a branch, the branch does without it. */
function skipOf(clause: Clause, context: Context, all: readonly Clause[]): Statement | null {
  const isChoice = (clause.modal === 'can' || clause.modal === 'may') && !clause.negated;
  if (!isChoice || all.some(({ link }) => BRANCHES.has(link))) return null;
  const { lexicon } = context;
  // "Die Tour kann sie überspringen": people skip, things are skipped.
  const isThing = clause.passive || kindOf(clause.subject, context) === 'thing';
  const skipped = nounPhrase(plain(isThing ? clause.subject : clause.rest, context), lexicon);
  const what = skipped.length > 0 ? skipped : context.thing;
  if (what.length === 0) return null;
  const draft = draftOf('action', textOf(what), null, { object: contentStems(textOf(what)) });
  return { kind: 'skip', title: asQuestion(lexicon.compose(clause.verb, what)), draft };
}

/** "Optionally …": a decision ahead of the step (ANNOTATION 4.6). */
export function optionalOf(draft: StepDraft, clause: Clause, context: Context): Statement {
  const title = `${shorten(draft.title, 58)}?`;
  return {
    kind: 'if',
    optional: true,
    condition: {
      ...conditionOf(clause, context),
      title,
      stems: contentStems(title),
      positive: true,
      outcome: null,
      failure: false,
      limit: false,
      deadline: false,
      elliptic: false,
      wish: false,
      denies: false,
      negated: false,
      quantified: false,
    },
    body: [{ kind: 'step', draft: { ...draft, optional: false } }],
  };
}
