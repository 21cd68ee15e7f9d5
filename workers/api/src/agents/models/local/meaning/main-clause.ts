import type { Clause } from '../clause.ts';
import { conditionOf } from './conditions/condition.ts';
import { type Context, headOf, kindOf, nounPhrase, shorten } from './context.ts';
import { contentStems } from './likeness.ts';
import { isRemark } from './remarks.ts';
import type { Statement, StepDraft } from './statement.ts';
import { stepOf } from './steps/step.ts';

/** What a clause without condition says: a step, a jump, an end, or nothing. */
export function mainClause(clause: Clause, context: Context, all: readonly Clause[]): Statement[] {
  const { lexicon } = context;
  if (
    /^(?:nothing|nichts) (?:\w+ )?(?:to|zu) (?!do\b|tun\b)/.test(
      clause.tokens.map(({ low }) => low).join(' '),
    )
  )
    return [];
  const jump = context.jump(clause);
  if (jump?.number === undefined && isEnd(clause, context, all)) return [{ kind: 'end', strong: true }];
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
    (clause.rest.length === 0 ||
      (kindOf(clause.subject, context) !== 'system' &&
        clause.rest.some(({ low }) => /page|site|seite|app/.test(low))))
  )
    return [{ kind: 'end', strong: true }];
  const skips = clause.verb === 'skip' || clause.verb === 'überspringen' || clause.verb === 'entfallen';
  if (skips) return [{ kind: 'resume' }];
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

/** "Optionally …": a decision ahead of the step. */
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

const ENDS =
  /^(?:(?:and )?(?:(?:end|done|over|stop|finished)(?: (?:as well|too|here|there))?|that is (?:that|final)|nothing \w+ed|(?:others|the others|all others|everybody else|everyone else|the rest) (?:is|are) (?:done|finished|through)|(?:that|it|this) is (?:it|all|the end(?: of .*)?|that)|(?:we|they) are (?:done|finished|through)|done|end|the end|finished|finish|stop|that is all there is|ende|schluss|fertig|das (?:war|ist) (?:es|alles|'?s)|that is where it ends|nothing (?:else )?(?:happens|is \w+)(?: .*)?|end of .*|(?:dann|danach|damit|hier)? ?(?:ist|sind) (?:hier |dann |damit |wir )*(?:schluss|ende|fertig|alles erledigt|vorbei)|ende der geschichte|das ende|ist .* (?:zu ende|vorbei|beendet)|nichts (?:weiter|weiteres).*|(?:es )?passiert nichts.*))$/;

export function isEnd(clause: Clause, context: Context, all: readonly Clause[] = []): boolean {
  const text = clause.tokens
    .filter(({ kind }) => kind === 'word')
    .map(({ low }) => low)
    .join(' ');
  if (ENDS.test(text)) return true;
  const { lexicon } = context;
  const head = headOf(clause.subject, lexicon);
  const about = clause.subject.length === 0 || lexicon.process.test(head);
  // "…, and the application ends": what a sentence closes with.
  if (
    /^(?:end|stop|enden|aufhören)$/.test(clause.verb) &&
    clause.rest.length === 0 &&
    clause.subject.length > 0 &&
    clause.link === 'and' &&
    all.at(-1) === clause &&
    all.length > 1
  )
    return true;
  const content = clause.rest.filter(({ low }) => !lexicon.isFunction({ low, text: low, kind: 'word' }));
  const whom = ['für', 'for'].includes(clause.rest[0]?.low ?? '');
  if (
    lexicon.end.has(clause.verb) &&
    (about || clause.link === 'relative') &&
    content.length === 1 &&
    lexicon.process.test(content[0]?.low ?? '')
  )
    return true;
  if (lexicon.end.has(clause.verb) && about && (content.length === 0 || whom) && clause.verb !== 'complete')
    return true;
  if (
    about &&
    clause.subject.length > 0 &&
    clause.state &&
    clause.rest.some(({ low }) =>
      /^(?:over|done|finished|complete|ende|vorbei|beendet|abgeschlossen|fertig|schluss)$/.test(low),
    )
  )
    return true;
  if (
    (clause.state || clause.passive) &&
    clause.rest.length === 0 &&
    /^(?:do|finish)$/.test(clause.verb) &&
    clause.subject.length > 0 &&
    !clause.negated
  )
    return true;
  if (
    about &&
    clause.passive &&
    /^(?:finish|do|end|beenden)$/.test(clause.verb) &&
    clause.subject.length > 0 &&
    lexicon.process.test(head)
  )
    return true;
  return false;
}

function isResume(clause: Clause, context: Context): boolean {
  const { lexicon } = context;
  if (!lexicon.resume.has(clause.verb)) return false;
  if (
    [
      'continue',
      'proceed',
      'resume',
      'weitermachen',
      'weitergehen',
      'fortfahren',
      'fortsetzen',
      'weiterlaufen',
    ].includes(clause.verb)
  ) {
    return (
      nounPhrase(clause.rest, lexicon).length === 0 ||
      clause.rest[0]?.low === 'with' ||
      clause.rest[0]?.low === 'to' ||
      clause.rest[0]?.low === 'mit'
    );
  }
  return (
    clause.rest.length > 0 &&
    clause.rest.every(({ low }) =>
      [
        'on',
        'ahead',
        'forward',
        'as',
        'normal',
        'weiter',
        'usual',
        'normally',
        'direkt',
        'directly',
        'normal',
        'einfach',
      ].includes(low),
    )
  );
}
