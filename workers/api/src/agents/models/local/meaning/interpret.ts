import type { Clause } from '../clause.ts';
import { alternatives, betweenChoice, choiceOfVerbs } from './conditions/choices.ts';
import { phraseCondition } from './conditions/phrase.ts';
import { subjectCondition } from './conditions/subject.ts';
import { completed } from './complete.ts';
import { conditionOf } from './conditions/condition.ts';
import { isLimit, limitOf } from './conditions/limits.ts';
import { capital, type Context, kindOf, plain, shorten, textOf } from './context.ts';
import { contentStems } from './likeness.ts';
import { mainClause, optionalOf } from './main-clause.ts';
import { isRemark } from './remarks.ts';
import type { Condition, Statement } from './statement.ts';
import { actOfLead, placeOfLead } from './steps/lead.ts';
import { stepOf } from './steps/step.ts';
import { isContingent, isState, timeClause } from './time.ts';

/** What one sentence says, in order; conditions hold the statements they govern. */
export function interpret(clauses: readonly Clause[], context: Context): Statement[] {
  return new SentenceReader(completed(clauses, context), context).read();
}

const COMPARISON =
  /^(?:higher|larger|smaller|lower|bigger|longer|shorter|höheren|größeren|niedrigeren|kleineren|teureren|other|anderen)$/;

class SentenceReader {
  private readonly clauses: readonly Clause[];
  private readonly context: Context;
  private readonly top: Statement[] = [];
  /** The innermost scope that is open: the sentence, or the branch of its last condition. */
  private target: Statement[] = this.top;
  private at = 0;

  constructor(clauses: readonly Clause[], context: Context) {
    this.clauses = clauses;
    this.context = context;
  }

  read(): Statement[] {
    for (this.at = 0; this.at < this.clauses.length; this.at++) {
      const clause = this.clauses[this.at] as Clause;
      if (this.aside(clause) || this.asked(clause) || this.condition(clause) || this.time(clause)) continue;
      this.statement(clause);
    }
    return withoutIdleJumps(this.top);
  }

  private get next(): Clause | undefined {
    return this.clauses[this.at + 1];
  }

  /** Opens a scope for what follows. */
  private open(make: (body: Statement[]) => Statement, within = this.top): void {
    const body: Statement[] = [];
    within.push(make(body));
    this.target = body;
  }

  /** Text in brackets counts only if it says where the flow goes, or that something is optional. */
  private aside(clause: Clause): boolean {
    if (clause.link !== 'aside') return false;
    const { target } = this;
    const words = clause.tokens.map(({ low }) => low);
    const optional =
      words.length === 0 ||
      clause.optional ||
      (words.length <= 2 && words.some((low) => ['optional', 'freiwillig'].includes(low))) ||
      (words.length <= 4 &&
        words.some((low) => /^(?:skip|skipped|überspringen|übersprungen|überspringbar)$/.test(low)));
    if (optional) {
      const last = target.pop();
      if (last?.kind === 'step')
        target.push(optionalOf(last.draft, this.clauses[this.at - 1] ?? clause, this.context));
      else if (last) target.push(last);
      return true;
    }
    const moved = /^(?:gehört|kommt|comes|belongs|goes|happens|passiert|gilt|applies)$/.test(words[0] ?? '')
      ? clause.tokens.find(({ kind }) => kind === 'number')
      : undefined;
    if (moved) {
      this.top.push({ kind: 'move', after: moved.text });
      return true;
    }
    const jump = this.context.jump(clause);
    if (!jump) return true;
    const statement: Statement = { kind: 'goto', ...jump, stems: contentStems(jump.words) };
    const last = target.at(-1);
    const into = last?.kind === 'choice' ? last.cases.at(-1)?.body : undefined;
    if (into && !into.some(({ kind }) => kind === 'goto')) into.push(statement);
    else target.push(statement);
    return true;
  }

  /** "We check whether …", "Some … cost extra; if …": the decision follows. */
  private asked(clause: Clause): boolean {
    const { context, target } = this;
    const { lexicon } = context;
    const before = this.clauses[this.at - 1];
    const checks = (verb: string): boolean =>
      lexicon.check.has(verb) ||
      lexicon.ask.has(verb) ||
      (clause.link === 'whether' && lexicon.choose.has(verb));
    if (clause.verb === 'repeat' && this.next?.link === 'until') {
      const until = this.next;
      this.at++;
      const condition = { ...conditionOf(until, context), positive: false };
      this.open((body) => {
        body.push({ kind: 'goto', words: '', stems: [], forward: false, again: true });
        return { kind: 'if', condition, body };
      });
      return true;
    }
    if (
      clause.link === 'whether' ||
      (clause.link === 'if' &&
        clause.postposed &&
        before !== undefined &&
        before.rest.length === 0 &&
        checks(before.verb))
    ) {
      const last = target.at(-1);
      if (last?.kind === 'step' && checks(last.draft.verb)) target.pop();
      target.push({ kind: 'ask', condition: conditionOf(clause, context) });
      return true;
    }
    const time = this.timeToAct(clause);
    if (time) {
      target.push({ kind: 'ask', condition: time });
      return true;
    }
    if (/^(?:some|einige|manche)$/.test(clause.subject[0]?.low ?? '') && this.next?.link === 'if') {
      target.push({
        kind: 'ask',
        condition: conditionOf(
          { ...clause, subject: clause.subject.slice(1), tokens: clause.tokens.slice(1) },
          context,
        ),
      });
      return true;
    }
    return false;
  }

  /** "She has three days to collect it": the deadline that a following "if she doesn't" is about. */
  private timeToAct(clause: Clause): Condition | null {
    const { context } = this;
    if (clause.verb !== 'have' || clause.negated || clause.link !== 'first') return null;
    const { tokens } = clause;
    const unit = tokens.findIndex(({ low }) =>
      /^(?:seconds?|minutes?|hours?|days?|weeks?|months?)$/.test(low),
    );
    if (unit < 1 || tokens[unit + 1]?.low !== 'to') return null;
    const act = tokens.slice(unit + 2);
    const object = plain(act.slice(1), context);
    const verb = act[0];
    if (!verb) return null;
    const words =
      object.length > 0
        ? `${textOf(object)} ${context.lexicon.participle(verb.low)}`
        : context.lexicon.participle(verb.low);
    const title = `${shorten(capital(`${words} within ${textOf(tokens.slice(Math.max(0, unit - 1), unit + 1))}`), 58)}?`;
    return {
      ...conditionOf(clause, context),
      title,
      stems: contentStems(title),
      core: contentStems(words),
      verb: verb.low,
      positive: true,
      negated: false,
      deadline: true,
      outcome: null,
      failure: false,
    };
  }

  private condition(clause: Clause): boolean {
    const { context, next, target } = this;
    // "Wenn ich den Schalter umlege, …" ahead of everything is the first act.
    if (
      clause.link === 'if' &&
      clause.word === 'wenn' &&
      !context.started &&
      !clause.negated &&
      !clause.state &&
      !clause.passive &&
      clause.modal === null &&
      clause.rest.length > 0 &&
      kindOf(clause.subject, context) === 'person' &&
      !clause.tokens.some(({ low }) => context.lexicon.bad.test(low))
    )
      return this.time({ ...clause, link: 'when' });
    if (clause.link === 'else') {
      this.open((body) => ({ kind: 'else', body }));
      if (clause.tokens.length > 0) this.statement({ ...clause, link: 'then' });
      return true;
    }
    const marks =
      next !== undefined &&
      (next.link === 'arrow' ||
        next.link === 'equals' ||
        (next.link === 'colon' &&
          clause.link === 'first' &&
          clause.tokens.length > 1 &&
          clause.tokens.length <= 8 &&
          isVerbless(clause) &&
          !this.listing(clause)));
    const asks = clause.question && !clause.subject.some(({ kind }) => kind === 'quote');
    const contingent = clause.link === 'when' && isContingent(clause, context);
    const verdict =
      next?.colon === true &&
      clause.subject.length > 0 &&
      clause.rest.length === 0 &&
      clause.tokens.some(({ low }) => context.lexicon.good.test(low) || context.lexicon.bad.test(low));
    if (
      !verdict &&
      clause.link !== 'if' &&
      clause.link !== 'unless' &&
      !asks &&
      !contingent &&
      !(marks && isState(clause, context))
    )
      return false;
    if (isLimit(clause.tokens, context)) {
      const counted =
        clause.link === 'if' &&
        clause.perfect &&
        !clause.tokens.some(
          ({ low }) =>
            context.lexicon.bad.test(low) || /^(?:attempt|try|tries|versuch|anlauf|anläufe)/.test(low),
        );
      const plain = counted ? conditionOf(clause, context) : undefined;
      this.open((body) => ({ ...limitOf(clause.tokens, body, context), ...(plain && { plain }) }));
      return true;
    }
    const condition = conditionOf(clause, context);
    const governed = clause.postposed ? target.pop() : undefined;
    if (governed) {
      this.open((body) => {
        body.push(governed);
        return { kind: 'if', condition, body };
      }, target);
      return true;
    }
    const before = this.top.at(-1);
    const nested = before?.kind === 'if' && before.body.length > 0 && clause.link !== 'first';
    this.open((body) => ({ kind: 'if', condition, body, ...(nested && { nested }) }));
    return true;
  }

  /** "chooses the plan: A or B", "Refund: she …": what stands before the colon is no condition. */
  private listing(clause: Clause): boolean {
    return (
      this.context.lexicon.choose.has(clause.verb) || alternatives(clause, this.next, this.context) !== null
    );
  }

  private time(clause: Clause): boolean {
    const { context } = this;
    if (clause.link === 'meanwhile') return true;
    if (clause.link === 'when') {
      // "He has to pay before it is sent": the sending comes next, whether he had to or not.
      if (
        /^(?:before|bevor)$/.test(clause.word) &&
        clause.postposed &&
        !clause.perfect &&
        !clause.state &&
        clause.verb !== '' &&
        this.target !== this.top
      ) {
        const draft = stepOf(clause, context);
        if (draft) this.top.push({ kind: 'step', draft: { ...draft, onlyNew: true } });
        this.target = this.top;
        return true;
      }
      const [statement] = timeClause(clause, context);
      if (!statement) return true;
      this.target.push(statement);
      if (statement.kind === 'if') this.target = statement.body;
      return true;
    }
    if (clause.link === 'until') {
      // "Until she does it" behind a step is what she does; ahead of one it is only a time.
      if (!context.lexicon.wait.has(clause.verb) && clause.postposed && !clause.passive && !clause.state)
        this.target.push(...mainClause(clause, context, this.clauses));
      return true;
    }
    return false;
  }

  private statement(clause: Clause): void {
    const { context, next } = this;
    if (clause.latter && clause.tokens.length > 0) {
      this.open((body) => ({ kind: 'latter', which: 'last', body }));
      this.act({ ...clause, latter: false });
      return;
    }
    if (
      clause.modal === 'must' &&
      next?.link === 'else' &&
      next.tokens.length > 0 &&
      kindOf(clause.subject, context) === 'thing' &&
      !clause.passive
    ) {
      this.top.push({ kind: 'if', condition: { ...conditionOf(clause, context), positive: true }, body: [] });
      this.target = this.top;
      return;
    }
    if (
      clause.tokens.length === 1 &&
      next?.colon === true &&
      /^(?:yes|no|ja|nein)$/.test(clause.tokens[0]?.low ?? '')
    ) {
      this.open((body) => ({ kind: 'if', condition: conditionOf(clause, context), body }));
      return;
    }
    // "For teams: …", "Bei Verspätung: …"
    if (
      clause.verb === '' &&
      next?.colon === true &&
      clause.tokens.length > 1 &&
      this.lead({ ...clause, lead: clause.tokens, tokens: [] })
    )
      return;
    if (this.lead(clause)) return;
    const conditional = subjectCondition(clause, context);
    if (conditional?.kind === 'step') {
      this.target.push({ kind: 'step', draft: conditional.draft });
      this.act({ ...clause, relative: [] });
      return;
    }
    if (conditional) {
      this.open((body) =>
        conditional.kind === 'else'
          ? { kind: 'else', body }
          : { kind: 'if', condition: conditional.condition, body },
      );
      if (!(next?.link === 'colon' && isRemark(clause, context, this.clauses))) this.act(conditional.clause);
      return;
    }
    this.act(clause);
  }

  /** A phrase ahead of the clause: a place, a limit, or the name of a case. */
  private lead(clause: Clause): boolean {
    const { context } = this;
    const [first, second] = clause.lead;
    const alone =
      clause.lead.length === 1 &&
      /^(?:above|below|over|under|more|less|darüber|darunter)$/.test(first?.low ?? '');
    const others =
      /^(?:for (?:everyone|everybody|anyone) else|for all others|for the others|für alle (?:anderen|übrigen)|bei allen anderen)$/.test(
        clause.lead.map(({ low }) => low).join(' '),
      );
    const compared =
      others ||
      (/^(?:for|für|bei|with|mit|at|auf)$/.test(first?.low ?? '') && COMPARISON.test(second?.low ?? ''));
    if (alone || compared) {
      this.open((body) => ({ kind: 'else', body }));
      this.act({ ...clause, lead: [] });
      return true;
    }
    const done = actOfLead(clause, context);
    if (done) this.target.push({ kind: 'step', draft: { ...done, onlyNew: true } });
    const place = placeOfLead(clause, context);
    if (place) this.target.push({ kind: 'step', draft: { ...place, onlyNew: true } });
    if (clause.lead.length === 0) return false;
    if (isLimit(clause.lead, context) || this.givesUp(clause)) {
      this.open((body) => limitOf(clause.lead, body, context));
      this.act({ ...clause, lead: [] });
      return true;
    }
    const condition = phraseCondition(clause, context);
    if (!condition) return false;
    this.open((body) => ({ kind: 'if', condition, body }));
    if (clause.tokens.length > 0) this.act({ ...clause, lead: [] });
    return true;
  }

  /** "we retry every minute; after an hour we give up": a limit in time. */
  private givesUp(clause: Clause): boolean {
    const last = this.target.at(-1);
    return last?.kind === 'goto' && last.again && /^(?:after|nach)$/.test(clause.lead[0]?.low ?? '');
  }

  /** "Wer noch keine X hinterlegt hat, muss das nachholen": what the condition found missing. */
  private madeUpFor(clause: Clause): Clause {
    const missing = this.clauses
      .slice(0, this.at)
      .findLast(({ link, negated, verb }) => link === 'if' && negated && verb !== '');
    if (!missing) return clause;
    const objects = missing.passive
      ? missing.subject
      : missing.rest.filter(({ low }) => !/^(?:nicht|nie|noch|kein\p{L}*)$/u.test(low));
    return {
      ...clause,
      verb: missing.verb,
      rest: [...objects, ...clause.rest.filter(({ low }) => !/^(?:das|dies|es)$/.test(low))],
    };
  }

  /** The clause itself, with what belongs to it: alternatives, a list of cases, a label. */
  private act(given: Clause): void {
    let clause = given;
    const { context, next, clauses } = this;
    const { lexicon } = context;
    if (clause.verb === 'nachholen') clause = this.madeUpFor(clause);
    const between = betweenChoice(clause, context);
    if (between) {
      this.target.push(between);
      return;
    }
    // "accepts or objects", "can keep it or choose another one".
    const run = runOfAlternatives(clauses, this.at, clause);
    if (run) {
      const read = (inner: Clause, at: number): Statement[] =>
        (run[at] ?? []).flatMap((member, n) => mainClause(n === 0 ? inner : member, context, clauses));
      this.target.push(
        choiceOfVerbs(
          run.map(([head]) => head as Clause),
          context,
          read,
        ),
      );
      this.at += run.flat().length - 1;
      return;
    }
    const listed = alternatives(clause, next, context);
    if (listed) {
      this.target.push(...listed.before, listed.choice);
      this.at += listed.used;
      return;
    }
    const label = contentStems(textOf(clause.tokens));
    const named =
      (next?.link === 'colon' || next?.link === 'semicolon') &&
      label.length > 0 &&
      this.at === 0 &&
      clause.subject.length === 0 &&
      clause.rest.length <= 3 &&
      context.caseLabels.some((stems) => label.every((word) => stems.includes(word)));
    if (
      named ||
      (next?.link === 'colon' &&
        clause.verb === '' &&
        clause.tokens.length <= 4 &&
        this.target === this.top &&
        this.at === 0)
    ) {
      // "Guest: …" says who speaks.
      if (!named && kindOf(clause.tokens, context) === 'person' && clause.tokens.length === 1) return;
      this.open((body) => ({ kind: 'case', label: textOf(clause.tokens), stems: label, body }));
      return;
    }
    if (next?.link === 'colon' && clause.passive && clause.modal === 'can' && next.inBranch) {
      const title = `${shorten(
        lexicon.compose(
          clause.verb,
          clause.subject.filter(({ low }) => !lexicon.articles.has(low) || low === 'more'),
        ),
        58,
      )}?`;
      const condition = { ...conditionOf(clause, context), title, positive: true };
      this.open((body) => ({ kind: 'if', condition, body }));
      return;
    }
    this.target.push(...mainClause(clause, context, clauses));
  }
}

/** Notes leave "is" out. */
const isVerbless = (clause: Clause): boolean =>
  clause.modal === null &&
  !clause.tokens.some(({ low }) =>
    /^(?:is|are|was|were|has|have|ist|sind|wird|werden|hat|haben|kann|can)$/.test(low),
  );

/** Verbs joined by "or", each with the clauses that belong to it. */
function runOfAlternatives(clauses: readonly Clause[], from: number, first: Clause): Clause[][] | null {
  if (first.verb === '') return null;
  const run: Clause[][] = [[first]];
  for (let i = from + 1; i < clauses.length; i++) {
    const clause = clauses[i] as Clause;
    const belongs =
      clause.link === 'relative' ||
      clause.link === 'aside' ||
      clause.inBranch ||
      (clause.link === 'and' && (run.at(-1)?.length ?? 0) > 1);
    if (clause.link === 'or' && clause.verb !== '') run.push([clause]);
    else if (belongs && clauses.slice(i + 1).some(({ link }) => link === 'or')) run.at(-1)?.push(clause);
    // "…, in which case she improves it and asks again"
    else if (run.length > 1 && (clause.inBranch || (clause.link === 'and' && (run.at(-1)?.length ?? 0) > 1)))
      run.at(-1)?.push(clause);
    else break;
  }
  return run.length > 1 ? run : null;
}

/** "They go back and choose another one": the choosing says where. */
function withoutIdleJumps(statements: Statement[]): Statement[] {
  const out: Statement[] = [];
  for (const [i, statement] of statements.entries()) {
    const next = statements[i + 1];
    const idle =
      statement.kind === 'goto' &&
      statement.words === '' &&
      statement.number === undefined &&
      next?.kind === 'step' &&
      next.draft.person;
    if (idle) {
      next.draft.again = true;
      continue;
    }
    if (
      statement.kind === 'if' ||
      statement.kind === 'else' ||
      statement.kind === 'case' ||
      statement.kind === 'limit' ||
      statement.kind === 'latter'
    ) {
      const body = withoutIdleJumps(statement.body);
      statement.body.splice(0, statement.body.length, ...body);
    }
    out.push(statement);
  }
  return out;
}
